"""送确认: a topic drafted in a chief's name waits for that chief's one tap, or goes back to be changed."""

from typing import Final

from handlers.asking.finding import topic_named
from handlers.cards import Card, rows
from handlers.issuing.form import form_of
from handlers.issuing.issue import announce, show
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import issuing
from services.authorising import authorise
from storage import topics
from storage.dialogues import Dialogue
from workflow.roles import Role
from workflow.topic import TopicId, TopicState
from workflow.transitions import Event

AMEND: Final = "amend"


@command("confirm", Role.CHIEF)
def confirm_command(turn: Turn, rest: str) -> None:
    """`发布 D-12`, or the only topic that waits for it."""
    if topic := topic_named(turn, rest, Event.CONFIRM):
        publish(turn, topic.id)


@button("topic.confirm")
@button("topic.issue")
@button("topic.propose")
def publish(turn: Turn, topic_id: TopicId) -> None:
    """Issue it, or send it to the chief: whichever the presser may."""
    announce(turn, issuing.publish(turn.work, topic_id))


@command("amend", Role.CHIEF, Role.OFFICE)
def amend_command(turn: Turn, rest: str) -> None:
    """`退回修改 D-12 目标再具体些`."""
    number, _, remark = rest.partition(" ")
    topic = topic_named(turn, number, Event.AMEND)
    if topic and remark.strip():
        _amended(turn, topic.id, remark.strip())
    elif topic and topic.state is TopicState.DRAFT:
        edit(turn, topic.id)
    elif topic:
        amend(turn, topic.id)


@button("topic.amend")
def amend(turn: Turn, topic_id: TopicId) -> None:
    """The drafter takes it back at once; the chief may say what is to change, or change it himself."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.AMEND)
    if turn.actor.id != topic.issuer_id:
        amend_self(turn, topic_id)
        return
    buttons = (
        turn.button("amend.plain", topic_id, label="amend_plain"),
        turn.button("amend.self", topic_id, label="amend_self"),
    )
    question = turn.say("issuing.amend_why", number=topic.number)
    turn.ask(
        AMEND,
        "remark",
        {"topic": topic_id},
        Card(lines=(question,), buttons=rows(*buttons, turn.button("cancel"))),
    )


@answers(AMEND)
def remarked(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The remark came."""
    _amended(turn, TopicId(dialogue.draft["topic"]), text)


@button("amend.plain")
def amend_plain(turn: Turn, topic_id: TopicId) -> None:
    """Back to the drafter without a remark."""
    _amended(turn, topic_id, "")


@button("amend.self")
def amend_self(turn: Turn, topic_id: TopicId) -> None:
    """Back into draft, to be changed here and now."""
    edit(turn, issuing.amend(turn.work, topic_id).id)


@button("topic.edit")
def edit(turn: Turn, topic_id: TopicId) -> None:
    """Change a draft that was kept."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.EDIT)
    show(turn, form_of(topic))


def _amended(turn: Turn, topic_id: TopicId, remark: str) -> None:
    topic = issuing.amend(turn.work, topic_id, remark)
    turn.done()
    turn.edit(topic_card(turn, topic, headline=turn.say("issuing.amended", number=topic.number)))
