"""Meetings: which concern one, and the screen of one for a projector.

Others read along on a screen: of a confidential topic it shows the number, whoever opened it; and no more of
a topic that the one who opened it may not view.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from handlers import names
from handlers.affair_cards import name_of
from handlers.meetings.card import seen_agenda
from handlers.pages.frame import Page, Place, draw
from handlers.pages.ledger import left
from handlers.reader import Reader
from handlers.topic_card import deadline_of
from services.affairs import meetings_decisions
from services.affairs.meetings_decisions import DECISION
from services.affairs.seating import concerned, open_to
from services.authorising import open_events
from storage import affairs, ledger_slices, measures, topics
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.errors import NotFound
from workflow.measure import SETTLED, MeasureState
from workflow.topic import Topic
from workflow.transitions import Event

MOST: Final = 40
"""Meetings listed, the latest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting in the list."""

    href: str
    name: str
    at: str
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item on the screen: what it is called, its facts by name, and the words noted with it."""

    no: int
    title: str
    notes: tuple[str, ...] = ()
    words: str = ""
    hidden: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    late: bool = False


def meetings(reader: Reader, place: Place) -> Page:
    """The meetings this reader has a part in, or watches over."""
    found = affairs.of_kind(reader.tx, AffairKind.MEETING, *AffairState)
    mine = [one for one in reversed(found) if concerned(reader.work, one)][:MOST]
    return Page(draw(reader, place, "meetings", meetings=[_line(reader, place, one) for one in mine]))


def meeting(reader: Reader, place: Place, number: str) -> Page:
    """One meeting's screen, whole or (`?item=2`) an item at a time. Raises NotFound."""
    found = affairs.by_number(reader.tx, number)
    if found.kind is not AffairKind.MEETING or not concerned(reader.work, found):
        raise NotFound("no_such_affair")
    numbered = seen_agenda(reader, found, open_to(reader.work, found))
    agenda = [_item(reader, no, one) for no, (_, one) in enumerate(numbered, 1)]
    decided = meetings_decisions.of(reader.work, found)
    decisions = [_item(reader, no, one) for no, one in enumerate(decided, 1)]
    asked = place.query.get("item", "")
    at = int(asked) if asked in {str(item.no) for item in agenda} else 0
    return Page(
        draw(
            reader,
            place,
            "meeting",
            line=_line(reader, place, found),
            presides=names.titles(reader.tx, reader.say, [found.person_id]) if found.person_id else "",
            shown=[item for item in agenda if item.no == at] if at else agenda,
            agenda=agenda,
            at=at,
            decisions=[] if at else decisions,
            links={no: place.to(place.path, item=no) for no in range(len(agenda) + 1)},
        )
    )


def _line(reader: Reader, place: Place, affair: Affair) -> Line:
    undecided = reader.say("web.meetings.undecided")
    at = affair.due_at or _moment(affair.facts.get("at"))
    return Line(
        place.to(f"/meetings/{affair.number}"),
        name_of(reader, affair),
        reader.dates.clock(at) if at else undecided,
        affair.words.get("place") or undecided,
        reader.say(f"meetings.state.{affair.state}"),
    )


def _item(reader: Reader, no: int, item: AffairItem) -> Item:
    notes = tuple(_notes(reader, item))
    if item.topic_id is None:
        return Item(no, item.words or reader.say("web.meeting.item", no=no), notes)
    topic = topics.get(reader.tx, item.topic_id)
    if topic.confidential:
        return Item(no, topic.number, hidden=reader.say("web.meeting.hidden"))
    if Event.VIEW not in open_events(reader.work, topic):
        return Item(no, topic.number, hidden=reader.say("web.meeting.other"))
    return Item(
        no,
        reader.say("topics.heading", number=topic.number, title=topic.title),
        notes,
        item.words,
        facts=tuple(_facts(reader, topic)),
        texts=tuple(_texts(reader, topic)),
        late=topic.overdue(reader.tx.now),
    )


def _notes(reader: Reader, item: AffairItem) -> Iterator[str]:
    """Why it is on the agenda, who reports, for how long; of a decision, who is to do it by when."""
    say, facts = reader.say, item.facts
    if (why := f"web.why.{facts.get('why')}") in say:
        yield say(why)
    if item.person_id:
        role = "leader" if item.kind == DECISION else "reporter"
        titles = names.titles(reader.tx, say, [item.person_id])
        yield say("topics.field", name=say(f"web.meeting.{role}"), value=titles)
    if item.unit_id:
        yield names.units(reader.tx, say, [item.unit_id])
    if isinstance(minutes := facts.get("minutes"), int):
        yield say("web.meeting.minutes", minutes=minutes)
    if due := _moment(facts.get("due")):
        yield say("web.meeting.due", date=reader.dates.short(due))


def _facts(reader: Reader, topic: Topic) -> Iterator[tuple[str, str]]:
    say, tx = reader.say, reader.tx
    steps = [m for m in measures.of_topic(tx, topic.id) if m.state is not MeasureState.WITHDRAWN]
    done = sum(measure.state in SETTLED for measure in steps)
    owner = [topic.owner_id] if topic.owner_id else topic.eligible
    yield say("web.meeting.state"), say(f"topic_state.{topic.state}")
    yield say("web.meeting.owner"), names.titles(tx, say, owner)
    yield say("web.meeting.units"), names.units(tx, say, topic.lead_units)
    mark = left(reader, topic)
    deadline = deadline_of(reader, topic)
    yield say("web.meeting.deadline"), f"{deadline} · {mark}" if mark else deadline
    if steps:
        yield say("web.meeting.measures"), say("web.meeting.done_of", done=done, total=len(steps))
    if topic.percent is not None:
        yield say("web.meeting.percent"), f"{topic.percent}%"


def _texts(reader: Reader, topic: Topic) -> Iterator[tuple[str, str]]:
    said = ledger_slices.said(reader.tx, [topic.id]).get(topic.id, "")
    for name, text in (("problem", topic.problem), ("goal", topic.goal), ("latest", said)):
        if text:
            yield reader.say(f"web.meeting.{name}"), text


def _moment(written: Any) -> datetime | None:
    """A moment as facts hold it (ISO); None where none is decided."""
    try:
        found = datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return found if found.tzinfo else None
