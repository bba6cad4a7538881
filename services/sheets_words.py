"""What words in a spreadsheet mean: headings and values, handed in by whoever knows the language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

Lists = Mapping[str, Iterable[str]]
_REMARK: Final = re.compile(r"\([^)]*\)|[\s*:_-]")
_BETWEEN: Final = re.compile(r"[、，,；;/\n]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Headings by section and words by kind, folded, with what they stand for."""

    headings: Mapping[str, Mapping[str, str]]
    words: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(
        cls, headings: Iterable[Mapping[str, Lists]], words: Iterable[Mapping[str, Lists]]
    ) -> "Vocabulary":
        """From several languages' lists: for each meaning, how it may be written."""
        return cls(_merged(headings), _merged(words))

    def heading(self, section: str, text: str) -> str | None:
        """The column a heading names."""
        return self.headings[section].get(fold(text))

    def word(self, kind: str, text: str) -> str | None:
        """What a word of a kind stands for."""
        return self.words[kind].get(fold(text))


def fold(text: str) -> str:
    """Half width, lower case, without blanks, asterisks and remarks in brackets."""
    return _REMARK.sub("", unicodedata.normalize("NFKC", text).lower())


def several(text: str) -> list[str]:
    """The parts of a cell that lists things."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))


def _merged(languages: Iterable[Mapping[str, Lists]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for groups in languages:
        for group, meanings in groups.items():
            known = found.setdefault(group, {})
            for meaning, written in meanings.items():
                known |= {fold(text): meaning for text in (meaning, *written)}
    return found
