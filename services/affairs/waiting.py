"""Which affairs wait for the actor now: read from who is asked, and from the table of who is waited for."""

from services.affairs.seating import frame_of, holders
from services.work import Work
from storage import affairs, people
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairSeat, awaited, awaiting
from workflow.roles import PersonId, Role

_WATCHED = {
    Role.DISCIPLINE_SECRETARY: (AffairKind.RECHECK,),
    Role.CHIEF: (AffairKind.RECHECK,),
    Role.OFFICE: (AffairKind.RECHECK, AffairKind.COVER),
    Role.DISCIPLINE_STAFF: (AffairKind.RECHECK,),
    Role.COMMITTEE_MEMBER: (AffairKind.RECHECK,),
}
"""Kinds that wait for a role rather than for somebody by name."""


def waits_for(work: Work) -> list[Affair]:
    """What waits for the actor, or for whom the actor stands in for; soonest term first."""
    absent = [s.principal_id for s in people.principals(work.tx, work.actor.id) if s.kind == "absence"]
    selves = [work.actor.id, *absent]
    found = {affair.id: affair for person in selves for affair in _candidates(work, person)}
    mine = [affair for affair in found.values() if _waits(work, affair, selves)]
    return sorted(mine, key=lambda affair: (affair.due_at is None, affair.due_at, affair.id))


def _candidates(work: Work, person: PersonId) -> list[Affair]:
    held = people.get(work.tx, person).roles
    watched = [kind for role, kinds in _WATCHED.items() if role in held for kind in kinds]
    units = [m.unit_id for m in people.units_of(work.tx, person)]
    return [
        *affairs.asking(work.tx, person),
        *affairs.about(work.tx, person),
        *(affair for unit in units for affair in affairs.of_unit(work.tx, unit)),
        *(one for kind in dict.fromkeys(watched) for one in affairs.of_kind(work.tx, kind, *awaiting(kind))),
    ]


def _waits(work: Work, affair: Affair, selves: list[PersonId]) -> bool:
    frame = frame_of(affair)
    seats: tuple[AffairSeat, ...] = awaited(affair.kind, affair.state)
    return any(person in holders(work.tx, frame, seat) for seat in seats for person in selves)
