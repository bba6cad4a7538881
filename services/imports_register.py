"""Whom and what the words of a ledger name in this college, looked up without asking the store each time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches

from services.sheets_tables import Record
from services.sheets_words import several
from services.work import Work
from storage import ledger, people
from storage.ledger import Known
from storage.people import Person
from workflow.dates import DateNote, DateProblem, parse_when
from workflow.roles import PersonId, Role, UnitId

MAY_OWN = frozenset({Role.LEADER, Role.CHIEF, Role.DISCIPLINE_SECRETARY})
CLOSE = 0.5
"""How like a name must be to be proposed, from 0 to 1."""
DOUBTFUL = frozenset({DateNote.ROLLED, DateNote.AMBIGUOUS})


@dataclass(frozen=True, slots=True)
class Register:
    """People, units and categories by everything they are called; what the ledger holds; what was met."""

    work: Work
    people: dict[str, list[Person]]
    units: dict[str, UnitId]
    categories: dict[str, str]
    known: Known
    issuers: tuple[PersonId, ...]
    met: dict[object, int] = field(default_factory=dict)

    def persons(self, record: Record, name: str) -> tuple[PersonId, ...]:
        """The people a cell names, by title, name or code."""
        found = [self._person(record, name, called) for called in several(record.text(name))]
        return tuple(dict.fromkeys(person.id for person in found if person is not None))

    def owners(self, record: Record) -> tuple[PersonId, ...]:
        """The leaders responsible, the first of them the owner."""
        found = [self._person(record, "owners", called) for called in several(record.text("owners"))]
        if any(person is not None and not person.roles & MAY_OWN for person in found):
            record.refuse("owners", "not_a_leader")
        return tuple(dict.fromkeys(person.id for person in found if person is not None))

    def unit_ids(self, record: Record, name: str) -> tuple[UnitId, ...]:
        """The units a cell names, by name or code."""
        called = several(record.text(name))
        if unknown := [unit for unit in called if unit not in self.units]:
            record.refuse(name, "unknown_unit", near(unknown[0], self.units))
        return tuple(dict.fromkeys(self.units[unit] for unit in called if unit in self.units))

    def day(self, record: Record, name: str) -> datetime | None:
        """The day in a cell, written as a date or in words: its last instant, or its clock if it has one."""
        value = record.values.get(name)
        calendar = self.work.policy.calendar
        if isinstance(value, datetime) and value.time() != time():
            return calendar.at(value.date(), value.time())
        if isinstance(value, date):
            return calendar.end_of(date(value.year, value.month, value.day))
        if isinstance(value, int | float | time):
            record.refuse(name, "not_a_date")
            return None
        text = record.text(name)
        return self._said(record, name, text) if text else None

    def again(self, key: object, row: int) -> int | None:
        """The earlier row that had this key, if there was one."""
        return None if (first := self.met.setdefault(key, row)) == row else first

    def _said(self, record: Record, name: str, text: str) -> datetime | None:
        policy = self.work.policy
        try:
            when = parse_when(text, self.work.now, policy.calendar, policy.named_dates)
        except DateProblem:
            record.refuse(name, "not_a_date")
            return None
        if DOUBTFUL.intersection(when.notes):
            record.refuse(name, "date_unclear")
        return policy.calendar.at(when.day, when.clock) if when.clock else policy.calendar.end_of(when.day)

    def _person(self, record: Record, name: str, called: str) -> Person | None:
        found = self.people.get(called, [])
        if len(found) != 1:
            record.refuse(
                name,
                "ambiguous_person" if found else "unknown_person",
                "" if found else near(called, self.people),
            )
            return None
        return found[0]


def register(work: Work) -> Register:
    """The college as it stands."""
    everybody = people.active(work.tx)
    units = [unit for unit in people.all_units(work.tx) if unit.state == "active"]
    categories = work.policy.categories.values()
    return Register(
        work,
        _by_names(everybody),
        {name: unit.id for unit in units for name in (unit.code, unit.name)},
        {name: category.code for category in categories for name in (category.code, category.name)},
        ledger.known(work.tx),
        tuple(person.id for person in everybody if work.policy.may_issue(person)),
    )


def near(called: str, known: Iterable[str]) -> str:
    """The known name most like what was written, or the first that contains it; "" where none is close."""
    names = [name for name in known if name]
    holding = [name for name in names if called in name]
    return next(iter([*get_close_matches(called, names, n=1, cutoff=CLOSE), *holding]), "")


def _by_names(everybody: Iterable[Person]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for person in everybody:
        for name in {person.title, person.name, person.code} - {""}:
            found.setdefault(name, []).append(person)
    return found
