"""Words made safe to show, and cut to Telegram's measure.

People paste anything: marks that turn the reading direction, invisible characters, towers of accents. What is
left is what can be seen. Lengths count UTF-16 units, as Telegram counts them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

TALLEST_STACK: Final = 4  # combining marks on one character; no living script needs more

_JOINER: Final = "\u200d"
_SELECTORS: Final = "\ufe0e\ufe0f"
_FILLERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by category, invisible on the screen
_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLAIN: Final = re.compile(r"[\n -~·\u2013-\u2027\u3000-\u3029\u4e00-\u9fff\uff01-\uff5e]*")
"""Most of what is ever said: ASCII, Chinese characters and their punctuation."""
_HALF: Final = re.compile("[\ud800-\udfff]")  # of a surrogate pair


def clean(text: str) -> str:
    """The text without what cannot be seen; line breaks stay."""
    if _PLAIN.fullmatch(text):
        return text
    text = _HALF.sub("\ufffd", _BREAK.sub("\n", text)).replace("\t", " ")
    return "".join(_visible(text))


def one_line(text: str) -> str:
    """The clean text on a single line."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def shortened(text: str, limit: int) -> str:
    """The text, or as much of it as fits into `limit` units with an ellipsis."""
    return text if units(text) <= limit else f"{next(cut(text, limit - 1))}…"


def cut(text: str, limit: int, first: int = 0) -> Iterator[str]:
    """The text in pieces of at most `limit` units, the first of at most `first` if that is given.

    No character is split.
    """
    start = size = 0
    room = first or limit
    for at, char in enumerate(text):
        width = 2 if char > "\uffff" else 1
        if size + width > room:
            yield text[start:at]
            start, size, room = at, 0, limit
        size += width
    yield text[start:]


def _visible(text: str) -> Iterator[str]:
    stack = 0
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            stack += 1
            if stack <= TALLEST_STACK:
                yield char
        elif not _hidden(char, category) or (char == _JOINER and _joins(text, at)):
            stack = 0
            yield char


def _hidden(char: str, category: str) -> bool:
    return (category in ("Cc", "Cf") and char != "\n") or char in _FILLERS


def _joins(text: str, at: int) -> bool:
    """Whether the joiner at this place holds two pictures together."""
    before = text[max(at - 3, 0) : at].rstrip(_SELECTORS)[-1:]
    return _pictured(before) and _pictured(text[at + 1 : at + 2])


def _pictured(char: str) -> bool:
    return char != "" and (
        unicodedata.category(char) == "So" or "\U0001f3fb" <= char <= "\U0001f3ff" or char in "↔↕"
    )
