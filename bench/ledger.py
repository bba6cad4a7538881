"""`ledger`: the whole ledger of very many topics as an Excel file, in seconds and in memory."""

import asyncio
import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

from sqlalchemy import insert, select

from bench import town
from bench.measure import ROUNDS, Report, alternating
from storage.engine import sqlite_url
from storage.store import Store, Tx
from storage.tables_work import measure_units, measures, reports, topic_units, topics

SIZE: Final = 100_000
A_YEAR: Final = 1_000
SLICE: Final = 10_000
MEGA: Final = 1_000_000
_EVERY: Final = ("in_progress", "submitted", "closed", "issued")


async def run(folder: Path, *, size: int = SIZE, rounds: int = ROUNDS) -> Report:
    """Our export of `size` topics, each with a measure and a report, beside openpyxl's ordinary mode."""
    database = town.found(folder / "ledger.db", 1)
    _fill(database, size)
    memory: dict[str, list[float]] = {"ours": [], "theirs": []}

    async def side(name: str) -> float:
        told = await _export(name, database, folder)
        memory[name].append(told["memory"])
        return float(told["seconds"])

    seconds = await alternating({name: partial(side, name) for name in memory}, rounds)
    return _report(size, seconds, {name: median(found) for name, found in memory.items()})


def _report(size: int, seconds: dict[str, float], memory: dict[str, float]) -> Report:
    report = Report(f"ledger: {size} topics as an Excel file; memory above what was held before")
    faster = seconds["theirs"] / seconds["ours"]
    leaner = memory["ours"] / max(memory["theirs"], 1)
    report.add("ours", f"{seconds['ours']:.1f} s")
    report.add("  openpyxl, ordinary mode", f"{seconds['theirs']:.1f} s", "ledger_time", faster, ">= 1.3")
    ours, theirs = (f"{memory[side] / MEGA:.0f} MB" for side in ("ours", "theirs"))
    report.add("ours", ours)
    report.add("  openpyxl, ordinary mode", theirs, "ledger_memory", leaner, "<= 0.25")
    return report


async def _export(side: str, database: Path, folder: Path) -> Any:
    """One export in a process of its own."""
    command = [sys.executable, "-m", "bench.ledger_files", side, str(database), str(folder / f"{side}.xlsx")]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{side} failed")
    return json.loads(told)


def _fill(database: Path, size: int) -> None:
    """Copies of the one topic there is, numbered a thousand a year, each a little different."""
    store = Store(sqlite_url(database), town.StillClock())
    for first in range(0, size, SLICE):
        some = range(first, min(first + SLICE, size))
        store.run_now(partial(_copies, some=some))
    store.close()


def _copies(tx: Tx, some: range) -> None:
    [pattern] = tx.connection.execute(select(topics).order_by(topics.c.id).limit(1)).mappings()
    ids = [number + 2 for number in some]
    for table, rows in (
        (topics, [dict(pattern) | _topic(tx, number) for number in some]),
        (topic_units, [{"topic_id": i, "unit_id": 1, "part": "lead"} for i in ids]),
        (measures, [*_measures(tx, some)]),
        (measure_units, [{"measure_id": i, "unit_id": 1, "part": "lead"} for i in ids]),
        (reports, [*_reports(tx, some)]),
    ):
        tx.connection.execute(insert(table), rows)


def _topic(tx: Tx, number: int) -> dict[str, Any]:
    year, place = divmod(number, A_YEAR)
    state = _EVERY[number % len(_EVERY)]
    return {
        "id": number + 2,
        "number": f"{1900 + year}-{place:03}",
        "state": state,
        "title": f"因公出国管理内控制度不完善之{number}",
        "problem": f"申报、经费与证照管理各管一段，没有形成闭环，第{number}次检查仍有反映。",
        "percent": number % 100,
        "owner_id": town.leader(0),
        "next_at": None,
        "closed_at": tx.now if state == "closed" else None,
    }


def _measures(tx: Tx, some: range) -> Iterator[dict[str, Any]]:
    for number in some:
        yield {
            "id": number + 2,
            "topic_id": number + 2,
            "no": 1,
            "state": "received",
            "version": 1,
            "text": f"修订因公出国管理办法，第{number}稿",
            "deliverable": "办法",
            "deadline": tx.now,
            "first_deadline": tx.now,
            "created_at": tx.now,
        }


def _reports(tx: Tx, some: range) -> Iterator[dict[str, Any]]:
    for number in some:
        yield {
            "topic_id": number + 2,
            "event": "report",
            "author_id": town.head(0),
            "text": f"办法已完成第{number}稿，正在征求意见",
            "sent_at": tx.now,
            "recorded_at": tx.now,
        }
