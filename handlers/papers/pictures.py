"""A picture on its way to a chat: rasterised with a font of this machine, or words that there is none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from handlers.cards import Attachment, Card
from handlers.printing import Paper
from handlers.reader import Reader
from reports.drawing.fonts import NoFont, chinese
from reports.drawing.raster import MIME, png


def pictured(reader: Reader, card: Card, svg: Callable[[], str], folder: Path, name: str) -> Paper:
    """The card with the picture; without a font the card alone, and what an administrator can do about it."""
    try:
        font = chinese(reader.policy.font)
    except NoFont as problem:
        key = "board.chat.bad_font" if problem.setting else "board.chat.no_font"
        return Paper(card.with_lines(reader.say(key)), {})
    path = folder / "picture.png"
    path.write_bytes(png(svg(), font))
    return Paper(replace(card, files=(Attachment(path.name, name, MIME),)), {path.name: path})
