"""申请销号: the owner says it is done, sees the account once more, and hands it in; or takes it back."""

from typing import Final

from handlers.asking.addressed import addressed, begun, called
from handlers.asking.previewing import ask, screen
from handlers.cards import Card, rows
from handlers.registry import answers, button, command
from handlers.stamps import about
from handlers.topic_card import topic_card
from handlers.turn import Turn
from handlers.verbs import read
from handlers.verifying.facts import account
from services import verifying
from storage import topics
from storage.dialogues import Dialogue
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

SUBMIT: Final = "submit"


@command("submit", Role.LEADER)
def submit_command(turn: Turn, rest: str) -> None:
    """`申请销号 017`, with a reason when measures are still open."""
    if found := addressed(turn, rest, Event.SUBMIT):
        topic = begun(turn, found.topic.id, Event.SUBMIT)
        if found.rest:
            _hand_in(turn, topic.id, found.rest)
        else:
            _show(turn, topic)


@button("topic.submit")
def submit(turn: Turn, topic_id: TopicId) -> None:
    """Show what is handed in before it is."""
    _show(turn, begun(turn, topic_id, Event.SUBMIT))


@button("submit_now")
def submit_now(turn: Turn, topic_id: TopicId) -> None:
    """Everything is settled: hand it in."""
    begun(turn, topic_id, Event.SUBMIT)
    _hand_in(turn, topic_id, "")
    turn.toast("submitting.toast")


@answers(SUBMIT)
def reasoned(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What is stated with it: owed when measures are open, else welcome. A command states nothing."""
    topic = begun(turn, TopicId(dialogue.draft["topic"]), Event.SUBMIT)
    said = read(text)
    if said is None:
        _hand_in(turn, topic.id, text)
    elif said.name != SUBMIT:
        turn.tell("submitting.not_a_reason")
    elif said.rest:
        submit_command(turn, said.rest)
    elif verifying.unsettled(turn.work, topic.id):
        _show(turn, topic)
    else:
        _hand_in(turn, topic.id, "")


@command("recall", Role.LEADER)
def recall_command(turn: Turn, rest: str) -> None:
    """`撤回申请 017`."""
    if found := addressed(turn, rest, Event.RECALL):
        _recall(turn, found.topic.id)


@button("topic.recall")
def recall(turn: Turn, topic_id: TopicId) -> None:
    """Take it back before it is decided."""
    begun(turn, topic_id, Event.RECALL)
    _recall(turn, topic_id)
    turn.toast("submitting.recalled")


def _show(turn: Turn, topic: Topic) -> None:
    """The account; with open measures it asks for the reason instead of a press. Words sent now go along."""
    waiting = verifying.unsettled(turn.work, topic.id)
    if waiting or turn.private:
        turn.keep(SUBMIT, "reason", {"topic": topic.id})
    title = turn.say("submitting.preview", name=called(turn.say, topic))
    lines = account(turn, topic)
    if waiting:
        nos = turn.say("common.listing").join(str(measure.no) for measure in waiting)
        why = turn.say("submitting.why", count=len(waiting), nos=nos)
        ask(turn, screen(turn, topic, title, *lines, why))
        return
    buttons = rows(
        turn.button("submit_now", topic.id, label="submit"),
        turn.button("topic.back", topic.id, label="back"),
    )
    vanish = turn.policy.vanish if topic.confidential else None
    if turn.private:
        lines = (*lines, turn.say("submitting.statement"))
    turn.edit(Card(title, lines, buttons, about=about(topic), vanish=vanish))


def _hand_in(turn: Turn, topic_id: TopicId, reason: str) -> None:
    topic = verifying.submit(turn.work, topic_id, reason)
    turn.done()
    turn.edit(topic_card(turn, topic, headline=turn.say("submitting.headline", number=topic.number)))


def _recall(turn: Turn, topic_id: TopicId) -> None:
    topic = verifying.recall(turn.work, topic_id)
    turn.edit(
        topic_card(
            turn,
            topics.get(turn.tx, topic.id),
            headline=turn.say("submitting.recalled_headline", number=topic.number),
        )
    )
