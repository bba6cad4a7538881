"""How a meeting's time, items and decisions are put into a line; of a confidential topic the number alone."""

from datetime import datetime
from typing import Final

from handlers import names
from handlers.asking.addressed import called
from handlers.reader import Reader
from storage import people, topics
from workflow.affair import Affair, AffairItem
from workflow.meeting import Act
from workflow.roles import PersonId

MOST_CHARS: Final = 60
"""Characters of an item or a decision in a list."""


def place_and_time(reader: Reader, affair: Affair) -> str:
    """3月20日 09:00 行政楼301."""
    at = reader.dates.clock(affair.due_at) if affair.due_at else ""
    return " ".join(part for part in (at, affair.words.get("place", "")) if part)


def item_line(reader: Reader, no: int, item: AffairItem) -> str:
    """An item of the agenda: number, what it is, why it is there, who reports, for how long."""
    say = reader.say
    return say(
        "meetings.item",
        no=no,
        item=brief(subject(reader, item)),
        why=say(f"meetings.why.{item.facts.get('why', 'proposed')}"),
        who=names.titles(reader.tx, say, [item.person_id]),
        minutes=item.facts.get("minutes", 0),
    )


def brief(text: str) -> str:
    """As much of it as a list has room for; the paper has the whole."""
    return text if len(text) <= MOST_CHARS else f"{text[: MOST_CHARS - 1]}…"


def subject(reader: Reader, item: AffairItem) -> str:
    """What an item is about: its topic's name, its words; of a confidential topic the number alone."""
    topic = topics.get(reader.tx, item.topic_id) if item.topic_id else None
    if topic is None:
        return item.words
    name = called(reader.say, topic)
    bare = topic.confidential or item.words in ("", topic.title)
    return name if bare else f"{name} {item.words}"


def decision_line(reader: Reader, no: int, item: AffairItem) -> str:
    """A decision: what was decided, who does it until when, and how far it is."""
    say = reader.say
    act = item.facts.get("act", "note")
    due = item.facts.get("due")
    known = {unit.id: unit.name for unit in people.all_units(reader.tx)}
    parts = (
        names.title(reader.tx, PersonId(item.person_id)) if item.person_id else "",
        known.get(item.unit_id, "") if item.unit_id and not _secret(reader, item) else "",
        reader.dates.short(datetime.fromisoformat(due)) if due else "",
    )
    who = say("common.listing").join(part for part in parts if part)
    state = say(f"meetings.decision_state.{_reached(reader, item)}") if item.state else ""
    text = say(f"meetings.decision.{act}", item=brief(subject(reader, item)))
    return say(
        "meetings.decision_line" if who else "meetings.decision_bare", no=no, text=text, who=who, state=state
    )


def _secret(reader: Reader, item: AffairItem) -> bool:
    return item.topic_id is not None and topics.get(reader.tx, item.topic_id).confidential


def _reached(reader: Reader, item: AffairItem) -> str:
    """A topic that was only drafted at the meeting may have been issued since."""
    if item.facts.get("act") != Act.TOPIC or item.topic_id is None:
        return item.state
    issued = topics.get(reader.tx, item.topic_id).issued_at
    return "done" if issued else item.state
