"""The words of a one-message topic: what begins a field (目标, 牵头), and what is itself a value (保密)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from handlers.asking.naming import Roll, either, spoken
from handlers.issuing.form import FIELDS, TEXTS, UNITS
from workflow.topic import Cycle, Duty, Kind

Value = tuple[str, Any]
VALUES: Final[Mapping[str, Mapping[str, Any]]] = {
    "kind": {kind.value: kind for kind in Kind},
    "duty": {duty.value: duty for duty in Duty},
    "cycle": {cycle.value: cycle for cycle in Cycle if cycle},
    "confidential": {"yes": True, "no": False},
}
_GAP: Final = r"\s,，;；。、"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a message and the field it belongs to."""

    field: str
    text: str


def parts(text: str, first: str, units: Roll) -> list[Part]:
    """A message cut at the words that begin a field; what stands before them belongs to `first`."""
    text = _units_first(text, units)
    marks = list(_marks(units).finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)]
    found = [Part(first, text[: ends[0]])]
    found += [
        Part(_keys()[m["key"].casefold()], text[m.end() : e]) for m, e in zip(marks, ends[1:], strict=True)
    ]
    return [Part(part.field, trimmed(part.text)) for part in found if trimmed(part.text)]


def values(part: Part, words: Mapping[str, Value]) -> tuple[str, list[Value]]:
    """A part without the value words at its two ends, and what those say.

    Within a sentence such a word is part of it; a goal or a title that is nothing else stays what it is.
    """
    text, known = part.text, either(words)
    said: list[Value] = []
    after = rf"[{_GAP}]+(?=.)" if part.field in TEXTS else rf"(?:[{_GAP}]+|$)"
    leading = re.compile(f"({known}){after}", re.IGNORECASE)
    trailing = re.compile(rf"[{_GAP}]({known})$", re.IGNORECASE)
    while match := leading.match(text) or trailing.search(text):
        said.append(words[match[1].casefold()])
        text = trimmed(text[: match.start()] + text[match.end() :])
    return text, said


def value_words(categories: Iterable[tuple[str, str]]) -> dict[str, Value]:
    """Words and the field and value they mean; `categories` are the college's own, code and name."""
    known = {word.casefold(): value for word, value in _fixed()}
    return known | {name.casefold(): ("category", code) for code, name in categories}


def trimmed(text: str) -> str:
    """A text without the breaks at its ends, and without the gaps that were cut into it."""
    return re.sub(r"[^\S\n]{2,}", " ", text).strip(" \t\r\n,，;；。、")


@cache
def _fixed() -> tuple[tuple[str, Value], ...]:
    return tuple(
        (word, (field, value))
        for field, coded in VALUES.items()
        for code, value in coded.items()
        for word in spoken(f"issuing.word.{field}.{code}")
    )


@cache
def _keys() -> dict[str, str]:
    return {word.casefold(): field for field in FIELDS for word in spoken(f"issuing.key.{field}")}


@lru_cache(8)
def _marks(units: Roll) -> re.Pattern[str]:
    known = either(name for name, _ in units.names)
    joined = either(word for field in UNITS for word in spoken(f"issuing.key.{field}"))
    compounds = either(spoken("issuing.goal_compounds"))
    goal = rf"{either(spoken('issuing.key.goal'))}(?!{compounds})(?=[^\x00-\x7f])"  # 目标 close to its words
    alone = rf"(?:{either(_keys())})(?=\s*[:：]|\s|$)"
    return re.compile(
        rf"(?:^|(?<=[{_GAP}]))(?P<key>{alone}|{joined}(?={known})|(?<!^){goal})\s*[:：]?\s*", re.IGNORECASE
    )


def _units_first(text: str, units: Roll) -> str:
    """国际处牵头 reads as 牵头 国际处."""
    known = either(name for name, _ in units.names)
    if not units.names:
        return text
    joint = rf"(?:[、，,]|{either(spoken('issuing.and'))})"
    by = f"(?:{either(spoken('issuing.by'))})?"
    joined = either(word for field in UNITS for word in spoken(f"issuing.key.{field}"))
    named = rf"(?:^|(?<=[{_GAP}])){by}(?P<units>{known}(?:{joint}{known})*)(?P<key>{joined})(?=$|[{_GAP}])"
    return re.sub(named, r" \g<key> \g<units> ", text)
