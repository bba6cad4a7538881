"""The small words that put an agenda or an attendance right: 删 3, 移 3 1, 缺席 副书记."""

import re
from functools import cache
from itertools import pairwise
from typing import Final

from handlers.asking.naming import either, spoken

_NUMBERS: Final = re.compile(r"(?<!\d)(?:(?<=\s)-)?\d{1,6}(?!\d)")
_EDGES: Final = " \t\r\n;；。,，、"


def leading(text: str, *names: str) -> tuple[str, str]:
    """Which of some words a text begins with, by name, and what follows; no name where none does."""
    found = _pattern(names).match(text.strip())
    if found is None:
        return "", text.strip()
    said = found["word"].casefold()
    name = next(
        name for name in names if said in {word.casefold() for word in spoken(f"meetings.say.{name}")}
    )
    return name, text.strip()[found.end() :].strip(" :：,，")


def clauses(text: str, *names: str) -> list[tuple[str, str]]:
    """A text cut where one of some words begins a part of its own: `减 副书记；列席 审计处处长` is two.

    What stands before the first word has no name.
    """
    cuts = [0, *(found.start("word") for found in _inner(names).finditer(text)), len(text)]
    parts = [text[start:end].strip(_EDGES) for start, end in pairwise(cuts)]
    return [leading(part, *names) for part in parts if part]


def numbers(text: str) -> list[int]:
    """The numbers in a text, in order; what no agenda can hold (` -5`, 99999) is one too, to be refused."""
    return [int(one) for one in _NUMBERS.findall(text)]


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    words = [word for name in names for word in spoken(f"meetings.say.{name}")]
    return re.compile(rf"(?P<word>{either(words)})(?=$|[\s:：,，@＠\d])", re.IGNORECASE)


@cache
def _inner(names: tuple[str, ...]) -> re.Pattern[str]:
    words = [word for name in names for word in spoken(f"meetings.say.{name}")]
    return re.compile(rf"(?<=[{_EDGES}])(?P<word>{either(words)})(?=[\s:：@＠])", re.IGNORECASE)
