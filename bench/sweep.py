"""`sweep` and `idle`: what a sweep costs when few of very many items are due, and when none is."""

from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore  # type: ignore[import-untyped]
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.date import DateTrigger  # type: ignore[import-untyped]

from bench import town
from bench.crowd import LATER, Crowd
from bench.measure import ROUNDS, Report, alternating
from bot.sweeping import sweep, sweep_slice
from services import anchoring
from storage import topics
from storage.store import Tx
from workflow.ladder_item import Subject
from workflow.topic import TopicId

SIZES: Final = (10_000, 100_000, 1_000_000)
_NAMES: Final = {1_000: "1 k", 10_000: "10 k", 100_000: "100 k", 1_000_000: "1 M"}


async def run(
    folder: Path,
    *,
    sizes: tuple[int, ...] = SIZES,
    due: int = 1_000,
    planned: int = 1_000,
    rounds: int = ROUNDS,
) -> Report:
    """A sweep with `due` items among each of `sizes`; then planning `planned` reminders on either side."""
    crowds = {size: Crowd(folder / f"{size}.db", size) for size in sizes}
    sides = {_named(size): partial(_swept, crowd, due) for size, crowd in crowds.items()}
    found = await alternating(sides, rounds)
    report = Report(f"sweep: {due} due among many open items, seconds")
    smallest = found[_named(sizes[0])]
    for size in sizes:
        seconds = found[_named(size)]
        last = size == sizes[-1]
        ratio = seconds / smallest if last else None
        report.add(
            f"{_named(size)} open",
            f"{seconds:.2f} s",
            "sweep_flat" if last else "",
            ratio,
            "<= 1.3" if last else "",
        )
    await _planning(report, crowds[sizes[0]], folder, planned, rounds)
    for crowd in crowds.values():
        crowd.store.close()
    return report


async def idle(folder: Path, *, size: int = 1_000_000, times: int = 50) -> Report:
    """An empty sweep, as the scheduler runs it."""
    report = Report(f"idle: an empty sweep, median of {times}")
    for among in (10_000 if size > 10_000 else size // 2, size):
        crowd = Crowd(folder / f"idle-{among}.db", among)
        await sweep(crowd.store, _POLICY)
        seconds = [_timed(partial(_slice, crowd)) for _ in range(times)]
        milliseconds = median(seconds) * 1000
        name = "idle_ms" if among == size else ""
        report.add(
            f"{among} open",
            f"{milliseconds:.2f} ms",
            name,
            milliseconds if name else None,
            "<= 2 ms" if name else "",
        )
        crowd.store.close()
    return report


async def _swept(crowd: Crowd, due: int) -> float:
    crowd.make_due(due)
    began = perf_counter()
    await sweep(crowd.store, _POLICY)
    return perf_counter() - began


async def _planning(report: Report, crowd: Crowd, folder: Path, planned: int, rounds: int) -> None:
    numbers = count()
    store = SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.db'}")
    scheduler = BackgroundScheduler(jobstores={"default": store})
    scheduler.start(paused=True)

    async def ours() -> float:
        return _timed(lambda: crowd.store.run_now(lambda tx: _plan(tx, planned)))

    async def jobs() -> float:
        return _timed(lambda: _add_jobs(scheduler, numbers, planned))

    found = await alternating({"ours": ours, "jobs": jobs}, rounds)
    scheduler.shutdown()
    store.engine.dispose()
    report.add(f"planning {planned} reminders, ours", f"{found['ours']:.3f} s")
    ratio = found["jobs"] / found["ours"]
    report.add("  one APScheduler job each", f"{found['jobs']:.3f} s", "sweep_planning", ratio, ">= 50")


def _plan(tx: Tx, planned: int) -> None:
    """Compute and store when to look at each topic next."""
    for first in range(1, planned + 1, 100):
        ids = [TopicId(i) for i in range(first, min(first + 100, planned + 1))]
        anchoring.reschedule(tx, _POLICY.calendar, Subject.TOPIC, topics.by_ids(tx, ids))


def _add_jobs(scheduler: BackgroundScheduler, numbers: "count[int]", planned: int) -> None:
    for _ in range(planned):
        number = next(numbers)
        scheduler.add_job(remind, DateTrigger(town.MONDAY + LATER), [number], id=f"{number}")


def remind(number: int) -> None:
    """What a job would call."""


def _slice(crowd: Crowd) -> None:
    crowd.store.run_now(lambda tx: sweep_slice(tx, _POLICY))


_POLICY: Final = town.policy()


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _named(size: int) -> str:
    return _NAMES.get(size, str(size))
