"""Every bench runs in a tiny form, so that none can rot. What it measures is not judged here."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest

from bench import deliver, latency, ledger, start, sweep, turn, turn_pg, year
from bench.measure import Report, alternating, table

Bench = Callable[[Path], Awaitable[Report]]

TINY: dict[str, tuple[Bench, set[str]]] = {
    "turn": (
        partial(turn.run, lanes=2, reports=1, rounds=1),
        {"turn_orm_alone", "turn_raw_alone", "turn_orm_grouped", "turn_raw_grouped"},
    ),
    "turn-pg": (
        partial(turn_pg.run, lanes=3, reports=1, rounds=1),
        {"turn_pg_orm", "turn_pg_three"},
    ),
    "sweep": (
        partial(sweep.run, sizes=(20, 40), due=3, planned=5, rounds=1),
        {"sweep_flat", "sweep_planning"},
    ),
    "idle": (partial(sweep.idle, size=20, times=2), {"idle_ms"}),
    "deliver": (partial(deliver.run, messages=4, rounds=1), {"deliver"}),
    "latency": (
        partial(latency.run, people=2, presses=1, rate=50, rounds=1),
        {"latency_p50", "latency_p99"},
    ),
    "start": (partial(start.run, rounds=1, settled=0), {"start", "rss"}),
    "ledger": (partial(ledger.run, size=4, rounds=1), {"ledger_time", "ledger_memory"}),
    "year": (
        partial(year.run, topics=2, people=32, days=3),
        {"year_seconds", "year_missed", "year_double"},
    ),
}


@pytest.mark.parametrize("name", TINY)
async def test_a_bench_runs_and_names_its_ratios(name: str, tmp_path: Path) -> None:
    run, named = TINY[name]
    report = await run(tmp_path)
    assert report.ratios.keys() == named
    none_wanted = {"ledger_memory", "year_missed", "year_double"}
    assert all(ratio > 0 for name, ratio in report.ratios.items() if name not in none_wanted)


async def test_sides_take_turns_and_the_median_counts() -> None:
    order: list[str] = []

    def side(name: str, *results: float) -> Callable[[], Awaitable[float]]:
        left = iter(results)

        async def once() -> float:
            order.append(name)
            return next(left)

        return once

    found = await alternating({"a": side("a", 1, 9, 2), "b": side("b", 5, 5, 5)}, rounds=3)
    assert found == {"a": 2, "b": 5}
    assert order == ["a", "b", "b", "a", "a", "b"]


def test_a_table_is_plain_text_with_its_ratios() -> None:
    report = Report("turn: so many")
    report.add("ours", "9/s")
    report.add("  theirs", "3/s", "turn", 3.0, ">= 2")
    assert table(report) == "turn: so many\n  ours      9/s\n    theirs  3/s  3x  >= 2"
