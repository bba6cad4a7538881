"""Approving, sending back, holding, confirming, cancelling: one tap each, a remark where it is welcome."""

from typing import Final

from handlers.affair_cards import affair_card, name_of
from handlers.asking.listing import alone
from handlers.cards import Card, rows
from handlers.meetings import listing
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import meetings
from services.affairs.seating import authorise, frame_of
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairState
from workflow.affair_table import AffairEvent
from workflow.roles import Role

BACK: Final = "meeting_back"
DROP: Final = "meeting_drop"


@button("meeting.approve")
def approve(turn: Turn, affair_id: int) -> None:
    """同意: the agenda stands."""
    approved = meetings.approve(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("meetings.approved_toast")
    turn.edit(affair_card(turn, approved))


@button("meeting.back")
def back(turn: Turn, affair_id: int) -> None:
    """退回: a remark is welcome, not owed."""
    affair = _may(turn, affair_id, AffairEvent.SEND_BACK)
    turn.keep(BACK, "text", {"meeting": affair.id})
    now = turn.button("meeting.back_now", affair.id)
    question = turn.say("meetings.ask_back", name=name_of(turn, affair))
    turn.edit(Card(lines=(question,), buttons=rows(now, turn.button("cancel"))))


@button("meeting.back_now")
def back_now(turn: Turn, affair_id: int) -> None:
    """Without a remark."""
    send_back(turn, affairs.get(turn.tx, affair_id), "")


@answers(BACK)
def remarked(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """With one."""
    send_back(turn, affairs.get(turn.tx, dialogue.draft["meeting"]), text)


def send_back(turn: Turn, affair: Affair, remark: str) -> None:
    """The agenda or the minutes go back."""
    returned = meetings.send_back(turn.work, affair, remark)
    turn.done()
    turn.toast("meetings.back_toast")
    turn.edit(affair_card(turn, returned))


@button("meeting.hold")
def hold(turn: Turn, affair_id: int) -> None:
    """登记到会: who accepted is put down as present."""
    held = meetings.hold(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("meetings.held_toast")
    turn.edit(affair_card(turn, held).with_lines(turn.say("meetings.held_how")))


@command("minutes", Role.OFFICE)
def minutes_command(turn: Turn, rest: str) -> None:
    """`生成纪要`, `生成纪要 M2026-03`."""
    if not alone(turn):
        return
    affair = listing.meant(turn, rest, AffairEvent.NOTE, "meeting.minutes", AffairState.HELD)
    if affair is not None:
        minutes(turn, affair.id)


@button("meeting.minutes")
def minutes(turn: Turn, affair_id: int) -> None:
    """生成纪要: to who presides; whoever presides oneself confirms it with this."""
    drawn = meetings.draw_up(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("meetings.confirmed_toast" if drawn.settled else "meetings.minutes_toast")
    turn.edit(affair_card(turn, drawn))


@button("meeting.confirm")
def confirm(turn: Turn, affair_id: int) -> None:
    """确认纪要: whoever must do something hears it."""
    done = meetings.finish(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("meetings.confirmed_toast")
    turn.edit(affair_card(turn, done))


@button("meeting.drop")
def drop(turn: Turn, affair_id: int) -> None:
    """取消会议: how many will hear it is said first; a reason is welcome."""
    affair = _may(turn, affair_id, AffairEvent.DROP)
    turn.keep(DROP, "text", {"meeting": affair.id})
    whom = [one for one in meetings.concerned_by(turn.work, affair) if one != turn.actor.id]
    question = turn.say("meetings.ask_drop", name=name_of(turn, affair), count=len(whom))
    now = turn.button("meeting.drop_now", affair.id)
    turn.edit(Card(lines=(question,), buttons=rows(now, turn.button("cancel"))))


@button("meeting.drop_now")
def drop_now(turn: Turn, affair_id: int) -> None:
    """Without a reason."""
    _drop(turn, affairs.get(turn.tx, affair_id), "")


@answers(DROP)
def reasoned(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """With one."""
    _drop(turn, affairs.get(turn.tx, dialogue.draft["meeting"]), text)


def _drop(turn: Turn, affair: Affair, reason: str) -> None:
    gone = meetings.drop(turn.work, affair, reason)
    turn.done()
    turn.toast("meetings.dropped_toast")
    turn.edit(affair_card(turn, gone))


def _may(turn: Turn, affair_id: int, event: AffairEvent) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, event)
    return affair
