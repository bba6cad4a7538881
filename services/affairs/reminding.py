"""The sweep over affairs: whoever is waited for is reminded once, and a passed term reported once."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Final

from services.affairs.seating import frame_of, holders
from services.affairs.timing import FIRES, next_look, report_at
from services.policy import Policy
from storage import affairs, notices, people
from storage.store import Tx
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairSeat, awaited, reported_to
from workflow.errors import WorkflowError
from workflow.roles import PersonId

SLICE: Final = 100
DUE: Final = "affairs.due"
LATE: Final = "affairs.late"

Firing = Callable[[Tx, Policy, Affair], Iterable[PersonId]]
FIRINGS: Final[dict[AffairKind, Firing]] = {}
"""What a kind does of itself when its moment comes; whoever it told is given back. It must schedule anew."""


def fires(kind: AffairKind) -> Callable[[Firing], Firing]:
    """Register what a kind does when its `fires_at` comes."""

    def register(run: Firing) -> Firing:
        FIRINGS[kind] = run
        return run

    return register


def sweep(tx: Tx, policy: Policy, most: int = SLICE) -> tuple[int, set[PersonId]]:
    """Visit affairs whose moment has come: how many, and who is owed a push."""
    due = affairs.due(tx, most)
    told: set[PersonId] = set()
    for affair in due:
        try:
            with tx.attempt():
                told |= set(_visit(tx, policy, affair))
        except WorkflowError as refused:
            _put_off(tx, policy, affair, refused.code)
    return len(due), told


def _put_off(tx: Tx, policy: Policy, affair: Affair, code: str) -> None:
    """What cannot be done holds up nobody's reminders: it is on the trail, and tried again next workday."""
    calendar = policy.calendar
    affairs.schedule(
        tx, affair.id, calendar.at(calendar.next_workday(calendar.day(tx.now)), policy.remind_at)
    )
    tx.record("affair_stuck", topic_id=affair.topic_id, facts={"affair": affair.id, "code": code})


def _visit(tx: Tx, policy: Policy, affair: Affair) -> Iterable[PersonId]:
    if affair.facts.get(FIRES) and affair.kind in FIRINGS:
        affairs.schedule(tx, affair.id, None)  # this moment is taken; what follows plans the next
        return FIRINGS[affair.kind](tx, policy, affair)
    ahead = next_look(policy, affair, tx.now)
    affairs.schedule(tx, affair.id, ahead if ahead and ahead > tx.now else None)
    if affair.due_at is None:
        return ()
    return (
        _late(tx, affair) if tx.now >= report_at(policy, affair.due_at) else _due(tx, affair, affair.due_at)
    )


def _due(tx: Tx, affair: Affair, term: datetime) -> set[PersonId]:
    """A reminder; no longer once the term has passed, for then it is the report's turn."""
    return _owe(tx, affair, DUE, waited_for(tx, affair)) if tx.now <= term else set()


def _late(tx: Tx, affair: Affair) -> set[PersonId]:
    """Those waited for, and one seat above them: nobody is reported to about oneself."""
    late, nobody = waited_for(tx, affair), deserted(tx, affair)
    above = next((held for held in _above(tx, affair) if held - late), set()) if late or nobody else set()
    told = _owe(tx, affair, DUE, late, over=True)
    return told | _owe(tx, affair, LATE, above - late, nobody=nobody)


def waited_for(tx: Tx, affair: Affair) -> set[PersonId]:
    """Who owes the next act, while they are here."""
    frame = frame_of(affair)
    wanted = {p for seat in awaited(affair.kind, affair.state) for p in holders(tx, frame, seat)}
    return {person.id for person in people.many(tx, wanted).values() if person.active}


def deserted(tx: Tx, affair: Affair) -> bool:
    """Whether an act is owed and nobody is here to do it: whoever was asked has left, or a seat is empty."""
    frame, seats = frame_of(affair), awaited(affair.kind, affair.state)
    owing = {person for seat in seats for person in holders(tx, frame, seat)}
    if any(person.active for person in people.many(tx, owing).values()):
        return False
    return bool(owing) or (bool(seats) and AffairSeat.ASKED not in seats)


def _above(tx: Tx, affair: Affair) -> Iterable[set[PersonId]]:
    frame = frame_of(affair)
    return ({*holders(tx, frame, seat)} for seat in reported_to(affair.kind))


def _owe(
    tx: Tx,
    affair: Affair,
    kind: str,
    whom: Collection[PersonId],
    *,
    over: bool = False,
    nobody: bool = False,
) -> set[PersonId]:
    """A push to each; the sweep comes to a term of an affair once for each of them."""
    term = affair.due_at.isoformat() if affair.due_at else ""
    for person in sorted(whom):
        row = {
            "dedupe": f"{kind}:a{affair.id}.{affair.state}.{term}:{over}:{person}",
            "kind": kind,
            "person_id": person,
            "topic_id": affair.topic_id,
            "affair_id": affair.id,
            "data": {"over": over, "nobody": nobody},
            "single": True,
            "due_at": tx.now,
        }
        notices.owe(tx, row)
    if whom:
        facts = {"affair": affair.id, "kind": kind, "due": affair.due_at, "told": sorted(whom)}
        tx.record(kind, topic_id=affair.topic_id, facts=facts)
    return {*whom}
