"""反馈模板: a blank sheet is ordered, and drawn after the turn."""

from handlers import printing
from handlers.cards import Card
from handlers.registry import button, command
from handlers.turn import Turn
from services.affairs.seating import Frame, authorise
from workflow.affair import AffairKind
from workflow.affair_table import START, AffairEvent

TEMPLATE = "batch_template"


@command(TEMPLATE, hidden=True)
def template_command(turn: Turn, rest: str) -> None:
    """`反馈模板`."""
    template(turn)


@button("batch.template")
def template(turn: Turn) -> None:
    """The blank sheet; an open batch goes on waiting for its rows."""
    authorise(turn.work, Frame(AffairKind.BATCH), START, AffairEvent.BEGIN)
    printing.order(turn, TEMPLATE, answer=Card(lines=(turn.say("batches.form.ordered"),)))
