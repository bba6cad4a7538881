"""措施下达: one message per topic lists what a unit is to do, and one press receives all of it."""

from collections.abc import Sequence

from handlers.cards import Card, rows
from handlers.pushing.notices import Matter, carried, matter
from handlers.pushing.notices_card import WORDS
from handlers.pushing.notices_words import assigned_several
from handlers.reader import Reader
from handlers.registry import button
from handlers.stamps import about
from handlers.topic_card import measure_line
from handlers.turn import Turn
from services import measuring
from services.authorising import open_events
from services.pushing import ASSIGNED
from workflow.errors import NotFound
from workflow.measure import Measure
from workflow.topic import Topic
from workflow.transitions import Event


def handed_down(told: Sequence[Matter]) -> bool:
    """Whether these are the measures of one topic, newly assigned."""
    return len({one.notice.topic_id for one in told}) == 1 and all(o.notice.kind == ASSIGNED for o in told)


def assigned_card(reader: Reader, outbox_id: int, told: Sequence[Matter]) -> Card:
    """The measures with their words; of a confidential topic that there are some, and its number."""
    topic, listed = _measures(told)
    words = () if topic.confidential else tuple(measure_line(reader, one, WORDS) for one in listed)
    waits = bool(_open(reader, topic, listed))
    buttons = (
        reader.button("measures.receive", outbox_id, label="receive") if waits else None,
        reader.button("measures", topic.id),
        reader.button("topic.open", topic.id, label="view" if topic.confidential else "topic"),
    )
    line = assigned_several(reader, topic, len(listed), waits=waits)
    return Card(lines=(line, *words), buttons=rows(*buttons), about=about(topic))


@button("measures.receive")
def receive(turn: Turn, outbox_id: int) -> None:
    """收到, each of them."""
    told = [matter(turn.tx, one) for one in carried(turn, outbox_id) if one.kind == ASSIGNED]
    if not told:
        raise NotFound("no_such_notice")
    waiting = _open(turn, *_measures(told))
    for measure in waiting:
        measuring.receive(turn.work, measure.id)
    turn.toast("measuring.received_all" if waiting else "measuring.received", count=len(waiting))
    turn.edit(assigned_card(turn, outbox_id, [matter(turn.tx, one.notice) for one in told]))


def _measures(told: Sequence[Matter]) -> tuple[Topic, list[Measure]]:
    topic = next(one.topic for one in told if one.topic)
    return topic, [one.measure for one in told if one.measure]


def _open(reader: Reader, topic: Topic, listed: Sequence[Measure]) -> list[Measure]:
    """Those this person may still receive."""
    return [one for one in listed if Event.RECEIVE in open_events(reader.work, topic, one)]
