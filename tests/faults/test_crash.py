"""The kill harness in short: one death at some of its steps over one data folder, then all is compared."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite("a data folder whose store is its file")

HOUSE = Path(__file__).parents[2]
STEPS = "start.settled,intake.kept,turn.before_commit,file.kept,send.after,sweep.owed,stop.begun"


def crash(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.crash", *arguments]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)


def test_killed_here_and_there_nothing_is_lost_doubled_or_left_unsent() -> None:
    ended = crash("--kills", "1", "--houses", "1", "--steps", STEPS)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    told = json.loads(ended.stdout.splitlines()[-1])
    assert told.pop("updates") > 0
    assert told.pop("uncertain_recorded") >= 0
    assert told == {
        "steps": 7,
        "kills": 7,
        "lost": 0,
        "duplicate_effects": 0,
        "undelivered": 0,
        "journal_ok": True,
    }


def test_a_step_nobody_knows_is_refused() -> None:
    assert "no such step: turn.benig" in crash("--steps", "turn.benig").stderr
