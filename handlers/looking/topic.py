"""议题: one topic's card, by number or by press."""

from typing import Final

from handlers.asking.finding import by_number
from handlers.cards import Card, rows
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from storage import topics
from storage.dialogues import Dialogue
from workflow.topic import TopicId

TOPIC: Final = "topic"


@command(TOPIC)
def topic_command(turn: Turn, rest: str) -> None:
    """`议题 17`."""
    if rest.split():
        turn.reply(topic_card(turn, by_number(turn, rest.split()[0])))
    else:
        question = Card(lines=(turn.say("queries.which_number"),), buttons=rows(turn.button("cancel")))
        turn.ask(TOPIC, "number", {}, question)


@answers(TOPIC)
def numbered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The number came."""
    topic = by_number(turn, text.split()[0] if text.split() else "")
    turn.done()
    turn.reply(topic_card(turn, topic))


@button("topic.view")
def view(turn: Turn, topic_id: TopicId) -> None:
    """The topic's own card instead of what was pressed."""
    turn.edit(topic_card(turn, topics.get(turn.tx, topic_id)))


@button("topic.more")
def more(turn: Turn, topic_id: TopicId, page: int) -> None:
    """The rest of the card's buttons."""
    turn.edit(topic_card(turn, topics.get(turn.tx, topic_id), page=page))
