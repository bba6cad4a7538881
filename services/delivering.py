"""The account of what was owed and what arrived: every notice of a day, each counted once.

应发 is what was owed: a message of its own on its day, a line on the day whose digest was to carry it.
实发 has arrived; 未达 never will; 待定 may still. What no longer held when it was to be said is told apart.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from services.administering import Act, require
from services.policy import Policy
from services.work import Work
from storage import deliveries, facts, notices, people
from storage.deliveries import Tally, Window
from storage.store import Tx
from workflow.errors import Invalid
from workflow.roles import PersonId, Role
from workflow.workdays import Calendar

DELIVERY: Final = "delivery"
DAY: Final = timedelta(days=1)
AFTERWARDS: Final = timedelta(days=31)
"""How long after a day a standstill that covers it may have ended."""


class Fate(StrEnum):
    """What became of a notice."""

    SENT = "sent"
    GONE = "gone"
    NO_ACCOUNT = "no_account"
    BLOCKED = "blocked"
    REFUSED = "refused"
    HELD = "held"
    DOUBTFUL = "doubtful"
    QUEUED = "queued"
    DIGEST = "digest"


MISSED: Final = (Fate.NO_ACCOUNT, Fate.BLOCKED, Fate.REFUSED)
OPEN: Final = (Fate.HELD, Fate.DOUBTFUL, Fate.QUEUED, Fate.DIGEST)
_BY_MESSAGE: Final[Mapping[str, Fate]] = {
    "dead": Fate.REFUSED,
    "held": Fate.HELD,
    "uncertain": Fate.DOUBTFUL,
    "void": Fate.GONE,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """Some days' account. `missed`, `open`: whom it concerns, but for confidential topics.

    `late` of those sent were owed late through us; `away` is how long we stood still.
    """

    since: date
    until: date
    fates: Mapping[Fate, int]
    missed: tuple[PersonId, ...] = ()
    open: tuple[PersonId, ...] = ()
    late: int = 0
    away: timedelta = timedelta()

    @property
    def owed(self) -> int:
        """What was to arrive; what no longer held is not among it."""
        return sum(count for fate, count in self.fates.items() if fate is not Fate.GONE)

    def count(self, fates: Iterable[Fate]) -> int:
        """How many met one of these fates."""
        return sum(self.fates.get(fate, 0) for fate in fates)


def ask(work: Work, since: date, until: date) -> Statement:
    """The account of some days, for whoever may see it. Raises NoRight; Invalid for days to come."""
    require(work, Act.DELIVERY)
    if until > work.policy.calendar.day(work.now):
        raise Invalid("day_to_come")
    return statement(work.tx, work.policy, since, until)


def usual(calendar: Calendar, today: date) -> tuple[date, date]:
    """The days a morning's account is of: the last workday, and the days off since."""
    return calendar.add_workdays(today, -1), today - DAY


def statement(tx: Tx, policy: Policy, since: date, until: date) -> Statement:
    """The account of the days from `since` to `until`, as things are now."""
    window = _window(policy, since, until)
    here = deliveries.reached(tx)
    found = [(_fate(one, here), one) for one in deliveries.tally(tx, window, DELIVERY)]
    fates: Counter[Fate] = Counter()
    for fate, one in found:
        fates[fate] += one.notices
    return Statement(
        since,
        until,
        fates,
        missed=_whom(found, MISSED),
        open=_whom(found, OPEN),
        late=sum(one.notices for fate, one in found if fate is Fate.SENT and one.late),
        away=_away(tx, window.since, window.until),
    )


def report(tx: Tx, policy: Policy) -> None:
    """On a workday's first sweep, owe the office the account of the days since the last one."""
    calendar = policy.calendar
    today = calendar.day(tx.now)
    last = facts.get(tx, DELIVERY) if calendar.is_workday(today) else None
    if not calendar.is_workday(today) or (last is not None and last.value >= today.isoformat()):
        return
    facts.put(tx, DELIVERY, today.isoformat())
    since, until = usual(calendar, today)
    found = statement(tx, policy, date.fromisoformat(last.value) if last else since, until)
    if found.owed or found.away:
        _owe(tx, policy, found, today)


def _owe(tx: Tx, policy: Policy, found: Statement, today: date) -> None:
    data = {
        "since": policy.calendar.at(found.since, time()).isoformat(),
        "until": policy.calendar.at(found.until, time()).isoformat(),
        "owed": found.owed,
        "sent": found.count([Fate.SENT]),
        "missed": found.count(MISSED),
        "open": found.count(OPEN),
        "away": _minutes(found.away),
    }
    for clerk in people.holding(tx, Role.OFFICE):
        row = {
            "dedupe": f"{DELIVERY}:{today.isoformat()}:{clerk.id}",
            "kind": "delivery",
            "person_id": clerk.id,
            "data": data,
            "single": False,
            "due_at": tx.now,
        }
        notices.owe(tx, row)


def _window(policy: Policy, since: date, until: date) -> Window:
    """A line belongs to the day whose digest carries it; days without a digest have none."""
    calendar = policy.calendar
    first, last = calendar.at(since, time()), calendar.end_of(until)
    digests = (calendar.workday_on_or_before(day) for day in (since - DAY, until))
    return Window(first, last, *(calendar.at(day, policy.digest_at) for day in digests))


def _fate(one: Tally, here: frozenset[PersonId]) -> Fate:
    if one.state == "sent":
        return Fate.SENT
    if one.state == "unreached":
        return Fate.BLOCKED if one.message else Fate.NO_ACCOUNT
    if one.state != "owed":
        return Fate.GONE
    if one.message is None:
        return Fate.DIGEST if one.person_id in here else Fate.NO_ACCOUNT
    return _BY_MESSAGE.get(one.message, Fate.QUEUED)


def _whom(found: Iterable[tuple[Fate, Tally]], fates: Iterable[Fate]) -> tuple[PersonId, ...]:
    wanted = frozenset(fates)
    return tuple(dict.fromkeys(one.person_id for fate, one in found if fate in wanted and not one.hidden))


def _away(tx: Tx, since: datetime, until: datetime) -> timedelta:
    """How much of the time we stood still, by the trail."""
    spans = deliveries.outages(tx, since, until + AFTERWARDS)
    parts = (min(end, until) - max(begin, since) for begin, end in spans)
    return sum((part for part in parts if part > timedelta()), timedelta())


def _minutes(away: timedelta) -> int:
    return round(away / timedelta(minutes=1))
