"""拟定议程: the agenda proposed from the ledger; items struck out, moved and given to somebody, by press."""

from typing import Final

from handlers.affair_cards import affair_about, affair_card, name_of
from handlers.asking.listing import alone
from handlers.asking.previewing import lines_of
from handlers.cards import Button, Card, rows
from handlers.meetings import listing
from handlers.meetings.words import item_line
from handlers.registry import button, command
from handlers.turn import Turn
from services.affairs import meetings, meetings_agenda
from services.affairs.seating import authorise, frame_of
from storage import affairs
from workflow.affair import Affair, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound
from workflow.roles import Role

PAGE: Final = 4


@command("agenda", Role.OFFICE)
def agenda_command(turn: Turn, rest: str) -> None:
    """`拟定议程`, `拟定议程 M2026-03`."""
    if not alone(turn):
        return
    affair = listing.meant(turn, rest, AffairEvent.EDIT, "meeting.agenda", AffairState.OPEN)
    if affair is not None:
        agenda(turn, affair.id)


@button("meeting.agenda")
def agenda(turn: Turn, affair_id: int) -> None:
    """Put on it what the ledger shows, and show it."""
    affair = affairs.get(turn.tx, affair_id)
    new = meetings_agenda.draw_up(turn.work, affair)
    note = turn.say("meetings.proposed" if new else "meetings.proposed_none", count=len(new))
    turn.toast("meetings.agenda_toast")
    turn.edit(agenda_card(turn, affairs.get(turn.tx, affair_id), note=note))


@button("meeting.agenda_page")
def another_page(turn: Turn, affair_id: int, page: int) -> None:
    """Another page of items."""
    turn.edit(agenda_card(turn, _kept(turn, affair_id), page))


@button("meeting.item")
def item(turn: Turn, affair_id: int, place: int) -> None:
    """One item: strike it out, or move it."""
    affair = _kept(turn, affair_id)
    order = meetings_agenda.standing(turn.work, affair)
    if not 1 <= place <= len(order):
        raise NotFound("meeting_no_item", no=place)
    shown = rows(
        turn.button("meeting.strike", affair_id, place),
        turn.button("meeting.up", affair_id, place) if place > 1 else None,
        turn.button("meeting.down", affair_id, place) if place < len(order) else None,
        turn.button("meeting.agenda_page", affair_id, (place - 1) // PAGE, label="back"),
        width=2,
    )
    line = item_line(turn, place, order[place - 1])
    turn.edit(Card(name_of(turn, affair), (line,), shown, about=affair_about(affair)))


@button("meeting.strike")
def strike(turn: Turn, affair_id: int, place: int) -> None:
    """Off the agenda."""
    affair = affairs.get(turn.tx, affair_id)
    meetings_agenda.strike(turn.work, affair, place)
    turn.toast("meetings.struck_toast")
    turn.edit(agenda_card(turn, affairs.get(turn.tx, affair_id), (place - 1) // PAGE))


@button("meeting.up")
def up(turn: Turn, affair_id: int, place: int) -> None:
    """One place earlier."""
    _moved(turn, affair_id, place, place - 1)


@button("meeting.down")
def down(turn: Turn, affair_id: int, place: int) -> None:
    """One place later."""
    _moved(turn, affair_id, place, place + 1)


@button("meeting.submit")
def submit(turn: Turn, affair_id: int) -> None:
    """送审: to who presides."""
    given = meetings.submit(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("meetings.submitted_toast")
    turn.edit(affair_card(turn, given))


def agenda_card(turn: Turn, affair: Affair, page: int = 0, note: str = "") -> Card:
    """The agenda with a button for each item, and the way on."""
    order = list(enumerate(meetings_agenda.standing(turn.work, affair), 1))
    first = page * PAGE if page * PAGE < len(order) else 0
    shown = order[first : first + PAGE]
    buttons = [Button(str(no), "meeting.item", (affair.id, no)) for no, _ in shown]
    following = (first + PAGE) // PAGE if first + PAGE < len(order) else 0
    more = (
        turn.button("meeting.agenda_page", affair.id, following, label="more") if len(order) > PAGE else None
    )
    own = turn.actor.id == affair.person_id
    onward = turn.button("meeting.approve" if own else "meeting.submit", affair.id) if order else None
    lines = lines_of(
        note,
        [item_line(turn, no, one) for no, one in shown],
        turn.say("meetings.agenda_of", count=len(order)) if len(order) > PAGE else "",
        turn.say("meetings.agenda_how" if order else "meetings.agenda_empty"),
    )
    title = turn.say("meetings.agenda_title", name=name_of(turn, affair))
    return Card(title, lines, rows(*buttons, more, onward), about=affair_about(affair))


def _moved(turn: Turn, affair_id: int, place: int, to: int) -> None:
    affair = affairs.get(turn.tx, affair_id)
    meetings_agenda.reorder(turn.work, affair, place, to)
    turn.edit(agenda_card(turn, affairs.get(turn.tx, affair_id), max(to - 1, 0) // PAGE))


def _kept(turn: Turn, affair_id: int) -> Affair:
    """The meeting, for who draws up its agenda now."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.EDIT)
    return affair
