"""Who is called to a meeting by default: the leading body, and the units its agenda concerns."""

from dataclasses import dataclass

from services.affairs.meetings import sort_of
from services.affairs.meetings_agenda import standing
from services.affairs.seating import ASKED
from services.work import Work
from storage import affairs, people, topics
from workflow.affair import Affair
from workflow.meeting import CALLED, Heads
from workflow.roles import PersonId, Role, UnitId


@dataclass(frozen=True, slots=True)
class Guests:
    """Who is to attend, and who sits in (列席), in the order of the roster."""

    asked: tuple[PersonId, ...] = ()
    observers: tuple[PersonId, ...] = ()


def proposed(work: Work, affair: Affair) -> Guests:
    """The usual guests of this sort of meeting who were not called yet."""
    called = CALLED[sort_of(affair)]
    already = {part.person_id for part in affairs.parts(work.tx, affair.id, ASKED)}
    attending = {one.id for one in people.active(work.tx) if one.roles & called.roles}
    attending |= {affair.person_id} if affair.person_id else set()
    sitting_in = {*_heads(work, affair, called.heads), *_reporters(work, affair)} - attending
    order = [one.id for one in people.active(work.tx) if one.id not in already]
    return Guests(
        tuple(one for one in order if one in attending), tuple(one for one in order if one in sitting_in)
    )


def _heads(work: Work, affair: Affair, wanted: Heads) -> list[PersonId]:
    """The heads of all units, or of those an item of the agenda is about."""
    units: list[UnitId] = []
    if wanted is Heads.ALL:
        units = [unit.id for unit in people.all_units(work.tx) if unit.state == "active"]
    elif wanted is Heads.CONCERNED:
        ids = [item.topic_id for item in standing(work, affair) if item.topic_id]
        units = [unit for topic in topics.by_ids(work.tx, ids) for unit in topic.lead_units]
    return [m.person_id for m in people.members_of(work.tx, units) if m.role is Role.UNIT_HEAD]


def _reporters(work: Work, affair: Affair) -> list[PersonId]:
    return [item.person_id for item in standing(work, affair) if item.person_id]
