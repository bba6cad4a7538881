"""What people and units are called in a paper: titles, never personal names; "" where there is nobody."""

from collections.abc import Iterable
from functools import cached_property

from reports.words import Words
from services.seats import executors
from storage import people
from storage.store import Tx
from workflow.roles import PersonId, Role, UnitId


class Naming:
    """Names in one snapshot, each looked up once."""

    def __init__(self, tx: Tx, words: Words) -> None:
        self._tx = tx
        self._between = words("common.listing")

    def titles(self, ids: Iterable[PersonId]) -> str:
        """Several people's titles, in the order given."""
        wanted = list(ids)
        known = people.many(self._tx, wanted)
        return self._between.join(known[i].title for i in wanted if i in known)

    def units(self, ids: Iterable[UnitId]) -> str:
        """Several units' names, in the order given."""
        return self._between.join(self._units[i] for i in ids)

    def heads(self, ids: Iterable[UnitId]) -> str:
        """The titles of those who head some units."""
        return self.titles(executors(self._tx, ids, Role.UNIT_HEAD))

    @cached_property
    def _units(self) -> dict[UnitId, str]:
        return {unit.id: unit.name for unit in people.all_units(self._tx)}
