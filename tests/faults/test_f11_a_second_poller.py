"""Fault 11: a second process over the same data refuses to start, and says who holds the lock."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.lock import Held, only_one

HOLDER = """
import sys, time
from pathlib import Path
from bot.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


async def test_it_refuses_and_names_the_holder(tmp_path: Path) -> None:
    holder = await _holder(tmp_path)
    with pytest.raises(Held) as refused, only_one(tmp_path):
        pass
    holder.kill()
    await holder.wait()

    assert refused.value.pid == holder.pid


async def test_a_dead_holder_holds_nothing(tmp_path: Path) -> None:
    holder = await _holder(tmp_path)
    os.kill(holder.pid, signal.SIGKILL)
    await holder.wait()

    with only_one(tmp_path):
        pass


def test_within_one_process_too(tmp_path: Path) -> None:
    with only_one(tmp_path):
        with pytest.raises(Held) as refused, only_one(tmp_path):
            pass
        assert refused.value.pid == os.getpid()
    with only_one(tmp_path):
        pass


async def _holder(data: Path) -> asyncio.subprocess.Process:
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(data), stdout=asyncio.subprocess.PIPE
    )
    assert holder.stdout
    assert await holder.stdout.readline() == b"held\n"
    return holder
