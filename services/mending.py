"""What the auditor may put right by itself: nothing is said twice by it, and nothing is taken back.

Each mend is a short turn that looks again before it touches anything, and tells what is amiss still.
"""

from collections.abc import Callable, Iterable

from services import anchoring, pushing
from services.auditing import GRACE, MOST, Fault, Seen, Trouble, load, misplanned, uncarried, undigested
from services.policy import Policy
from storage import audits, notices, people
from storage.audits import Astray
from storage.store import Tx
from workflow.ladder_item import Subject

Mend = Callable[[Tx], set[Trouble]]


def mends(policy: Policy, seen: Seen) -> list[Mend]:
    """The turns that what was seen calls for."""
    faults = {trouble.fault for trouble in seen.troubles}
    found = [
        _replanning(policy, subject, part)
        for subject in Subject
        for part in _parts([t.row for t in seen.troubles if (t.fault, t.what) == (Fault.MISPLANNED, subject)])
    ]
    if Fault.UNCARRIED in faults:
        found.append(lambda tx: _carry(tx, policy))
    if Fault.UNPLANNED in faults:
        found.append(lambda tx: _plan_digests(tx, policy))
    return found


def _replanning(policy: Policy, subject: Subject, ids: list[int]) -> Mend:
    """Plan items anew, so that the next sweep finds what it owes."""

    def mend(tx: Tx) -> set[Trouble]:
        anchoring.reschedule(tx, policy.calendar, subject, load(tx, subject, ids))
        still = misplanned(tx, policy, subject, audits.planned(tx, subject, ids))
        return {Trouble(Fault.MISPLANNED, subject, row) for row in still}

    return mend


def _carry(tx: Tx, policy: Policy) -> set[Trouble]:
    """Send what nobody sends; what went out with its message, or fell with it, is marked so."""
    found = audits.astray(tx, tx.now - GRACE, MOST)
    for one in found:
        _follow(tx, one)
    pushing.push(tx, policy, {one.person_id for one in found if one.outbox_id is None})
    return {Trouble(Fault.UNCARRIED, "notice", row) for row in uncarried(tx)}


def _follow(tx: Tx, one: Astray) -> None:
    if one.outbox_id is not None and one.state == "sent":
        notices.sent(tx, one.outbox_id, one.sent_at or tx.now)
    elif one.outbox_id is not None:
        notices.void(tx, [one.id])


def _plan_digests(tx: Tx, policy: Policy) -> set[Trouble]:
    for person in undigested(tx, policy):
        people.schedule_digest(tx, person.id, pushing.next_digest(policy, person, tx.now))
    return {Trouble(Fault.UNPLANNED, "person", person.id) for person in undigested(tx, policy)}


def _parts(ids: Iterable[int]) -> list[list[int]]:
    rows = sorted(ids)
    return [rows[first : first + MOST] for first in range(0, len(rows), MOST)]
