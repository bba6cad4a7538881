"""The card of a batch: how far it is, for those who watch over it; what to look for, for those it asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from handlers import names
from handlers.affair_cards import choices, drawn, name_of
from handlers.asking.listing import PAGE, Entry, Pager, list_card, show
from handlers.asking.previewing import lines_of
from handlers.batches.draft import source_word
from handlers.cards import Button, Card, rows
from handlers.looking.ledger import line as topic_line
from handlers.pushing.item_words import name_of as topic_name
from handlers.reader import Reader
from handlers.registry import button
from handlers.turn import Turn
from services.affairs import batches, batches_asking
from services.affairs.seating import ASKED, Frame, frame_of, open_to, seats
from services.telling import responsible
from storage import affair_plans, affairs, measures
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent, AffairSeat
from workflow.errors import NoRight
from workflow.measure import MeasureState
from workflow.roles import Role
from workflow.topic import Topic, TopicState

MOST: Final = 12
WATCHING: Final = frozenset(
    {AffairSeat.OFFICE, AffairSeat.CHIEF, AffairSeat.DISCIPLINE, AffairSeat.DISCIPLINE_STAFF}
)
_OFFICE: Final = (AffairSeat.OFFICE,)
_STATES: Final = (
    TopicState.CONFIRMING,
    TopicState.ISSUED,
    TopicState.IN_PROGRESS,
    TopicState.SUBMITTED,
    TopicState.CLOSED,
    TopicState.WITHDRAWN,
)


@drawn(AffairKind.BATCH)
def batch_card(reader: Reader, batch: Affair) -> Card:
    """Its progress, or for who is asked what the others had to put right."""
    title = name_of(reader, batch)
    if not seats(reader.work, frame_of(batch)) & WATCHING:
        return Card(title, _asked_lines(reader, batch), choices(reader, _asked_buttons(reader, batch)))
    found = batches.topics_of(reader.work, batch)
    return Card(title, _lines(reader, batch, found), choices(reader, _buttons(reader, batch, found)))


@button("batch.topics")
def topics(turn: Turn, batch_id: int, page: int = 0) -> None:
    """The topics it brought, as far as the reader may open them."""
    batch = affairs.get(turn.tx, batch_id)
    batch_card(turn, batch)
    found = [one for one in batches.topics_of(turn.work, batch) if one.state is not TopicState.DRAFT]
    pager = Pager("batch.topics", (batch_id,), page)
    shown = [topic_line(turn, topic) for topic in found[pager.start : pager.start + PAGE]]
    turn.reply(list_card(turn, name_of(turn, batch), shown, len(found), pager))


def batch_list(turn: Turn, page: int = 0) -> None:
    """Every batch, the newest first. Raises NoRight for who does not watch over them."""
    if not seats(turn.work, Frame(AffairKind.BATCH)) & WATCHING:
        raise NoRight("affair_no_right", kind=AffairKind.BATCH, event=AffairEvent.BEGIN, needed=_OFFICE)
    found = affairs.of_kind(turn.tx, AffairKind.BATCH, *AffairState)[::-1]
    new = turn.button("batch.new") if Role.OFFICE in turn.actor.roles else None
    template = turn.button("batch.template") if new else None
    if not found:
        show(turn, Card(turn.say("batches.list"), (turn.say("batches.none"),), rows(new, template)))
        return
    pager = Pager("batch.list", (), page)
    shown = [_entry(turn, batch) for batch in found[pager.start : pager.start + PAGE]]
    card = list_card(turn, turn.say("batches.list"), shown, len(found), pager)
    show(turn, Card(card.title, card.lines, (*card.buttons, *rows(new))[:3]))


@button("batch.list")
def list_page(turn: Turn, page: int) -> None:
    """Another page of them."""
    batch_list(turn, page)


def named_topics(reader: Reader, found: Iterable[Topic]) -> list[str]:
    """What topics are called, and who is to claim them; of a confidential one the number."""
    return [
        reader.say(
            "batches.topic",
            name=topic_name(reader, topic),
            owner=names.titles(reader.tx, reader.say, responsible(topic)),
            date=reader.dates.short(topic.deadline) if topic.deadline else reader.say("common.none"),
        )
        for topic in found
    ]


def _entry(reader: Reader, batch: Affair) -> Entry:
    found = batches.topics_of(reader.work, batch)
    closed = sum(topic.state is TopicState.CLOSED for topic in found)
    text = reader.say("batches.entry", name=name_of(reader, batch), count=len(found), closed=closed)
    return Entry(text, "affair.open", (batch.id,))


def _lines(reader: Reader, batch: Affair, found: list[Topic]) -> tuple[str, ...]:
    say = reader.say
    states = [(say(f"topic_state.{s}"), sum(t.state is s for t in found)) for s in _STATES]
    spread = [say("importing.state", state=state, count=count) for state, count in states if count]
    waiting = batches.to_confirm(reader.work, batch)
    on = reader.dates.short(datetime.fromisoformat(f"{batch.facts['on']}T12:00:00+00:00"))
    return lines_of(
        say("batches.origin", source=source_word(reader, batch.facts["source"]), date=on),
        say("batches.of_topics", count=len(found), states=say("common.listing").join(spread))
        if found
        else "",
        _measures(reader, batch, found),
        _answers(reader, batch),
        *named_topics(reader, waiting[:MOST]),
        say("batches.more_topics", count=len(waiting) - MOST) if len(waiting) > MOST else "",
        say("batches.confirm_hint") if waiting else "",
    )


def _measures(reader: Reader, batch: Affair, found: list[Topic]) -> str:
    planned = affair_plans.counts(reader.tx, [batch.id]).get(batch.id, 0)
    live = [
        m
        for m in measures.of_topics(reader.tx, [t.id for t in found])
        if m.state is not MeasureState.WITHDRAWN
    ]
    done = sum(m.state is MeasureState.CONFIRMED for m in live)
    if not planned and not live:
        return ""
    return reader.say("batches.of_measures", planned=planned, made=len(live), done=done)


def _answers(reader: Reader, batch: Affair) -> str:
    said = batches_asking.answers(reader.work, batch)
    if not said.asked:
        return ""
    date = reader.dates.short(batch.due_at) if batch.due_at else ""
    return reader.say(
        "batches.answers", asked=said.asked, yes=said.yes, no=said.no, open=said.open, date=date
    )


def _buttons(reader: Reader, batch: Affair, found: list[Topic]) -> list[Button | None]:
    events = open_to(reader.work, batch)
    live = any(topic.open or topic.state is TopicState.CONFIRMING for topic in found)
    waiting = batches.to_confirm(reader.work, batch)
    return [
        reader.button("batch.confirm", batch.id) if waiting else None,
        reader.button("batch.topics", batch.id, label="topic") if found else None,
        reader.button("batch.others", batch.id) if AffairEvent.CALL in events and found else None,
        reader.button("batch.finish", batch.id, label="affair_finish")
        if AffairEvent.FINISH in events and not live
        else None,
        *_asked_buttons(reader, batch),
    ]


def _asked_lines(reader: Reader, batch: Affair) -> tuple[str, ...]:
    say = reader.say
    found = [t for t in batches.topics_of(reader.work, batch) if t.issued_at is not None]
    listed = [say("batches.alike", name=topic_name(reader, topic)) for topic in found[:MOST]]
    own = next((p for p in affairs.parts(reader.tx, batch.id, ASKED) if p.person_id == reader.actor.id), None)
    answered = say(f"batches.answered.{own.answer}") if own and own.answer else ""
    date = reader.dates.full(batch.due_at) if batch.due_at else say("common.none")
    return lines_of(say("batches.look", date=date), listed, answered)


def _asked_buttons(reader: Reader, batch: Affair) -> list[Button | None]:
    """有 and 无, until one of them was said."""
    if AffairEvent.ANSWER not in open_to(reader.work, batch):
        return []
    parts = affairs.parts(reader.tx, batch.id, ASKED)
    if any(part.person_id == reader.actor.id and part.answer for part in parts):
        return []
    return [reader.button("batch.yes", batch.id), reader.button("batch.no", batch.id)]
