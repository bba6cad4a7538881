"""A day that has been: what is registered lies in the past, so 3月5日 means the last one there was."""

from datetime import date, timedelta
from typing import Final

from handlers.turn import Turn
from workflow.dates import DateNote, parse_when

BACK: Final = (*range(1, 32), 200)
"""From how many days ago a date without its month, or without its year, is read to lie in the past."""


def past_day(turn: Turn, text: str) -> date:
    """The day a text means; 3月5日, the 5th and Friday are the last there were. Raises DateProblem."""
    now, calendar, named, today = turn.tx.now, turn.policy.calendar, turn.policy.named_dates, turn.dates.today
    when = parse_when(text, now, calendar, named)
    if when.day <= today:
        return when.day
    earlier = (parse_when(text, now - timedelta(days=back), calendar, named).day for back in BACK)
    dated = (when.day.month, when.day.day)
    rolled = DateNote.ROLLED in when.notes
    return next((d for d in earlier if d <= today and (rolled or (d.month, d.day) == dated)), when.day)
