"""The board: the college's figures as one portrait picture, and as sentences that say the same.

Bars stand in the order of the states, the calendar, the roster and the chain, never by length.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reports.drawing import charts, svg
from reports.drawing.charts import Bar, Column, Row
from reports.drawing.svg import MARGIN, SOFT, WIDTH, Panel
from reports.figures import Figures, Month, UnitCount, Week
from reports.words import Words
from services.policy import Policy
from workflow.topic import TopicState

MOST_UNITS: Final = 40
"""Units drawn; a picture with more could not be read. The sentence names them all."""
_COLOURS: Final = {
    TopicState.ISSUED: svg.PURPLE,
    TopicState.IN_PROGRESS: svg.BLUE,
    TopicState.SUBMITTED: svg.SKY,
    TopicState.CLOSED: svg.GREEN,
    TopicState.WITHDRAWN: svg.GREY,
}


@dataclass(frozen=True, slots=True)
class Board:
    """What is shown to somebody: figures, of what (`scope`, in words), whose words, whose calendar."""

    figures: Figures
    scope: str
    words: Words
    policy: Policy


def picture(board: Board) -> str:
    """The whole board as one SVG, 1080 wide."""
    panels = [_header(board), *(panel(board, name) for name in PANELS), _footer(board)]
    return svg.document(panels, _title(board))


def chart(board: Board, name: str) -> str:
    """One panel (a name in `PANELS`) as an SVG of its own."""
    return svg.document([panel(board, name)], board.words(f"board.{name}.heading"))


def panel(board: Board, name: str) -> Panel:
    """One panel, to be put among others."""
    return _DRAWN[name](board)


def sentences(board: Board) -> list[str]:
    """The same facts in words, one sentence a panel."""
    return [_SAID[name](board) for name in PANELS]


def day(words: Words, when: date) -> str:
    """A day of this year or the next, in short."""
    return words("board.day", month=when.month, day=when.day)


def full_day(words: Words, when: date) -> str:
    """A day with its year."""
    return words("board.date", year=when.year, month=when.month, day=when.day)


def _title(board: Board) -> str:
    return board.words("board.title", college=board.policy.college)


def _header(board: Board) -> Panel:
    words, at = board.words, board.figures.at.astimezone(board.policy.calendar.tz)
    when = words("board.at", date=full_day(words, at.date()), time=f"{at:%H:%M}")
    lines = svg.wrapped(_title(board), 60, svg.INNER, most=2)
    body = svg.box(0, 0, WIDTH, 14, svg.BLUE)
    for no, line in enumerate(lines):
        body += svg.text(MARGIN, 96 + 72 * no, line, 60, bold=True)
    y = 96 + 72 * (len(lines) - 1)
    body += svg.text(MARGIN, y + 56, f"{board.scope}　{when}", 32, fill=SOFT)
    return Panel(y + 92, body, f"{board.scope} {when}")


def _footer(board: Board) -> Panel:
    lines = svg.wrapped(board.words("board.footing"), charts.NOTE, svg.INNER)
    body = svg.rule(0) + "".join(
        svg.text(MARGIN, 44 + 38 * no, line, charts.NOTE, fill=SOFT) for no, line in enumerate(lines)
    )
    return Panel(44 + 38 * len(lines) + 10, body)


def _states(board: Board) -> Panel:
    words, figures = board.words, board.figures
    lines = [
        Row(words(f"topic_state.{one.state}"), (Bar(one.count, _COLOURS[one.state]),), str(one.count))
        for one in figures.states
    ]
    note = words("board.states.overdue", count=figures.overdue)
    lines.append(Row(note, (Bar(figures.overdue, svg.ORANGE),), str(figures.overdue)))
    total = words("board.states.total", count=figures.total)
    return charts.rows(words("board.states.heading"), lines, note=total, said=_states_said(board))


def _weeks(board: Board) -> Panel:
    lines = [
        Row(_week(board, no), _pair(week), _both(board, week)) for no, week in enumerate(board.figures.weeks)
    ]
    busy = any(week.topics or week.measures for week in board.figures.weeks)
    empty = board.words("board.weeks.none")
    return charts.rows(
        board.words("board.weeks.heading"), lines if busy else (), empty=empty, said=_weeks_said(board)
    )


def _units(board: Board) -> Panel:
    words, found = board.words, board.figures.units
    lines = [Row(unit.name, _pair(unit), _both(board, unit)) for unit in found[:MOST_UNITS]]
    left = len(found) - len(lines)
    note = words("board.units.more", count=left) if left else words("board.units.order")
    empty = words("board.units.empty")
    return charts.rows(
        words("board.units.heading"), lines, note=note if found else "", empty=empty, said=_units_said(board)
    )


def _stages(board: Board) -> Panel:
    words = board.words
    lines = [
        Row(
            words(f"board.stage.{one.stage}"),
            (Bar(one.count or 0, svg.BLUE),),
            words("board.stages.hidden") if one.count is None else str(one.count),
            words(f"board.stage_of.{one.stage}"),
        )
        for one in board.figures.stages
    ]
    return charts.rows(words("board.stages.heading"), lines, note=_since(board), said=_stages_said(board))


def _months(board: Board) -> Panel:
    words, shown = board.words, board.figures.months[-12:]
    first = shown[0].first
    places = [
        Column(
            words("board.month", month=one.first.month),
            words("board.year", year=one.first.year) if one.first == first or one.first.month == 1 else "",
            _issued_closed(one),
        )
        for one in shown
    ]
    names = [words("board.months.issued"), words("board.months.closed")]
    drawn = charts.columns(
        words("board.months.heading"), places, legend=_issued_closed(Month(first, 1, 1)), names=names
    )
    return Panel(drawn.height, drawn.body, _months_said(board))


def _states_said(board: Board) -> str:
    words = board.words
    told = [
        words("board.count", what=words(f"topic_state.{one.state}"), count=one.count)
        for one in board.figures.states
        if one.count
    ]
    late = words("board.states.overdue_said", count=board.figures.overdue)
    return words("board.states.said", counts=_listed(board, told), late=late)


def _weeks_said(board: Board) -> str:
    words = board.words
    told = [
        words("board.weeks.one", week=_week(board, no), what=_both(board, week))
        for no, week in enumerate(board.figures.weeks)
        if week.topics or week.measures
    ]
    return words("board.weeks.said", weeks=_listed(board, told)) if told else words("board.weeks.none")


def _units_said(board: Board) -> str:
    words = board.words
    told = [words("board.units.one", unit=one.name, what=_both(board, one)) for one in board.figures.units]
    return words("board.units.said", units=_listed(board, told)) if told else words("board.units.empty")


def _stages_said(board: Board) -> str:
    words = board.words
    told = [
        words("board.count", what=words(f"board.stage.{one.stage}"), count=one.count)
        for one in board.figures.stages
        if one.count is not None
    ]
    return words("board.stages.said", since=_since(board), stages=_listed(board, told))


def _months_said(board: Board) -> str:
    months = board.figures.months
    return board.words(
        "board.months.said",
        count=len(months),
        issued=sum(one.issued for one in months),
        closed=sum(one.closed for one in months),
    )


def _week(board: Board, no: int) -> str:
    """A week by its Monday; the first is this one."""
    words = board.words
    if not no:
        return words("board.weeks.this")
    return words("board.weeks.from", day=day(words, board.figures.weeks[no].first))


def _since(board: Board) -> str:
    return board.words("board.stages.since", date=full_day(board.words, board.figures.period.first))


def _listed(board: Board, told: Sequence[str]) -> str:
    return board.words("board.between").join(told) or board.words("common.none")


def _pair(one: Week | UnitCount) -> tuple[Bar, Bar]:
    return (Bar(one.topics, svg.BLUE), Bar(one.measures, svg.ORANGE, hollow=True))


def _issued_closed(one: Month) -> tuple[Bar, Bar]:
    return (Bar(one.issued, svg.BLUE), Bar(one.closed, svg.GREEN, hollow=True))


def _both(board: Board, one: Week | UnitCount) -> str:
    """Topics and measures in words, what there is of them."""
    counted = (("board.topics", one.topics), ("board.measures", one.measures))
    told = [board.words(key, count=count) for key, count in counted if count]
    return " ".join(told) or board.words("common.none")


_DRAWN: Final = {
    "states": _states,
    "weeks": _weeks,
    "units": _units,
    "stages": _stages,
    "months": _months,
}
_SAID: Final = {
    "states": _states_said,
    "weeks": _weeks_said,
    "units": _units_said,
    "stages": _stages_said,
    "months": _months_said,
}
PANELS: Final = tuple(_DRAWN)
"""The panels' names, from top to bottom."""
