"""Failpoints: silent unless armed, fatal once, at the step and the time that was asked for."""

import re
from collections.abc import Iterator
from pathlib import Path

from storage.failpoints import STEPS, armed, obituary
from tests.crash.steps import PLAN, RANDOM, SENTENCES

HOUSE = Path(__file__).parents[2]


def hooked() -> Iterator[str]:
    """The steps the program calls out."""
    for room in ("bot", "storage"):
        for file in (HOUSE / room).rglob("*.py"):
            yield from re.findall(r'\breached\("([^"]+)"\)', file.read_text("utf-8"))


def fatal(wish: str, *steps: str) -> list[str]:
    """The steps at which a process armed so would have died, had it gone on."""
    deaths: list[str] = []
    reached = armed(wish, deaths.append)
    for step in steps:
        reached(step)
    return deaths


def test_unarmed_nothing_happens() -> None:
    assert fatal("", "turn.begun", "") == []


def test_armed_it_is_fatal_at_its_step_and_no_other() -> None:
    assert fatal("turn.begun", "turn.committed", "turn.begun", "turn.begun") == ["turn.begun"]


def test_it_may_be_fatal_later_than_the_first_time() -> None:
    assert fatal("turn.begun:2", "turn.begun", "send.after") == []
    assert fatal("turn.begun:2", "turn.begun", "send.after", "turn.begun") == ["turn.begun"]


def test_the_last_words_name_the_step() -> None:
    assert obituary("turn.begun") == b"killed at turn.begun\n"


def test_every_step_is_somewhere_in_the_program_and_every_call_is_a_step() -> None:
    assert set(hooked()) == set(STEPS)


def test_the_kill_harness_leaves_no_step_out() -> None:
    assert [step.name for step in PLAN] == [*STEPS, RANDOM] == [*SENTENCES]
