"""What a meeting does when its moment comes: intake closes, people are reminded, what is owed is said.

A push of the clock is owed once per moment, whatever else changes; a meeting moved to another day has
other moments. Nobody is reminded of what they heard after the reminder's hour.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.affairs.meetings import CALLED_AT, HELD_AT, YES, keepers_of, window_of
from services.affairs.reminding import fires
from services.affairs.seating import ASKED
from services.affairs.timing import reminder_at, report_at
from services.policy import Policy
from storage import affairs, notices, people
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.roles import PersonId

Whom = Callable[[Tx, Affair], Iterable[PersonId]]
When = Callable[[Policy, Affair, datetime], datetime]


def _closing(policy: Policy, affair: Affair, at: datetime) -> datetime:
    return window_of(affair)


def _before(policy: Policy, affair: Affair, at: datetime) -> datetime:
    return reminder_at(policy, at)


def _after(policy: Policy, affair: Affair, at: datetime) -> datetime:
    return report_at(policy, at)


def _after_held(policy: Policy, affair: Affair, at: datetime) -> datetime:
    return report_at(policy, datetime.fromisoformat(affair.facts.get(HELD_AT, at.isoformat())))


def _accepted(tx: Tx, affair: Affair) -> list[PersonId]:
    return [part.person_id for part in affairs.parts(tx, affair.id, ASKED) if part.answer == YES]


def _silent(tx: Tx, affair: Affair) -> list[PersonId]:
    return [part.person_id for part in affairs.parts(tx, affair.id, ASKED) if part.answered_at is None]


@dataclass(frozen=True, slots=True)
class _Line:
    kind: str
    states: tuple[AffairState, ...]
    when: When
    whom: Whom


_S = AffairState
_LINES: Final = (
    _Line("meetings.ready", (_S.OPEN,), _closing, keepers_of),
    _Line("meetings.not_called", (_S.OPEN, _S.WAITING, _S.APPROVED), _before, keepers_of),
    _Line("meetings.soon", (_S.CALLED,), _before, _accepted),
    _Line("meetings.unanswered", (_S.CALLED,), _before, _silent),
    _Line("meetings.record_due", (_S.CALLED,), _after, keepers_of),
    _Line("meetings.minutes_due", (_S.HELD,), _after_held, keepers_of),
)


@fires(AffairKind.MEETING)
def fire(tx: Tx, policy: Policy, affair: Affair) -> set[PersonId]:
    """Owe what is due by now, and say when to look again."""
    if affair.due_at is None:
        affairs.schedule(tx, affair.id, None)
        return set()
    told: set[PersonId] = set()
    ahead: list[datetime] = []
    for line in _LINES:
        if affair.state not in line.states:
            continue
        at = line.when(policy, affair, affair.due_at)
        if at > tx.now:
            ahead.append(at)
        elif _known_before(affair, at) and (line.when is not _before or tx.now < affair.due_at):
            told |= _owe(tx, affair, line, at)
    affairs.schedule(tx, affair.id, min(ahead, default=None))
    return told


def _known_before(affair: Affair, at: datetime) -> bool:
    called = affair.facts.get(CALLED_AT)
    return at > (datetime.fromisoformat(called) if called else affair.opened_at)


def _owe(tx: Tx, affair: Affair, line: _Line, at: datetime) -> set[PersonId]:
    found = people.many(tx, line.whom(tx, affair)).values()
    told: set[PersonId] = set()
    for person in (one for one in found if one.active):
        row = {
            "dedupe": f"{line.kind}:a{affair.id}:{at.isoformat()}:{person.id}",
            "kind": line.kind,
            "person_id": person.id,
            "affair_id": affair.id,
            "data": {"while": affair.state},
            "single": True,
            "due_at": tx.now,
        }
        if notices.owe(tx, row) is not None:
            told.add(person.id)
    if told:
        tx.record(line.kind, facts={"affair": affair.id, "due": at, "told": sorted(told)})
    return told
