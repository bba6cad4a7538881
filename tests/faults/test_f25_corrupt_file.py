"""Fault 25: the database file is damaged. The program refuses to start and names the newest good copy."""

from pathlib import Path

import pytest

from bot.keeping import copies
from tests.keeping import Folder, folder

pytestmark = pytest.mark.sqlite("a file of SQLite is damaged")

TOKEN = {"LINGTI_TELEGRAM__TOKEN": "1234567:" + "a" * 35}


def damage(file: Path) -> None:
    """Half of the pages become noise, as on a dying disk."""
    content = bytearray(file.read_bytes())
    for start in range(4096, len(content), 8192):
        content[start : start + 4096] = b"\xa5" * 4096
    file.write_bytes(content)


def test_it_refuses_to_start_and_names_the_newest_good_copy(tmp_path: Path) -> None:
    college = folder(tmp_path / "data", **TOKEN)
    good = copies.make(college.settings)
    newer = good.with_name("lingti-29990101T000000Z.db")
    newer.write_bytes(good.read_bytes())
    damage(newer)
    damage(college.file)

    ended = college.lingti("run", "--confirm-trial")

    assert ended.code == 2
    assert "is damaged; the program does not start" in ended.said
    assert str(good) in ended.said
    assert str(newer) not in ended.said


def test_without_a_good_copy_it_says_so(tmp_path: Path) -> None:
    college = folder(tmp_path / "data", **TOKEN)
    damage(college.file)

    ended = college.here("run", "--confirm-trial")

    assert ended.code == 2
    assert "No good copy was found" in ended.said


def test_a_damaged_copy_is_not_put_back(tmp_path: Path) -> None:
    college = folder(tmp_path / "data")
    copy = copies.make(college.settings)
    damage(copy)
    empty = Folder(tmp_path / "new", {})

    ended = empty.here("restore", str(copy))

    assert ended.code == 2
    assert "damaged" in ended.said
    assert not empty.file.exists()


def test_a_damaged_database_is_not_copied(tmp_path: Path) -> None:
    college = folder(tmp_path / "data")
    first = copies.make(college.settings)
    college.tamper("DELETE FROM journal WHERE seq > 20")

    ended = college.here("backup")

    assert ended.code == 2
    assert "does not end where it should" in ended.said
    assert copies.found(college.settings) == [first]
