"""参加 or 请假: one tap; a reason is welcome, not owed, and goes to whoever keeps the meeting."""

from handlers.affair_cards import affair_card
from handlers.registry import button
from handlers.turn import Turn
from services.affairs import meetings
from services.affairs.meetings import LEAVE, YES
from storage import affairs
from workflow.affair import Affair


@button("meeting.yes")
def yes(turn: Turn, affair_id: int) -> None:
    """I shall come."""
    _answer(turn, affairs.get(turn.tx, affair_id), YES)


@button("meeting.leave")
def leave(turn: Turn, affair_id: int) -> None:
    """I ask for leave; a reply gives the reason."""
    _answer(turn, affairs.get(turn.tx, affair_id), LEAVE)


def reason(turn: Turn, affair: Affair, text: str) -> None:
    """A leave with its reason."""
    meetings.reply(turn.work, affair, LEAVE, text)
    turn.tell("meetings.leave_noted")


def _answer(turn: Turn, affair: Affair, said: str) -> None:
    meetings.reply(turn.work, affair, said)
    turn.toast(f"meetings.answered_{said}")
    card = affair_card(turn, affair)
    turn.edit(card.with_lines(turn.say("meetings.leave_why")) if said == LEAVE else card)
