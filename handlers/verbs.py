"""Commands and verbs: `/claim 017`, `领题 017`, `／领题`, and nothing that merely begins like one."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from handlers.texts import LANGUAGES, catalogue

ASIDE: Final = frozenset({"help", "let_pass"})
"""Verbs that are heard beside an open dialogue, which goes on; every other word but 取消 is its answer."""

_SLASHED: Final = re.compile(r"[/／](?P<word>[^\s@:：,，。;；]+)(?:@\S+)?[\s:：,，]*(?P<rest>.*)", re.DOTALL)
_BREAK: Final = r"(?=$|[\s:：,，。;；!！?？])"


@dataclass(frozen=True, slots=True)
class Named:
    """A command by name, what followed it, and whether it was written with a slash."""

    name: str
    rest: str
    slash: bool


def read(text: str) -> Named | None:
    """The command a message names, or None. A slash before an unknown word names the unknown command."""
    if slashed := _SLASHED.fullmatch(text):
        word = slashed["word"].casefold()
        return Named(_verbs().get(word, word if word.isascii() else "unknown"), slashed["rest"].strip(), True)
    found = _pattern().match(text)
    if found is None:
        return None
    rest = text[found.end() :].strip().lstrip(":：,，。").strip()
    return Named(_verbs()[found["verb"].casefold()], rest, False)


@cache
def _verbs() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        say = catalogue(language)
        for key in sorted(key for key in say.names() if key.startswith("verbs.")):
            name = key.removeprefix("verbs.")
            known |= {word.casefold(): name for word in say.words(key)}
    return known


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_verbs(), key=len, reverse=True)
    words = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?P<verb>{words}){_BREAK}", re.IGNORECASE)
