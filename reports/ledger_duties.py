"""责任清单 as rows: the standing duties of each seat, above what it has claimed."""

from collections.abc import Iterable, Iterator

from reports.naming import Naming
from reports.words import Words
from reports.workbook import Cell
from services.affairs.duties import holders
from storage.store import Tx
from workflow.affair import Affair


def standing_rows(tx: Tx, words: Words, duties: Iterable[Affair]) -> Iterator[tuple[Cell, ...]]:
    """Some duties in force, in the order given."""
    naming = Naming(tx, words)
    for duty in duties:
        yield _row(tx, naming, words, duty)


def _row(tx: Tx, naming: Naming, words: Words, duty: Affair) -> tuple[Cell, ...]:
    units = [duty.unit_id] if duty.unit_id is not None else []
    heads = naming.heads(units) if units else naming.titles(holders(tx, duty))
    return (
        naming.units(units) if units else heads,
        words(f"duty.{duty.facts['duty']}") if duty.facts.get("duty") else "",
        duty.title,
        None,
        duty.words.get("goal", ""),
        duty.words.get("steps", ""),
        heads,
        duty.words.get("node", ""),
        None,
        None,
    )
