"""Every word a person reads, in Chinese first and English complete.

A text is looked up as `room.name`: the room is a TOML file, the name a key in it (tables make longer names).
Placeholders are filled by name; what is filled in is plain text and never markup.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

LANGUAGES: Final = ("zh", "en")


class Catalogue:
    """The texts of one language."""

    def __init__(self, language: str, texts: Mapping[str, Any]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **values: Any) -> str:
        """A text, filled in. Raises KeyError for an unknown key or a placeholder without a value."""
        return str(self._texts[key]).format_map(values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, such as the verbs that mean one command."""
        return tuple(self._texts[key])

    def names(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._texts)


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language; an unknown one gets Chinese."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    texts: dict[str, Any] = {}
    for room in sorted(files(__name__).joinpath(chosen).iterdir(), key=lambda path: path.name):
        if room.name.endswith(".toml"):
            texts |= _flat(room.name.removesuffix(".toml"), tomllib.loads(room.read_text("utf-8")))
    return Catalogue(chosen, texts)


def _flat(prefix: str, table: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{prefix}.{name}"
        found |= _flat(key, value) if isinstance(value, dict) else {key: value}
    return found
