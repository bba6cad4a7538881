"""Who sits where on one topic, right now: roles, the roster and stand-ins, read inside the transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.policy import Policy
from storage import people
from storage.people import Person
from storage.store import Tx
from workflow.measure import Measure
from workflow.roles import SEAT_OF_ROLE, PersonId, Role, Seat, UnitId
from workflow.topic import Topic


@dataclass(frozen=True, slots=True)
class Place:
    """A seat a person holds, and for whom: oneself, or a principal one stands in for."""

    principal: PersonId
    kind: str  # "self" | "aide" | "absence"


Places = Mapping[Seat, Place]


def places(tx: Tx, policy: Policy, actor: Person, topic: Topic, measure: Measure | None = None) -> Places:
    """Every seat the actor may use on this topic (or measure). One's own seat goes before a principal's."""
    found: dict[Seat, Place] = {}
    for person, kind in _selves(tx, actor):
        for seat in _own_seats(tx, policy, person, topic, measure):
            found.setdefault(seat, Place(person.id, kind))
    return found


def verifiers(tx: Tx, topic: Topic) -> list[Person]:
    """Who verifies this topic: the configured seat, or the next one up when that seat owns the topic."""
    holders = _holders(tx, topic.verifier)
    free = [person for person in holders if person.id not in owners(topic)]
    if free or topic.verifier == Role.CHIEF:
        return free
    return [person for person in people.holding(tx, Role.CHIEF) if person.id not in owners(topic)]


def owners(topic: Topic) -> frozenset[PersonId]:
    """Owner and co-owners."""
    own = () if topic.owner_id is None else (topic.owner_id,)
    return frozenset((*own, *topic.co_owners))


def executors(tx: Tx, units: Iterable[UnitId], role: Role | None = None) -> list[PersonId]:
    """The heads and liaisons of some units, each once."""
    seated = people.members_of(tx, units)
    return list(dict.fromkeys(m.person_id for m in seated if role is None or m.role is role))


def _selves(tx: Tx, actor: Person) -> list[tuple[Person, str]]:
    """Oneself first; then whom one stands in for in full, then whom only as an aide."""
    standing = sorted(people.principals(tx, actor.id), key=lambda s: s.kind != "absence")
    known = people.many(tx, [s.principal_id for s in standing])
    return [(actor, "self"), *((known[s.principal_id], s.kind) for s in standing)]


def _own_seats(
    tx: Tx, policy: Policy, person: Person, topic: Topic, measure: Measure | None
) -> frozenset[Seat]:
    if not person.active:
        return frozenset()
    seats = {seat for role, seat in SEAT_OF_ROLE.items() if role in person.roles}
    named = {
        Seat.ISSUER: person.id == topic.issuer_id and policy.may_issue(person),
        Seat.DRAFTER: person.id == topic.drafter_id,
        Seat.OWNER: person.id == topic.owner_id,
        Seat.ELIGIBLE: topic.owner_id is None and person.id in topic.eligible,
        Seat.CO_OWNER: person.id in topic.co_owners,
        Seat.VERIFIER: person.id in {p.id for p in verifiers(tx, topic)},
    }
    seats |= {seat for seat, held in named.items() if held}
    item = measure or topic
    mine = {m.unit_id for m in people.units_of(tx, person.id)}
    if mine & set(item.lead_units):
        seats.add(Seat.LEAD)
    if mine & set(item.assist_units):
        seats.add(Seat.ASSIST)
    return frozenset(seats)


def _holders(tx: Tx, verifier: str) -> list[Person]:
    if not verifier.startswith("unit:"):
        return people.holding(tx, Role(verifier))
    unit = people.unit_named(tx, verifier.removeprefix("unit:"))
    if unit is None:
        return []
    return list(people.many(tx, executors(tx, [unit.id])).values())
