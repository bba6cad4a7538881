"""领题: the named leader takes a topic on, or says it is not theirs (提请调整)."""

from handlers.asking.finding import topic_named
from handlers.asking.questions import reason_wanted
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import claiming
from services.authorising import authorise
from storage import measures, topics
from storage.dialogues import Dialogue
from workflow.roles import Role
from workflow.topic import TopicId
from workflow.transitions import Event

DECLINE = "decline"


@command("claim", Role.LEADER, Role.CHIEF, Role.DISCIPLINE_SECRETARY)
def claim_command(turn: Turn, rest: str) -> None:
    """`领题 017`, or a list of what waits to be claimed."""
    if topic := topic_named(turn, rest, Event.CLAIM):
        _claim(turn, topic.id)


@button("topic.claim")
def claim(turn: Turn, topic_id: TopicId) -> None:
    """Claim the topic whose button was pressed, and redraw its card."""
    _claim(turn, topic_id)
    turn.toast("claiming.toast")


@command("decline", Role.LEADER)
def decline_command(turn: Turn, rest: str) -> None:
    """`提请调整 017`."""
    if topic := topic_named(turn, rest, Event.DECLINE):
        decline(turn, topic.id)


@button("topic.decline")
def decline(turn: Turn, topic_id: TopicId) -> None:
    """Ask why it is not theirs."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.DECLINE)
    reason_wanted(turn, DECLINE, {"topic": topic_id}, turn.say("claiming.why", number=topic.number))


@answers(DECLINE)
def declined(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason came: put the request to the issuer."""
    request = claiming.decline(turn.work, TopicId(dialogue.draft["topic"]), text)
    turn.done()
    turn.tell("claiming.declined", number=topics.get(turn.tx, request.topic_id).number)


def _claim(turn: Turn, topic_id: TopicId) -> None:
    topic = claiming.claim(turn.work, topic_id)
    key = "claiming.claimed" if measures.of_topic(turn.tx, topic.id) else "claiming.claimed_next"
    turn.edit(topic_card(turn, topic, headline=turn.say(key, number=topic.number)))
