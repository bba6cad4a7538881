"""`start`: from starting the process to its first answer, and what it keeps of memory while idle.

Both sides start as installed programs do, from byte code: a first start of each, uncounted, writes it.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Final

from bench import town
from bench.loopback import Loopback, loopback
from bench.measure import ROUNDS, Report, alternating

SETTLED: Final = 2.0  # seconds after its answer until a process is called idle
PATIENCE: Final = 60.0
DATABASE: Final = "lingti.db"


async def run(folder: Path, *, rounds: int = ROUNDS, settled: float = SETTLED) -> Report:
    """Our `lingti run` on a founded college beside a bare echo; both polling the same loopback server."""
    numbers = count()
    memory: dict[str, list[float]] = {"ours": [], "echo": []}
    compiled = {"PYTHONPYCACHEPREFIX": f"{folder / 'compiled'}", "PYTHONDONTWRITEBYTECODE": ""}
    async with loopback() as server:

        async def ours() -> float:
            data = folder / f"{next(numbers)}"
            data.mkdir()
            town.found(data / DATABASE, 1)
            command = [sys.executable, "-m", "bot", "run", "--confirm-trial"]
            seconds, rss = await _first_answer(server, command, compiled | _settings(server, data), settled)
            memory["ours"].append(rss)
            return seconds

        async def echo() -> float:
            seconds, rss = await _first_answer(
                server, [sys.executable, "-m", "bench.echo", server.url], compiled, settled
            )
            memory["echo"].append(rss)
            return seconds

        await ours()
        await echo()
        for side in memory.values():
            side.clear()
        found = await alternating({"ours": ours, "echo": echo}, rounds)
    report = Report("start: process start to first answer, and idle memory")
    report.add("ours, to the first answer", f"{found['ours']:.2f} s")
    report.add("  bare echo", f"{found['echo']:.2f} s", "start", found["ours"] / found["echo"], "<= 2")
    mine, bare = (sorted(memory[side])[len(memory[side]) // 2] for side in ("ours", "echo"))
    report.add("ours, idle", f"{mine:.0f} MB")
    report.add("  bare echo", f"{bare:.0f} MB", "rss", mine / bare, "<= 1.6")
    return report


def _settings(server: Loopback, data: Path) -> dict[str, str]:
    return {
        "LINGTI_DATA": str(data),
        "LINGTI_TELEGRAM__TOKEN": "1:bench",
        "LINGTI_TELEGRAM__API": server.url,
        "LINGTI_HEALTH__PORT": "0",
    }


async def _first_answer(
    server: Loopback, command: Sequence[str], settings: dict[str, str], settled: float
) -> tuple[float, float]:
    """Seconds to the first sendMessage, and the resident memory in MB a little later."""
    server.sent.clear()
    server.updates = [_hello()]
    began = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await asyncio.wait_for(server.sent.wait(), PATIENCE)
        seconds = perf_counter() - began
        await asyncio.sleep(settled)
        return seconds, _resident(process.pid)
    finally:
        process.kill()
        await process.wait()


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _hello() -> dict[str, object]:
    chat = {"id": town.CHIEF, "type": "private", "first_name": "b"}
    sender = {"id": town.CHIEF, "is_bot": False, "first_name": "b", "language_code": "zh-hans"}
    message = {"message_id": 1, "date": 1772409600, "chat": chat, "from": sender, "text": "帮助"}
    return {"update_id": 1, "message": message}
