"""A message that carries a date: `12月20日前 等待招标结果`, or points with a last line of 6月20日前."""

import re
from dataclasses import dataclass
from typing import Final

from handlers.asking.naming import spoken
from handlers.turn import Turn
from workflow.dates import DateProblem, When, find_when

_EDGES: Final = " \t\r\n,，、;；。.:：!！"
_POINT: Final = re.compile(r"[\n;；]+")
_NUMBERING: Final = re.compile(r"\A\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}\s*(?:[.．](?!\d)|、)|[①-⑳]|[-•*·])\s*")


@dataclass(frozen=True, slots=True)
class Said:
    """Words without their date, the date if one was understood, or a sentence on what is wrong with it."""

    rest: str
    when: When | None = None
    problem: str = ""


def with_date(turn: Turn, text: str) -> Said:
    """The date a text carries anywhere, and the rest."""
    try:
        found = find_when(text, turn.tx.now, turn.policy.calendar, named=turn.policy.named_dates)
    except DateProblem as problem:
        rest = text.replace(problem.text, " ").strip(_EDGES)
        return Said(rest, problem=turn.say(f"dates.{problem.code.value}", text=problem.text))
    if found is None:
        return Said(text.strip())
    return Said(f"{text[: found.start]} {text[found.end :]}".strip(_EDGES), found.when)


def with_last_date(turn: Turn, text: str) -> Said:
    """The same, but only a date that ends the text is meant as one; points may speak of other days."""
    breaks = [match.end() for match in _POINT.finditer(text.rstrip(_EDGES))]
    start = breaks[-1] if breaks else 0
    head, last = text[:start].strip(_EDGES), text[start:].strip(_EDGES)
    said = with_date(turn, last)
    if said.when is None and not said.problem:
        return Said(text.strip())
    bare = _without(_without(said.rest, "phrases.after_date"), "phrases.before_date")
    ends = bare == "" or last.startswith(bare)
    return Said(f"{head}\n{bare}".strip(), said.when, said.problem) if ends else Said(text.strip())


def points(text: str) -> list[str]:
    """One point a line, or between semicolons, without its numbering."""
    said = [_NUMBERING.sub("", one).strip(_EDGES) for one in _POINT.split(text)]
    return [one for one in said if one]


def _without(text: str, key: str) -> str:
    """Words before a date, without what only leads up to it or follows it: 请于, 补正后再报."""
    for word in sorted(spoken(key), key=len, reverse=True):
        if text.endswith(word):
            return text.removesuffix(word).strip(_EDGES)
    return text
