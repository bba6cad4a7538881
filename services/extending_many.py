"""批量延期: several items to one later date, by whoever may grant each of them; taken back while it is fresh.

The first deadlines stay, every extension counts, and the trail holds both the extension and its being taken
back. An item whose extension was asked for is decided by itself.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services import acting, extending
from services.authorising import open_events
from services.issuing import replace_actor
from services.telling import responsible, tell, working
from services.work import Work
from storage import facts, measures, people, requests, topics
from storage.requests import RequestKind
from workflow.errors import Invalid, Missing, Stale, WorkflowError
from workflow.measure import Measure, MeasureId
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

Item = tuple[Topic, Measure | None]
KEPT: Final = "extended_many:"
"""Under this name and the actor's id: what the last act changed, for as long as it can be taken back."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Items the actor may extend to a date, and the others with why not (a refusal's code)."""

    ready: tuple[Item, ...]
    barred: tuple[tuple[Item, str], ...]


def sort(work: Work, found: Iterable[Item], until: datetime) -> Sorted:
    """What may be extended to this date, and what stands against the rest."""
    seen = [(item, _against(work, item, until)) for item in found]
    return Sorted(
        tuple(item for item, code in seen if not code), tuple((item, code) for item, code in seen if code)
    )


def extend(work: Work, found: Iterable[Item], until: datetime, reason: str) -> list[Item]:
    """Extend everything that may be; what changed. Raises Missing without a reason."""
    if not reason.strip():
        raise Missing("reason_missing", event=Event.GRANT_EXTENSION)
    ready = sort(work, found, until).ready
    if not ready:
        raise Stale("already_so")
    before = [_extend(work, item, until, reason) for item in ready]
    facts.put(work.tx, _name(work), json.dumps({"until": until.isoformat(), "items": before}))
    return list(ready)


def take_back(work: Work) -> int:
    """The actor's last extension of several, undone where nothing has changed since; how many were.

    Raises Stale when there is none, Invalid when it is too long ago.
    """
    kept = facts.get(work.tx, _name(work))
    if kept is None or not kept.value:
        raise Stale("already_so")
    if work.now - kept.at > work.policy.undo:
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    said = json.loads(kept.value)
    until = datetime.fromisoformat(said["until"])
    facts.put(work.tx, _name(work), "")
    return sum(_restore(work, until, **one) for one in said["items"])


def _against(work: Work, item: Item, until: datetime) -> str:
    topic, measure = item
    if (measure or topic).deadline is None:
        return "no_deadline"
    if requests.open_of(work.tx, topic.id, RequestKind.EXTENSION, measure.id if measure else None):
        return "already_asked"
    if _granting(work, item) is None:
        return "no_right"
    try:
        extending.check(work, topic, measure, until)
    except WorkflowError as refused:
        return refused.code
    return ""


def _granting(work: Work, item: Item) -> Work | None:
    """In whose name it is granted: the actor's, or by authority the issuer's; None where neither may."""
    topic, measure = item
    if Event.GRANT_EXTENSION in open_events(work, topic, measure):
        return work
    issuer = people.get(work.tx, topic.issuer_id)
    lent = measure is None and issuer.standing_authority and Role.OFFICE in work.actor.roles
    named = replace_actor(work, issuer)
    return named if lent and Event.GRANT_EXTENSION in open_events(named, topic) else None


def _extend(work: Work, item: Item, until: datetime, reason: str) -> dict[str, Any]:
    topic, measure = item
    one = measure or topic
    by = _granting(work, item) or work
    if by is not work:
        lent = {"principal": topic.issuer_id}
        work.tx.record("standing_authority", topic_id=topic.id, actor_id=work.actor.id, facts=lent)
    report = acting.say(by, topic, Event.GRANT_EXTENSION, reason, measure=measure)
    values = {"deadline": until, "extensions": one.extensions + 1}
    said, texts = {"report": report}, {"text": reason}
    if measure is not None:
        acting.on_measure(by, topic, measure, Event.GRANT_EXTENSION, values, facts=said, texts=texts)
    else:
        acting.on_topic(by, topic, Event.GRANT_EXTENSION, values, facts=said, texts=texts)
    _tell(work, topic.id, measure, "extension_granted", until)
    return {
        "topic": topic.id,
        "measure": measure.id if measure else None,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "count": one.extensions,
    }


def _restore(work: Work, until: datetime, topic: int, measure: int | None, deadline: str, count: int) -> bool:
    """The deadline and the count from before, unless something else was done to them meanwhile."""
    item = topics.get(work.tx, TopicId(topic))
    step = measures.get(work.tx, MeasureId(measure)) if measure is not None else None
    one = step or item
    if one.deadline != until or one.extensions != count + 1 or not item.open:
        return False
    values = {"deadline": datetime.fromisoformat(deadline), "extensions": count}
    if step is not None:
        acting.touch_measure(work, step, values)
    else:
        acting.touch(work, item, values)
    _tell(work, item.id, step, "extension_undone", values["deadline"])
    return True


def _tell(work: Work, topic_id: TopicId, measure: Measure | None, kind: str, until: Any) -> None:
    """Those who own the item singly, those who work on it in the digest."""
    topic = topics.get(work.tx, topic_id)
    now = measures.get(work.tx, measure.id) if measure else None
    data = {"until": until.isoformat()}
    tell(work, responsible(topic), kind, topic, measure=now, data=data)
    tell(work, working(work, now or topic), kind, topic, measure=now, data=data, single=False)


def _name(work: Work) -> str:
    return f"{KEPT}{work.actor.id}"
