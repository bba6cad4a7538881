"""What a batch planned for a topic, on the topic's card: one line a measure, as an owner would write it."""

from typing import Final

from handlers import names
from handlers.cards import Button
from handlers.reader import Reader
from services.affairs.batches_plan import offered
from services.measuring import Step
from workflow.topic import Topic

MOST: Final = 15


def offer(reader: Reader, topic: Topic) -> tuple[tuple[str, ...], tuple[Button, ...]]:
    """The lines and the button of a plan; nothing where none is offered, or where others read along."""
    steps = offered(reader.work, topic) if reader.private else []
    if not steps:
        return (), ()
    say = reader.say
    lines = [_line(reader, no, step) for no, step in enumerate(steps[:MOST], 1)]
    left = len(steps) - MOST
    rest = [say("batches.plan_more", count=left)] if left > 0 else []
    head = say("batches.plan", count=len(steps))
    return (head, *lines, *rest), (reader.button("batch.take", topic.id),)


def _line(reader: Reader, no: int, step: Step) -> str:
    say, tx = reader.say, reader.tx
    assist = names.units(tx, say, step.assist_units) if step.assist_units else ""
    return say(
        "batches.plan_line",
        no=no,
        text=step.text,
        lead=names.units(tx, say, step.lead_units),
        assist=say("batches.plan_assist", units=assist) if assist else "",
        date=reader.dates.short(step.deadline),
        makes=say("batches.plan_makes", what=step.deliverable) if step.deliverable else "",
    )
