"""Where the clock is asked to go: ISO 8601 in Asia/Shanghai, or the next workday's morning."""

import calendar
import re
from datetime import datetime, time, timedelta
from typing import Any, Final

from bot.sandbox.errors import SandboxError
from bot.sandbox.views import LOCAL, local
from workflow.workdays import Calendar

NEXT_WORKDAY: Final = "next-workday"
MORNING: Final = time(8, 30)
_DURATION = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
EXAMPLES: Final = {"examples": [{"advance": "PT1H"}, {"advance": "P1D"}, {"to": "2026-03-09T08:30"}]}


def target(now: datetime, wish: Any) -> datetime:
    """The moment `{"advance": …}` or `{"to": …}` means; raises a plain 400, also for a step backwards."""
    if not isinstance(wish, dict) or ("advance" in wish) is ("to" in wish):
        raise _unclear("Say either advance (a duration) or to (a date).")
    here = now.astimezone(LOCAL)
    to = _later(here, str(wish["advance"])) if "advance" in wish else _moment(here, str(wish["to"]))
    if to < here:
        words = f"The clock only goes forward: it is {local(here)} and {local(to)} has passed."
        raise SandboxError(400, "clock_backwards", words, now=local(here))
    return to


def _later(here: datetime, duration: str) -> datetime:
    found = _DURATION.fullmatch(duration)
    if not found:
        raise _unclear(f"{duration!r} is no ISO 8601 duration.")
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        moved = _months_later(here, years * 12 + months) + timedelta(weeks=weeks, days=days)
        return moved + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except (OverflowError, ValueError):
        raise _unclear(f"{duration!r} leads beyond the calendar.") from None


def _months_later(here: datetime, months: int) -> datetime:
    years, month = divmod(here.month - 1 + months, 12)
    year = here.year + years
    day = min(here.day, calendar.monthrange(year, month + 1)[1])
    return here.replace(year=year, month=month + 1, day=day)


def _moment(here: datetime, text: str) -> datetime:
    if text == NEXT_WORKDAY:
        return next_workday(here)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _unclear(f"{text!r} is no ISO 8601 date.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


def next_workday(here: datetime) -> datetime:
    """08:30 of the first workday whose morning is still to come, make-up days included."""
    day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
    while not Calendar().is_workday(day):
        day += timedelta(days=1)
    return datetime.combine(day, MORNING, LOCAL)


def _unclear(words: str) -> SandboxError:
    return SandboxError(400, "bad_clock", words, **EXAMPLES)
