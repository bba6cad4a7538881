"""说明, 跟进, 不涉及: the person concerned answers first; later the receivers answer by a tap or a word."""

from collections.abc import Sequence
from typing import Final

from handlers.affair_cards import heard
from handlers.asking.finding import apart
from handlers.asking.listing import alone
from handlers.asking.naming import spoken
from handlers.asking.questions import reason_wanted
from handlers.covering.card import cover_card
from handlers.registry import answers, button, command
from handlers.turn import Turn
from handlers.working import replies
from services.affairs import covering
from services.affairs.covering import FOLLOW, NOT_CONCERNED
from services.affairs.seating import authorise, frame_of, open_to
from storage import affairs, topics
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound

GIVE: Final = "cover_give"


@button("cover.give")
def give(turn: Turn, affair_id: int) -> None:
    """Ask for the words."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.GIVE)
    reason_wanted(turn, GIVE, {"affair": affair_id}, turn.say("covering.give", number=affair.number))


@answers(GIVE)
def given(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """They came."""
    _give(turn, affairs.get(turn.tx, dialogue.draft["affair"]), text)
    turn.done()


@button("cover.follow")
def follow(turn: Turn, affair_id: int) -> None:
    """跟进."""
    _answer(turn, affairs.get(turn.tx, affair_id), FOLLOW)


@button("cover.na")
def not_concerned(turn: Turn, affair_id: int) -> None:
    """不涉及."""
    _answer(turn, affairs.get(turn.tx, affair_id), NOT_CONCERNED)


@command("follow", hidden=True)
def follow_command(turn: Turn, rest: str) -> None:
    """`跟进`, `跟进 017`: to the oldest notice that waits for it; where none does, it was a plain message."""
    _said(turn, FOLLOW, rest)


@command("not_concerned", hidden=True)
def not_concerned_command(turn: Turn, rest: str) -> None:
    """`不涉及`, `不涉及 017`."""
    _said(turn, NOT_CONCERNED, rest)


@heard(AffairKind.COVER)
def reply(turn: Turn, affair: Affair, text: str) -> None:
    """A plain reply: the person's answer while it is wanted; then 跟进 or 不涉及, perhaps with some words."""
    if AffairEvent.GIVE in (allowed := open_to(turn.work, affair)):
        _give(turn, affair, text)
        return
    word, more = apart(text)
    said = FOLLOW if word in spoken("covering.follow") else NOT_CONCERNED
    if AffairEvent.ANSWER in allowed and (said == FOLLOW or word in spoken("covering.not_concerned")):
        _answer(turn, affair, said, more)
    else:
        turn.tell("covering.say_which" if AffairEvent.ANSWER in allowed else "affairs.press")


def _give(turn: Turn, affair: Affair, text: str) -> None:
    changed = covering.give(turn.work, affair, text)
    turn.reply(cover_card(turn, changed, headline=turn.say("covering.given")))


def _answer(turn: Turn, affair: Affair, said: str, text: str = "") -> None:
    covering.answer(turn.work, affair, said, text)
    turn.toast("covering.answered_toast")
    headline = turn.say(f"covering.said_{said}", number=affair.number)
    turn.edit(cover_card(turn, affairs.get(turn.tx, affair.id), headline=headline))


def _said(turn: Turn, said: str, rest: str) -> None:
    number, more = apart(rest)
    waiting = [one for one in affairs.asking(turn.tx, turn.actor.id) if _waits(one)]
    named = [one for one in waiting if number and number.lstrip("#0") in _numbers(turn, one)]
    if not turn.private:
        _elsewhere(turn, waiting)
    elif found := named or (waiting if not number[-1:].isdigit() else []):
        _answer(turn, found[0], said, more if named else rest)
    elif waiting:
        raise NotFound("cover_no_such_number", number=number)
    else:
        replies.unplaced(turn, turn.incoming.text.strip())


def _elsewhere(turn: Turn, waiting: Sequence[Affair]) -> None:
    """In a group nothing of a notice is shown; where none waits, it was talk among themselves."""
    if waiting:
        alone(turn)


def _waits(affair: Affair) -> bool:
    return affair.kind is AffairKind.COVER and affair.state is AffairState.RELEASED


def _numbers(turn: Turn, affair: Affair) -> set[str]:
    """What a notice may be called by: its own number, and its topic's, short or whole."""
    topic = topics.get(turn.tx, affair.topic_id).number if affair.topic_id else ""
    return {affair.number, topic, topic.partition("-")[2].lstrip("0")} - {""}
