"""The whole ledger as an office hands it in: the three lists, what is overdue, what was closed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.ledger_columns import COLUMNS, DUTIES, TOPICS, plans
from reports.ledger_duties import standing_rows
from reports.ledger_rows import parts
from reports.words import Words
from reports.workbook import workbook
from services.policy import Policy
from storage.store import Tx
from workflow.affair import Affair


def write(
    tx: Tx,
    policy: Policy,
    words: Words,
    path: Path,
    where: Iterable[Any] = (),
    passed: Callable[[int], None] = lambda _: None,
    standing: Iterable[Affair] = (),
) -> int:
    """Write the topics under some conditions of `storage.topics` to a new .xlsx file; how many.

    `passed` hears of every slice how many topics it held; `standing` are duties that stand above what was
    claimed.
    """
    written = 0
    with workbook(path, plans(words, policy.college, _today(policy, tx.now))) as sheets:
        by_name = dict(zip(COLUMNS, sheets, strict=True))
        for row in standing_rows(tx, words, standing):
            by_name[DUTIES].add(row)
        for part in parts(tx, policy, words, *where):
            for name, rows in part.items():
                for row in rows:
                    by_name[name].add(row)
            written += len(part[TOPICS])
            passed(len(part[TOPICS]))
    return written


def _today(policy: Policy, now: datetime) -> str:
    return policy.calendar.day(now).isoformat()
