"""提交议题: anybody seated gives an item to a meeting that takes them, about a topic or in plain words."""

from typing import Final

from handlers import verbs
from handlers.affair_cards import name_of
from handlers.asking.finding import by_number
from handlers.asking.listing import alone
from handlers.cards import Button, Card, rows
from handlers.meetings import listing
from handlers.meetings.words import brief, subject
from handlers.registry import answers, button, command
from handlers.turn import Turn
from handlers.working.measure_lines import unnumbered
from services.affairs import meetings_agenda
from services.affairs.meetings import window_of
from services.affairs.seating import authorise, frame_of, open_to
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairItem
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid

OFFER: Final = "meeting_item"


@command("propose_item")
def propose_command(turn: Turn, rest: str) -> None:
    """`提交议题 017 进展缓慢，建议会商`, `提交议题 关于修订采购办法`."""
    if not alone(turn):
        return
    found = listing.fitting(turn, AffairEvent.ADD)
    taking = [one for one in found if turn.tx.now <= window_of(one)] or found
    if not taking:
        turn.tell("meetings.none_taking")
    elif len(taking) == 1:
        _offer_or_ask(turn, taking[0], rest)
    else:
        buttons = [Button(one.number[1:], "meeting.offer", (one.id,)) for one in taking[: listing.MOST]]
        lines = tuple(listing.line(turn, one) for one in taking[: listing.MOST])
        turn.keep(OFFER, "which", {"text": rest})
        turn.reply(Card(turn.say("meetings.which"), lines, rows(*buttons)))


@button("meeting.offer")
def offer(turn: Turn, affair_id: int) -> None:
    """Give an item: what was said before the meeting was chosen, or else it is asked for."""
    affair = affairs.get(turn.tx, affair_id)
    open_ = turn.dialogue
    said = open_.draft["text"] if open_ and open_.name == OFFER and open_.step == "which" else ""
    _offer_or_ask(turn, affair, said)


@answers(OFFER)
def offered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The item asked for; while the meeting is not chosen, words join what is kept."""
    if dialogue.step == "which":
        said = "\n".join(part for part in (dialogue.draft["text"], text) if part)
        turn.keep(OFFER, "which", {"text": said})
        turn.tell("meetings.choose_first")
        return
    affair = affairs.get(turn.tx, dialogue.draft["meeting"])
    give(turn, affair, text)


def give(turn: Turn, affair: Affair, text: str) -> None:
    """One item a line; told with its number."""
    items = [give_one(turn, affair, line) for line in map(unnumbered, text.splitlines()) if line]
    turn.done()
    lines = tuple(turn.say("meetings.offered_line", item=brief(subject(turn, item))) for item in items)
    title = turn.say("meetings.offered", name=name_of(turn, affair), count=len(items))
    turn.edit(Card(title, lines, rows(turn.button("affair.open", affair.id, label="view"))))


def give_one(turn: Turn, affair: Affair, text: str) -> AffairItem:
    """An item about the topic whose number it begins with, or in words alone."""
    said = verbs.itemised(text.strip())
    topic = by_number(turn, said[0]) if said else None
    words = said[1] if said else text
    fresh = affairs.get(turn.tx, affair.id)
    return meetings_agenda.offer(turn.work, fresh, words, topic.id if topic else None)


def _offer_or_ask(turn: Turn, affair: Affair, text: str) -> None:
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.ADD)
    if text.strip():
        give(turn, affair, text)
        return
    if turn.tx.now > window_of(affair) and AffairEvent.EDIT not in open_to(turn.work, affair):
        raise Invalid("meeting_window_over", until=window_of(affair))
    turn.keep(OFFER, "text", {"meeting": affair.id})
    question = turn.say("meetings.ask_item", name=name_of(turn, affair))
    turn.edit(Card(lines=(question,), buttons=rows(turn.button("cancel"))))
