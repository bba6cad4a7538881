"""A topic's course as a picture: one line down the page, a mark for all that happened, deadlines across.

Each mark has a shape of its own, and its words beside it; the first deadline stays visible.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from reports.drawing import svg
from reports.drawing.svg import INK, MARGIN, PAPER, SOFT, WIDTH, Panel

MOST: Final = 60
"""Marks drawn; of a longer course the last ones, and how many came before."""
_LINE: Final = MARGIN + 190  # where the line runs
_TEXT: Final = _LINE + 48
_ROOM: Final = WIDTH - MARGIN - _TEXT
_SIZE: Final = 34
_NOTE: Final = 28


class Shape(StrEnum):
    """What kind of thing happened."""

    MILESTONE = "milestone"  # issued, claimed, handed in
    MEASURE = "measure"
    REPORT = "report"
    PRESS = "press"  # reminded, nudged, inquired
    ESCALATION = "escalation"
    EXTENSION = "extension"
    RETURN = "return"
    CLOSED = "closed"
    BESIDE = "beside"
    DEADLINE = "deadline"
    TODAY = "today"


_Draw = Callable[[float, float], str]
ACROSS: Final = frozenset({Shape.DEADLINE, Shape.TODAY})


@dataclass(frozen=True, slots=True)
class Mark:
    """Something at a moment: when in words, what, and a line more. Deadlines and today lie across."""

    at: datetime
    shape: Shape
    when: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What is drawn: a heading, lines below it, marks in any order; `earlier` says that some are left out."""

    title: str
    lines: Sequence[str]
    marks: Sequence[Mark]
    earlier: str = ""


def shown(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in their order, the last ones of a long course; no deadline is ever left out."""
    ordered = sorted(marks, key=lambda mark: (mark.at, mark.shape in ACROSS, mark.shape is Shape.CLOSED))
    passed = [mark for mark in ordered if mark.shape not in ACROSS]
    kept = {id(mark) for mark in passed[-MOST:]}
    return [mark for mark in ordered if mark.shape in ACROSS or id(mark) in kept]


def picture(course: Course) -> str:
    """The course as one SVG, 1080 wide."""
    marks = shown(course.marks)
    panels = [_header(course)]
    if course.earlier:
        panels.append(Panel(64, _spine(64) + svg.text(_TEXT, 40, course.earlier, _NOTE, fill=SOFT)))
    before = ""
    for mark in marks:
        panels.append(_across(mark) if mark.shape in ACROSS else _row(mark, again=mark.when == before))
        before = "" if mark.shape in ACROSS else mark.when
    return svg.document([*panels, Panel(40, "")], course.title)


def _header(course: Course) -> Panel:
    body, y = svg.box(0, 0, WIDTH, 14, svg.BLUE), 90
    for line in svg.wrapped(course.title, 50, svg.INNER):
        body += svg.text(MARGIN, y, line, 50, bold=True)
        y += 62
    for line in course.lines:
        for part in svg.wrapped(line, 30, svg.INNER, most=2):
            body += svg.text(MARGIN, y - 8, part, 30, fill=SOFT)
            y += 42
    return Panel(y, body, " ".join(course.lines))


def _row(mark: Mark, *, again: bool) -> Panel:
    """One mark; a day that was just named is not named again."""
    lines = svg.wrapped(mark.text, _SIZE, _ROOM)
    notes = svg.wrapped(mark.note, _NOTE, _ROOM, most=2) if mark.note else []
    high = 26 + 44 * len(lines) + 38 * len(notes)
    body = _spine(high)
    if not again:
        body += svg.text(_LINE - 40, 44, mark.when, 30, anchor="end")
    y = 44
    for line in lines:
        body += svg.text(_TEXT, y, line, _SIZE)
        y += 44
    for line in notes:
        body += svg.text(_TEXT, y - 4, line, _NOTE, fill=SOFT)
        y += 38
    said = f"{mark.when} {mark.text} {mark.note}".strip()
    return Panel(high, body + _DRAWN[mark.shape](_LINE, 33), said)


def _across(mark: Mark) -> Panel:
    """A deadline or today: a dashed line across the page."""
    fill = INK if mark.shape is Shape.DEADLINE else svg.BLUE
    wide = svg.width_of(mark.text, _SIZE) + 24
    body = _spine(76) + (
        f'<line x1="{MARGIN}" y1="38" x2="{WIDTH - MARGIN}" y2="38" stroke="{fill}" stroke-width="4"'
        f' stroke-dasharray="14 10"/>'
    )
    label = svg.box(_TEXT - 12, 12, wide, 52, PAPER) + svg.text(_TEXT, 50, mark.text, _SIZE, bold=True)
    day = svg.box(MARGIN - 4, 12, svg.width_of(mark.when, 30) + 12, 52, PAPER)
    day += svg.text(MARGIN, 49, mark.when, 30, bold=True)
    return Panel(76, body + label + day, f"{mark.when} {mark.text}")


def _spine(high: float) -> str:
    return f'<line x1="{_LINE}" y1="0" x2="{_LINE}" y2="{high:g}" stroke="{svg.RULE}" stroke-width="6"/>'


def _disc(fill: str, *, hollow: bool = False, ring: bool = False) -> _Draw:
    def draw(x: float, y: float) -> str:
        inside = PAPER if hollow else fill
        body = f'<circle cx="{x:g}" cy="{y:g}" r="14" fill="{inside}" stroke="{fill}" stroke-width="6"/>'
        outer = f'<circle cx="{x:g}" cy="{y:g}" r="22" fill="none" stroke="{fill}" stroke-width="4"/>'
        return body + (outer if ring else "")

    return draw


def _shape(points: Sequence[tuple[float, float]], fill: str, *, hollow: bool = False) -> _Draw:
    def draw(x: float, y: float) -> str:
        placed = " ".join(f"{x + dx:g},{y + dy:g}" for dx, dy in points)
        return (
            f'<polygon points="{placed}" fill="{PAPER if hollow else fill}" stroke="{fill}" stroke-width="5"'
            f' stroke-linejoin="round"/>'
        )

    return draw


_SQUARE: Final = ((-13.0, -13.0), (13.0, -13.0), (13.0, 13.0), (-13.0, 13.0))
_DIAMOND: Final = ((0.0, -18.0), (18.0, 0.0), (0.0, 18.0), (-18.0, 0.0))
_UP: Final = ((0.0, -17.0), (17.0, 13.0), (-17.0, 13.0))
_DOWN: Final = ((0.0, 17.0), (17.0, -13.0), (-17.0, -13.0))
_DRAWN: Final = {
    Shape.MILESTONE: _disc(svg.BLUE),
    Shape.MEASURE: _shape(_SQUARE, svg.SKY),
    Shape.REPORT: _disc(svg.GREEN, hollow=True),
    Shape.PRESS: _shape(_UP, svg.ORANGE, hollow=True),
    Shape.ESCALATION: _shape(_UP, svg.ORANGE),
    Shape.EXTENSION: _shape(_DIAMOND, svg.PURPLE),
    Shape.RETURN: _shape(_DOWN, svg.ORANGE, hollow=True),
    Shape.CLOSED: _disc(svg.GREEN, ring=True),
    Shape.BESIDE: _shape(_SQUARE, svg.GREY, hollow=True),
}
