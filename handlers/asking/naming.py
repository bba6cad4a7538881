"""Which people or units a text names: by full name, else by a beginning or a part that only one has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from handlers.texts import LANGUAGES, catalogue
from storage import people
from storage.people import Person
from storage.store import Tx
from workflow.roles import PersonId, Role, UnitId

OWNING: Final = frozenset({Role.LEADER, Role.CHIEF, Role.DISCIPLINE_SECRETARY})
_BREAK: Final = r"[\s@＠、,，;；/。.:：]"
_BREAKS: Final = re.compile(f"{_BREAK}*")
_WORD: Final = re.compile(r"[^\s@＠、,，;；/。.:：]+")


@dataclass(frozen=True, slots=True)
class Unclear:
    """A word that named nothing, or several: `candidates` are ids."""

    word: str
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picked:
    """Ids in the order they were named, and what was not understood."""

    found: tuple[int, ...]
    unclear: tuple[Unclear, ...] = ()


@dataclass(frozen=True, slots=True)
class Roll:
    """Names and whom they mean."""

    names: tuple[tuple[str, int], ...]

    def pick(self, text: str) -> Picked:
        """Read a list of names."""
        found: list[int] = []
        unclear: list[Unclear] = []
        at = 0
        while (at := self._start(text, at)) < len(text):
            named = self.at(text, at) or _word(text, at)
            fitting = self._fitting(named)
            if len(fitting) == 1:
                found.append(fitting[0])
            else:
                unclear.append(Unclear(named, fitting))
            at += len(named)
        return Picked(tuple(dict.fromkeys(found)), tuple(unclear))

    def at(self, text: str, start: int) -> str:
        """The longest known name that stands at a place and ends there, or nothing."""
        match = self.pattern.match(text, start) if self.names else None
        return match["name"] if match else ""

    def mentions(self, text: str) -> tuple[str, str]:
        """A text without its @-mentions, and the names these give (@外事副院长、副书记)."""
        named = [match["names"] for match in _mention(self.names).finditer(text)]
        return _mention(self.names).sub(" ", text), " ".join(named)

    @property
    def pattern(self) -> re.Pattern[str]:
        """One known name, up to a break or the next name."""
        return _pattern(self.names)

    def _start(self, text: str, at: int) -> int:
        """Where the next name begins: past breaks, and past an "and" that stands between two names."""
        past = _past(_BREAKS, text, at)
        after = _past(_joint(), text, past)
        return after if after > past and self.at(text, after) else past

    def _fitting(self, word: str) -> tuple[int, ...]:
        said = word.casefold()
        folded = [(name.casefold(), id_) for name, id_ in self.names]
        for rule in (str.__eq__, str.startswith, str.__contains__):
            if fitting := tuple(dict.fromkeys(id_ for name, id_ in folded if rule(name, said))):
                return fitting
        return ()


def owners(tx: Tx) -> Roll:
    """Everybody who may own a topic."""
    return roll_of(person for person in people.active(tx) if person.roles & OWNING)


def roll_of(found: Iterable[Person]) -> Roll:
    """People by title, and by name where the roster has one."""
    return Roll(tuple((name, person.id) for person in found for name in (person.title, person.name) if name))


def units(tx: Tx) -> Roll:
    """Every unit there is now."""
    return Roll(tuple((unit.name, unit.id) for unit in people.all_units(tx) if unit.state == "active"))


def as_people(ids: Iterable[int]) -> tuple[PersonId, ...]:
    """Picked ids as people's."""
    return tuple(PersonId(id_) for id_ in ids)


def as_units(ids: Iterable[int]) -> tuple[UnitId, ...]:
    """Picked ids as units'."""
    return tuple(UnitId(id_) for id_ in ids)


@cache
def spoken(key: str) -> tuple[str, ...]:
    """The words of a list, in every language: people write as they speak."""
    found = (word for language in LANGUAGES for word in catalogue(language).words(key))
    return tuple(dict.fromkeys(found))


def either(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; of none, one that never matches."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"


@lru_cache(8)
def _pattern(names: tuple[tuple[str, int], ...]) -> re.Pattern[str]:
    known = either(name for name, _ in names)
    return re.compile(rf"(?P<name>{known})(?=$|{_BREAK}|{_joint().pattern}{known})", re.IGNORECASE)


@lru_cache(8)
def _mention(names: tuple[tuple[str, int], ...]) -> re.Pattern[str]:
    known = either(name for name, _ in names)
    several = rf"{known}(?:\s*(?:[、,，]|{_joint().pattern})\s*[@＠]?\s*{known})*(?=$|{_BREAK})"
    return re.compile(rf"[@＠]\s*(?P<names>{several}|{_WORD.pattern})", re.IGNORECASE)


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(spoken('issuing.and'))}\s*)?")


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _word(text: str, at: int) -> str:
    match = _WORD.match(text, at)
    return match[0] if match else text[at]
