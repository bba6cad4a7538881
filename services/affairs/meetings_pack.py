"""分析材料: the facts a periodic analysis begins with (art. 24), counted and never ranked.

Units stand in the order of the roster, people too; there is no share, no mark and no comparison.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.affairs.meetings_agenda import last_held
from services.work import Work
from storage import affairs, measures, people, topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.roles import PersonId, UnitId
from workflow.topic import OPEN, TopicId, TopicState


@dataclass(frozen=True, slots=True)
class Pack:
    """Counts over a period. `overdue_units` are units and how many overdue items each works on."""

    since: datetime
    until: datetime
    issued: int
    closed: int
    open: int
    overdue: int
    overdue_units: tuple[tuple[UnitId, int], ...]
    given: int
    lacking: tuple[PersonId, ...]


def pack(work: Work, affair: Affair) -> Pack:
    """From the last meeting of this sort, or the year's beginning, to now."""
    tx, now = work.tx, work.now
    calendar = work.policy.calendar
    year = calendar.day(now).replace(month=1, day=1)
    since = last_held(work, affair) or datetime(year.year, 1, 1, tzinfo=calendar.tz).astimezone(UTC)
    live = topics.find(tx, topics.in_states(*OPEN))
    gone = topics.find(tx, topics.in_states(TopicState.CLOSED, TopicState.WITHDRAWN))
    late: dict[TopicId, set[UnitId]] = {t.id: {*t.lead_units} for t in live if t.overdue(now)}
    for measure in measures.of_topics(tx, [topic.id for topic in live]):
        if measure.overdue(now):
            late.setdefault(measure.topic_id, set()).update(measure.lead_units)
    counted = [(unit.id, sum(unit.id in units for units in late.values())) for unit in people.all_units(tx)]
    asked = [
        one for one in affairs.of_kind(tx, AffairKind.ASSESSMENT, *AffairState) if one.opened_at >= since
    ]
    return Pack(
        since=since,
        until=now,
        issued=sum(1 for topic in (*live, *gone) if topic.issued_at and topic.issued_at >= since),
        closed=sum(1 for topic in gone if topic.closed_at and topic.closed_at >= since),
        open=len(live),
        overdue=len(late),
        overdue_units=tuple((unit, count) for unit, count in counted if count),
        given=sum(1 for one in asked if one.state in (AffairState.GIVEN, AffairState.DONE)),
        lacking=tuple(one.person_id for one in asked if one.state is AffairState.OPEN and one.person_id),
    )
