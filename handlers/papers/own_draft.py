"""我的述责述廉: one's own draft, from one's own records."""

from collections.abc import Sequence
from pathlib import Path

from handlers.looking.seeing import visible
from handlers.papers.writing import paper, scribe
from handlers.printing import Paper
from handlers.reader import Reader
from reports.papers.draft import draft
from reports.papers.year import read
from services.papers import Occasion
from workflow.dates_period import whole_year


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file."""
    year = int(args[0])
    records = read(scribe(reader), whole_year(year), visible(reader))
    told = draft(records, reader.actor.id, Occasion.ACCOUNT)
    name = reader.say("papers.name.own_draft", year=year)
    return paper(reader, "own", told, folder, name, reader.say("papers.confidential"))
