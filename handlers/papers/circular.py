"""督办通报 of a period."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from handlers.looking.seeing import visible
from handlers.papers.writing import circular_name, paper, scribe, still
from handlers.printing import Paper
from handlers.reader import Reader
from reports.papers.circular import circular
from services.papers import require
from workflow.dates_period import Period


@still
def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file."""
    require(reader.work)
    period = Period(*map(date.fromisoformat, args))
    told = circular(scribe(reader), period, visible(reader))
    return paper(
        reader, "circular", told, folder, circular_name(reader, period), reader.say("papers.confidential")
    )
