"""A person and a unit of the roster as whoever looks after it sees them."""

from collections.abc import Iterable

from handlers import names
from handlers.asking.whom import keeper, roles
from handlers.cards import Button, Card, rows
from handlers.reader import Reader
from services.administering import Act
from services.directory_units import CHARGE, LINK
from storage import accounts, people, stand_ins
from storage.people import Account, Membership, Person
from workflow.roles import PersonId, Role, UnitId


def person_card(reader: Reader, person_id: PersonId, headline: str = "") -> Card:
    """Everything the roster knows of a person, and what can be changed."""
    keeper(reader, Act.PEOPLE)
    tx, say = reader.tx, reader.say
    person = people.get(tx, person_id)
    account = _account(reader, person_id)
    fields = (
        ("name", person.name),
        ("code", person.code),
        ("roles", roles(reader, person.roles)),
        ("post", say(f"roster.post.{person.post}") if person.post else ""),
        ("seats", _seats(reader, people.units_of(tx, person_id))),
        ("charge", names.units(tx, say, people.units_under(tx, person_id, CHARGE))),
        ("link", names.units(tx, say, people.units_under(tx, person_id, LINK))),
        ("account", say(f"roster.account.{account.state if account else 'none'}")),
        ("deputies", _deputies(reader, person)),
    )
    lines = tuple(_written(reader, fields))
    buttons = _buttons(reader, person, account) if person.active else ()
    return _card(person.title, headline, lines, buttons)


def unit_card(reader: Reader, unit_id: UnitId, headline: str = "") -> Card:
    """A unit, who sits in it and who is in charge of it."""
    keeper(reader, Act.UNITS)
    tx, say = reader.tx, reader.say
    unit = people.unit(tx, unit_id)
    seated = people.members_of(tx, [unit_id])
    fields = (
        ("kind", say(f"roster.kind.{unit.kind}")),
        ("code", unit.code),
        ("head", names.titles(tx, say, (m.person_id for m in seated if m.role is Role.UNIT_HEAD))),
        ("liaisons", names.titles(tx, say, (m.person_id for m in seated if m.role is Role.LIAISON))),
        ("charge", names.titles(tx, say, people.leaders_of(tx, unit_id, CHARGE))),
        ("link", names.titles(tx, say, people.leaders_of(tx, unit_id, LINK))),
    )
    buttons = (
        reader.button("unit_seat", Role.UNIT_HEAD.value, unit_id, label="set_head"),
        reader.button("unit_seat", Role.LIAISON.value, unit_id, label="set_liaison"),
        reader.button("unit_unseat", unit_id),
        reader.button("unit_charge", unit_id),
        reader.button("entry", "unit_name", unit_id, label="rename"),
        reader.button("change", "close_unit", "", 0, unit_id, label="close_unit"),
    )
    lines = tuple(_written(reader, fields))
    return _card(unit.name, headline, lines, buttons if unit.state == "active" else ())


def _card(name: str, headline: str, lines: tuple[str, ...], buttons: Iterable[Button | None]) -> Card:
    return Card(title=headline or name, lines=(name, *lines) if headline else lines, buttons=rows(*buttons))


def _buttons(reader: Reader, person: Person, account: Account | None) -> tuple[Button | None, ...]:
    pending = account is not None and account.state == "pending"
    first: tuple[Button | None, ...] = (reader.button("invite", person.id),)
    if account is not None and pending:
        first = account_buttons(reader, account.id)
    elif account is not None:
        first = (reader.button("change", "unbind_account", "", person.id, label="unbind_account"),)
    return (
        *first,
        reader.button("person_roles", person.id),
        reader.button("person_units", person.id),
        reader.button("person_charge", person.id),
        None if pending else reader.button("person_edit", person.id),
        reader.button("leave", person.id),
    )


def account_buttons(reader: Reader, account_id: int) -> tuple[Button, Button]:
    """Whether an account is that person's: the office's word."""
    return (
        reader.button("account.confirm", account_id, label="yes"),
        reader.button("account.refuse", account_id, label="no"),
    )


def _account(reader: Reader, person_id: PersonId) -> Account | None:
    held = {a.state: a for a in accounts.of_person(reader.tx, person_id)}
    return held.get("pending") or held.get("active")


def _seats(reader: Reader, seats: Iterable[Membership]) -> str:
    say, known = reader.say, {unit.id: unit.name for unit in people.all_units(reader.tx)}
    words = [say("roster.seat", unit=known[m.unit_id], role=say(f"role.{m.role}")) for m in seats]
    return say("common.listing").join(words)


def _deputies(reader: Reader, person: Person) -> str:
    mine = [s.deputy_id for s in stand_ins.live(reader.tx, person.id) if s.principal_id == person.id]
    return names.titles(reader.tx, reader.say, mine) if mine else ""


def _written(reader: Reader, fields: Iterable[tuple[str, str]]) -> Iterable[str]:
    say = reader.say
    none = say("common.none")
    for name, value in fields:
        if value and value != none:
            yield say("topics.field", name=say(f"roster.field.{name}"), value=value)
