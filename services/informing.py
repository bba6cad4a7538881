"""Owing somebody a push about people rather than about a topic: an account, a stand-in, a hand-over."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.policy import Policy
from services.telling import quiet_hours
from storage import notices, people
from storage.people import Person
from storage.store import Tx
from workflow.roles import PersonId, Role


def inform(
    tx: Tx,
    policy: Policy,
    whom: Iterable[PersonId],
    kind: str,
    key: str,
    *,
    by: PersonId | None = None,
    data: Mapping[str, Any] | None = None,
) -> frozenset[PersonId]:
    """Owe each person once, the doer (if it was a person's doing) excepted; whoever is now owed something.

    `key` tells one occasion of this kind from another; `data` holds ids and dates.
    """
    known = people.many(tx, {person for person in whom if person != by})
    told = [
        person.id
        for person in known.values()
        if person.active and notices.owe(tx, _row(tx, policy, person, kind, key, by, data or {})) is not None
    ]
    return frozenset(told)


def keepers(tx: Tx) -> list[PersonId]:
    """Who looks after the directory: the office, or the administrators where there is none."""
    found = people.holding(tx, Role.OFFICE) or people.holding(tx, Role.ADMIN)
    return [person.id for person in found]


def _row(
    tx: Tx, policy: Policy, person: Person, kind: str, key: str, by: PersonId | None, data: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "dedupe": f"{kind}:{key}:{person.id}",
        "kind": kind,
        "person_id": person.id,
        "by_id": by,
        "data": dict(data),
        "single": True,
        "due_at": policy.calendar.next_open(tx.now, quiet_hours(person)),
    }
