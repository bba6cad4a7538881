"""督办通报: what was issued and closed in a period, what was in hand and what overdue at its end; no ranking.

Units stand in the order of the roster and items in that of their numbers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from reports.papers.scribe import Scribe
from services.telling import responsible
from storage import people, periods, topics
from storage.ledger_slices import Standing, slices
from workflow.dates_period import Period
from workflow.measure import Measure, MeasureState
from workflow.roles import UnitId
from workflow.topic import Topic, TopicState

_HANDED_IN: Final = (TopicState.SUBMITTED, TopicState.CLOSED)
_DONE: Final = (MeasureState.REPORTED_DONE, MeasureState.CONFIRMED)
"""States in which the moment of handing in still stands; what was returned is owed again."""


@dataclass(frozen=True, slots=True)
class Late:
    """An overdue item of a unit."""

    unit: str
    number: str
    matter: str
    owners: str
    deadline: str
    late: int


@dataclass(frozen=True, slots=True)
class Circular:
    """A period's facts."""

    college: str
    period: str
    summary: str
    issued: str
    issued_count: int
    closed: str
    closed_count: int
    in_hand: str
    in_hand_count: int
    overdue: tuple[Late, ...]
    none_overdue: str
    note: str
    office: str
    today: str


def circular(scribe: Scribe, period: Period, where: Sequence[Any]) -> Circular:
    """The facts of a period, of the topics under some conditions of `storage.topics`."""
    words = scribe.words
    since, until = bounds(scribe, period)
    at = min(until, scribe.tx.now)
    sets = {
        "issued": _numbers(scribe, periods.issued(since, until), *where),
        "closed": _numbers(scribe, periods.closed(since, until), *where),
        "in_hand": _numbers(scribe, periods.in_hand(at), *where),
    }
    overdue = _overdue(scribe, at, where)
    last = scribe.day(at if at < until else period.last)
    counts = {name: len(numbers) for name, numbers in sets.items()}
    return Circular(
        college=scribe.policy.college,
        period=words("paper.circular.period", first=scribe.day(period.first), last=scribe.day(period.last)),
        summary=words(
            "paper.circular.summary", **counts, overdue=len({one.number for one in overdue}), day=last
        ),
        issued=scribe.numbers(sets["issued"]),
        issued_count=counts["issued"],
        closed=scribe.numbers(sets["closed"]),
        closed_count=counts["closed"],
        in_hand=scribe.numbers(sets["in_hand"]),
        in_hand_count=counts["in_hand"],
        overdue=tuple(overdue),
        none_overdue=words("paper.circular.none_overdue", day=last),
        note=words("paper.circular.note", day=last),
        office=words("paper.circular.office", college=scribe.policy.college),
        today=scribe.today,
    )


def bounds(scribe: Scribe, period: Period) -> tuple[datetime, datetime]:
    """The first moment of a period, and the first after it, by the college's calendar."""
    end_of = scribe.policy.calendar.end_of
    second = timedelta(seconds=1)
    return end_of(period.first - timedelta(days=1)) + second, end_of(period.last) + second


def _numbers(scribe: Scribe, *where: Any) -> list[str]:
    return [topic.number for topic in topics.find(scribe.tx, *where)]


def _overdue(scribe: Scribe, at: datetime, where: Sequence[Any]) -> list[Late]:
    """Overdue items by unit; those that are not told come last, under no unit."""
    found = [
        entry
        for some in slices(scribe.tx, periods.in_hand(at), *where)
        for one in some
        for entry in _late(scribe, one, at)
    ]
    units = [unit.id for unit in people.all_units(scribe.tx)]
    order: dict[UnitId | None, int] = {unit: no for no, unit in enumerate(units)}
    found.sort(key=lambda entry: order.get(entry[0], len(order)))
    return [late for _, late in found]


def _late(scribe: Scribe, one: Standing, at: datetime) -> Iterator[tuple[UnitId | None, Late]]:
    topic = one.topic
    handed_in = topic.submitted_at if topic.state in _HANDED_IN else None
    if handed_in and handed_in <= at:
        return
    if topic.deadline and topic.deadline < at:
        yield from _by_unit(scribe, topic, topic, at)
    for step in one.measures:
        done = step.done_at if step.state in _DONE else None
        if step.state is not MeasureState.WITHDRAWN and step.deadline < at and not (done and done <= at):
            yield from _by_unit(scribe, topic, step, at)


def _by_unit(
    scribe: Scribe, topic: Topic, item: Topic | Measure, at: datetime
) -> Iterator[tuple[UnitId | None, Late]]:
    calendar, names = scribe.policy.calendar, scribe.names
    due = calendar.day(item.deadline) if item.deadline else None
    untold = topic.confidential
    for unit in (None,) if untold else item.lead_units or (None,):
        yield (
            unit,
            Late(
                unit=names.units([unit]) if unit else scribe.words("ledger.confidential") if untold else "",
                number=topic.number if item is topic else f"{topic.number}-{item.no}",  # type: ignore[union-attr]
                matter=scribe.matter(topic) if untold or item is topic else item.text,  # type: ignore[union-attr]
                owners=names.titles(responsible(topic)),
                deadline=scribe.day(due),
                late=max(1, calendar.workdays_between(due, calendar.day(at))) if due else 0,
            ),
        )
