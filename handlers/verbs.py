"""Commands and verbs: `/claim 017`, `领题 017`, `／领题`, and nothing that merely begins like one.

What people say instead is read as well: a whole sentence (谁还没领题), a number without a space (催办017),
or a number first (017 催办).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from handlers.texts import LANGUAGES, catalogue

ASIDE: Final = frozenset({"help", "let_pass"})
"""Verbs that are heard beside an open dialogue, which goes on; most other words are its answer."""

GLANCES: Final = frozenset({"mine", "list", "overdue", "delivery", "whoami", "web"})
"""Verbs that only show something; said alone they answer no question, and the dialogue goes on as well."""

_SLASHED: Final = re.compile(r"[/／](?P<word>[^\s@:：,，。;；]+)(?:@\S+)?[\s:：,，]*(?P<rest>.*)", re.DOTALL)
_NUMBERED: Final = r"#?(?:20\d\d[-\uff0d\u2014]\d{1,4}|[0\uff10]\d\d)"
"""A number nobody could take for a quantity: 2026-017, 017."""
_BREAK: Final = rf"(?=$|[\s:：,，。;；!！?？]|{_NUMBERED}(?!\d))"
_ADDRESSED: Final = re.compile(
    rf"(?P<item>{_NUMBERED}(?:[-\uff0d\u2014]\d{{1,2}})?)\u53f7?(?:[\s:：,，]+(?P<said>.+)|$)", re.DOTALL
)
_STOPS: Final = " \t\r\n,，。;；!！?？~～"


@dataclass(frozen=True, slots=True)
class Named:
    """A command by name, what followed it, and whether it was written with a slash."""

    name: str
    rest: str
    slash: bool


def read(text: str) -> Named | None:
    """The command a message names, or None. A slash before an unknown word names the unknown command."""
    text = _sayings().get(text.strip(_STOPS).casefold(), text)
    if slashed := _SLASHED.fullmatch(text):
        word = slashed["word"].casefold()
        return Named(_verbs().get(word, word if word.isascii() else "unknown"), slashed["rest"].strip(), True)
    item, said = itemised(text) or ("", text)
    found = _pattern().match(said)
    if found is None:
        return None
    rest = said[found.end() :].strip().lstrip(":：,，。").strip()
    return Named(_verbs()[found["verb"].casefold()], f"{item} {rest}".strip(), slash=False)


def itemised(text: str) -> tuple[str, str] | None:
    """A text that begins with an item's number (`017 已完成八成`): the number, and what is said of it."""
    found = _ADDRESSED.fullmatch(text)
    return (found["item"], found["said"] or "") if found else None


def within(text: str) -> str | None:
    """The command whose verb, of two characters or more, occurs first in a text that is none itself."""
    found = [
        (text.casefold().find(verb), -len(verb), name) for verb, name in _verbs().items() if len(verb) > 1
    ]
    return next((name for at, _, name in sorted(found) if at >= 0), None)


@cache
def _verbs() -> dict[str, str]:
    known: dict[str, str] = {}
    for language in LANGUAGES:
        say = catalogue(language)
        for key in sorted(say.names("verbs")):
            name = key.removeprefix("verbs.")
            known |= {word.casefold(): name for word in say.words(key)}
    return known


@cache
def _sayings() -> dict[str, str]:
    """Whole sentences, and what each of them comes to: the first of its list."""
    known: dict[str, str] = {}
    for say in map(catalogue, LANGUAGES):
        for meant, *others in map(say.words, say.names("sayings")):
            known |= {other.casefold(): meant for other in others}
    return known


@cache
def _pattern() -> re.Pattern[str]:
    apart = _either(_verbs())
    joined = _either(word for language in LANGUAGES for word in catalogue(language).words("phrases.joined"))
    return re.compile(rf"(?P<verb>{joined}|(?:{apart}){_BREAK})", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
