"""拆分 008: a second topic is drafted with the same seats, linked to the first, completed like any."""

from typing import Final

from handlers.asking.addressed import called, here
from handlers.asking.finding import apart, by_number
from handlers.asking.questions import reason_wanted
from handlers.issuing.form import form_of
from handlers.issuing.issue import show
from handlers.registry import answers, command
from handlers.turn import Turn
from services import joining
from storage import topics
from storage.dialogues import Dialogue
from workflow.errors import Missing
from workflow.roles import Role
from workflow.topic import TopicId

SPLIT: Final = "split"


@command(SPLIT, Role.CHIEF, Role.OFFICE)
def split_command(turn: Turn, rest: str) -> None:
    """`拆分 008 新题的题目`, or asked for."""
    number, title = apart(rest)
    if not number:
        turn.tell("joining.which_split")
        return
    topic = here(turn, by_number(turn, number))
    joining.require_split(turn.work, topic)
    if title:
        _split(turn, topic.id, title)
    else:
        question = turn.say("joining.split_title", name=called(turn.say, topic))
        reason_wanted(turn, SPLIT, {"topic": topic.id}, question)


@answers(SPLIT)
def titled(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The second topic's title came."""
    topic = topics.get(turn.tx, TopicId(dialogue.draft["topic"]))
    joining.require_split(turn.work, topic)
    if not text.strip():
        raise Missing("fields_missing", fields=("title",))
    _split(turn, topic.id, text.strip())


def _split(turn: Turn, topic_id: TopicId, title: str) -> None:
    """The draft, as a form to complete."""
    made = joining.split(turn.work, topic_id, title)
    source = topics.get(turn.tx, topic_id)
    turn.tell("joining.split", number=made.number, name=called(turn.say, source))
    show(turn, form_of(made))
