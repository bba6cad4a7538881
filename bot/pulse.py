"""Our own standstills: a pulse in the store, and after a restart the gap since the last one.

What fell due during an outage is late through us and not through anybody else, so the gap is journalled.
"""

from datetime import timedelta
from typing import Final

from services import approved, calendars, pushing, returning
from services.policy import Policy
from storage import facts, people
from storage.store import Tx

PULSE: Final = "pulse"
OUTAGE: Final = "outage"


def beat(tx: Tx) -> None:
    """We are alive, by the people's clock."""
    facts.put(tx, PULSE, "")


def awake(tx: Tx, policy: Policy) -> timedelta | None:
    """Begin to live: journal the outage there was, if it was one, and say how long it lasted."""
    last = facts.get(tx, PULSE)
    gap = tx.now - last.at if last else timedelta()
    beat(tx)
    calendars.recompute(tx, policy)
    approved.note(tx, policy)
    _plan_digests(tx, policy)
    if last is not None:
        returning.back(tx, policy, last.at)
    if last is None or gap <= policy.outage:
        return None
    tx.record(OUTAGE, facts={"since": last.at, "until": tx.now})
    return gap


def _plan_digests(tx: Tx, policy: Policy) -> None:
    """Nobody who can be reached goes without a morning digest."""
    for person in people.active(tx):
        if person.next_digest_at is None and people.reach(tx, person.id) is not None:
            people.schedule_digest(tx, person.id, pushing.next_digest(policy, person, tx.now))
