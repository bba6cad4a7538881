"""其他单位自查: units a batch did not name look for the same at home; a "yes" becomes a risk (art. 25)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.affairs import acting, risks
from services.affairs.batches import topics_of
from services.affairs.seating import ASKED
from services.seats import executors
from services.work import Work
from storage import affairs, people
from storage.affair_plans import MEASURE
from storage.people import Unit
from workflow.affair import Affair, Part
from workflow.affair_table import AffairEvent
from workflow.errors import Missing, NotFound
from workflow.roles import PersonId, Role, UnitId

YES, NO = "yes", "no"
WORKDAYS: Final = 10
"""How long other units have to look, unless the office says otherwise."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How many were asked and what they said."""

    asked: int
    yes: int
    no: int

    @property
    def open(self) -> int:
        """Who has not answered."""
        return self.asked - self.yes - self.no


def others(work: Work, batch: Affair) -> Mapping[PersonId, Unit]:
    """Who would be asked, and for which unit: heads (else liaisons) of units the batch did not name."""
    named = _named(work, batch)
    found: dict[PersonId, Unit] = {}
    for unit in people.all_units(work.tx):
        if unit.state == "active" and unit.id not in named and not unit.discipline:
            seated = executors(work.tx, [unit.id], Role.UNIT_HEAD) or executors(work.tx, [unit.id])
            found |= {person: unit for person in seated if person not in found}
    return found


def usual_term(work: Work) -> datetime:
    """The last instant of the usual term."""
    calendar = work.policy.calendar
    return calendar.end_of(calendar.add_workdays(calendar.day(work.now), WORKDAYS))


def call(work: Work, batch: Affair, due: datetime) -> tuple[Affair, int]:
    """Ask the other units; how many people. Raises NotFound where there is nobody to ask."""
    whom = others(work, batch)
    if not whom:
        raise NotFound("nobody_to_ask")
    called = acting.act(work, batch, AffairEvent.CALL, {"due_at": due})
    acting.ask(work, called, whom)
    acting.tell(work, whom, "batches.asked", called, data={"while": called.state.value})
    return called, len(whom)


def found_nothing(work: Work, batch: Affair) -> Part:
    """无."""
    return acting.answer(work, batch, NO)


def found_something(work: Work, batch: Affair, text: str) -> Affair:
    """有, and what: it becomes a risk the office and the chiefs hear of. Raises Missing."""
    if not text.strip():
        raise Missing("risk_empty")
    answered = acting.answer(work, batch, YES, text.strip())
    unit = next((m.unit_id for m in people.units_of(work.tx, answered.person_id)), None)
    return risks.found_by_check(work, batch, text, unit)


def answers(work: Work, batch: Affair) -> Answers:
    """How the answers stand."""
    said = [part.answer for part in affairs.parts(work.tx, batch.id, ASKED)]
    return Answers(len(said), said.count(YES), said.count(NO))


def _named(work: Work, batch: Affair) -> set[UnitId]:
    """The units of its topics and of the measures it planned."""
    planned = affairs.items(work.tx, batch.id, MEASURE)
    found = {UnitId(unit) for item in planned for unit in (*item.facts["lead"], *item.facts["assist"])}
    for topic in topics_of(work, batch):
        found |= {*topic.lead_units, *topic.assist_units}
    return found
