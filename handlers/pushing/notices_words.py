"""The sentence of a push: one line in the reader's language, number and short title, never content.

A confidential topic is its number alone, whoever reads.
"""

from datetime import datetime
from typing import Any, Final

from handlers import names
from handlers.pushing.affair_words import affair_sentence
from handlers.pushing.delivered import delivered
from handlers.pushing.item_words import hidden, name_of
from handlers.pushing.notices import Matter
from handlers.pushing.notices_ladder import reminder
from handlers.reader import Reader
from services.delivering import DELIVERY
from services.reminding import LADDER
from services.telling import responsible
from storage import people
from workflow.ladder import Audience
from workflow.measure import Measure
from workflow.roles import PersonId
from workflow.topic import Kind, Topic, TopicState

_PEOPLE: Final = ("person", "principal", "deputy", "before", "after")
_DAYS: Final = ("by", "until", "since")
UNIT: Final = "unit:"


def sentence(reader: Reader, found: Matter) -> str:
    """What a push says."""
    say, notice = reader.say, found.notice
    if found.affair:
        return affair_sentence(reader, notice, found.affair)
    values = _values(reader, found)
    if notice.kind == LADDER and found.topic:
        text = reminder(reader, found, found.topic, values)
    elif notice.kind == DELIVERY:
        text = delivered(reader, notice.data)
    else:
        text = say(f"notices.{_key(reader, found)}", **values)
    if found.topic and found.topic.confidential:
        text = hidden(reader, found.topic, text, found.measure)
    return text + (say("notices.late") if notice.late else "")


def assigned_several(reader: Reader, topic: Topic, count: int, *, waits: bool) -> str:
    """That so many measures of a topic have come, or that they were received."""
    key = "notices.assigned_several" if waits else "notices.assigned_received"
    text = reader.say(key, name=name_of(reader, topic), count=count)
    return hidden(reader, topic, text) if topic.confidential else text


def _key(reader: Reader, found: Matter) -> str:
    """The text's name; some kinds differ by what their data say, or while nobody has claimed the topic."""
    notice, topic = found.notice, found.topic
    variants = (
        notice.data.get("kind"),
        None if notice.data.get("passed", True) else "not",
        "unclaimed" if topic and topic.state is TopicState.ISSUED else None,
    )
    for variant in variants:
        if variant and f"notices.{notice.kind}_{variant}" in reader.say:
            return f"{notice.kind}_{variant}"
    return notice.kind


def _values(reader: Reader, found: Matter) -> dict[str, Any]:
    notice, data = found.notice, found.notice.data
    values: dict[str, Any] = {
        "by": names.titles(reader.tx, reader.say, [notice.by_id]),
        "level": notice.level,
        "seat": _seat(reader, notice.audience),
        "points": data.get("points", 0),
        "items": data.get("items", 0),
        "year": data.get("year", ""),
        "version": data.get("version", ""),
        "count": len(data.get("topics", ())),
        "rows": data.get("rows", 0),
        "hash": data.get("hash", ""),
        "into": data.get("into", ""),
    }
    values |= {name: _title(reader, data.get(name)) for name in _PEOPLE}
    values |= {name: _day(reader, data.get(name)) for name in _DAYS if name != "by"}
    values["date"] = _day(reader, data.get("by"))
    if found.request and found.request.wanted and not values["until"]:
        values["until"] = reader.dates.short(found.request.wanted)
    if found.topic:
        values |= _of_item(reader, found.topic, found.measure)
    return values


def _of_item(reader: Reader, topic: Topic, measure: Measure | None) -> dict[str, Any]:
    say, tx, short = reader.say, reader.tx, reader.dates.short
    item = measure or topic
    return {
        "name": name_of(reader, topic, measure),
        "issuer": names.title(tx, topic.issuer_id),
        "owner": names.titles(tx, say, responsible(topic)),
        "units": names.units(tx, say, item.lead_units),
        "term": _term(reader, topic, item),
        "claim_by": short(topic.claim_by) if topic.claim_by else say("common.none"),
        "closed": short(topic.closed_at) if topic.closed_at else say("common.none"),
        "deadline": short(item.deadline) if item.deadline else say("common.none"),
        "first": short(item.first_deadline) if item.first_deadline else say("common.none"),
        "times": item.extensions,
    }


def _term(reader: Reader, topic: Topic, item: Topic | Measure) -> str:
    if item.deadline:
        return reader.say("notices.term.deadline", date=reader.dates.short(item.deadline))
    if topic.kind is Kind.STANDING and topic.cycle:
        return reader.say("notices.term.cycle", cycle=reader.say(f"cycle.{topic.cycle}"))
    return reader.say("notices.term.none")


def _seat(reader: Reader, audience: str) -> str:
    if audience in set(Audience):
        return reader.say(f"notices.seat.{audience}")
    code = audience.removeprefix(UNIT)
    unit = people.unit_named(reader.tx, code)
    return reader.say("notices.seat.unit", unit=unit.name if unit else code)


def _title(reader: Reader, person: object) -> str:
    return names.titles(reader.tx, reader.say, [PersonId(person)]) if isinstance(person, int) else ""


def _day(reader: Reader, iso: object) -> str:
    return reader.dates.short(datetime.fromisoformat(iso)) if isinstance(iso, str) else ""
