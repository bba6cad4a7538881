"""Small questions every conversation asks the same way: a reason, a date, which of several."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.cards import Button, Card, rows
from handlers.turn import Turn
from workflow.dates import DateNote, DateProblem, When, find_when, parse_when


def reason_wanted(turn: Turn, dialogue: str, draft: Mapping[str, Any], question: str) -> None:
    """Open a dialogue that waits for one text; 取消 leaves it."""
    turn.ask(dialogue, "text", draft, Card(lines=(question,), buttons=rows(turn.button("cancel"))))


def read_date(turn: Turn, text: str) -> When | None:
    """A date from an answer; None when it was not understood, impossible or past, and the person was told."""
    try:
        when = _when(turn, text)
    except DateProblem as problem:
        turn.tell(f"dates.{problem.code.value}", text=problem.text)
        return None
    if when is None:
        turn.tell("dates.not_understood", text=text)
        return None
    if DateNote.PAST in when.notes:
        turn.tell("dates.past", text=text, date=turn.dates.full(end_of(turn, when)))
        return None
    return when


def end_of(turn: Turn, when: When) -> datetime:
    """The last instant a date or a time of day is kept, UTC."""
    calendar = turn.policy.calendar
    return calendar.at(when.day, when.clock) if when.clock else calendar.end_of(when.day)


def date_notes(turn: Turn, when: When) -> tuple[str, ...]:
    """What a person should know of the date before agreeing: a day off, a guess, a provisional calendar."""
    notes = [turn.say(f"dates.note_{note.name.lower()}") for note in when.notes if note is not DateNote.PAST]
    return (*notes, *((turn.say("dates.provisional"),) if when.provisional else ()))


def choice(turn: Turn, question: str, options: Sequence[Button]) -> Card:
    """A question with up to five answers and a way out."""
    return Card(lines=(question,), buttons=rows(*options[:5], turn.button("cancel"), width=2))


def _when(turn: Turn, text: str) -> When | None:
    now, calendar, named = turn.tx.now, turn.policy.calendar, turn.policy.named_dates
    try:
        return parse_when(text, now, calendar, named=named)
    except DateProblem:
        found = find_when(text, now, calendar, named=named)
        if found is None:
            raise
        return found.when
