"""部门事实: who may have the facts of a unit for its yearly appraisal (S1 目标责任制考核); no scores."""

from collections.abc import Mapping
from typing import Any, Final

from services import papers
from services.work import Work
from storage import people
from storage.people import Unit
from workflow.errors import NoRight
from workflow.roles import Role

PAPER: Final = "unit_facts"


def headed(work: Work) -> list[Unit]:
    """The units the actor is the head of."""
    mine = people.units_of(work.tx, work.actor.id)
    return [people.unit(work.tx, one.unit_id) for one in mine if one.role is Role.UNIT_HEAD]


def require(work: Work, unit: Unit) -> None:
    """Raise NoRight unless the actor may order papers about others, or heads this unit."""
    if not papers.may_order(work) and unit.id not in {one.id for one in headed(work)}:
        raise NoRight("unit_facts_not_yours")


def note(work: Work, unit: Unit, year: int) -> None:
    """Enter in the trail that the facts of a unit were taken out."""
    facts: Mapping[str, Any] = {"unit": unit.id, "year": year}
    papers.note(work, PAPER, facts)
