"""过问 (S2 art. 7): a chief asks how a topic stands; whoever owns it owes an answer."""

from typing import Final

from handlers.asking.finding import apart, topic_named
from handlers.asking.questions import reason_wanted
from handlers.issuing.deciding_card import may_answer, request_card
from handlers.registry import answers, button, command
from handlers.turn import Turn
from handlers.working.reporting import about
from services import pressing
from services.authorising import authorise
from storage import requests, topics
from storage.dialogues import Dialogue
from storage.requests import Request, RequestId, RequestKind, RequestState
from workflow.errors import NotFound, Stale
from workflow.roles import Role
from workflow.topic import TopicId
from workflow.transitions import Event

INQUIRE: Final = "inquire"
ANSWER: Final = "answer"


@command("inquire", Role.CHIEF)
def inquire_command(turn: Turn, rest: str) -> None:
    """`过问 017 为何迟迟未动`."""
    number, question = apart(rest)
    topic = topic_named(turn, number, Event.INQUIRE)
    if topic and question:
        _inquire(turn, topic.id, question)
    elif topic:
        inquire(turn, topic.id)


@button("topic.inquire")
def inquire(turn: Turn, topic_id: TopicId) -> None:
    """Ask what is asked."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.INQUIRE)
    reason_wanted(turn, INQUIRE, {"topic": topic_id}, turn.say("inquiring.what", number=topic.number))


@answers(INQUIRE)
def asked(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The question came."""
    _inquire(turn, TopicId(dialogue.draft["topic"]), text)
    turn.done()


@command("answer", Role.LEADER)
def answer_command(turn: Turn, rest: str) -> None:
    """`答复 017 已完成修订`, to the oldest question that is open."""
    number, text = apart(rest)
    topic = topic_named(turn, number, Event.ANSWER)
    if topic is None:
        return
    open_ = [r for r in requests.of_topic(turn.tx, topic.id) if r.kind is RequestKind.INQUIRY]
    waiting = next((r for r in open_ if may_answer(turn, r)), None)
    if waiting is None:
        raise NotFound("no_inquiry", number=topic.number)
    if text:
        _answer(turn, waiting.id, text)
    else:
        turn.reply(request_card(turn, waiting))


@button("answer")
def answer(turn: Turn, request_id: RequestId) -> None:
    """Ask for the answer's words."""
    request = requests.get(turn.tx, request_id)
    topic = topics.get(turn.tx, request.topic_id)
    if request.state is not RequestState.OPEN:
        raise Stale("already_answered")
    authorise(turn.work, topic, Event.ANSWER)
    reason_wanted(turn, ANSWER, {"request": request_id}, turn.say("inquiring.answer", number=topic.number))


@answers(ANSWER)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The answer came."""
    _answer(turn, RequestId(dialogue.draft["request"]), text)
    turn.done()


def replied(turn: Turn, request: Request, text: str) -> None:
    """A reply to a request's card: the answer an inquiry waits for, else a word on its topic."""
    if request.kind is RequestKind.INQUIRY and may_answer(turn, request):
        _answer(turn, request.id, text)
    else:
        about(turn, topics.get(turn.tx, request.topic_id), text, request.measure_id)


def _inquire(turn: Turn, topic_id: TopicId, question: str) -> None:
    request = pressing.inquire(turn.work, topic_id, question)
    number = topics.get(turn.tx, topic_id).number
    turn.reply(request_card(turn, request, headline=turn.say("inquiring.asked", number=number)))


def _answer(turn: Turn, request_id: RequestId, text: str) -> None:
    pressing.answer(turn.work, request_id, text)
    request = requests.get(turn.tx, request_id)
    number = topics.get(turn.tx, request.topic_id).number
    turn.reply(request_card(turn, request, headline=turn.say("inquiring.answered", number=number)))
