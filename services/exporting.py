"""What is taken out of the house, noted each time: all it holds about one person; the ledger."""

from datetime import datetime
from typing import Any, Final

from services.administering import note
from services.work import Work
from storage import dossier, people, people_changes
from storage.people import Person
from workflow.roles import PersonId

EXPORTED: Final = "person_exported"
LEDGER: Final = "ledger_exported"


def person(work: Work, person_id: PersonId) -> dict[str, Any]:
    """What is kept about somebody, as JSON would have it; that it was taken out is noted in the trail."""
    tx = work.tx
    found = people.get(tx, person_id)
    note(work, EXPORTED, {"person": person_id})
    return {
        "exported_at": work.now.isoformat(),
        "person": _identity(found) | {"contact": people_changes.contact(tx, person_id)},
        **{name: [*map(_plain, rows)] for name, rows in dossier.rows_about(tx, person_id).items()},
    }


def ledger(work: Work, topics: int) -> None:
    """Note in the trail that somebody took so many topics of the ledger out."""
    note(work, LEDGER, {"topics": topics})


def _identity(found: Person) -> dict[str, Any]:
    return {name: _value(getattr(found, name)) for name in Person.__slots__}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items() if value not in (None, "")}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value
