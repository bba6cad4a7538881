"""Every word a person reads, in Chinese first and English complete.

A text is looked up as `room.name`: the room is a TOML file, the name a key in it (tables make longer names).
Placeholders are filled by name; what is filled in is plain text and never markup.
A file is read when its room is first asked for: a process begins with a few of them.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES: Final = ("zh", "en")
SUFFIX: Final = ".toml"


class Catalogue:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        """A text, filled in. Raises KeyError for an unknown key or a placeholder without a value."""
        return str(self._room_of(key)[key]).format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self._room_of(key)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, such as the verbs that mean one command."""
        return tuple(self._room_of(key)[key])

    def names(self, *rooms: str) -> frozenset[str]:
        """Every key of these rooms, or of all."""
        return frozenset(key for room in rooms or _rooms(self.language) for key in _room(self.language, room))

    def _room_of(self, key: str) -> Mapping[str, Any]:
        return _room(self.language, key.partition(".")[0])


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language; an unknown one gets Chinese."""
    return Catalogue(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _rooms(language: str) -> frozenset[str]:
    names = (file.name for file in files(__name__).joinpath(language).iterdir())
    return frozenset(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))


@cache
def _room(language: str, room: str) -> Mapping[str, Any]:
    if room not in _rooms(language):
        return {}
    file = files(__name__).joinpath(language, f"{room}{SUFFIX}")
    return _flat(room, tomllib.loads(file.read_text("utf-8")))


def _flat(prefix: str, table: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}"
        found |= _flat(key, value) if isinstance(value, dict) else {key: value}
    return found
