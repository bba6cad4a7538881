"""年终材料: the summaries of the three duties, everybody's drafts and the year's ledger, as one archive."""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

from handlers.cards import Card
from handlers.looking.seeing import visible
from handlers.papers import ledger
from handlers.papers.writing import scribe, still, written
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports.papers.circular import bounds
from reports.papers.draft import draft
from reports.papers.year import Year, read, summary
from services.papers import accountable, require, size
from storage import periods
from workflow.dates_period import whole_year
from workflow.topic import Duty

MIME: Final = "application/zip"


class Part(NamedTuple):
    """A paper of the pack: its name there, its template, its facts."""

    name: str
    template: str
    facts: Any


@still
def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The archive."""
    require(reader.work)
    year = whole_year(int(args[0]))
    where = visible(reader)
    records = read(scribe(reader), year, where)
    path, faults = folder / "year_end.zip", dict[str, None]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        file = folder / "paper.docx"
        for part in _parts(reader, records):
            faults[written(reader, part.template, part.facts, file)] = None
            archive.write(file, part.name)
        sheet = folder / "ledger.xlsx"
        ledger.write(reader, sheet, [periods.live(*bounds(records.scribe, year))])
        archive.write(sheet, reader.say("papers.file.ledger", no=size(reader.tx), year=args[0]))
    name = reader.say("papers.name.year_end", year=args[0])
    lines = (reader.say("papers.done"), reader.say("papers.confidential"), *faults)
    card = Card(name, tuple(line for line in lines if line))
    return handed_over(card, path, reader.say("papers.file.pack", name=name), MIME)


def _parts(reader: Reader, records: Year) -> Iterator[Part]:
    say, no = reader.say, count(1)
    for duty in Duty:
        name = say("papers.file.summary", no=next(no), duty=say(f"duty.{duty}"))
        yield Part(name, "summary", summary(records, duty))
    for person, occasions in accountable(reader.tx):
        title = person.title.replace("/", "-").replace("\\", "-")
        for occasion in occasions:
            name = say(f"papers.file.{occasion}", no=next(no), title=title)
            yield Part(name, "own", draft(records, person.id, occasion))
