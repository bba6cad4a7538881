"""送达: what was owed on a day, what arrived, and what did not, why and for whom."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from handlers import names
from handlers.asking.listing import alone
from handlers.asking.past import past_day
from handlers.cards import Card
from handlers.reader import Reader
from handlers.registry import command
from handlers.turn import Turn
from services import delivering
from services.administering import Act, require
from services.delivering import MISSED, OPEN, Fate, Statement
from workflow.dates import DateProblem
from workflow.roles import PersonId, Role

NAMED: Final = 10


@command("delivery", Role.OFFICE, Role.DISCIPLINE_SECRETARY)
def delivery(turn: Turn, rest: str) -> None:
    """`送达` for the last workday and the days off since, `送达 3月5日` for one day."""
    if not alone(turn):
        return
    require(turn.work, Act.DELIVERY)
    today = turn.dates.today
    try:
        days = (past_day(turn, rest),) * 2 if rest else delivering.usual(turn.policy.calendar, today)
    except DateProblem as problem:
        turn.tell(f"dates.{problem.code.value}", text=problem.text)
        return
    turn.reply(_card(turn, delivering.ask(turn.work, *days)))


def period(reader: Reader, since: date, until: date) -> str:
    """A day, or the first and the last of several."""
    first, last = (reader.dates.short(reader.policy.calendar.end_of(day)) for day in (since, until))
    return first if since == until else reader.say("delivery.days", since=first, until=last)


def away(reader: Reader, minutes: int) -> str:
    """That we stood still meanwhile, if we did."""
    return reader.say("delivery.away", minutes=minutes) if minutes else ""


def _card(turn: Turn, found: Statement) -> Card:
    title = turn.say("delivery.title", period=period(turn, found.since, found.until))
    if not found.owed and not found.fates:
        return Card(title, _lines(turn.say("delivery.nothing"), _stood_still(turn, found)))
    missed, open_, sent, gone = (found.count(fates) for fates in (MISSED, OPEN, [Fate.SENT], [Fate.GONE]))
    return Card(
        title,
        _lines(
            turn.say("delivery.counts", owed=found.owed, sent=sent, missed=missed, open=open_),
            _why(turn, "missed", found, MISSED, found.missed) if missed else "",
            _why(turn, "open", found, OPEN, found.open) if open_ else "",
            turn.say("delivery.gone", count=gone) if gone else "",
            turn.say("delivery.late", count=found.late) if found.late else "",
            _stood_still(turn, found),
        ),
    )


def _why(turn: Turn, key: str, found: Statement, fates: Sequence[Fate], whom: Sequence[PersonId]) -> str:
    """The reasons with their counts, and whom it concerns."""
    met = [fate for fate in fates if found.count([fate])]
    reasons = [turn.say(f"delivery.reason.{fate}", count=found.count([fate])) for fate in met]
    listed = turn.say("common.listing").join(reasons)
    return turn.say(f"delivery.{key}", reasons=listed) + _named(turn, whom)


def _named(turn: Turn, whom: Sequence[PersonId]) -> str:
    if not whom:
        return ""
    titles = names.titles(turn.tx, turn.say, whom[:NAMED])
    if len(whom) > NAMED:
        return turn.say("delivery.whom_more", people=titles, count=len(whom))
    return turn.say("delivery.whom", people=titles)


def _stood_still(turn: Turn, found: Statement) -> str:
    return away(turn, round(found.away / timedelta(minutes=1)))


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
