"""The roster of a file becomes the roster of the store: what is new is added, what differs is changed.

Nobody is removed for being absent from a file, administrators are never unmade by one, and either all of it
holds or none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from services import menus
from services.administering import OPERATOR, Act, may, note, require
from services.rosters import SEATED, PersonLine, RosterSheet, UnitLine
from services.sheets import CellProblem
from services.work import Work
from storage import people_changes, roster
from storage.people_changes import CHARGE, LINK
from storage.rehearsal import rehearsal
from storage.roster import Roster
from storage.rows import of, split
from workflow.roles import PersonId, Role, UnitId

KEPT: Final = SEATED | {Role.ADMIN}
"""Roles a file does not take away: those of seats go with the seats, administrators are unmade by hand."""

NEW_UNIT: Final = {"kind": "department", "state": "active", "discipline": False}


@dataclass(slots=True)
class Report:
    """What came of a roster, or would. With problems nothing was written."""

    problems: tuple[CellProblem, ...] = ()
    ignored: tuple[str, ...] = ()
    people: int = 0
    units: int = 0
    people_added: int = 0
    people_changed: int = 0
    units_added: int = 0
    units_changed: int = 0


@dataclass(slots=True)
class _Applying:
    work: Work
    known: Roster
    report: Report
    names: dict[str, UnitId] = field(default_factory=dict)


def apply_roster(work: Work, sheet: RosterSheet, *, dry_run: bool = False) -> Report:
    """Check a file against the store and write it, or only say what would be written."""
    require(work, Act.ROSTER)
    known = roster.read(work.tx)
    if problems := _problems(work, sheet, known):
        return Report(problems, sheet.ignored)
    if dry_run:
        with rehearsal(work.tx) as tx:
            return _write(replace(work, tx=tx), sheet, known)
    return _write(work, sheet, known)


def _problems(work: Work, sheet: RosterSheet, known: Roster) -> tuple[CellProblem, ...]:
    """What is wrong with the file in this college, after what is wrong with it anywhere."""
    units = _unit_names(sheet, known)
    held = {unit.name: unit.code for unit in known.units.values() if unit.state == "active"}
    listed = {unit.code for unit in sheet.units}
    found = list(sheet.problems)
    for person in sheet.people:
        record = person.record.again()
        _check_person(work, replace(person, record=record), known)
        _check_units(replace(person, record=record), units)
        found += record.problems
    for unit in sheet.units:
        record = unit.record.again()
        holder = held.get(unit.values["name"], unit.code)
        if holder != unit.code and holder not in listed:
            record.refuse("name", "name_taken")
        found += record.problems
    return tuple(dict.fromkeys(found))


def _unit_names(sheet: RosterSheet, known: Roster) -> frozenset[str]:
    stored = (
        name for unit in known.units.values() if unit.state == "active" for name in (unit.code, unit.name)
    )
    listed = (name for line in sheet.units for name in (line.code, line.values["name"]))
    return frozenset((*stored, *listed))


def _check_person(work: Work, line: PersonLine, known: Roster) -> None:
    person = known.people.get(line.code)
    if line.code == OPERATOR:
        line.record.refuse("code", "reserved")
    elif person is not None and not person.active:
        line.record.refuse("code", "person_left")
    if line.roles is None:
        return
    held = person.roles if person else frozenset[Role]()
    if Role.ADMIN in line.roles - held and not may(work.actor, Act.ADMINS):
        line.record.refuse("roles", "only_admin_grants")
    if person is not None and person.id == work.actor.id and line.roles - KEPT != held - KEPT:
        line.record.refuse("roles", "own_role")


def _check_units(line: PersonLine, units: frozenset[str]) -> None:
    for column, named in (("units", line.seats), ("charge", line.charge), ("link", line.link)):
        if any(name not in units for name in named or ()):
            line.record.refuse(column, "unknown_unit")


def _write(work: Work, sheet: RosterSheet, known: Roster) -> Report:
    report = Report(ignored=sheet.ignored, people=len(sheet.people), units=len(sheet.units))
    applying = _Applying(work, known, report)
    applying.names = {name: unit.id for unit in known.units.values() for name in (unit.code, unit.name)}
    for unit in sheet.units:
        _put_unit(applying, unit)
    for person in sheet.people:
        _put_person(applying, person)
    counts = (report.people_added, report.people_changed, report.units_added, report.units_changed)
    note(work, "roster", {"counts": counts})
    return report


def _put_unit(to: _Applying, line: UnitLine) -> None:
    unit = to.known.units.get(line.code)
    if unit is None:
        values = {**NEW_UNIT, "code": line.code, **line.values}
        unit_id = people_changes.add_unit(to.work.tx, values)
        _note_row(to.work, "unit_added", "units", {"unit": unit_id}, values)
        to.report.units_added += 1
    else:
        unit_id = unit.id
        values = {name: value for name, value in line.values.items() if getattr(unit, name) != value}
        if values:
            people_changes.set_unit(to.work.tx, unit_id, values)
            _note_row(to.work, "unit_changed", "units", {"unit": unit_id}, values)
            to.report.units_changed += 1
    to.names |= {line.code: unit_id, line.values["name"]: unit_id}


def _put_person(to: _Applying, line: PersonLine) -> None:
    person = to.known.people.get(line.code)
    if person is None:
        values = {"code": line.code, **line.values}
        person_id = people_changes.add_person(to.work.tx, values)
        _note_row(to.work, "person_added", "people", {"person": person_id}, values)
        _put_places(to, line, person_id, frozenset())
        to.report.people_added += 1
        return
    before = {"contact": to.known.contacts[person.id]}
    values = {n: v for n, v in line.values.items() if before.get(n, getattr(person, n, None)) != v}
    if values:
        people_changes.set_person(to.work.tx, person.id, values)
        _note_row(to.work, "person_changed", "people", {"person": person.id}, values)
    moved = _put_places(to, line, person.id, person.roles)
    if moved:
        menus.owe(to.work.tx, person.id)
    if moved or values:
        to.report.people_changed += 1


def _put_places(to: _Applying, line: PersonLine, person: PersonId, held: frozenset[Role]) -> bool:
    """Roles, seats and the map; whether anything of it changed."""
    changed = False
    if line.seats is not None:
        changed |= _put_seats(to, person, {to.names[name]: role for name, role in line.seats.items()})
    if line.roles is not None:
        changed |= _put_roles(to.work, person, held, line.roles)
    for relation, named in ((CHARGE, line.charge), (LINK, line.link)):
        if named is not None:
            changed |= _put_charges(to, person, relation, {to.names[name] for name in named})
    return changed


def _put_roles(work: Work, person: PersonId, held: frozenset[Role], wanted: frozenset[Role]) -> bool:
    for role in sorted(wanted - held):
        people_changes.grant(work.tx, person, role)
        note(work, "role_granted", {"person": person, "role": role})
    for role in sorted(held - wanted - KEPT):
        people_changes.revoke(work.tx, person, role)
        note(work, "role_revoked", {"person": person, "role": role})
    return bool(wanted - held or held - wanted - KEPT)


def _put_seats(to: _Applying, person: PersonId, wanted: dict[UnitId, Role]) -> bool:
    before = to.known.seats.get(person, {})
    if before == wanted:
        return False
    for unit in before.keys() - wanted.keys():
        people_changes.unseat(to.work.tx, unit, person)
        note(to.work, "member_unseated", {"unit": unit, "person": person})
    for unit, role in wanted.items():
        if before.get(unit) is not role:
            people_changes.seat(to.work.tx, unit, person, role)
            note(to.work, "member_seated", {"unit": unit, "person": person, "role": role})
    people_changes.settle_seat_roles(to.work.tx, person)
    return True


def _put_charges(to: _Applying, person: PersonId, relation: str, wanted: Iterable[UnitId]) -> bool:
    before, after = to.known.charges.get((person, relation), set()), set(wanted)
    for unit in sorted(after - before):
        people_changes.put_in_charge(to.work.tx, person, unit, relation)
        note(to.work, "charge_given", {"leader": person, "unit": unit, "relation": relation})
    for unit in sorted(before - after):
        people_changes.relieve(to.work.tx, person, unit, relation)
        note(to.work, "charge_ended", {"leader": person, "unit": unit, "relation": relation})
    return before != after


def _note_row(work: Work, event: str, table: str, ids: dict[str, Any], values: dict[str, Any]) -> None:
    facts, texts = split(of(table), values)
    note(work, event, {**ids, "set": facts}, texts)
