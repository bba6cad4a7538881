"""What is said of a recurring topic: how often and for how many days; the rest is read as in 点题."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

from handlers.asking.naming import either, spoken
from handlers.issuing.form import Form, dump, load
from handlers.issuing.reading import read
from handlers.recurring.kinds import PRESETS, stages
from handlers.turn import Turn
from services.affairs.recurring import Template
from workflow.rhythm import MONTHS, Every, Rhythm
from workflow.topic import Kind

_MARKS: Final = {
    "month": r"1[0-2]|0?[1-9]",
    "day": r"(?:3[01]|[12]\d|0?[1-9])(?!\d|\.\d)",
    "days": r"(?<![\d-])\d{1,3}(?!\d)",
}
PROBLEMS: Final = "problems"


def understood(turn: Turn, draft: Mapping[str, Any], text: str, first: str) -> dict[str, Any]:
    """The draft with what a message says; words that belong to no field go to `first`."""
    kept = dict(draft)
    text = _rhythm(kept, text)
    text = _term(kept, text)
    form = replace(load(kept["form"]), problems=())
    if text.strip():
        form = read(turn, form, text, first)
    unclear = [turn.say("recurring.unclear", word=half.unclear.word) for half in form.halves]
    dated = [turn.say("recurring.no_date")] if form.given.deadline else []
    secret = [turn.say("recurring.no_secret")] if form.given.confidential else []
    given = replace(form.given, deadline=None, confidential=False, kind=Kind.DATED)
    kept[PROBLEMS] = [*form.problems, *unclear, *dated, *secret]
    return {**kept, "form": dump(replace(form, given=given, halves=(), doubts=(), todo=()))}


def template(turn: Turn, draft: Mapping[str, Any]) -> Template:
    """The draft as it would be kept."""
    sort: str = draft["sort"]
    rhythm = Rhythm(Every(draft["every"]), draft["month"], draft["day"])
    form: Form = load(draft["form"])
    each = PRESETS[sort].each
    return Template(sort, form.given, rhythm, draft["days"], each, stages(turn.say, sort))


def _rhythm(kept: dict[str, Any], text: str) -> str:
    """每年1月10日, 每季度3月5日, 每月10日: cut out and kept."""
    for every, form in _forms():
        if found := form.search(text):
            said = {name: int(value) for name, value in found.groupdict().items()}
            kept |= {"every": every, **said}
            kept["month"] = (kept["month"] - 1) % MONTHS[every] + 1
            return f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _term(kept: dict[str, Any], text: str) -> str:
    """期限30天: cut out and kept."""
    for form in _days():
        if found := form.search(text):
            kept["days"] = int(found["days"])
            return f"{text[: found.start()]} {text[found.end() :]}"
    return text


@cache
def _forms() -> tuple[tuple[Every, re.Pattern[str]], ...]:
    """A rhythm's words with the day behind them, the fullest form first; then the words alone."""
    days = [*sorted(spoken("recurring.on"), key=len, reverse=True), ""]
    return tuple(
        (every, _pattern(either(spoken(f"recurring.every.{every}")), day)) for day in days for every in Every
    )


@cache
def _days() -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern("", form) for form in sorted(spoken("recurring.term"), key=len, reverse=True))


def _pattern(before: str, form: str) -> re.Pattern[str]:
    """A form such as {month}月{day}日 as a pattern."""
    pattern = re.escape(form)
    for name, mark in _MARKS.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), rf"\s*(?P<{name}>{mark})\s*")
    return re.compile(rf"{before}\s*{pattern}" if before else pattern, re.IGNORECASE)
