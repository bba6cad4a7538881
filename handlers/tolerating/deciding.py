"""同意, 不同意: one tap, or a reply with a reason; taking a request back."""

from handlers.affair_cards import heard
from handlers.asking.finding import apart
from handlers.asking.naming import spoken
from handlers.registry import button
from handlers.tolerating.card import plea_card
from handlers.turn import Turn
from services.affairs import tolerating
from services.affairs.seating import open_to
from storage import affairs
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent


@button("plea.grant")
def grant(turn: Turn, affair_id: int) -> None:
    """同意."""
    _decide(turn, affairs.get(turn.tx, affair_id), granted=True)


@button("plea.refuse")
def refuse(turn: Turn, affair_id: int) -> None:
    """不同意."""
    _decide(turn, affairs.get(turn.tx, affair_id), granted=False)


@button("plea.drop")
def drop(turn: Turn, affair_id: int) -> None:
    """撤回申请."""
    dropped = tolerating.drop(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("tolerating.dropped")
    turn.edit(plea_card(turn, dropped, headline=turn.say("tolerating.dropped")))


@heard(AffairKind.TOLERANCE, AffairKind.CLARIFICATION)
def reply(turn: Turn, affair: Affair, text: str) -> None:
    """`不同意 理由`: the decision with its reason."""
    word, reason = apart(text)
    granted = word in spoken("tolerating.yes")
    if AffairEvent.GRANT not in open_to(turn.work, affair):
        turn.tell("affairs.press")
    elif granted or word in spoken("tolerating.no"):
        _decide(turn, affair, granted=granted, reason=reason)
    else:
        turn.tell("tolerating.hint")


def _decide(turn: Turn, affair: Affair, *, granted: bool, reason: str = "") -> None:
    decided = tolerating.decide(turn.work, affair, granted=granted, reason=reason)
    key = "tolerating.granted" if granted else "tolerating.refused"
    turn.toast(f"{key}_toast")
    turn.edit(plea_card(turn, decided, headline=turn.say(key, number=decided.number)))
