"""Which person or unit a message means, and whether its speaker may look after them at all."""

from collections.abc import Iterable

from handlers.asking.choosing import Option
from handlers.reader import Reader
from services.administering import Act, require
from storage import people
from storage.people import Person, Unit
from storage.store import Tx
from workflow.errors import Barred, Invalid, NotFound
from workflow.roles import Role


def keeper(reader: Reader, act: Act) -> None:
    """The door to the directory: only with the right, and only where nobody reads along."""
    require(reader.work, act)
    privately(reader)


def privately(reader: Reader) -> None:
    """Refuse where others read along."""
    if not reader.private:
        raise Barred("private_only")


def person(tx: Tx, text: str) -> Person:
    """The person in office a title, a name or a code means, or the only one whose title contains it."""
    said = text.lstrip("@＠").strip()
    found = people.by_title(tx, said) or [one for one in people.active(tx) if said and said in one.title]
    if len(found) > 1:
        raise Invalid("several_people", text=said[:20], titles=tuple(one.title for one in found[:6]))
    if not found:
        raise NotFound("nobody_called", text=said[:20])
    return found[0]


def unit(tx: Tx, text: str) -> Unit:
    """The unit a name or a code means."""
    found = people.unit_named(tx, text.strip())
    if found is None:
        raise NotFound("no_unit_called", text=text.strip()[:20])
    return found


def persons(reader: Reader, found: Iterable[Person]) -> list[Option]:
    """People to choose from, with what they are."""
    return [Option(one.id, one.title, roles(reader, one.roles), (one.name, one.code)) for one in found]


def units(found: Iterable[Unit]) -> list[Option]:
    """Units to choose from; closed ones are not."""
    return [Option(one.id, one.name, also=(one.code,)) for one in found if one.state == "active"]


def roles(reader: Reader, held: Iterable[Role]) -> str:
    """Roles in the order of the college."""
    known = frozenset(held)
    return reader.say("common.listing").join(reader.say(f"role.{one}") for one in Role if one in known)
