"""The ideal effort of every daily task, counted: what WORDING allows is what a person needs, no more.

What is typed is one message; the guide lists the same tasks at the same cost.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.handlers import tasks_played
from tests.handlers.conversation import Conversation
from tests.handlers.tasks import TASKS, Hand, Task

GUIDE = Path(__file__).parents[2] / "docs/guide.zh-CN.md"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


@pytest.fixture
def hand(college: Conversation, tmp_path: Path) -> Hand:
    college.policy = replace(college.policy, kept=tmp_path.joinpath)
    return Hand(college, tmp_path)


@pytest.mark.parametrize("told", TASKS, ids=lambda told: f"{told.role}-{told.name}")
def test_a_task_costs_no_more_than_it_may(hand: Hand, told: Task) -> None:
    told.play(hand)
    assert hand.spent == (told.taps, told.messages, told.files)


def test_the_guide_lists_every_task_with_what_it_costs() -> None:
    listed = [row for row in ROW.findall(GUIDE.read_text("utf-8")) if row[2] not in ("步数", "---")]
    assert listed == [(one.role, one.name, one.cost) for one in TASKS]


def test_every_task_is_played_here() -> None:
    assert {one.play.__module__ for one in TASKS} == {tasks_played.__name__}
