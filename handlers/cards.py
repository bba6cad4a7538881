"""Cards: what we say, before any messenger decides how it looks.

A card is one screen: a title, plain lines, at most six buttons and perhaps files. It holds no markup, so
nothing a person typed can become markup. Messengers render it within their own capabilities.
"""

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from pydantic import TypeAdapter

MOST_BUTTONS: Final = 6
LONGEST_LABEL: Final = 6  # Chinese characters; English labels count half


@dataclass(frozen=True, slots=True)
class Button:
    """A press and what it means: a verb of the router and its arguments.

    The arguments never travel through the messenger; a press carries the card's key and the button's index.
    """

    label: str
    verb: str
    args: tuple[int | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file we send: evidence by its hash, or a document made by us."""

    sha256: str
    name: str
    mime: str


class Subject(StrEnum):
    """What a card is about, so that a plain reply to it finds its way."""

    TOPIC = "topic"
    MEASURE = "measure"
    REPORT = "report"
    REQUEST = "request"
    AFFAIR = "affair"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class About:
    """The item a card shows. A sent card never changes its item."""

    subject: Subject
    id: int
    version: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """One screen.

    `vanish` is how long the content may stay in a chat (confidential topics); None means for good.
    `fields` names values a messenger may set off from prose; they are still plain text.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    files: tuple[Attachment, ...] = ()
    about: About | None = None
    vanish: timedelta | None = None
    fields: tuple[tuple[str, str], ...] = field(default=())

    def with_lines(self, *more: str) -> "Card":
        """The same card with lines added below."""
        return replace(self, lines=(*self.lines, *more))

    def pressed(self, index: int) -> Button | None:
        """The button at a flat index (row by row), or None when there is none."""
        flat = [button for row in self.buttons for button in row]
        return flat[index] if 0 <= index < len(flat) else None


CARD: Final = TypeAdapter(Card)


def dump(card: Card) -> str:
    """The card as JSON, for the outbox."""
    return CARD.dump_json(card, exclude_defaults=True).decode()


def load(text: str) -> Card:
    """The card an outbox row holds."""
    return CARD.validate_json(text)


def rows(*buttons: Button | None, width: int = 3) -> tuple[tuple[Button, ...], ...]:
    """Buttons laid out row by row; None drops out, so a caller can list what may not apply."""
    kept = [button for button in buttons if button is not None]
    return tuple(tuple(kept[i : i + width]) for i in range(0, len(kept), width))


def fit(label: str) -> str:
    """A label that fits a button: what is too long ends in an ellipsis."""
    room = 2 * LONGEST_LABEL
    if sum(map(_width, label)) <= room:
        return label
    kept = ""
    for sign in label:
        room -= _width(sign)
        if room < 1:
            break
        kept += sign
    return f"{kept}…"


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
