"""知悉: whoever was pushed says "received, I am on it"; the topic's card takes the push's place."""

from handlers.cards import Card
from handlers.registry import button
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import pressing
from services.authorising import open_events
from workflow.topic import Topic
from workflow.transitions import Event


@button("acknowledge")
def acknowledge(turn: Turn, notice_id: int) -> None:
    """One notice."""
    topic = pressing.acknowledge(turn.work, notice_id)
    turn.toast("nudging.acknowledged")
    if topic is not None:
        turn.edit(_known(turn, topic))


def _known(turn: Turn, topic: Topic) -> Card:
    """The topic as its reader may see it; who was only told of it sees its number."""
    headline = turn.say("nudging.acknowledged_headline")
    if Event.VIEW in open_events(turn.work, topic):
        return topic_card(turn, topic, headline=headline)
    return Card(headline, (topic.number,))
