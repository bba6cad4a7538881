"""Measures as an owner sends them, one a line: what each says, what it lacks, what is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final

from handlers import names
from handlers.asking import naming
from handlers.asking.naming import Roll, Unclear, spoken
from handlers.asking.questions import date_notes, end_of
from handlers.turn import Turn
from handlers.working import measure_words
from services.measuring import Step, burdens_discipline
from workflow.dates import DateNote, DateProblem, When, find_when
from workflow.roles import UnitId
from workflow.topic import Topic

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in the making. `faults` must be mended first, `notes` go with the date; both are in words."""

    text: str
    lead: tuple[UnitId, ...] = ()
    assist: tuple[UnitId, ...] = ()
    deadline: datetime | None = None
    deliverable: str = ""
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be assigned."""
        return bool(self.text and self.lead and self.deadline and not self.faults)

    def step(self) -> Step:
        """The measure as the use case takes it. Raises ValueError without a deadline."""
        if self.deadline is None:
            raise ValueError(self.text)
        return Step(self.text, self.lead, self.deadline, self.assist, self.deliverable)


def read(turn: Turn, topic: Topic, text: str) -> list[Line]:
    """Every line that says something."""
    roll = naming.units(turn.tx)
    said = [unnumbered(line) for line in text.splitlines()]
    return [_read(turn, topic, line, roll) for line in said if line]


def unnumbered(line: str) -> str:
    """A line without the sign that numbers it: 1、 （二） ③ •."""
    return _mark().sub("", line).strip()


def pack(line: Line) -> dict[str, Any]:
    """A line for a draft."""
    return {
        "text": line.text,
        "lead": list(line.lead),
        "assist": list(line.assist),
        "by": line.deadline.isoformat() if line.deadline else None,
        "deliverable": line.deliverable,
        "notes": list(line.notes),
    }


def unpack(kept: Mapping[str, Any]) -> Line:
    """The line a draft keeps."""
    by = datetime.fromisoformat(kept["by"]) if kept["by"] else None
    lead, assist = naming.as_units(kept["lead"]), naming.as_units(kept["assist"])
    return Line(kept["text"], lead, assist, by, kept["deliverable"], notes=tuple(kept["notes"]))


def due(turn: Turn, topic: Topic, line: Line, when: When) -> Line:
    """The line with a deadline, or with what is wrong with it."""
    say, at = turn.say, end_of(turn, when)
    if DateNote.PAST in when.notes or at <= turn.tx.now:
        return _wrong(line, say("measuring.date_past", date=turn.dates.full(at)))
    if topic.deadline is not None and at > topic.deadline:
        limit = turn.dates.full(topic.deadline)
        return _wrong(line, say("measuring.date_late", date=turn.dates.full(at), limit=limit))
    return replace(line, deadline=at, notes=(*line.notes, *date_notes(turn, when)))


def not_a_unit(turn: Turn, unclear: Unclear) -> str:
    """Why a word names no single unit."""
    if not unclear.candidates:
        return turn.say("measuring.unit_unknown", name=unclear.word)
    several = names.units(turn.tx, turn.say, naming.as_units(unclear.candidates))
    return turn.say("measuring.unit_several", name=unclear.word, units=several)


def spelt(turn: Turn, no: int, line: Line) -> tuple[str, ...]:
    """A line as it is shown before it counts."""
    say, tx = turn.say, turn.tx
    missing = say("measuring.missing")
    by = turn.dates.full(line.deadline) + "".join(line.notes) if line.deadline else missing
    parts = (
        say("measuring.units", lead=names.units(tx, say, line.lead) if line.lead else missing),
        say("measuring.assisted", assist=names.units(tx, say, line.assist)) if line.assist else "",
        say("measuring.until", date=by),
        say("measuring.makes", deliverable=line.deliverable) if line.deliverable else "",
    )
    told = say("measuring.gap").join(part for part in parts if part)
    burden = burdens_discipline(turn.work, (*line.lead, *line.assist))
    remarks = (*line.faults, *((say("measuring.three_turns"),) if burden else ()))
    return (f"{no}. {line.text or missing}", told, *(say("measuring.remark", what=one) for one in remarks))


def _read(turn: Turn, topic: Topic, text: str, roll: Roll) -> Line:
    rest, when, fault = _without_date(turn, text)
    worded = measure_words.read(rest, roll)
    only = topic.lead_units if len(topic.lead_units) == 1 else ()
    line = Line(
        worded.text, worded.lead or only, worded.assist, None, worded.deliverable, _faults(turn, worded)
    )
    if fault:
        return _wrong(line, fault)
    if when is not None:
        return due(turn, topic, line, when)
    late = topic.deadline is not None and topic.deadline <= turn.tx.now
    return line if late else replace(line, deadline=topic.deadline)


def _without_date(turn: Turn, text: str) -> tuple[str, When | None, str]:
    """The rest of a line, its date, and what is wrong with that."""
    now, calendar, named = turn.tx.now, turn.policy.calendar, turn.policy.named_dates
    try:
        found = find_when(text, now, calendar, named=named)
    except DateProblem as problem:
        rest = text.replace(problem.text, " ")
        return rest, None, turn.say(f"dates.{problem.code.value}", text=problem.text)
    if found is None:
        return text, None, ""
    return f"{text[: found.start]} {text[found.end :]}", found.when, ""


def _faults(turn: Turn, worded: measure_words.Worded) -> tuple[str, ...]:
    longest = turn.policy.longest_text
    long = len(worded.text) > longest or len(worded.deliverable) > longest
    said: Iterable[str] = (
        "" if worded.text else turn.say("measuring.text_missing"),
        turn.say("refusals.text_too_long", longest=longest) if long else "",
        *(not_a_unit(turn, one) for one in worded.unclear),
    )
    return tuple(one for one in said if one)


def _wrong(line: Line, fault: str) -> Line:
    return replace(line, faults=(*line.faults, fault))


@cache
def _mark() -> re.Pattern[str]:
    """What numbers a line."""
    numerals = "".join(spoken("measuring.numerals"))
    return re.compile(
        rf"\A\s*(?:[(（](?:\d{{1,2}}|[{numerals}]{{1,3}})[)）]|\d{{1,2}}\s*(?:[.．](?!\d)|[、)）])"
        rf"|[①-⑳]|[{numerals}]{{1,3}}、|[-•*·])\s*"
    )
