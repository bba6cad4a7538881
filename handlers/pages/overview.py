"""The overview: the college in numbers, as far as one may see it, each table with its bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.pages.frame import Page, Place, draw
from handlers.papers.board import of_reader
from handlers.reader import Reader
from reports.figures import WEEKS, Figures


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of figures: `counts` and how long their bars are, in hundredths of the longest of the table."""

    label: str
    counts: tuple[int | None, ...]
    shares: tuple[int, ...]
    href: str = ""


def overview(reader: Reader, place: Place) -> Page:
    """All figures of what this reader may see."""
    found = of_reader(reader).figures
    tables = {
        "states": _states(reader, place, found),
        "weeks": _weeks(reader, found),
        "units": _units(place, found),
        "stages": _bars((reader.say(f"web.stage.{s.stage}"), (s.count,)) for s in found.stages),
        "months": _months(reader, found),
    }
    period = {
        name: _short(reader, day)
        for name, day in (("first", found.period.first), ("last", found.period.last))
    }
    return Page(draw(reader, place, "overview", found=found, weeks_ahead=WEEKS, period=period, **tables))


def _states(reader: Reader, place: Place, found: Figures) -> list[Bar]:
    rows = [(reader.say(f"topic_state.{s.state}"), (s.count,)) for s in found.states]
    links = [place.to("/ledger", state=s.state) if s.count else "" for s in found.states]
    return [Bar(b.label, b.counts, b.shares, link) for b, link in zip(_bars(rows), links, strict=True)]


def _weeks(reader: Reader, found: Figures) -> list[Bar]:
    return _bars(
        (
            reader.say("web.overview.week_of", first=_short(reader, w.first), last=_short(reader, w.last)),
            (w.topics, w.measures),
        )
        for w in found.weeks
    )


def _units(place: Place, found: Figures) -> list[Bar]:
    bars = _bars((u.name, (u.topics, u.measures)) for u in found.units)
    links = [place.to("/ledger", unit=u.unit, late=1) if u.topics else "" for u in found.units]
    return [Bar(b.label, b.counts, b.shares, link) for b, link in zip(bars, links, strict=True)]


def _months(reader: Reader, found: Figures) -> list[Bar]:
    return _bars(
        (
            reader.say("web.overview.month_of", year=m.first.year, month=m.first.month),
            (m.issued, m.closed),
        )
        for m in found.months
    )


def _bars(rows: Iterable[tuple[str, Sequence[int | None]]]) -> list[Bar]:
    listed = [(label, tuple(counts)) for label, counts in rows]
    most = max((count or 0 for _, counts in listed for count in counts), default=0) or 1
    return [
        Bar(label, counts, tuple(round(100 * (count or 0) / most) for count in counts))
        for label, counts in listed
    ]


def _short(reader: Reader, day: date) -> str:
    return reader.dates.short(datetime.combine(day, time(12), reader.policy.calendar.tz))
