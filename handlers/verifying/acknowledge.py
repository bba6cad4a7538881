"""知悉: whoever was pushed says "received, I am on it"; the topic's card takes the push's place."""

from handlers.asking.addressed import here, numbered
from handlers.asking.finding import apart
from handlers.cards import Card
from handlers.registry import button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from handlers.working.replies import unplaced
from services import pressing
from services.authorising import open_events
from storage import notices, topics
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


@button("acknowledge")
def acknowledge(turn: Turn, notice_id: int) -> None:
    """One notice."""
    topic = pressing.acknowledge(turn.work, notice_id)
    turn.toast("nudging.acknowledged")
    if topic is not None:
        turn.edit(_known(turn, topic))


@command("acknowledge", hidden=True)
def acknowledge_command(turn: Turn, rest: str) -> None:
    """`知悉 017`: every push about it that waits for it; without a number, if all are about one topic.

    What else is said with it is kept like any other words.
    """
    first, more = apart(rest)
    named = numbered(turn, first)
    topic = _heard(turn, here(turn, named[0]) if named else None)
    if words := more if named else rest:
        unplaced(turn, words, [topic] if topic else ())


def _heard(turn: Turn, topic: Topic | None) -> Topic | None:
    """Acknowledge what waits about this topic, or about the only one there is; that one."""
    waiting = notices.unheard(turn.tx, turn.actor.id)
    if topic is None:
        about = topics.by_ids(turn.tx, {TopicId(one.topic_id) for one in waiting if one.topic_id})
        if len(about) != 1:
            listed = turn.say("common.listing").join(sorted(one.number for one in about))
            turn.tell("nudging.which" if about else "reports.nod", numbers=listed)
            return None
        topic = here(turn, about[0])
    heard = [one for one in waiting if one.topic_id == topic.id]
    for one in heard:
        pressing.acknowledge(turn.work, one.id)
    turn.tell("nudging.heard" if heard else "nudging.unasked", number=topic.number, count=len(heard))
    return topic


def _known(turn: Turn, topic: Topic) -> Card:
    """The topic as its reader may see it; who was only told of it sees its number."""
    headline = turn.say("nudging.acknowledged_headline")
    if Event.VIEW in open_events(turn.work, topic):
        return topic_card(turn, topic, headline=headline)
    return Card(headline, (topic.number,))
