"""反馈模板: the blank sheet, with this college's own leaders, units and kinds of problems to choose from."""

from collections.abc import Sequence
from pathlib import Path

from handlers.cards import Card
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports import batch_template
from reports.workbook import MIME
from services.imports_register import MAY_OWN
from storage import people


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file."""
    path = folder / "template.xlsx"
    leaders = [person.title for person in people.active(reader.tx) if person.roles & MAY_OWN]
    units = [unit.name for unit in people.all_units(reader.tx) if unit.state == "active"]
    kinds = [category.name for category in reader.policy.categories.values()]
    batch_template.write(reader.say, path, leaders, units, kinds)
    card = Card(reader.say("batches.form.title"), (reader.say("batches.form.done"),))
    return handed_over(card, path, reader.say("batches.form.file"), MIME)
