"""A ledger that is already running, as a file: found and read here, understood in `imports_checking`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from services.sheets import CellProblem, read
from services.sheets_tables import Record, find
from services.sheets_words import Vocabulary
from workflow.errors import Invalid
from workflow.roles import PersonId
from workflow.topic import Cycle

LEDGER: Final = "ledger"
NEEDED: Final[Mapping[str, frozenset[str]]] = {LEDGER: frozenset({"owners", "state"})}


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a file, one topic each. `ignored` are headings nobody knows."""

    name: str
    vocabulary: Vocabulary
    records: tuple[Record, ...]
    ignored: tuple[str, ...]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a file need not say: in whose name its topics are, how often a standing one reports.

    `let_pass` is the office's reason for taking in text the gate would ask about.
    """

    issuer_id: PersonId | None = None
    cycle: Cycle = Cycle.QUARTERLY
    let_pass: str = ""


def read_ledger(source: Path | bytes, name: str, vocabulary: Vocabulary) -> Ledger:
    """Read an .xlsx or .csv file. Raises Invalid: no_table, and whatever `sheets.read` raises."""
    tables = find(read(source, name), vocabulary, NEEDED)
    records = tables.records[LEDGER]
    if not records:
        raise Invalid("no_table", name=name)
    return Ledger(Path(name).name, vocabulary, tuple(records), tables.ignored, tables.problems)
