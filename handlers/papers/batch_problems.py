"""Everything wrong with a batch as a sheet: more than a card holds, to be worked through by the original."""

from collections.abc import Sequence
from pathlib import Path

from handlers.batches.draft import Handed, run, sheet_of
from handlers.cards import Card
from handlers.office.importing_words import GATED
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports.workbook import MIME, Column, Plan, Style, workbook
from services.sheets import CellProblem
from workflow.errors import WorkflowError

_COLUMNS = (
    ("serial", 6, Style.COUNT),
    ("sheet", 16, Style.SHORT),
    ("cell", 10, Style.SHORT),
    ("what", 34, Style.TEXT),
    ("value", 34, Style.TEXT),
    ("meant", 22, Style.TEXT),
)


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file; a line where there is nothing wrong any more, or the file is gone."""
    one = handed(args)
    try:
        found = run(reader, one, sheet_of(reader, one), dry_run=True).problems
    except WorkflowError:
        found = ()
    if not found:
        return Paper(Card(lines=(reader.say("batches.no_problems"),)), {})
    path = folder / "problems.xlsx"
    _write(reader, path, found)
    card = Card(lines=(reader.say("batches.problems_done", count=len(found)),))
    return handed_over(card, path, reader.say("batches.problems_file"), MIME)


def handed(args: Sequence[str]) -> Handed:
    """What was handed in, from an order's arguments."""
    source, title, on, sha256, name, text, issuer, reason = args
    return Handed(source, title, on, sha256, name, text, int(issuer), reason)


def _write(reader: Reader, path: Path, found: Sequence[CellProblem]) -> None:
    say = reader.say
    columns = tuple(
        Column(say(f"batches.problem_column.{name}"), width, style) for name, width, style in _COLUMNS
    )
    gated = {(one.sheet, one.where) for one in found if one.code == GATED}
    with workbook(path, [Plan(say("batches.problems_sheet"), "", "", columns)]) as [sheet]:
        for one in found:
            hidden = (one.sheet, one.where) in gated
            sheet.add((one.sheet, one.where, what(reader, one), "" if hidden else one.value, one.meant))


def what(reader: Reader, one: CellProblem) -> str:
    """What is wrong, in words."""
    key = f"importing.problem.{one.code}"
    return reader.say(key if key in reader.say else "importing.problem.other")
