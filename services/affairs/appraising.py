"""述责述廉评议 (S2 art. 21): who is appraised when, and the counts of the ballots, corrected in the open.

Only counts are entered here: no ballot is cast through this program.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.affairs.acting import act, ask, begin, change_item, put, tell
from services.affairs.seating import frame_of, seats
from services.work import Work
from storage import affairs, people
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.affair_table import AffairEvent, AffairSeat
from workflow.ballots import Count, fault
from workflow.errors import Invalid, Missing, NotFound
from workflow.roles import PersonId, Role

COUNT: Final = "count"
VALID, VOID = "valid", "void"
SCHEDULED: Final = "appraising.scheduled"
RESULT: Final = "appraising.result"


def usual(work: Work) -> list[PersonId]:
    """The chiefs and leaders, in the order of the roster."""
    found = {person.id for role in (Role.CHIEF, Role.LEADER) for person in people.holding(work.tx, role)}
    return sorted(found)


def schedule(work: Work, title: str, on: date, voters: int, whom: Sequence[PersonId]) -> Affair:
    """Set it down and tell those who are to report. Raises Missing, Invalid and the table's refusals."""
    if not whom:
        raise Missing("nobody_appraised")
    if voters < 1:
        raise Invalid("no_voters")
    facts = {"on": on.isoformat(), "voters": voters}
    end = work.policy.calendar.end_of(on)
    affair = begin(work, AffairKind.APPRAISAL, title=title, facts=facts, due_at=end)
    in_order = sorted(set(whom))
    for person in in_order:
        put(work, affair, COUNT, person_id=person)
    ask(work, affair, in_order)
    tell(work, in_order, SCHEDULED, affair, data={"while": affair.state})
    return affair


def counts(work: Work, affair: Affair) -> list[AffairItem]:
    """One line for each person, in the fixed order of seats; the state is empty until a count is entered."""
    return affairs.items(work.tx, affair.id, COUNT)


def of_person(work: Work, affair: Affair, person: PersonId) -> AffairItem:
    """The line of one person. Raises NotFound."""
    for item in counts(work, affair):
        if item.person_id == person:
            return item
    raise NotFound("not_appraised")


def enter(work: Work, affair: Affair, person: PersonId, count: Count) -> AffairItem:
    """Enter a count, or anew: the trail keeps the former one. Raises Invalid where it is wrong."""
    act(work, affair, AffairEvent.ADD)
    item = of_person(work, affair, person)
    wrong = fault(count, affair.facts["voters"])
    if wrong is not None:
        raise Invalid("count_wrong", line=wrong.line, by=wrong.by)
    facts = count.facts()
    if item.state:
        facts["corrected"] = item.facts.get("corrected", 0) + 1
    return change_item(work, affair, item, state=VOID if count.void else VALID, facts=facts)


def finish(work: Work, affair: Affair) -> Affair:
    """All are counted: each person hears the result about oneself. Raises Missing where one is lacking."""
    lacking = [item for item in counts(work, affair) if not item.state]
    done = act(work, affair, AffairEvent.FINISH)
    if lacking:
        raise Missing("appraisal_incomplete", count=len(lacking))
    tell(work, [item.person_id for item in counts(work, affair)], RESULT, done)
    return done


def sees_all(work: Work, affair: Affair) -> bool:
    """Whether the actor may look at everybody's result; whoever is appraised sees one's own alone."""
    held = seats(work, frame_of(affair))
    return bool(held & {AffairSeat.OFFICE, AffairSeat.CHIEF, AffairSeat.DISCIPLINE})


def annul(work: Work, affair: Affair) -> Affair:
    """It does not count; what was entered stays on record."""
    return act(work, affair, AffairEvent.ANNUL)


def latest(work: Work) -> Affair | None:
    """The appraisal that is open, or else the last one that was finished."""
    found = affairs.of_kind(work.tx, AffairKind.APPRAISAL, AffairState.OPEN, AffairState.DONE)
    return next((one for one in reversed(found) if not one.settled), found[-1] if found else None)


def open_one(work: Work) -> Affair | None:
    """The appraisal counts are entered for now."""
    found = affairs.of_kind(work.tx, AffairKind.APPRAISAL)
    return found[-1] if found else None


def held_on(affair: Affair) -> date:
    """The day it is held."""
    return date.fromisoformat(affair.facts["on"])
