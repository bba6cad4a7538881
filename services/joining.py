"""合并, 拆分: two topics become one, or one becomes two; what belongs together stays linked and findable.

The issuer merges; the office does so in the issuer's name where a standing authority is recorded, and asks
for the issuer's one tap otherwise. The merged topic is withdrawn with its history; nothing is moved unseen.
"""

from dataclasses import dataclass
from typing import Final

from services import acting, anchoring, issuing, measuring
from services.authorising import authorise, open_events
from services.issuing import Draft, replace_actor
from services.measuring import Step
from services.telling import responsible, tell, working
from services.work import Work
from storage import affairs, measures, people, reports, topics
from storage.reports import Report
from workflow.errors import Invalid, NoRight, Stale
from workflow.measure import Measure, MeasureState
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

MERGED: Final = "merged_into"
SPLIT: Final = "split_from"
MOVABLE: Final = frozenset({MeasureState.ASSIGNED, MeasureState.RECEIVED, MeasureState.RETURNED})


@dataclass(frozen=True, slots=True)
class Merger:
    """What a merger would do. `now`: the actor may; otherwise the issuer is asked. `moves` could go along."""

    source: Topic
    target: Topic
    moves: tuple[Measure, ...]
    now: bool


def plan(work: Work, source_id: TopicId, target_id: TopicId) -> Merger:
    """Look at a merger before anybody agrees to it. Raises Invalid and NoRight where there can be none."""
    source, target = topics.get(work.tx, source_id), topics.get(work.tx, target_id)
    for topic in (source, target):
        authorise(work, topic, Event.VIEW)
        if not topic.open:
            raise Invalid("merge_not_open", number=topic.number)
    if source.id == target.id:
        raise Invalid("merge_itself", number=source.number)
    if source.confidential and not target.confidential:
        raise Invalid("merge_secret", number=source.number)
    if not (may := Event.WITHDRAW in open_events(work, source)) and Role.OFFICE not in work.actor.roles:
        raise NoRight("may_not_join")
    known = measures.of_topic(work.tx, source.id) if target.state is TopicState.IN_PROGRESS else []
    moves = tuple(m for m in known if m.state in MOVABLE and _keeps_term(work, target, m))
    return Merger(source, target, moves, may or people.get(work.tx, source.issuer_id).standing_authority)


def merge(work: Work, source_id: TopicId, target_id: TopicId, *, move: bool = False) -> Topic:
    """Merge now, or ask the issuer (then the topic is as it was). Returns the merged topic."""
    planned = plan(work, source_id, target_id)
    source, target = planned.source, planned.target
    data = {"into": target.number, "target": target.id, "move": move}
    if not planned.now:
        tell(work, [source.issuer_id], "merge_wanted", source, data=data)
        facts = {"into": target.id, "move": move}
        work.tx.record("merge_wanted", topic_id=source.id, actor_id=work.actor.id, facts=facts)
        return source
    by = work
    if Event.WITHDRAW not in open_events(work, source):
        by = replace_actor(work, people.get(work.tx, source.issuer_id))
        facts = {"principal": source.issuer_id}
        work.tx.record("standing_authority", topic_id=source.id, actor_id=work.actor.id, facts=facts)
    concerned = _concerned(work, source, target)
    report = acting.say(by, source, Event.WITHDRAW, target.number)
    facts = {"report": report, "into": target.id}
    gone = acting.on_topic(by, source, Event.WITHDRAW, facts=facts, texts={"text": target.number})
    affairs.link(work.tx, source.id, MERGED, other_id=target.id)
    work.tx.record("link", topic_id=source.id, actor_id=work.actor.id, facts={"other": target.id})
    if move:
        _move(work, target, planned.moves)
    tell(work, concerned, "merged", gone, report_id=report, data=data)
    return gone


