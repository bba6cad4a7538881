"""A process killed while it copies leaves plain copies behind; the next one does not let them lie."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import real_now
from bot.keeping import copies
from tests.keeping import folder

pytestmark = pytest.mark.sqlite("a data folder whose store is its file")


def left_in(backups: Path, name: str, ago: timedelta) -> Path:
    """A workshop that was left so long ago."""
    workshop = backups / f".making-{name}"
    workshop.mkdir(parents=True)
    (workshop / "lingti-plain.db").write_text("everything")
    then = (real_now() - ago).timestamp()
    os.utime(workshop, (then, then))
    return workshop


def test_what_was_left_is_removed_and_what_another_works_on_is_not(tmp_path: Path) -> None:
    college = folder(tmp_path / "data")
    left = left_in(college.settings.backups(), "left", timedelta(hours=7))
    busy = left_in(college.settings.backups(), "busy", timedelta(minutes=7))

    copies.make(college.settings)

    assert not left.exists()
    assert busy.exists()
