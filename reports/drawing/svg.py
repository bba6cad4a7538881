"""The little SVG our pictures need: text that is measured before it is set, boxes, lines, marks.

A figure never speaks by colour alone: words and numbers stand beside every mark, and a second series is drawn
hollow. Colours are Okabe and Ito's, told apart by colour-blind readers too.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

WIDTH: Final = 1080
MARGIN: Final = 56
INNER: Final = WIDTH - 2 * MARGIN

INK: Final = "#1b1f24"
SOFT: Final = "#4a525c"  # 7.9:1 on white
RULE: Final = "#d5d9de"
PAPER: Final = "#ffffff"
BLUE: Final = "#0072b2"
SKY: Final = "#4aa3d8"
GREEN: Final = "#00835f"
ORANGE: Final = "#c85200"
PURPLE: Final = "#a8578a"
GREY: Final = "#7a828c"

FAMILIES: Final = (
    "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
)
"""What a browser looks for; a rasteriser is told its font for the last name."""
_NARROW: Final = 0.58
"""How wide a sign that is not Chinese is on average, in ems, rather too much than too little."""
_CLOSING: Final = "\u300b\u300d\u300f\uff09\u3015\u3011\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f"
"""Signs no line begins with: closing brackets and stops."""
_PIECE: Final = re.compile(rf"(?:[!-~]+ *|.)[{_CLOSING}]*")
_UNFIT: Final = re.compile("[^\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")
"""What XML cannot hold, and control signs: somebody may have typed or pasted one."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a picture, `height` high and drawn from y = 0; `said` is what it says, in words."""

    height: float
    body: str
    said: str = ""


def width_of(words: str, size: float) -> float:
    """How wide a text is set at a size, in pixels, rather too much than too little."""
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else size * _NARROW for sign in words)


def cut(words: str, size: float, room: float) -> str:
    """The text, ending in an ellipsis where it is wider than the room."""
    if width_of(words, size) <= room:
        return words
    kept = words
    while kept and width_of(kept, size) + size > room:
        kept = kept[:-1]
    return f"{kept}…"


def wrapped(words: str, size: float, room: float, most: int = 3) -> list[str]:
    """The text in lines, broken between Latin words or Chinese signs; the last of at most `most` is cut."""
    lines = [""]
    for piece in _PIECE.finditer(words):
        if lines[-1] and width_of(lines[-1] + piece[0].rstrip(), size) > room:
            if len(lines) == most:
                lines[-1] += words[piece.start() :]
                break
            lines.append("")
        lines[-1] += piece[0]
    return [cut(line.rstrip(), size, room) for line in lines]


def text(
    x: float, y: float, words: str, size: float, *, fill: str = INK, bold: bool = False, anchor: str = "start"
) -> str:
    """One line; y is its baseline."""
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}"'
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f"<text {place}{weight}{side}>{escape(words)}</text>"


def box(x: float, y: float, wide: float, high: float, fill: str, *, hollow: bool = False) -> str:
    """A bar; a hollow one is an outline."""
    if hollow:
        inside = f'x="{x + 2:g}" y="{y + 2:g}" width="{max(wide - 4, 1):g}" height="{max(high - 4, 1):g}"'
        return f'<rect {inside} rx="3" fill="{PAPER}" stroke="{fill}" stroke-width="4"/>'
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="4" fill="{fill}"/>'


def rule(y: float, *, x: float = MARGIN, wide: float = INNER, stroke: str = RULE) -> str:
    """A thin line across."""
    return f'<line x1="{x:g}" y1="{y:g}" x2="{x + wide:g}" y2="{y:g}" stroke="{stroke}" stroke-width="2"/>'


def moved(y: float, body: str) -> str:
    """The same, further down."""
    return f'<g transform="translate(0 {y:g})">{body}</g>'


def document(panels: list[Panel], title: str) -> str:
    """Panels one below the other, as a complete SVG; its title and description say all of it in words."""
    height, parts = 0.0, []
    for panel in panels:
        parts.append(moved(height, panel.body))
        height += panel.height
    size = f'width="{WIDTH}" height="{height:g}" viewBox="0 0 {WIDTH} {height:g}"'
    said = " ".join(panel.said for panel in panels if panel.said)
    head = f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(title)}'
        f' font-family="{FAMILIES}">{head}'
        f'<rect width="{WIDTH}" height="{height:g}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )
    return _UNFIT.sub("", drawn)
