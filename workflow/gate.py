"""The gate: text about cases, leads and petitions must not come in unasked (MECHANISM, Restraint).

It only asks. Rectifying the rules for receiving petitions is legitimate work, so exceptions are masked first,
and the office may let a text through with a reason.
"""

from collections.abc import Iterable


def found(text: str, words: Iterable[str], exceptions: Iterable[str]) -> tuple[str, ...]:
    """The sensitive words a text contains once the harmless phrases are taken out, in order of the list."""
    folded = "".join(text.split()).casefold()
    for phrase in sorted(exceptions, key=len, reverse=True):
        folded = folded.replace(phrase.casefold(), "\0")
    return tuple(word for word in words if word.casefold() in folded)
