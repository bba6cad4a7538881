"""The ledger as an Excel file, under the filters it was ordered with, for whoever ordered it."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from handlers.cards import Card
from handlers.lists.duties_card import seen_duties
from handlers.looking.ledger import conditions, named
from handlers.looking.seeing import visible
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports import ledger
from reports.workbook import MIME


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file, with how many topics it holds; a line instead when there are none by now."""
    codes = args[0].split()
    title = reader.say("ledger.title", words=named(reader, codes))
    path = folder / "ledger.xlsx"
    count = write(reader, path, conditions(reader, codes))
    if not count:
        return Paper(Card(title, (reader.say("ledger.gone"),)), {})
    today = reader.dates.today.isoformat()
    name = reader.say("ledger.file", college=reader.policy.college, today=today)
    return handed_over(Card(title, (reader.say("ledger.done", count=count),)), path, name, MIME)


def write(
    reader: Reader, path: Path, where: Iterable[Any] = (), passed: Callable[[int], None] = lambda _: None
) -> int:
    """Write what the reader may see of the ledger to a new file; how many topics."""
    seen = (*visible(reader), *where)
    return ledger.write(reader.tx, reader.policy, reader.say, path, seen, passed, seen_duties(reader))
