"""其他单位自查: the office asks the units a batch did not name; each answers 有 or 无 by one press."""

from datetime import datetime
from typing import Final

from handlers import names
from handlers.affair_cards import affair_card, name_of
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.asking.questions import end_of, read_date, reason_wanted
from handlers.cards import Card
from handlers.registry import answers, button
from handlers.turn import Turn
from services.affairs import batches_asking
from services.affairs.seating import authorise, frame_of
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound

ASK: Final = "batch_ask"
FOUND: Final = "batch_found"


@button("batch.others")
def others(turn: Turn, batch_id: int) -> None:
    """Whom it would go to and until when; nothing is sent."""
    _preview(turn, _called(turn, batch_id), batches_asking.usual_term(turn.work).isoformat())


@answers(ASK)
def dated(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Another term."""
    batch = _called(turn, int(dialogue.draft["batch"]))
    if when := read_date(turn, text):
        _preview(turn, batch, end_of(turn, when).isoformat())


@button("batch.ask")
def ask(turn: Turn, mark: str) -> None:
    """发通知."""
    draft = agreed(turn, ASK, mark)
    if draft is None:
        return
    batch = _called(turn, int(draft["batch"]))
    called, count = batches_asking.call(turn.work, batch, _moment(draft["due"]))
    turn.toast("batches.asked_toast", count=count)
    turn.edit(affair_card(turn, called))


@button("batch.no")
def nothing(turn: Turn, batch_id: int) -> None:
    """无."""
    batch = affairs.get(turn.tx, batch_id)
    batches_asking.found_nothing(turn.work, batch)
    turn.toast("batches.noted")
    turn.edit(affair_card(turn, batch))


@button("batch.yes")
def something(turn: Turn, batch_id: int) -> None:
    """有: ask what."""
    batch = affairs.get(turn.tx, batch_id)
    authorise(turn.work, frame_of(batch), batch.state, AffairEvent.ANSWER)
    reason_wanted(turn, FOUND, {"batch": batch_id}, turn.say("batches.what", name=name_of(turn, batch)))


@answers(FOUND)
def told(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What was found becomes a risk."""
    batch = affairs.get(turn.tx, int(dialogue.draft["batch"]))
    risk = batches_asking.found_something(turn.work, batch, text)
    turn.done()
    turn.tell("batches.found", number=risk.number)


def _called(turn: Turn, batch_id: int) -> Affair:
    batch = affairs.get(turn.tx, batch_id)
    authorise(turn.work, frame_of(batch), batch.state, AffairEvent.CALL)
    return batch


def _preview(turn: Turn, batch: Affair, due: str) -> None:
    whom = batches_asking.others(turn.work, batch)
    if not whom:
        raise NotFound("nobody_to_ask")
    units = list(dict.fromkeys(unit.id for unit in whom.values()))
    lines = lines_of(
        turn.say("batches.ask_whom", count=len(units), units=names.units(turn.tx, turn.say, units)),
        turn.say("batches.ask_due", date=turn.dates.full(_moment(due))),
        turn.say("batches.ask_hint"),
    )
    card = Card(turn.say("batches.ask_title", name=name_of(turn, batch)), lines)
    preview(turn, ASK, {"batch": batch.id, "due": due}, card, "batch.ask", label="affair_call")


def _moment(iso: str) -> datetime:
    return datetime.fromisoformat(iso)
