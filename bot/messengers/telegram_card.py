"""A card as Telegram shows it: pages of text, an inline keyboard, uploads.

Telegram's lengths count the words and not the markup, so text is cut first and marked up afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from typing import Any, Final

from bot.messengers.base import Outgoing, Refused
from bot.messengers.telegram_text import clean, cut, one_line, units
from handlers.cards import Attachment, Card

LONGEST_TOKEN: Final = 64  # bytes of callback_data
LARGEST_PHOTO: Final = 10 * 2**20  # bytes


@dataclass(frozen=True, slots=True)
class Line:
    """One line, bold or not."""

    text: str
    bold: bool = False

    def html(self) -> str:
        """The line as Telegram's HTML."""
        text = escape(self.text, quote=False)
        return f"<b>{text}</b>" if self.bold and text else text


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one message."""

    lines: tuple[Line, ...]

    def html(self) -> str:
        """With markup."""
        return "\n".join(line.html() for line in self.lines)

    def plain(self) -> str:
        """Without markup, should Telegram not take it."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send, and whether it goes as a photo."""

    path: Path
    name: str
    photo: bool


def pages(card: Card, limit: int) -> list[Page]:
    """The card's text in messages of at most `limit` UTF-16 units, broken at line ends where it can be."""
    bundles: list[list[Line]] = []
    size = limit
    for line in _lines(card):
        too_long = units(line.text) > limit
        for text in cut(line.text, limit, first=max(limit - size - 1, 0) if too_long else 0):
            width = units(text) + 1
            if size + width > limit:
                bundles.append([])
                size = -1
            bundles[-1].append(Line(text, line.bold))
            size += width
    return [Page(tuple(bundle)) for bundle in bundles if any(line.text.strip() for line in bundle)]


def keyboard(out: Outgoing) -> Mapping[str, Any] | None:
    """The buttons, each with its token `key:index`, counted row by row. Raises Refused for a key too long.

    Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup
    """
    indices = count()
    rows = [
        [
            {"text": one_line(button.label) or "…", "callback_data": _token(out.key, next(indices))}
            for button in row
        ]
        for row in out.card.buttons
    ]
    return {"inline_keyboard": rows} if any(rows) else None


def uploads(out: Outgoing, limit: int) -> list[Upload]:
    """The card's files. Raises Refused, before anything is sent, for one missing or above `limit` bytes."""
    paths = out.paths or {}
    return [_upload(file, paths.get(file.sha256), limit) for file in out.card.files]


def _lines(card: Card) -> list[Line]:
    title = one_line(card.title)
    lines = [Line(title, bold=True)] if title else []
    lines += [Line(f"{one_line(name)}：{one_line(value)}") for name, value in card.fields]
    return lines + [Line(text) for line in card.lines for text in clean(line).split("\n")]


def _token(key: str, index: int) -> str:
    token = f"{key}:{index}"
    if len(token.encode()) > LONGEST_TOKEN:
        raise Refused("the card's key is too long for a button")
    return token


def _upload(file: Attachment, path: Path | None, limit: int) -> Upload:
    if path is None or not path.is_file():
        raise Refused("a file of the card is not there")
    size = path.stat().st_size
    if not 0 < size <= limit:
        raise Refused(f"a file of {size} bytes cannot be sent")
    name = one_line(file.name).replace("/", "_").replace("\\", "_") or path.name
    return Upload(path, name, photo=file.mime.startswith("image/") and size <= LARGEST_PHOTO)
