"""The small words that put an agenda or an attendance right: 删 3, 移 3 1, 缺席 副书记."""

import re
from functools import cache
from typing import Final

from handlers.asking.naming import either, spoken

_NUMBERS: Final = re.compile(r"\d{1,3}")


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


def numbers(text: str) -> list[int]:
    """The numbers in a text, in order."""
    return [int(one) for one in _NUMBERS.findall(text)]


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    words = [word for name in names for word in spoken(f"meetings.say.{name}")]
    return re.compile(rf"(?P<word>{either(words)})(?=$|[\s:：,，@＠\d])", re.IGNORECASE)
