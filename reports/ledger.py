"""The whole ledger as an office hands it in: 问题台账, 措施清单, what is overdue, what was closed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.ledger_columns import COLUMNS, TOPICS, plans
from reports.ledger_rows import parts
from reports.words import Words
from reports.workbook import workbook
from services.policy import Policy
from storage.store import Tx


def write(
    tx: Tx,
    policy: Policy,
    words: Words,
    path: Path,
    where: Iterable[Any] = (),
    passed: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the topics under some conditions of `storage.topics` to a new .xlsx file; how many.

    `passed` hears of every slice how many topics it held.
    """
    written = 0
    with workbook(path, plans(words, policy.college, _today(policy, tx.now))) as sheets:
        by_name = dict(zip(COLUMNS, sheets, strict=True))
        for part in parts(tx, policy, words, *where):
            for name, rows in part.items():
                for row in rows:
                    by_name[name].add(row)
            written += len(part[TOPICS])
            passed(len(part[TOPICS]))
    return written


def _today(policy: Policy, now: datetime) -> str:
    return policy.calendar.day(now).isoformat()
