"""核验与销号: the facts on one card, and a press that closes; advisers give a first opinion."""

from typing import Final

from handlers.asking.addressed import addressed, begun, called
from handlers.asking.previewing import ask, screen
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from handlers.verifying.facts import facts_card
from services import progress, verifying
from storage import topics
from storage.dialogues import Dialogue
from workflow.errors import Missing
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

OPINION: Final = "opinion"


@command("verify", Role.DISCIPLINE_SECRETARY, Role.CHIEF)
def verify_command(turn: Turn, rest: str) -> None:
    """`核验 017`: the facts, and the button that closes."""
    if found := addressed(turn, rest, Event.CLOSE):
        verify(turn, found.topic.id)


@command("close", hidden=True)
def close_command(turn: Turn, rest: str) -> None:
    """`销号 017` shows the facts first, too."""
    verify_command(turn, rest)


@button("topic.close")
def verify(turn: Turn, topic_id: TopicId, page: int = 0) -> None:
    """Show what is to be verified."""
    topic = begun(turn, topic_id, Event.CLOSE)
    buttons = (
        turn.button("close_now", topic_id),
        turn.button("topic.return", topic_id, label="return"),
        turn.button("topic.back", topic_id, label="back"),
    )
    title = turn.say("verifying.ask", name=called(turn.say, topic))
    turn.edit(facts_card(turn, topic, title, *buttons, verb="topic.close", page=page))


@button("close_now")
def close_now(turn: Turn, topic_id: TopicId) -> None:
    """销号."""
    begun(turn, topic_id, Event.CLOSE)
    closed = verifying.close(turn.work, topic_id)
    turn.toast("verifying.closed")
    date = turn.dates.full(turn.tx.now)
    headline = turn.say("verifying.closed_headline", number=closed.number, date=date)
    turn.edit(topic_card(turn, closed, headline=headline))


@command("opine", Role.DISCIPLINE_STAFF, Role.COMMITTEE_MEMBER)
def opine_command(turn: Turn, rest: str) -> None:
    """`初核 017`, or with the opinion in words."""
    if found := addressed(turn, rest, Event.OPINE):
        topic = begun(turn, found.topic.id, Event.OPINE)
        if found.rest:
            _opine(turn, topic, found.rest)
        else:
            opine(turn, topic.id)


@button("topic.opine")
def opine(turn: Turn, topic_id: TopicId, page: int = 0) -> None:
    """Show what the first check looks at."""
    topic = begun(turn, topic_id, Event.OPINE)
    buttons = (
        turn.button("opine_pass", topic_id),
        turn.button("opine_words", topic_id),
        turn.button("topic.back", topic_id, label="back"),
    )
    title = turn.say("verifying.opine", name=called(turn.say, topic))
    turn.edit(facts_card(turn, topic, title, *buttons, verb="topic.opine", page=page))


@button("opine_pass")
def opine_pass(turn: Turn, topic_id: TopicId) -> None:
    """初核通过."""
    _opine(turn, begun(turn, topic_id, Event.OPINE), "")
    turn.toast("verifying.opined")


@button("opine_words")
def opine_words(turn: Turn, topic_id: TopicId) -> None:
    """提出意见."""
    topic = begun(turn, topic_id, Event.OPINE)
    turn.keep(OPINION, "text", {"topic": topic_id})
    ask(turn, screen(turn, topic, turn.say("verifying.opine_how", name=called(turn.say, topic))))


@answers(OPINION)
def opined(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The opinion came."""
    topic = begun(turn, TopicId(dialogue.draft["topic"]), Event.OPINE)
    if not text:
        raise Missing("reason_missing", event=Event.OPINE)
    turn.done()
    _opine(turn, topic, text)


def _opine(turn: Turn, topic: Topic, text: str) -> None:
    progress.opine(turn.work, topic.id, text, passed=not text)
    headline = turn.say("verifying.opined_headline", number=topic.number)
    turn.edit(topic_card(turn, topics.get(turn.tx, topic.id), headline=headline))
