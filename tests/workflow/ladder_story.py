"""A small college where months pass in a moment: one item, its ladder, its seats, and what people were told.

It wakes when the ladder says so and never in between; so every story also proves `next_at`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from workflow.ladder import Audience, Ladder, Listed, To
from workflow.ladder_due import Owed, collapse, due, holds, next_at
from workflow.ladder_item import Asked, Fired, Item, Stage, Subject
from workflow.ladder_seats import recipients
from workflow.ladder_text import parse
from workflow.roles import PersonId
from workflow.workdays import Calendar

CALENDAR = Calendar()

LEADER, HEAD, LIAISON, SECRETARY, PARTY_SECRETARY, PRINCIPAL, CLERK, NEWS = map(PersonId, range(1, 9))

SEATS: Mapping[To, tuple[PersonId, ...]] = {
    Audience.OWNER: (LEADER,),
    Audience.UNIT_HEADS: (HEAD,),
    Audience.LIAISONS: (LIAISON,),
    Audience.ISSUER: (PARTY_SECRETARY,),
    Audience.VERIFIER: (SECRETARY,),
    Audience.DISCIPLINE: (SECRETARY,),
    Audience.CHIEF: (PARTY_SECRETARY, PRINCIPAL),
    Audience.OFFICE: (CLERK,),
    Listed("unit:news"): (NEWS,),
}


def ladder(name: str) -> Ladder:
    """One of the ladders in `data/`."""
    return read((Path(__file__).parent / "data" / f"{name}.toml").read_text("utf-8"))


def read(text: str) -> Ladder:
    return parse(tomllib.loads(text))


def one_step(*when: dict[str, Any], **more: Any) -> Ladder:
    """A ladder of one step that tells the owner; `more` are further keys of the step."""
    plain = {"key": "it", "level": 1, "on": "topic", "when": when, "to": ["owner"]}
    return parse({"step": [plain | more]})


def on(text: str, clock: str = "10:00") -> datetime:
    """A moment of 2026 in the college's time: "03-09", or with its year."""
    day = date.fromisoformat(text if text.count("-") == 2 else f"2026-{text}")
    return CALENDAR.at(day, time.fromisoformat(clock))


def by_end_of(text: str) -> datetime:
    return CALENDAR.end_of(CALENDAR.day(on(text)))


def topic(issued: str, deadline: str | None = None, **facts: Any) -> Item:
    """A topic that was issued and claimed on one morning, unless the facts say otherwise."""
    at = on(issued)
    base = Item(Subject.TOPIC, Stage.UNDER_WAY, offered_at=at, anchored_at=at, taken_at=at)
    return replace(base, deadline=by_end_of(deadline) if deadline else None, **facts)


def measure(assigned: str, deadline: str, **facts: Any) -> Item:
    return topic(assigned, deadline, subject=Subject.MEASURE, **facts)


class Told(NamedTuple):
    """One message: when, to whom, which step of which level, and the how-manieth."""

    day: str
    person: PersonId
    step: str
    level: int
    occurrence: int


@dataclass
class Story:
    """One item under its ladder, from its anchor on."""

    ladder: Ladder
    item: Item
    seats: Mapping[To, tuple[PersonId, ...]] = field(default_factory=lambda: SEATS)
    calendar: Calendar = CALENDAR
    defaulters: frozenset[PersonId] = frozenset({LEADER})
    now: datetime = field(init=False)
    told: list[Told] = field(default_factory=list)
    collapsed: list[Owed] = field(default_factory=list)
    vacant: set[To] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.now = self.item.anchored_at

    def until(self, day: str, clock: str = "18:00") -> "Story":
        """Let time pass, sweeping whenever something falls due."""
        end = on(day, clock)
        while (at := next_at(self.ladder, self.item, self.calendar)) and at <= end:
            self.now = max(at, self.now)
            self.sweep()
        self.now = end
        return self

    def sweep(self) -> None:
        """One sweep: what is due is told and recorded."""
        owed = due(self.ladder, self.item, self.calendar, self.now)
        assert owed, "it was woken for nothing"
        kept, gone = collapse(owed)
        self.collapsed += gone
        for one in kept:
            resolved = recipients(one.step, self.seats, self.defaulters)
            self.vacant.update(resolved.skipped)
            day = self.calendar.day(self.now).isoformat()[5:]
            self.told += [
                Told(day, person, one.step.key, one.step.level, one.occurrence) for person in resolved.persons
            ]
        for one in owed:
            past = self.item.fired.get(one.step.key, ())
            fired = {**self.item.fired, one.step.key: (*past, Fired(one.occurrence, self.now))}
            self.item = replace(self.item, fired=fired)

    def down_until(self, day: str, clock: str = "18:00") -> "Story":
        """We are down: time passes and nothing is swept until then."""
        self.now = on(day, clock)
        return self.until(day, clock)

    def facts(self, **facts: Any) -> "Story":
        """Something happened to the item."""
        self.item = replace(self.item, **facts)
        return self

    def reports(self) -> "Story":
        return self.facts(last_report_at=self.now)

    def asks_for_more_time(self) -> "Story":
        return self.facts(asked=Asked(self.now))

    def refused(self) -> "Story":
        assert self.item.asked
        return self.facts(asked=replace(self.item.asked, decided_at=self.now))

    def acknowledges(self, step: str) -> "Story":
        *past, last = self.item.fired[step]
        answered = (*past, replace(last, answered_at=self.now))
        return self.facts(fired={**self.item.fired, step: answered})

    def still_holds(self, step: str, occurrence: int = 1) -> bool:
        return holds(self.ladder, self.item, step, occurrence, self.calendar, self.now)

    def heard(self, person: PersonId) -> list[tuple[str, str]]:
        """What one person was told: day and step."""
        return [(told.day, told.step) for told in self.told if told.person == person]

    def steps(self) -> list[tuple[str, str]]:
        """What was told at all: day and step, once each."""
        return list(dict.fromkeys((told.day, told.step) for told in self.told))
