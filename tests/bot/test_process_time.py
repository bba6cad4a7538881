"""Time in the process: jobs only wake, a standstill of ours is noted, the sandbox's clock keeps its place."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import SandboxClock, real_now
from bot.pulse import OUTAGE
from bot.scheduler import Scheduler
from storage import journal
from tests.house import MONDAY, House, until


async def test_our_standstill_is_noted_and_a_restart_is_none(house: House) -> None:
    async with house.running():
        pass
    house.clock.advance(timedelta(minutes=5))
    async with house.running():
        pass
    house.clock.advance(timedelta(hours=3))
    async with house.running():
        pass

    [outage] = house.store.read_now(lambda tx: journal.of_event(tx.connection, OUTAGE))
    assert journal.facts_of(outage) == {
        "since": (MONDAY + timedelta(minutes=5)).isoformat(),
        "until": (MONDAY + timedelta(hours=3, minutes=5)).isoformat(),
    }


async def test_a_job_that_fails_runs_again(caplog: pytest.LogCaptureFixture) -> None:
    runs: list[int] = []

    async def stumble() -> None:
        runs.append(len(runs))
        raise RuntimeError("stumbled")

    jobs = Scheduler()
    jobs.every(0.02, stumble)
    jobs.start()
    await until(lambda: len(runs) >= 3)
    jobs.stop()

    assert "a scheduled job failed" in caplog.text


async def test_a_slow_job_is_never_run_twice_at_once() -> None:
    running, most = 0, 0

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1

    jobs = Scheduler()
    jobs.every(0.01, slow)
    jobs.start()
    await asyncio.sleep(0.3)
    jobs.stop()

    assert most == 1


async def test_the_sandboxes_clock_goes_on_where_it_stopped(house: House) -> None:
    file = house.data / "clock.json"
    clock = SandboxClock(MONDAY, file)
    clock.jump(MONDAY + timedelta(days=30))
    clock.jump(MONDAY)  # it has passed: nothing happens

    again = SandboxClock(MONDAY, file)

    assert timedelta(0) <= again.now() - (MONDAY + timedelta(days=30)) < timedelta(minutes=1)
    assert real_now().tzinfo is not None
