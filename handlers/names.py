"""What people and units are called: titles, never personal names, in the order of the roster."""

from collections.abc import Iterable

from handlers.texts import Catalogue
from storage import people
from storage.store import Tx
from workflow.roles import PersonId, UnitId


def titles(tx: Tx, say: Catalogue, ids: Iterable[PersonId | None]) -> str:
    """Several people's titles, or a dash."""
    wanted = [i for i in dict.fromkeys(ids) if i is not None]
    known = people.many(tx, wanted)
    return say("common.listing").join(known[i].title for i in wanted if i in known) or say("common.none")


def title(tx: Tx, person_id: PersonId) -> str:
    """One person's title."""
    return people.get(tx, person_id).title


def units(tx: Tx, say: Catalogue, ids: Iterable[UnitId]) -> str:
    """Several units' names, or a dash."""
    known = {unit.id: unit.name for unit in people.all_units(tx)}
    return say("common.listing").join(known[i] for i in ids if i in known) or say("common.none")


def spoken_by(tx: Tx, say: Catalogue, author: PersonId, principal: PersonId | None) -> str:
    """Who spoke, and for whom: both names are always shown."""
    if principal is None or principal == author:
        return title(tx, author)
    return say("common.on_behalf", author=title(tx, author), principal=title(tx, principal))
