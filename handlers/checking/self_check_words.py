"""Whom a self-check is asked of, and until when: units and leaders by name, or all of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from handlers.asking import phrases
from handlers.asking.naming import Roll, either, roll_of, spoken
from handlers.asking.questions import date_notes, end_of
from handlers.turn import Turn
from storage import people
from workflow.dates import DateNote
from workflow.errors import NotFound
from workflow.roles import PersonId, Role, UnitId

_LEADING: Final = frozenset({Role.LEADER, Role.CHIEF, Role.DISCIPLINE_SECRETARY})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message asks for. `by` is None where no day to come was understood; `problem` says why."""

    units: tuple[UnitId, ...] = ()
    persons: tuple[PersonId, ...] = ()
    by: datetime | None = None
    notes: str = ""
    problem: str = ""


def read(turn: Turn, text: str) -> Wanted:
    """Read a message. Raises NotFound for a name nobody and no unit bears."""
    said = phrases.with_date(turn, text)
    if said.when is None or DateNote.PAST in said.when.notes:
        return Wanted(problem=said.problem)
    rest, units, persons = said.rest, list[UnitId](), list[PersonId]()
    if (found := _without(rest, "all_leaders")) is not None:
        rest = found
        persons += [person.id for person in people.active(turn.tx) if person.roles & _LEADING]
    if (found := _without(rest, "all_units")) is not None:
        rest = found
        units += [unit.id for unit in people.all_units(turn.tx) if unit.state == "active"]
    picked = _roll(turn).pick(rest)
    if picked.unclear:
        raise NotFound("nobody_called", text=picked.unclear[0].word[:20])
    units += [UnitId(-one) for one in picked.found if one < 0]
    persons += [PersonId(one) for one in picked.found if one > 0]
    notes = "".join(date_notes(turn, said.when))
    return Wanted(_once(units), _once(persons), end_of(turn, said.when), notes)


def _without(text: str, key: str) -> str | None:
    """The text without the words that mean all of a kind; None where it has none."""
    words = either(spoken(f"self_checking.{key}"))
    return re.sub(words, " ", text) if re.search(words, text) else None


def _roll(turn: Turn) -> Roll:
    """Units under negative numbers beside people, so that one list of names may hold both."""
    units = [(unit.name, -unit.id) for unit in people.all_units(turn.tx) if unit.state == "active"]
    leading = roll_of(person for person in people.active(turn.tx) if person.roles & _LEADING)
    return Roll((*units, *leading.names))


def _once(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(found))
