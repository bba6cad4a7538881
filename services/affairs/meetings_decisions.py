"""议定事项: what a meeting decided becomes a topic's draft, an extension, a withdrawal or a note.

A meeting changes no topic past the first table: where the actor's seat may, it is done through the very
service that does it elsewhere; where it may not, whoever must is told, and the decision says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from services import extending, issuing
from services.affairs import acting
from services.affairs.seating import authorise, frame_of
from services.authorising import open_events
from services.issuing import Draft
from services.telling import responsible, tell
from services.work import Work
from storage import affairs, people, requests, topics
from storage.requests import RequestKind
from workflow.affair import Affair, AffairItem
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound, WorkflowError
from workflow.meeting import Act
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

DECISION: Final = "decision"
DONE, OWED, DROPPED = "done", "owed", "dropped"
SECRETARY: Final = "secretary"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it was said. `draft` is the topic it sets; `due` is aware."""

    act: Act
    words: str = ""
    topic: TopicId | None = None
    person: PersonId | None = None
    unit: UnitId | None = None
    due: datetime | None = None
    draft: Draft | None = None


def may_note(work: Work, affair: Affair) -> None:
    """Refuse whoever may not note decisions of this meeting, or not now."""
    authorise(work, frame_of(affair), affair.state, AffairEvent.NOTE)


def of(work: Work, affair: Affair) -> list[AffairItem]:
    """The decisions that stand, in order."""
    return [item for item in affairs.items(work.tx, affair.id, DECISION) if item.state != DROPPED]


def note(work: Work, affair: Affair, said: Iterable[Decision]) -> list[AffairItem]:
    """Write decisions down and do what can be done at once."""
    noted = acting.act(work, affair, AffairEvent.NOTE, {"facts": dict(affair.facts)})
    return [_one(work, noted, decision) for decision in said]


def strike(work: Work, affair: Affair, place: int) -> AffairItem:
    """Take a decision back, as far as it is a note: what it did to a topic stays done."""
    standing = of(work, affair)
    if not 1 <= place <= len(standing):
        raise NotFound("meeting_no_item", no=place)
    noted = acting.act(work, affair, AffairEvent.NOTE, {"facts": dict(affair.facts)})
    return acting.change_item(work, noted, standing[place - 1], state=DROPPED)


def issuer(work: Work, affair: Affair) -> PersonId | None:
    """In whose name a meeting sets topics: who presides, or else the secretary before the other chiefs."""
    chiefs = [one for one in people.holding(work.tx, Role.CHIEF) if work.policy.may_issue(one)]
    order = sorted(chiefs, key=lambda one: (one.id != affair.person_id, one.post != SECRETARY))
    return next((one.id for one in order), None)


def _one(work: Work, affair: Affair, decision: Decision) -> AffairItem:
    if decision.act is Act.TOPIC and decision.draft is not None:
        return _topic(work, affair, decision, decision.draft)
    state = ""
    if decision.topic is not None and decision.act in _DOES:
        topic = topics.get(work.tx, decision.topic)
        state = DONE if _DOES[decision.act](work, affair, topic, decision) else OWED
    return _put(work, affair, decision, state)


def _topic(work: Work, affair: Affair, decision: Decision, draft: Draft) -> AffairItem:
    """A draft in the name of who presides; whole enough, it goes on to be confirmed."""
    made = issuing.draft(work, replace(draft, issuer_id=draft.issuer_id or issuer(work, affair)))
    affairs.link(work.tx, made.id, "raised_by", affair_id=affair.id)
    if not made.missing():
        made = issuing.publish(work, made.id)
    unit = next(iter(made.lead_units), None)
    known = replace(decision, topic=made.id, person=made.owner_id, unit=unit, due=made.deadline)
    return _put(work, affair, known, DONE if made.open else OWED)


def _put(work: Work, affair: Affair, decision: Decision, state: str) -> AffairItem:
    facts: dict[str, Any] = {"act": decision.act}
    if decision.due is not None:
        facts["due"] = decision.due.isoformat()
    return acting.put(
        work,
        affair,
        DECISION,
        decision.words,
        state=state,
        topic_id=decision.topic,
        unit_id=decision.unit,
        person_id=decision.person,
        facts=facts,
    )


def _extend(work: Work, affair: Affair, topic: Topic, decision: Decision) -> bool:
    """Grant the open request if the actor may; else tell who must decide, or who must ask first."""
    request = requests.open_of(work.tx, topic.id, RequestKind.EXTENSION)
    if request and request.asker_id != work.actor.id and Event.GRANT_EXTENSION in open_events(work, topic):
        try:
            with work.tx.attempt():
                extending.grant(work, request.id, decision.due)
                return True
        except WorkflowError:
            pass
    whom = [topic.issuer_id] if request else responsible(topic)
    kind = "meeting_extension" if request else "meeting_extension_ask"
    data = {"meeting": affair.number, "until": decision.due.isoformat() if decision.due else ""}
    tell(work, whom, kind, topic, request_id=request.id if request else None, data=data)
    return False


def _withdraw(work: Work, affair: Affair, topic: Topic, decision: Decision) -> bool:
    """撤题 if the actor may; else whoever set the topic is told."""
    if Event.WITHDRAW in open_events(work, topic):
        issuing.withdraw(work, topic.id, decision.words)
        return True
    tell(work, [topic.issuer_id], "meeting_withdrawal", topic, data={"meeting": affair.number})
    return False


_DOES: Final = {Act.EXTENSION: _extend, Act.WITHDRAWAL: _withdraw}
