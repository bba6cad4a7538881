"""撤题: in two steps, and with a reason once others have seen the topic."""

from typing import Final

from handlers.asking.finding import apart, topic_named
from handlers.cards import Card, rows
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import issuing
from services.authorising import authorise
from storage import topics
from storage.dialogues import Dialogue
from workflow.errors import Missing
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

WITHDRAW: Final = "withdraw"
REASON, SURE = "reason", "sure"


@command("withdraw", Role.CHIEF, Role.OFFICE)
def withdraw_command(turn: Turn, rest: str) -> None:
    """`撤题 017 与002重复`, then one confirmation."""
    number, reason = apart(rest)
    topic = topic_named(turn, number, Event.WITHDRAW)
    if topic is None:
        return
    authorise(turn.work, topic, Event.WITHDRAW)
    if reason:
        _confirm(turn, topic, reason)
    else:
        withdraw(turn, topic.id)


@button("topic.withdraw")
def withdraw(turn: Turn, topic_id: TopicId) -> None:
    """Ask why; a draft nobody has seen needs no reason."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.WITHDRAW)
    if not topic.open:
        _confirm(turn, topic, "")
        return
    question = turn.say("deciding.withdraw_why", number=topic.number)
    card = Card(lines=(question,), buttons=rows(turn.button("cancel")))
    turn.ask(WITHDRAW, REASON, {"topic": topic_id}, card)


@answers(WITHDRAW)
def reasoned(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason came (or a better one)."""
    topic = topics.get(turn.tx, TopicId(dialogue.draft["topic"]))
    authorise(turn.work, topic, Event.WITHDRAW)
    if not text.strip():
        raise Missing("reason_missing", event=Event.WITHDRAW)
    _confirm(turn, topic, text.strip())


@button("withdraw.sure")
def sure(turn: Turn, topic_id: TopicId, mark: str) -> None:
    """Confirmed: it goes, and everybody concerned is told."""
    open_ = turn.dialogue
    if open_ is None or open_.name != WITHDRAW or open_.draft.get("mark") != mark:
        turn.toast("refusals.unknown_button", alert=True)
        return
    topic = issuing.withdraw(turn.work, topic_id, str(open_.draft.get("reason", "")))
    turn.done()
    turn.toast("deciding.withdrawn_toast")
    turn.edit(topic_card(turn, topic, headline=turn.say("deciding.withdrawn", number=topic.number)))


def _confirm(turn: Turn, topic: Topic, reason: str) -> None:
    mark = turn.incoming.event_id
    turn.keep(WITHDRAW, SURE, {"topic": topic.id, "reason": reason, "mark": mark})
    hidden = topic.confidential and not turn.private
    heading = turn.say(
        "topics.number_only" if hidden else "topics.heading", number=topic.number, title=topic.title
    )
    lines = (heading, *((turn.say("deciding.because", reason=reason),) if reason else ()))
    sure_ = turn.button("withdraw.sure", topic.id, mark, label="withdraw_sure")
    title = turn.say("deciding.withdraw_sure")
    turn.reply(Card(title, lines, rows(sure_, turn.button("cancel"))))
