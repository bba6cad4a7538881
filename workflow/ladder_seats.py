"""Who is told: a step's audiences turned into persons, never pushing a default up to the one in default.

Reminders go to whoever is addressed. An escalation passes over the person in default wherever it means a seat
above the work, and climbs from there until it reaches somebody else, or the answer says that nobody is left.
A vacant seat is not climbed past: it is skipped, aloud.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from workflow.ladder import Audience, Step, To
from workflow.ladder_item import Subject
from workflow.roles import PersonId

Seats = Mapping[To, Collection[PersonId]]
"""Who sits where on one item, deputies already put in. A seat that is left out is empty."""

NEXT_UP: Final[Mapping[To, Audience]] = {
    Audience.LIAISONS: Audience.UNIT_HEADS,
    Audience.UNIT_HEADS: Audience.OWNER,
    Audience.CO_OWNERS: Audience.OWNER,
    Audience.OWNER: Audience.DISCIPLINE,
    Audience.VERIFIER: Audience.DISCIPLINE,
    Audience.OFFICE: Audience.DISCIPLINE,
    Audience.DISCIPLINE: Audience.CHIEF,
    Audience.ISSUER: Audience.CHIEF,
}
"""The seat above each. Above the chiefs there is none in this college."""

ABOVE: Final[Mapping[Subject, frozenset[To]]] = {
    Subject.TOPIC: frozenset({Audience.ISSUER, Audience.OFFICE, Audience.DISCIPLINE, Audience.CHIEF}),
    Subject.MEASURE: frozenset(
        {
            Audience.OWNER,
            Audience.CO_OWNERS,
            Audience.ISSUER,
            Audience.OFFICE,
            Audience.DISCIPLINE,
            Audience.CHIEF,
        }
    ),
}
"""Seats that watch over an item; the others do its work, and hear of it whatever they owe."""

MAY_BE_EMPTY: Final[frozenset[To]] = frozenset({Audience.CO_OWNERS, Audience.LIAISONS})
"""Seats an item may lack without anything being amiss."""


@dataclass(frozen=True, slots=True)
class Lift:
    """An escalation moved up from a seat of whoever is in default; `to` is None where none is left above."""

    frm: To
    to: To | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Each person once, with the seat that person was chosen for; vacant seats; what was moved up."""

    persons: Mapping[PersonId, To]
    skipped: tuple[To, ...] = ()
    lifted: tuple[Lift, ...] = ()


def recipients(step: Step, seats: Seats, defaulters: frozenset[PersonId]) -> Resolved:
    """Everybody a step tells. The `skipped` seats are vacant and should not be: tell the office once."""
    call = _Call(seats, defaulters)
    for audience in step.to:
        if step.escalates and audience in ABOVE[step.on]:
            call.escalate(audience)
        else:
            call.tell(audience, call.sitting(audience))
    if (
        step.escalates
        and call.persons
        and call.persons.keys() <= defaulters
        and ABOVE[step.on].isdisjoint(step.to)
    ):
        call.climb(step.to[-1])
    return Resolved(call.persons, tuple(call.vacant), tuple(call.lifted))


@dataclass(slots=True)
class _Call:
    """One roll-call over the seats of an item."""

    seats: Seats
    defaulters: frozenset[PersonId]
    persons: dict[PersonId, To] = field(default_factory=dict)
    vacant: dict[To, None] = field(default_factory=dict)
    lifted: list[Lift] = field(default_factory=list)

    def sitting(self, audience: To) -> tuple[PersonId, ...]:
        """Who sits there; a vacancy is noted."""
        people = tuple(self.seats.get(audience, ()))
        if not people and audience not in MAY_BE_EMPTY:
            self.vacant[audience] = None
        return people

    def others(self, audience: To) -> tuple[PersonId, ...]:
        """Who sits there and is not in default."""
        return tuple(person for person in self.sitting(audience) if person not in self.defaulters)

    def tell(self, audience: To, people: Iterable[PersonId]) -> None:
        """Tell these people, unless they were told in another seat already."""
        for person in people:
            self.persons.setdefault(person, audience)

    def escalate(self, audience: To) -> None:
        """Tell whoever sits there and is not in default; where all are, go up."""
        others = self.others(audience)
        self.tell(audience, others)
        if self.seats.get(audience) and not others:
            self.climb(audience)

    def climb(self, audience: To) -> None:
        """Go up from a seat until somebody is found who is not in default."""
        seat = NEXT_UP.get(audience)
        while seat and not self.others(seat):
            seat = NEXT_UP.get(seat)
        self.lifted.append(Lift(audience, seat))
        if seat:
            self.tell(seat, self.others(seat))
