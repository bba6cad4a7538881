"""参加 or 请假: one tap; a reason is welcome, not owed, and goes to whoever keeps the meeting."""

from handlers.affair_cards import affair_card
from handlers.asking.listing import alone
from handlers.asking.naming import spoken
from handlers.cards import Button, Card, rows
from handlers.meetings import listing
from handlers.meetings.saying import leading
from handlers.registry import button, command
from handlers.turn import Turn
from handlers.working import replies
from services.affairs import meetings
from services.affairs.meetings import LEAVE, YES
from services.affairs.seating import ASKED
from storage import affairs
from workflow.affair import Affair, AffairKind, AffairState


@button("meeting.yes")
def yes(turn: Turn, affair_id: int) -> None:
    """I shall come."""
    _answer(turn, affairs.get(turn.tx, affair_id), YES)


@button("meeting.leave")
def leave(turn: Turn, affair_id: int) -> None:
    """I ask for leave; a reply gives the reason."""
    _answer(turn, affairs.get(turn.tx, affair_id), LEAVE)


@command("attend", hidden=True)
def attend_command(turn: Turn, rest: str) -> None:
    """`参加`, without a reply: to the one meeting that waits for it; where none does, it was mere words."""
    if affair := _awaiting(turn):
        if rest:
            said(turn, affair, turn.incoming.text)
        else:
            _answer(turn, affair, YES)


@command("ask_leave", hidden=True)
def leave_command(turn: Turn, rest: str) -> None:
    """`请假`, `请假 外出开会`, without a reply."""
    if affair := _awaiting(turn):
        reason(turn, affair, rest)


def said(turn: Turn, affair: Affair, text: str) -> None:
    """A reply to the call: 参加; 请假 with its reason; after a leave, any words are the reason."""
    name, rest = leading(text, "leave")
    own = [p for p in affairs.parts(turn.tx, affair.id, ASKED) if p.person_id == turn.actor.id]
    if _said(text) in spoken("meetings.say.coming"):
        _answer(turn, affair, YES)
    elif name or (own and own[0].answer == LEAVE):
        reason(turn, affair, rest)
    elif any(word in text for word in spoken("meetings.say.away_then")):
        reason(turn, affair, text)
    else:
        turn.reply(affair_card(turn, affair).with_lines(turn.say("meetings.answer_how")))


def reason(turn: Turn, affair: Affair, text: str) -> None:
    """A leave with its reason."""
    meetings.reply(turn.work, affair, LEAVE, text)
    turn.reply(affair_card(turn, affair).with_lines(turn.say("meetings.leave_noted")))


def _awaiting(turn: Turn) -> Affair | None:
    """The one meeting the actor was called to; of several it is asked which. Talk in a group is none."""
    asked = affairs.asking(turn.tx, turn.actor.id)
    found = [one for one in asked if one.kind is AffairKind.MEETING and one.state is AffairState.CALLED]
    if not found and turn.private:
        replies.unplaced(turn, turn.incoming.text.strip())
    elif found and not alone(turn):
        return None
    elif len(found) > 1:
        buttons = [Button(one.number[1:], "affair.open", (one.id,)) for one in found[: listing.MOST]]
        lines = tuple(listing.line(turn, one) for one in found[: listing.MOST])
        turn.reply(Card(turn.say("meetings.which"), lines, rows(*buttons)))
    return found[0] if len(found) == 1 else None


def _said(text: str) -> str:
    """The words alone, without what stands between and behind them."""
    return "".join(char for char in text if char.isalnum()).casefold()


def _answer(turn: Turn, affair: Affair, said: str) -> None:
    meetings.reply(turn.work, affair, said)
    turn.toast(f"meetings.answered_{said}")
    card = affair_card(turn, affair)
    turn.edit(card.with_lines(turn.say("meetings.leave_why")) if said == LEAVE else card)
