"""Who sits where in one affair, right now, and what the second table lets them do."""

from dataclasses import dataclass

from services.seats import executors, owners, verifiers
from services.work import Work
from storage import affairs, people, topics
from storage.store import Tx
from workflow.affair import Affair, AffairId, AffairKind, AffairState, Part
from workflow.affair_table import AffairDecision, AffairEvent, AffairSeat, affair_events, decide_affair
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import TopicId

ASKED = "asked"
_OF_ROLE = {
    Role.CHIEF: AffairSeat.CHIEF,
    Role.OFFICE: AffairSeat.OFFICE,
    Role.DISCIPLINE_SECRETARY: AffairSeat.DISCIPLINE,
    Role.DISCIPLINE_STAFF: AffairSeat.DISCIPLINE_STAFF,
    Role.COMMITTEE_MEMBER: AffairSeat.COMMITTEE,
    Role.LEADER: AffairSeat.LEADER,
}
_LOOKING_ON = frozenset({AffairSeat.LEADER, AffairSeat.MEMBER, AffairSeat.COMMITTEE})
"""Seats that by themselves give nothing to look at."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What an affair is about, before or after it exists."""

    kind: AffairKind
    topic_id: TopicId | None = None
    unit_id: UnitId | None = None
    person_id: PersonId | None = None
    opened_by: PersonId | None = None
    affair_id: AffairId | None = None


def frame_of(affair: Affair) -> Frame:
    """An affair's frame."""
    return Frame(affair.kind, affair.topic_id, affair.unit_id, affair.person_id, affair.opened_by, affair.id)


def holders(tx: Tx, frame: Frame, seat: AffairSeat) -> list[PersonId]:
    """Who sits there; of those asked, whoever has not answered."""
    roles = [role for role, of in _OF_ROLE.items() if of is seat]
    if roles:
        return [person.id for person in people.holding(tx, roles[0])]
    if seat is AffairSeat.ASKED:
        return [p.person_id for p in _asked(tx, frame) if p.answered_at is None]
    if seat is AffairSeat.SUBJECT:
        return [frame.person_id] if frame.person_id else []
    if seat is AffairSeat.OPENER:
        return [frame.opened_by] if frame.opened_by else []
    topic = topics.get(tx, frame.topic_id) if frame.topic_id else None
    if seat is AffairSeat.UNIT:
        units = (
            [frame.unit_id] if frame.unit_id else [*topic.lead_units, *topic.assist_units] if topic else []
        )
        return executors(tx, units)
    if topic is None:
        return []
    if seat is AffairSeat.OWNER:
        return sorted(owners(topic))
    return [person.id for person in verifiers(tx, topic)] if seat is AffairSeat.VERIFIER else []


def seats(work: Work, frame: Frame) -> frozenset[AffairSeat]:
    """Every seat the actor holds in this affair, own ones and those of whom the actor stands in for."""
    standing = people.principals(work.tx, work.actor.id)
    known = people.many(work.tx, [s.principal_id for s in standing if s.kind == "absence"])
    found: set[AffairSeat] = set()
    for person in filter(lambda one: one.active, (work.actor, *known.values())):
        found |= {_OF_ROLE[role] for role in person.roles if role in _OF_ROLE}
        found |= {AffairSeat.MEMBER} if people.units_of(work.tx, person.id) else set()
        found |= _named(work.tx, frame, person.id)
    return frozenset(found)


def authorise(work: Work, frame: Frame, state: AffairState | None, event: AffairEvent) -> AffairDecision:
    """What the second table says of the actor doing this now. Raises the table's refusals."""
    return decide_affair(frame.kind, state, event, seats(work, frame))


def open_to(work: Work, affair: Affair) -> tuple[AffairEvent, ...]:
    """What the actor may do now: buttons are drawn from this."""
    return affair_events(affair.kind, affair.state, seats(work, frame_of(affair)))


def may_begin(work: Work, kind: AffairKind, frame: Frame | None = None) -> bool:
    """Whether the actor may open one of this kind."""
    held = seats(work, frame or Frame(kind))
    return AffairEvent.BEGIN in affair_events(kind, None, held)


def concerned(work: Work, affair: Affair) -> bool:
    """Whether the actor may look at it: any seat in it, one of those that watch over everything, or one
    that may do something to it now (give an item to a meeting that takes them).
    """
    held = seats(work, frame_of(affair))
    return bool(held - _LOOKING_ON or affair_events(affair.kind, affair.state, held))


def watches(work: Work, kind: AffairKind) -> bool:
    """Whether a role lets the actor look at every affair of a kind, whoever is seated in it."""
    return bool(seats(work, Frame(kind)) - _LOOKING_ON)


def _named(tx: Tx, frame: Frame, person: PersonId) -> set[AffairSeat]:
    by_item = (
        AffairSeat.SUBJECT,
        AffairSeat.OPENER,
        AffairSeat.OWNER,
        AffairSeat.UNIT,
        AffairSeat.VERIFIER,
    )
    found = {seat for seat in by_item if person in holders(tx, frame, seat)}
    return found | ({AffairSeat.ASKED} if person in {p.person_id for p in _asked(tx, frame)} else set())


def _asked(tx: Tx, frame: Frame) -> list[Part]:
    return affairs.parts(tx, frame.affair_id, ASKED) if frame.affair_id else []
