"""Plain tables in and out, every mistake named at once: the reading machine under the ladder's words.

A vocabulary (`Keys`) says for each key of a table which field it fills and how its value is read; the same
vocabulary writes the table again.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from typing import Any, NamedTuple


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (`step[2].when[0].before`) and of which kind."""

    path: str
    code: str

    def under(self, key: str) -> "Problem":
        """The same mistake, seen from the table that holds it."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return Problem(f"{key}{joint}{self.path}", self.code)


class LadderProblem(ValueError):
    """A ladder that cannot be used, with everything that is wrong with it.

    Codes: wrong_type, missing, unknown_key, unknown_word, out_of_range, empty, bad_name, not_one_trigger,
    given_twice, unknown_step, cycle_stands_alone.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{one.path}: {one.code}" for one in problems))


Read = Callable[[object], Any]
"""Turns a value as written into what it means; raises LadderProblem with paths below the value."""


class Key(NamedTuple):
    """One key of a table: the field it fills, how it is read, whether it must be there."""

    field: str
    read: Read
    needed: bool = False


Keys = Mapping[str, Key]


def wrong(code: str) -> LadderProblem:
    """The value at hand is wrong in this way."""
    return LadderProblem(Problem("", code))


def read_all(entries: Iterable[tuple[str, Read, object]]) -> list[Any]:
    """Every entry (its path, how to read it, its value) read, or all their problems raised together."""
    values, problems = [], []
    for path, read, value in entries:
        try:
            values.append(read(value))
        except LadderProblem as bad:
            problems += [problem.under(path) for problem in bad.problems]
    if problems:
        raise LadderProblem(*problems)
    return values


def table(keys: Keys, make: Callable[..., Any]) -> Read:
    """A table of these keys and no others, made into a thing."""

    def read(value: object) -> Any:
        if not isinstance(value, Mapping):
            raise wrong("wrong_type")
        absent = [name for name, key in keys.items() if key.needed and name not in value]
        known = [name for name in value if name in keys]
        unknown = [name for name in value if name not in keys]
        entries = [
            *((name, keys[name].read, value[name]) for name in known),
            *((str(name), _refuse("unknown_key"), None) for name in unknown),
            *((name, _refuse("missing"), None) for name in absent),
        ]
        return make(**dict(zip((keys[name].field for name in known), read_all(entries), strict=True)))

    return read


def several(read: Read) -> Read:
    """A list of at least one."""

    def read_list(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise wrong("wrong_type")
        if not value:
            raise wrong("empty")
        return tuple(read_all((f"[{index}]", read, entry) for index, entry in enumerate(value)))

    return read_list


def whole(least: int, most: int = 1000) -> Read:
    """A whole number within these bounds."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise wrong("wrong_type")
        if not least <= value <= most:
            raise wrong("out_of_range")
        return value

    return read


def word(words: type[StrEnum]) -> Read:
    """One of the words of an enumeration."""

    def read(value: object) -> StrEnum:
        known = {str(one): one for one in words}
        if not isinstance(value, str) or value not in known:
            raise wrong("unknown_word")
        return known[value]

    return read


def flag(value: object) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise wrong("wrong_type")
    return value


def name(value: object) -> str:
    """A short name without spaces or points, in any script."""
    if not isinstance(value, str):
        raise wrong("wrong_type")
    if not re.fullmatch(r"[\w-]{1,32}", value):
        raise wrong("bad_name")
    return value


def hour(value: object) -> time:
    """A time of day, TOML's own or like "09:00", without a zone."""
    try:
        read = value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError:
        raise wrong("wrong_type") from None
    if read.tzinfo is not None:
        raise wrong("wrong_type")
    return read


def written(thing: Any, keys: Keys, plain: Callable[[Any], Any]) -> dict[str, Any]:
    """The table a thing is read from, without what it would have by default."""
    defaults = {field.name: field.default for field in fields(thing)}
    values = {key: getattr(thing, keys[key].field) for key in keys}
    return {key: plain(value) for key, value in values.items() if value != defaults[keys[key].field]}


def _refuse(code: str) -> Read:
    def read(value: object) -> Any:
        raise wrong(code)

    return read
