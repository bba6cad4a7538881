"""留言 017 …: a word from any seat on a topic, on record and in the digest of those concerned."""

from typing import Final

from handlers.asking.addressed import addressed, begun, called
from handlers.registry import answers, command
from handlers.turn import Turn
from handlers.working.reporting import receipt
from services import progress
from storage import measures
from storage.dialogues import Dialogue
from workflow.measure import Measure, MeasureId
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

COMMENT: Final = "comment"


@command(COMMENT, *(role for role in Role if role is not Role.ADMIN))
def comment_command(turn: Turn, rest: str) -> None:
    """`留言 017 请一并梳理历史台账`; whoever does the work can say so, too, where it is no report."""
    found = addressed(turn, rest, Event.COMMENT)
    if found is None:
        return
    begun(turn, found.topic.id, Event.COMMENT)
    if found.rest or turn.work.said.files:
        _keep(turn, found.topic, found.measure, found.rest)
        return
    draft = {"topic": found.topic.id, "measure": found.measure.id if found.measure else 0}
    turn.keep(COMMENT, "text", draft)
    turn.tell("reports.comment_what", name=called(turn.say, found.topic, found.measure))


@answers(COMMENT)
def worded(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The words came."""
    topic = begun(turn, TopicId(dialogue.draft["topic"]), Event.COMMENT)
    measure_id = dialogue.draft["measure"]
    turn.done()
    _keep(turn, topic, measures.get(turn.tx, MeasureId(measure_id)) if measure_id else None, text)


def _keep(turn: Turn, topic: Topic, measure: Measure | None, text: str) -> None:
    made = progress.comment(turn.work, topic.id, text, measure_id=measure.id if measure else None)
    name = called(turn.say, topic, measure)
    turn.reply(receipt(turn, topic, measure, made, turn.say("reports.commented", name=name)))
