"""Charts a phone can show: rows of bars with their numbers in words, and columns month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reports.drawing import svg
from reports.drawing.svg import INK, INNER, MARGIN, SOFT, WIDTH, Panel

HEADING: Final = 42
LABEL: Final = 34
NOTE: Final = 27
SMALL: Final = 25
GAP: Final = 34  # below a panel
_TOP: Final = 84
_LEFT: Final = (210, 390)  # where bars begin, by the longest label
_LEAST: Final = 5  # the smallest full scale: one of anything is a short bar
_ROW: Final = 58
_BASE: Final = 44  # of a row's words
_NOTED: Final = 84
_PLOT: Final = 220


@dataclass(frozen=True, slots=True)
class Bar:
    """A length and its colour; a second series is hollow."""

    value: int
    fill: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart: what it is, its bars, and the same in words; `note` explains below."""

    label: str
    bars: tuple[Bar, ...]
    told: str
    note: str = ""

    @property
    def size(self) -> float:
        """How large what is told is set: smaller where it is two numbers."""
        return LABEL if len(self.bars) < 2 else NOTE + 3


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a chart's bars begin, how much room they have, and the value that fills it."""

    left: float
    room: float
    most: int

    @classmethod
    def of(cls, lines: Sequence[Row]) -> "_Scale":
        label = max(svg.width_of(line.label, LABEL) for line in lines)
        told = max(svg.width_of(line.told, line.size) for line in lines)
        left = min(max(label + 30, _LEFT[0]), _LEFT[1])
        return cls(
            left, INNER - left - told - 30, max(_LEAST, *(bar.value for line in lines for bar in line.bars))
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A place on the time axis: its label, one below for the year, and its bars."""

    label: str
    below: str
    bars: tuple[Bar, ...]


def heading(words: str, note: str = "") -> str:
    """What a panel is about, above a thin line; a note on the right."""
    room = INNER - svg.width_of(words, HEADING) - 30
    return (
        svg.text(MARGIN, 50, words, HEADING, bold=True)
        + svg.text(WIDTH - MARGIN, 50, svg.cut(note, NOTE, room), NOTE, fill=SOFT, anchor="end")
        + svg.rule(66)
    )


def rows(title: str, lines: Sequence[Row], *, note: str = "", empty: str = "", said: str = "") -> Panel:
    """Bars from left to right, all on one scale, in the order given."""
    body, y = heading(title, note), float(_TOP)
    if not lines:
        body += svg.text(MARGIN, y + 44, empty, LABEL, fill=SOFT)
        return Panel(y + _ROW + GAP, body, said)
    scale = _Scale.of(lines)
    for line in lines:
        long = svg.width_of(line.label, LABEL) > scale.left - 20
        high = _NOTED if line.note else _ROW + 14 * long
        body += svg.moved(y, _row(line, scale))
        y += high
    return Panel(y + GAP, body, said)


def columns(title: str, places: Sequence[Column], *, legend: Sequence[Bar], names: Sequence[str]) -> Panel:
    """Columns along the time, their numbers above, on one scale; `names` says what each series is."""
    base = _TOP + 40 + _PLOT
    wide = INNER / max(len(places), 1)
    most = max(_LEAST, *(bar.value for place in places for bar in place.bars))
    body = heading(title) + _legend(legend, names)
    for no, place in enumerate(places):
        x = MARGIN + wide * no
        body += _bars_up(x, wide, base, place.bars, most)
        body += svg.text(x + wide / 2, base + 36, place.label, SMALL, anchor="middle")
        body += svg.text(x + wide / 2, base + 68, place.below, SMALL, fill=SOFT, anchor="middle")
    return Panel(base + 84 + GAP, body + svg.rule(base, stroke=INK))


def _row(line: Row, scale: _Scale) -> str:
    body = _label(line.label, scale.left - 20)
    if line.note:
        body += svg.text(MARGIN, _BASE + 34, svg.cut(line.note, NOTE, INNER), NOTE, fill=SOFT)
    drawn = [bar for bar in line.bars if bar.value]
    start = end = MARGIN + scale.left
    thick = 34 / max(len(drawn), 1)
    for no, bar in enumerate(drawn):
        wide = max(scale.room * bar.value / scale.most, 8)
        body += svg.box(start, 15 + no * thick, wide, thick - 2, bar.fill, hollow=bar.hollow)
        end = max(end, start + wide)
    return body + svg.text(end + 16, _BASE, line.told, line.size, bold=True)


def _label(words: str, room: float) -> str:
    """What a row is; a long name takes two lines."""
    if svg.width_of(words, LABEL) <= room:
        return svg.text(MARGIN, _BASE, words, LABEL)
    lines = svg.wrapped(words, SMALL, room, most=2)
    top = _BASE - 16 * (len(lines) - 1)
    return "".join(svg.text(MARGIN, top + 28 * no, line, SMALL) for no, line in enumerate(lines))


def _legend(bars: Sequence[Bar], names: Sequence[str]) -> str:
    body, x = "", float(WIDTH - MARGIN)
    for bar, name in reversed([*zip(bars, names, strict=True)]):
        x -= svg.width_of(name, NOTE)
        body += svg.text(x, 50, name, NOTE)
        x -= 36
        body += svg.box(x, 28, 26, 24, bar.fill, hollow=bar.hollow)
        x -= 28
    return body


def _bars_up(x: float, wide: float, base: float, bars: Sequence[Bar], most: int) -> str:
    each = min(wide / max(len(bars), 1) - 4, 40)
    left = x + (wide - each * len(bars)) / 2
    body = ""
    for no, bar in enumerate(bars):
        if not bar.value:
            continue
        high = max(_PLOT * bar.value / most, 6)
        at = left + no * each
        body += svg.box(at + 1, base - high, each - 2, high, bar.fill, hollow=bar.hollow)
        body += svg.text(at + each / 2, base - high - 8, str(bar.value), SMALL, anchor="middle")
    return body
