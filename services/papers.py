"""Ordering papers: who may, the number a slip keeps, the trail of what was taken out, who has drafts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from services.authorising import authorise, open_events
from services.work import Work
from storage import firings, journal, measures, people, topics
from storage.people import Person
from storage.store import Tx
from workflow import ladder_text
from workflow.errors import Invalid, NoRight
from workflow.ladder_item import Subject
from workflow.measure import Measure
from workflow.roles import Role
from workflow.topic import Duty, Topic
from workflow.transitions import Event

NUMBERED: Final = "slip_numbered"
ORDERED: Final = "paper_ordered"
ORDERERS: Final = frozenset({Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.CHIEF})


class Slip(StrEnum):
    """Papers about one topic, in the order of severity; the coloured ones are named by the ladder's steps."""

    PLAIN = "slip"  # 督办单
    YELLOW = "yellow"  # 黄色预警通知单
    ORANGE = "orange"  # 橙色预警督办单
    RED = "red"  # 红色预警问责单


COLOURED: Final = (Slip.YELLOW, Slip.ORANGE, Slip.RED)


class Occasion(StrEnum):
    """What somebody's draft is for (art. 20, 21)."""

    DEMOCRATIC = "democratic"  # 民主生活会
    ACCOUNT = "account"  # 年终述责述廉


@dataclass(frozen=True, slots=True)
class Number:
    """〔year〕no号, and when it was given."""

    year: int
    no: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Warned:
    """What the ladder has done about a topic's present term: the paper it means, of which step, how often."""

    paper: Slip | None
    level: int
    times: int


def may_order(work: Work) -> bool:
    """Whether the actor may order papers about others."""
    return bool(work.actor.roles & ORDERERS)


def require(work: Work) -> None:
    """Raise NoRight unless the actor may order papers about others."""
    if not may_order(work):
        raise NoRight("may_not_order")


def may_press(work: Work, topic: Topic) -> bool:
    """Whether the actor may have a slip of this topic."""
    return may_order(work) and Event.NUDGE in open_events(work, topic)


def slip(work: Work, topic: Topic, paper: Slip) -> Number:
    """The number of a topic's slip: given once, kept for good. Raises the table's refusals for 催办.

    A slip presses somebody on paper; so whoever may press may have it, and nobody about their own default.
    A coloured one is for what is overdue, a measure of it too, or what the ladder has warned of. Raises
    Invalid otherwise.
    """
    require(work)
    authorise(work, topic, Event.NUDGE)
    late = topic.overdue(work.now) or behind(work.tx, topic)
    if paper in COLOURED and not late and warned(work.tx, topic).paper is None:
        raise Invalid("not_overdue_yet")
    found = _given(work.tx, topic, paper)
    if found is None:
        year = work.policy.calendar.day(work.now).year
        found = Number(year, topics.next_number(work.tx, f"slip-{year}"), work.now)
        facts = {"paper": paper, "year": found.year, "no": found.no}
        work.tx.record(NUMBERED, topic_id=topic.id, actor_id=work.actor.id, facts=facts)
    return found


def note(work: Work, paper: str, facts: Mapping[str, Any]) -> None:
    """Enter in the trail that somebody took a paper out."""
    work.tx.record(ORDERED, actor_id=work.actor.id, facts={"paper": paper, **facts})


def accountable(tx: Tx) -> list[tuple[Person, tuple[Occasion, ...]]]:
    """Each chief for two occasions, each other leader for one, in the order of the roster (art. 20, 21)."""
    chiefs = people.holding(tx, Role.CHIEF)
    others = {p.id: p for r in (Role.LEADER, Role.DISCIPLINE_SECRETARY) for p in people.holding(tx, r)}
    leaders = [others[i] for i in sorted(others) if i not in {chief.id for chief in chiefs}]
    return [*((chief, tuple(Occasion)) for chief in chiefs), *((one, (Occasion.ACCOUNT,)) for one in leaders)]


def size(tx: Tx) -> int:
    """How many papers a year-end pack holds: a summary of each duty, everybody's drafts, the ledger."""
    return len(Duty) + sum(len(occasions) for _, occasions in accountable(tx)) + 1


def warned(tx: Tx, topic: Topic) -> Warned:
    """How far the ladder has gone with a topic: the gravest coloured paper that a fired step means."""
    steps = firings.ladders_of(tx, [topic.id]).get(topic.id)
    if steps is None:
        return Warned(None, 0, 0)
    fired = firings.fired(tx, Subject.TOPIC, {topic.id: topic.anchor})[topic.id]
    passed = [step for step in ladder_text.loads(steps).steps if step.key in fired]
    meant = [(Slip(step.paper), step.level) for step in passed if step.paper in COLOURED]
    paper, level = max(meant, key=lambda one: COLOURED.index(one[0]), default=(None, 0))
    level = level or max((step.level for step in passed), default=0)
    return Warned(paper, level, sum(map(len, fired.values())))


def behind(tx: Tx, topic: Topic) -> list[Measure]:
    """Its measures a unit still owes past their day, in their order."""
    return [step for step in measures.of_topic(tx, topic.id) if step.overdue(tx.now)]


def _given(tx: Tx, topic: Topic, paper: Slip) -> Number | None:
    for row in journal.of_topic(tx.connection, topic.id, NUMBERED):
        facts = journal.facts_of(row)
        if facts["paper"] == paper:
            return Number(facts["year"], facts["no"], row.at)
    return None
