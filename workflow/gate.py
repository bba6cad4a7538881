"""The gate: text about cases, leads and petitions must not come in unasked (MECHANISM, Restraint).

It only asks. Rectifying the rules for receiving petitions is legitimate work, so exceptions are masked first,
and the office may let a text through with a reason.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

UNSEEN: Final = frozenset({"Cc", "Cf", "Mn", "Me", "Pc", "Pd", "Zs", "Zl", "Zp"})
"""Categories of signs that part a word without changing how it reads: blanks, joiners, strokes, dashes."""
MASK: Final = "\0"


def found(text: str, words: Iterable[str], exceptions: Iterable[str]) -> tuple[str, ...]:
    """The sensitive words a text contains once the harmless phrases are taken out, in order of the list."""
    folded = _folded(text)
    for phrase in sorted(exceptions, key=len, reverse=True):
        folded = folded.replace(_listed(phrase), MASK)
    return tuple(word for word in words if _listed(word) in folded)


@cache
def _listed(word: str) -> str:
    """A word of the lists, which are few and stay."""
    return _folded(word)


def _folded(text: str) -> str:
    """As a reader sees it: width, case, and whatever was put between the signs do not count."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign) not in UNSEEN)
