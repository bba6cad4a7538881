"""The meetings one has to do with, the next one first; and which meeting a message means."""

import re
from typing import Final

from handlers.affair_cards import affair_card, name_of
from handlers.asking.listing import Entry, Pager, list_card, show
from handlers.cards import Button, Card, rows
from handlers.meetings.words import place_and_time
from handlers.registry import button
from handlers.turn import Turn
from services.affairs.seating import concerned, may_begin, open_to
from storage import affairs
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound

_NUMBER: Final = re.compile(r"[Mm]?(?:(?P<year>20\d\d)[-\uff0d\u2014])?0*(?P<no>\d{1,4})")
PAST: Final = 10
"""How many meetings that are over the list still shows."""
MOST: Final = 5


def named(turn: Turn, text: str) -> bool:
    """Whether a text means the list, or a meeting by number; then that was shown."""
    if not text.strip():
        show(turn, _card(turn, 0))
        return True
    if _NUMBER.fullmatch(text.strip()):
        turn.reply(affair_card(turn, by_number(turn, text.strip())))
        return True
    return False


def by_number(turn: Turn, text: str) -> Affair:
    """The meeting of M2026-03, or of 3 (this year's). Raises NotFound."""
    said = _NUMBER.fullmatch(text)
    number = f"M{said['year'] or turn.dates.today.year}-{int(said['no']):02d}" if said else text[:20]
    try:
        affair = affairs.by_number(turn.tx, number)
    except NotFound:
        raise NotFound("meeting_no_such", number=number) from None
    if affair.kind is not AffairKind.MEETING or not concerned(turn.work, affair):
        raise NotFound("meeting_no_such", number=number)
    return affair


def meant(turn: Turn, text: str, event: AffairEvent, verb: str, state: AffairState) -> Affair | None:
    """The meeting a command is about: by number, the only one it can be done to, or a card to choose from.

    `verb` is what the choice presses. None when the person was asked, or told that there is none.
    """
    if text.strip():
        return by_number(turn, text.strip())
    found = [affair for affair in fitting(turn, event) if affair.state is state]
    if len(found) == 1:
        return found[0]
    if not found:
        turn.tell(f"meetings.none_{state}")
        return None
    buttons = [Button(affair.number[1:], verb, (affair.id,)) for affair in found[:MOST]]
    lines = [line(turn, affair) for affair in found[:MOST]]
    turn.reply(Card(turn.say("meetings.which"), tuple(lines), rows(*buttons)))
    return None


def fitting(turn: Turn, event: AffairEvent) -> list[Affair]:
    """Meetings the actor may do this to now, the next one first."""
    live = affairs.of_kind(turn.tx, AffairKind.MEETING)
    found = [affair for affair in live if event in open_to(turn.work, affair)]
    return sorted(found, key=lambda affair: (affair.due_at is None, affair.due_at, affair.id))


@button("meeting.list")
def more(turn: Turn, page: int) -> None:
    """Another page."""
    show(turn, _card(turn, page))


def line(turn: Turn, affair: Affair) -> str:
    """A meeting in a list: what it is, when and where, and how far it is."""
    state = turn.say(f"meetings.state.{affair.state}")
    return turn.say(
        "meetings.list_line", name=name_of(turn, affair), when=place_and_time(turn, affair), state=state
    )


def _card(turn: Turn, page: int) -> Card:
    found = _mine(turn)
    if not found:
        may = may_begin(turn.work, AffairKind.MEETING)
        return Card(lines=(turn.say("meetings.list_empty_begin" if may else "meetings.list_empty"),))
    pager = Pager("meeting.list", (), page)
    entries = [
        Entry(
            line(turn, affair),
            "affair.open",
            (affair.id,),
            heading=_group(turn, affair),
        )
        for affair in found[pager.start : pager.start + MOST]
    ]
    return list_card(turn, turn.say("meetings.list"), entries, len(found), pager)


def _mine(turn: Turn) -> list[Affair]:
    live = affairs.of_kind(turn.tx, AffairKind.MEETING)
    over = affairs.of_kind(turn.tx, AffairKind.MEETING, AffairState.DONE, AffairState.CANCELLED)
    ahead = sorted(live, key=lambda affair: (affair.due_at is None, affair.due_at, affair.id))
    past = sorted(over, key=lambda affair: affair.id, reverse=True)[:PAST]
    return [affair for affair in (*ahead, *past) if concerned(turn.work, affair)]


def _group(turn: Turn, affair: Affair) -> str:
    return turn.say("meetings.group.over" if affair.settled else "meetings.group.live")
