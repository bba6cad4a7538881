"""全部发布: the chief in whose name a batch is confirms all of it by one press; 办结 when all is closed."""

from handlers.affair_cards import affair_card
from handlers.asking.previewing import lines_of
from handlers.pushing.item_words import name_of
from handlers.refusals import words
from handlers.registry import button
from handlers.turn import Turn
from services.affairs import batches
from storage import affairs
from workflow.errors import NoRight
from workflow.roles import Seat
from workflow.transitions import Event


@button("batch.confirm")
def confirm(turn: Turn, batch_id: int) -> None:
    """Issue every topic that waits for the presser; what could not be issued is named, with the reason."""
    batch = affairs.get(turn.tx, batch_id)
    issued, left = batches.confirm_all(turn.work, batch)
    if not issued and not left:
        raise NoRight("no_right", event=Event.CONFIRM, needed=(Seat.ISSUER,))
    turn.toast("batches.confirmed_toast", count=len(issued))
    said = turn.say("batches.confirmed", count=len(issued)) if issued else ""
    not_issued = [
        turn.say("batches.not_issued", name=name_of(turn, topic), why=words(turn, why)) for topic, why in left
    ]
    card = affair_card(turn, batch)
    turn.edit(card.with_lines(*lines_of(said, not_issued)))


@button("batch.finish")
def finish(turn: Turn, batch_id: int) -> None:
    """The batch is done."""
    turn.edit(affair_card(turn, batches.finish(turn.work, affairs.get(turn.tx, batch_id))))
    turn.toast("batches.finished")
