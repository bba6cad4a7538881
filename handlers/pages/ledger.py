"""The ledger: one table under filters, page by page, and the same as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from handlers import names
from handlers.looking.find import LONGEST
from handlers.looking.ledger import CATEGORY, LATE, OWN, SOON, conditions
from handlers.looking.seeing import LEDGER, visible
from handlers.pages.frame import Page, Place, draw
from handlers.papers import ledger as paper
from handlers.reader import Reader
from handlers.topic_card import deadline_of
from services.telling import responsible
from storage import people, topics
from workflow.measure import WORKING, Measure
from workflow.roles import UnitId
from workflow.topic import Topic

ROWS: Final = 25
FLAGS: Final = (LATE, SOON, OWN)
YEARS: Final = 6
"""How many years back one may choose."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody asked to see; empty means all."""

    state: str = ""
    category: str = ""
    year: str = ""
    unit: str = ""
    text: str = ""
    late: bool = False
    soon: bool = False
    own: bool = False

    def query(self) -> dict[str, object]:
        """The same as an address says it."""
        chosen = {name: getattr(self, name) for name in ("state", "category", "year", "unit", "text")}
        return chosen | {name: 1 for name in FLAGS if getattr(self, name)}

    def conditions(self, reader: Reader) -> list[Any]:
        """What it asks of a topic."""
        codes = [self.state, self.category and f"{CATEGORY}{self.category}", self.year]
        codes += [name for name in FLAGS if getattr(self, name)]
        where = conditions(reader, [code for code in codes if code])
        where += [topics.of_unit(UnitId(int(self.unit)))] if self.unit else []
        return where + ([topics.words(self.text)] if self.text else [])


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the ledger; a confidential topic's has no title and no units."""

    href: str
    number: str
    title: str
    confidential: bool
    state: str
    owner: str
    units: str
    deadline: str
    first: str
    left: str
    late: bool
    percent: int | None


def ledger(reader: Reader, place: Place) -> Page:
    """One page of it."""
    asked = filters(reader, place.query)
    where = (*visible(reader), *asked.conditions(reader))
    total = topics.count(reader.tx, *where)
    pages = max(1, -(-total // ROWS))
    page = min(_whole(place.query.get("page", ""), 1), pages)
    found = topics.find(reader.tx, *where, limit=ROWS, offset=(page - 1) * ROWS)
    return Page(
        draw(
            reader,
            place,
            "ledger",
            rows=[row(reader, place, topic) for topic in found],
            asked=asked,
            offered=_offered(reader),
            total=total,
            at=page,
            pages=pages,
            turn={no: place.to("/ledger", **asked.query(), page=no) for no in _near(page, pages)},
            export=place.to("/ledger.xlsx", **asked.query()),
        )
    )


def filters(reader: Reader, query: Mapping[str, str]) -> Filters:
    """What an address asks for; what it asks that does not exist is left out."""
    offered = _offered(reader)

    def chosen(name: str) -> str:
        value = query.get(name, "")
        return value if value in dict(offered[name]) else ""

    return Filters(
        state=chosen("state"),
        category=chosen("category"),
        year=chosen("year"),
        unit=chosen("unit"),
        text=query.get("text", "").strip()[:LONGEST],
        late=bool(query.get(LATE)),
        soon=bool(query.get(SOON)),
        own=bool(query.get(OWN)),
    )


def write(reader: Reader, query: Mapping[str, str], path: Path) -> tuple[str, int]:
    """Write the ledger under these filters to a new file: the name it is handed over by, how many topics."""
    count = paper.write(reader, path, filters(reader, query).conditions(reader))
    return reader.say("web.ledger.file", today=reader.dates.today.isoformat()), count


def row(reader: Reader, place: Place, topic: Topic) -> Row:
    """A topic as a line."""
    say, now = reader.say, reader.tx.now
    late = topic.overdue(now)
    return Row(
        href=place.to(f"/topics/{topic.number}"),
        number=topic.number,
        title="" if topic.confidential else topic.title,
        confidential=topic.confidential,
        state=say(f"topic_state.{topic.state}"),
        owner=names.titles(reader.tx, say, responsible(topic)),
        units="" if topic.confidential else names.units(reader.tx, say, topic.lead_units),
        deadline=_day(reader, topic),
        first=_first(reader, topic),
        left=left(reader, topic),
        late=late,
        percent=topic.percent,
    )


def left(reader: Reader, item: Topic | Measure) -> str:
    """How long what is being worked on has, or how long it is overdue."""
    working = item.open if isinstance(item, Topic) else item.state in WORKING
    if item.deadline is None or not working:
        return ""
    days = reader.dates.workdays_left(item.deadline)
    if item.overdue(reader.tx.now):
        return reader.say("web.late", days=max(1, -days))
    return (
        reader.say("web.days_left", days=days) if days > 0 else reader.say("web.today") if days == 0 else ""
    )


def _day(reader: Reader, topic: Topic) -> str:
    """The deadline in figures; of what has none, how often feedback is owed."""
    if topic.deadline is None:
        return deadline_of(reader, topic)
    return reader.policy.calendar.day(topic.deadline).isoformat()


def _first(reader: Reader, topic: Topic) -> str:
    """The first deadline where it was moved, and how often it was extended: both stay visible."""
    if topic.first_deadline is None or topic.first_deadline == topic.deadline:
        return ""
    key = "web.ledger.extended" if topic.extensions else "web.ledger.moved"
    first = reader.policy.calendar.day(topic.first_deadline).isoformat()
    return reader.say(key, first=first, times=topic.extensions)


def _offered(reader: Reader) -> dict[str, list[tuple[str, str]]]:
    """What each choice offers: the value and its words."""
    this_year = reader.dates.today.year
    years = [str(year) for year in range(this_year + 1, this_year - YEARS, -1)]
    return {
        "state": [(str(state), reader.say(f"topic_state.{state}")) for state in LEDGER],
        "category": [(c.code, c.name) for c in reader.policy.categories.values()],
        "year": [(year, year) for year in years],
        "unit": [(str(unit.id), unit.name) for unit in people.all_units(reader.tx)],
    }


def _near(page: int, pages: int) -> list[int]:
    """The pages one may turn to: the first, the last, those around."""
    return sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})


def _whole(text: str, default: int) -> int:
    return max(default, int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else default
