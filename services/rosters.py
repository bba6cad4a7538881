"""The roster as a file, read without the store, so that everything wrong with it is said at once.

People and units may stand on two sheets or one below the other. A column that is not there leaves what it is
about as it was; an empty cell in a column that is there empties it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from services.directory import LONGEST
from services.sheets import CellProblem, read
from services.sheets_tables import Record, Tables, find, unique
from services.sheets_words import Vocabulary, several
from workflow.errors import Invalid
from workflow.roles import Role

PEOPLE: Final = "people"
UNITS: Final = "units"
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    PEOPLE: frozenset({"code", "title"}),
    UNITS: frozenset({"code", "name"}),
}
SEATED: Final = frozenset({Role.UNIT_HEAD, Role.LIAISON})
"""Roles that come with a place in a unit."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the file. What is None has no column; `values` are columns of the table of people."""

    record: Record
    code: str
    values: Mapping[str, Any]
    roles: frozenset[Role] | None
    seats: Mapping[str, Role] | None
    charge: tuple[str, ...] | None
    link: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the file."""

    record: Record
    code: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """What a file says. `ignored` are headings nobody knows; `problems` what is wrong already."""

    people: tuple[PersonLine, ...]
    units: tuple[UnitLine, ...]
    ignored: tuple[str, ...]
    problems: tuple[CellProblem, ...]


def read_roster(source: Path | bytes, name: str, vocabulary: Vocabulary) -> RosterSheet:
    """Read an .xlsx or .csv file. Raises Invalid: no_table, and whatever `sheets.read` raises."""
    tables = find(read(source, name), vocabulary, NEEDED)
    if not any(tables.records.values()):
        raise Invalid("no_table", name=name)
    people = tuple(_person(record, vocabulary) for record in tables.records[PEOPLE])
    units = tuple(_unit(record, vocabulary) for record in tables.records[UNITS])
    for section in NEEDED:
        unique(tables.records[section], "code")
    unique(tables.records[UNITS], "name")
    return RosterSheet(people, units, tables.ignored, problems_of(tables))


def problems_of(tables: Tables) -> tuple[CellProblem, ...]:
    """Everything found wrong while reading, in the order of the file."""
    found = [problem for records in tables.records.values() for one in records for problem in one.problems]
    return (*tables.problems, *found)


def _person(record: Record, vocabulary: Vocabulary) -> PersonLine:
    values = {name: record.text(name, longest=LONGEST) for name in ("name", "contact") if name in record}
    values["title"] = record.text("title", needed=True, longest=LONGEST)
    if "post" in record:
        values["post"] = record.word("post", "post", vocabulary) or ""
    roles = [Role(role) for role in record.words("roles", "role", vocabulary)]
    chief = {Role.CHIEF} if values.get("post") else set()
    return PersonLine(
        record,
        record.text("code", needed=True, longest=LONGEST),
        values,
        (frozenset(roles) | chief) - SEATED if "roles" in record else None,
        _seats(record, SEATED.intersection(roles), vocabulary) if "units" in record else None,
        _units(record, "charge"),
        _units(record, "link"),
    )


def _seats(record: Record, held: frozenset[Role], vocabulary: Vocabulary) -> Mapping[str, Role]:
    """One role for all units of the person, or one for each, in their order."""
    units = several(record.text("units"))
    said = [Role(role) for role in record.words("unit_roles", "unit_role", vocabulary)] or sorted(held)
    if held and not units:
        record.refuse("units", "missing")
    if units and not said:
        record.refuse("unit_roles" if "unit_roles" in record else "units", "unit_role_missing")
    elif units and len(said) not in (1, len(units)):
        record.refuse("unit_roles", "unit_roles_uneven")
    else:
        return dict(zip(units, said * len(units) if len(said) == 1 else said, strict=bool(units)))
    return {}


def _units(record: Record, name: str) -> tuple[str, ...] | None:
    return tuple(several(record.text(name))) if name in record else None


def _unit(record: Record, vocabulary: Vocabulary) -> UnitLine:
    values: dict[str, Any] = {"name": record.text("name", needed=True, longest=LONGEST)}
    if "kind" in record:
        values["kind"] = record.word("kind", "unit_kind", vocabulary) or "department"
    if "discipline" in record:
        values["discipline"] = record.word("discipline", "answer", vocabulary) == "yes"
    return UnitLine(record, record.text("code", needed=True, longest=LONGEST), values)
