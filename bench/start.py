"""`start`: from starting the process to its first answer, and what it keeps of memory while idle."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench import processes, town
from bench.loopback import Loopback, serving
from bench.measure import ROUNDS, Report, alternating
from bench.processes import DATABASE, OURS, PATIENCE, byte_code, running, settings

SETTLED: Final = 2.0  # seconds after its answer until a process is called idle


async def run(folder: Path, *, rounds: int = ROUNDS, settled: float = SETTLED) -> Report:
    """Our `lingti run` on a founded college beside a bare echo; a first start of each is not counted."""
    numbers = count()
    memory: dict[str, list[float]] = {"ours": [], "echo": []}
    async with serving(Loopback()) as server:

        async def ours() -> float:
            data = folder / f"{next(numbers)}"
            data.mkdir()
            town.found(data / DATABASE, 1)
            return await side("ours", OURS, settings(server, data))

        async def echo() -> float:
            return await side("echo", processes.echo(server), {})

        async def side(name: str, command: Sequence[str], told: Mapping[str, str]) -> float:
            seconds, rss = await _first_answer(server, command, {**byte_code(folder), **told}, settled)
            memory[name].append(rss)
            return seconds

        await ours()
        await echo()
        found = await alternating({"ours": ours, "echo": echo}, rounds)
    report = Report("start: process start to first answer, and idle memory")
    report.add("ours, to the first answer", f"{found['ours']:.2f} s")
    report.add("  bare echo", f"{found['echo']:.2f} s", "start", found["ours"] / found["echo"], "<= 2")
    mine, bare = (median(memory[name][1:]) for name in ("ours", "echo"))
    report.add("ours, idle", f"{mine:.0f} MB")
    report.add("  bare echo", f"{bare:.0f} MB", "rss", mine / bare, "<= 1.6")
    return report


async def _first_answer(
    server: Loopback, command: Sequence[str], told: Mapping[str, str], settled: float
) -> tuple[float, float]:
    """Seconds to the first sendMessage, and the resident memory in MB a little later."""
    server.sent.clear()
    server.updates = [_hello()]
    began = perf_counter()
    async with running(command, told) as process:
        await asyncio.wait_for(server.sent.wait(), PATIENCE)
        seconds = perf_counter() - began
        await asyncio.sleep(settled)
        return seconds, _resident(process.pid)


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _hello() -> dict[str, object]:
    chat = {"id": town.CHIEF, "type": "private", "first_name": "b"}
    sender = {"id": town.CHIEF, "is_bot": False, "first_name": "b", "language_code": "zh-hans"}
    message = {"message_id": 1, "date": 1772409600, "chat": chat, "from": sender, "text": "帮助"}
    return {"update_id": 1, "message": message}
