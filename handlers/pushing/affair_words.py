"""The sentence and the card of a push about an affair."""

from typing import Any, Final

from handlers import names
from handlers.affair_cards import WORDED, affair_about, name_of, open_buttons
from handlers.cards import Button, Card, rows
from handlers.pushing.item_words import hidden
from handlers.pushing.item_words import name_of as topic_name
from handlers.reader import Reader
from services.affairs.reminding import DUE, LATE, deserted, waited_for
from storage import topics
from storage.notices import Notice
from workflow.affair import Affair, AffairState
from workflow.topic import TopicId

WHILE = "while"
"""In a notice's data: the state in which alone it holds."""
MARKS: Final = ("over", "nobody")
"""In a notice's data: it is worded otherwise, for the term is over or nobody is left to act."""


def affair_holds(reader: Reader, notice: Notice, affair: Affair) -> bool:
    """Whether the push is still true and still this person's business."""
    if notice.kind == DUE:
        return notice.person_id in waited_for(reader.tx, affair)
    if notice.kind == LATE:
        return bool(waited_for(reader.tx, affair)) or deserted(reader.tx, affair)
    wanted = notice.data.get(WHILE)
    return affair.state == wanted if wanted else affair.state is not AffairState.VOID


def affair_sentence(reader: Reader, notice: Notice, affair: Affair) -> str:
    """What it says; of a confidential topic's affair the topic's number alone."""
    topic = topics.get(reader.tx, TopicId(affair.topic_id)) if affair.topic_id else None
    values = _values(reader, notice, affair)
    text = reader.say(
        _key(reader, notice, affair), topic=topic_name(reader, topic) if topic else "", **values
    )
    return hidden(reader, topic, text) if topic and topic.confidential else text


def affair_notice_card(reader: Reader, notice: Notice, affair: Affair) -> Card:
    """The push with what its reader may do at once."""
    wants = notice.wants_ack and notice.acknowledged_at is None
    first: list[Button] = [reader.button("acknowledge", notice.id)] if wants else []
    acts = [one for one in open_buttons(reader, affair) if one.verb != "affair.open"]
    view = reader.button("affair.open", affair.id, label="view")
    shown = (*first, *acts[: 4 - len(first)], view)
    return Card(
        lines=(affair_sentence(reader, notice, affair),), buttons=rows(*shown), about=affair_about(affair)
    )


def _key(reader: Reader, notice: Notice, affair: Affair) -> str:
    """`meetings.called` is worded in its own room, as `meetings.push.called`."""
    room, _, name = notice.kind.partition(".")
    mark = next((f"_{one}" for one in MARKS if notice.data.get(one)), "")
    base = f"{room}.push.{name}{mark}"
    own = f"{base}_{affair.kind}"
    return own if own in reader.say else base


def _values(reader: Reader, notice: Notice, affair: Affair) -> dict[str, Any]:
    say, tx, short = reader.say, reader.tx, reader.dates.short
    return {
        "name": name_of(reader, affair),
        "number": affair.number,
        "by": names.titles(tx, say, [notice.by_id]) if notice.by_id else "",
        "person": names.titles(tx, say, [affair.person_id]) if affair.person_id else "",
        "unit": names.units(tx, say, [affair.unit_id]) if affair.unit_id else "",
        "waiting": names.titles(tx, say, sorted(waited_for(tx, affair))),
        "date": short(affair.due_at) if affair.due_at else say("common.none"),
        **(WORDED[affair.kind](reader, affair) if affair.kind in WORDED else {}),
        **{key: value for key, value in notice.data.items() if isinstance(value, str | int)},
    }
