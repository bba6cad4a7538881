"""The facts of a unit and a year as an Excel file."""

from collections.abc import Sequence
from pathlib import Path

from handlers.cards import Card
from handlers.looking.seeing import LEDGER
from handlers.papers.writing import still
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports import unit_facts
from reports.unit_facts import Asked
from reports.workbook import MIME
from services.unit_facts import require
from storage import people, topics
from workflow.dates_period import whole_year
from workflow.roles import UnitId


@still
def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file, with how many topics it holds; a line instead when there are none."""
    unit, year = people.unit(reader.tx, UnitId(int(args[0]))), int(args[1])
    require(reader.work, unit)
    title = reader.say("unit_facts.title", unit=unit.name, year=year)
    path = folder / "unit_facts.xlsx"
    asked = Asked(unit.id, unit.name, whole_year(year), (topics.in_states(*LEDGER),))
    count = unit_facts.write(reader.tx, reader.policy, reader.say, path, asked)
    if not count:
        return Paper(Card(title, (reader.say("unit_facts.nothing"),)), {})
    lines = (reader.say("unit_facts.done", count=count), reader.say("unit_facts.no_scores"))
    return handed_over(
        Card(title, lines), path, reader.say("unit_facts.file", unit=unit.name, year=year), MIME
    )
