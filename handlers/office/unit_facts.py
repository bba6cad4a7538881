"""部门事实 国际处 2026年: what the records hold of a unit, for its appraisal; the grades stay people's."""

import re
from typing import Final

from handlers import printing
from handlers.asking import whom
from handlers.asking.listing import alone
from handlers.cards import Card
from handlers.registry import command
from handlers.turn import Turn
from services import unit_facts
from services.unit_facts import PAPER
from storage.people import Unit
from workflow.dates_period import parse_period, year_of
from workflow.roles import Role

_YEAR: Final = re.compile(r"(?P<name>.*?)\s*(?P<year>20\d\d)\s*(?:\u5e74\u5ea6?)?")
HEADS: Final = (Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.CHIEF)


@command(PAPER, *HEADS, Role.UNIT_HEAD)
def unit_facts_command(turn: Turn, rest: str) -> None:
    """`部门事实 国际处 2026年`; of this year where none is named, of one's own unit where one heads one."""
    if not alone(turn):
        return
    named, year = _apart(turn, rest)
    unit = whom.unit(turn.tx, named) if named else _own(turn)
    if unit is None:
        turn.tell("unit_facts.which")
        return
    unit_facts.require(turn.work, unit)
    if year > turn.dates.today.year:
        turn.tell("unit_facts.ahead", year=year)
        return
    unit_facts.note(turn.work, unit, year)
    answer = Card(lines=(turn.say("unit_facts.ordered", unit=unit.name, year=year),))
    printing.order(turn, PAPER, str(unit.id), str(year), answer=answer)


def _apart(turn: Turn, rest: str) -> tuple[str, int]:
    """The unit's name, and the year that stands behind it or this one."""
    today = turn.dates.today
    if found := _YEAR.fullmatch(rest.strip()):
        return found["name"], int(found["year"])
    name, _, last = rest.strip().rpartition(" ")
    period = parse_period(last, today) if last else None
    year = year_of(period) if period else None
    return (name.strip(), year) if year else (rest.strip(), today.year)


def _own(turn: Turn) -> Unit | None:
    """The only unit the speaker heads."""
    found = unit_facts.headed(turn.work)
    return found[0] if len(found) == 1 else None