def undo(work: Work, source_id: TopicId, before: TopicState) -> Topic:
    """Take a merger back while it is fresh: everything as it was. Raises Invalid once it is too late."""
    source = topics.get(work.tx, source_id)
    into, report = merged_into(work, source), _said(work, source)
    if into is None or report is None:
        raise Stale("already_so")
    issuer = people.get(work.tx, source.issuer_id)
    lent = issuer.standing_authority and Role.OFFICE in work.actor.roles
    if work.actor.id != report.author_id and not lent:
        raise NoRight("may_not_join")
    if work.now - report.recorded_at > work.policy.undo:
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    target = topics.get(work.tx, into)
    moved = [m for m in measures.of_topic(work.tx, into) if m.created_at == report.recorded_at]
    if any(measure.state is not MeasureState.ASSIGNED for measure in moved):
        raise Invalid("undo_settled", number=target.number)
    for measure in moved:
        acting.touch_measure(work, measure, {"state": MeasureState.WITHDRAWN})
    affairs.unlink(work.tx, source.id, MERGED)
    back = acting.touch(work, source, {"state": before})
    anchoring.measures_of(work, back)
    work.tx.record("merge_undone", topic_id=source.id, actor_id=work.actor.id, facts={"from": into})
    tell(work, _concerned(work, back, target), "merge_undone", back, data={"into": target.number})
    return back


def merged_into(work: Work, topic: Topic) -> TopicId | None:
    """Which topic this one went into."""
    found = affairs.links_of(work.tx, topic.id)
    return next((to for of, relation, to, _ in found if (of, relation) == (topic.id, MERGED)), None)


def merged_from(work: Work, topic: Topic) -> list[Topic]:
    """Which topics went into this one."""
    found = affairs.links_of(work.tx, topic.id)
    return topics.by_ids(
        work.tx, [of for of, relation, to, _ in found if (to, relation) == (topic.id, MERGED)]
    )


def require_split(work: Work, topic: Topic) -> None:
    """Whether the actor may split a topic: its issuer, or the office. Raises NoRight and Invalid."""
    authorise(work, topic, Event.VIEW)
    issuing.require_draft(work)
    if Role.OFFICE not in work.actor.roles and work.actor.id != topic.issuer_id:
        raise NoRight("may_not_join")
    if not topic.open:
        raise Invalid("merge_not_open", number=topic.number)


def split(work: Work, topic_id: TopicId, title: str) -> Topic:
    """A draft of a second topic with the same seats proposed, linked to the first."""
    topic = topics.get(work.tx, topic_id)
    require_split(work, topic)
    later = topic.deadline if topic.deadline is not None and topic.deadline > work.now else None
    given = Draft(
        title=title,
        goal=topic.goal,
        source=topic.source,
        category=topic.category if topic.category in work.policy.categories else "",
        duty=topic.duty,
        kind=topic.kind,
        cycle=topic.cycle,
        confidential=topic.confidential,
        issuer_id=topic.issuer_id,
        owner_id=topic.owner_id,
        eligible=topic.eligible,
        co_owners=topic.co_owners,
        lead_units=topic.lead_units,
        assist_units=topic.assist_units,
        deadline=later,
    )
    made = issuing.draft(work, given)
    affairs.link(work.tx, made.id, SPLIT, other_id=topic.id)
    work.tx.record("link", topic_id=made.id, actor_id=work.actor.id, facts={"other": topic.id})
    return made


def _move(work: Work, target: Topic, moves: tuple[Measure, ...]) -> None:
    """Open measures go on under the other topic, from the beginning: units receive them anew."""
    steps = [Step(m.text, m.lead_units, m.deadline, m.assist_units, m.deliverable) for m in moves]
    if called := measuring.joined(target, steps):
        target = acting.touch(work, target, called)
    for step in steps:
        made = measuring.assign(work, target, step)
        tell(work, working(work, made), "assigned", target, measure=made)


def _keeps_term(work: Work, target: Topic, measure: Measure) -> bool:
    """A measure that is late, or due after its new topic, would have to be worded anew."""
    return work.now < measure.deadline and (target.deadline is None or measure.deadline <= target.deadline)


def _concerned(work: Work, source: Topic, target: Topic) -> list[PersonId | None]:
    both = (source, target)
    seats = [person for topic in both for person in (*responsible(topic), topic.issuer_id, topic.drafter_id)]
    return [*seats, *working(work, source), *working(work, target)]


def _said(work: Work, source: Topic) -> Report | None:
    """The word by which it was merged."""
    found = [r for r in reports.of_topic(work.tx, source.id) if r.event == Event.WITHDRAW]
    return found[-1] if found else None
