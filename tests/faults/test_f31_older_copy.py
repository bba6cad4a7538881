"""Fault 31: an older copy is put back. Nothing is sent until an operator looked; what is lost is named."""

from pathlib import Path

import pytest

from bot.keeping import copies
from bot.keeping.keeper import hold_if_older
from storage import holding, outbox_asked
from tests.house import DEAN, House, until
from tests.keeping import Folder, folder, work

REPEAT = "（可能重复：上一次发送未得到确认）"


@pytest.fixture
def college(tmp_path: Path) -> Folder:
    """A college whose heads and copies lie on another disk."""
    away = tmp_path / "away"
    return folder(
        tmp_path / "data",
        LINGTI_TRAIL__HEADS_FILE=str(away / "heads.txt"),
        LINGTI_TRAIL__KEY_FILE=str(away / "trail.key"),
        LINGTI_BACKUP__FOLDER=str(away / "copies"),
        LINGTI_BACKUP__KEY_FILE=str(away / "backup.key"),
    )


def evidence(college: Folder) -> Path:
    blob = college.data / "evidence" / "ab" / ("ab" + "0" * 62)
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_bytes(b"minutes of the meeting")
    return blob


@pytest.mark.sqlite("a copy of the file is put back")
def test_the_restore_drill(college: Folder, tmp_path: Path) -> None:
    blob = evidence(college)
    ended = college.here("backup")
    assert ended.code == 0, ended.said
    (copy,) = copies.found(college.settings)
    assert copy.name.endswith(".db.sealed")
    with college.world() as world:
        work(world, "办法已印发")
    head = college.publish()

    new = Folder(tmp_path / "new", college.env)
    ended = new.here("restore", str(copy))
    assert ended.code == 0, ended.said
    assert f"published up to row {head.seq}" in ended.said
    assert "Nothing is sent for now" in ended.said
    assert (new.data / "evidence" / "ab" / blob.name).read_bytes() == b"minutes of the meeting"

    ended = new.here("verify")
    assert ended.code == 0, ended.said
    assert "went back to row 34" in ended.said
    with new.world() as world:
        assert world.ask(holding.held)
        assert world.trail()[-1] == "restored"
        work(world, "重新报送")
    new.publish()
    assert new.here("verify").code == 0

    assert new.here("release").code == 0
    assert new.here("release").code == 2
    with new.world() as world:
        assert not world.ask(holding.held)
        assert world.trail()[-1] == "released"


@pytest.mark.sqlite("a copy of the file is put back")
def test_a_folder_in_use_is_not_restored_into(college: Folder) -> None:
    copy = copies.make(college.settings)
    ended = college.here("restore", str(copy))
    assert ended.code == 2
    assert "not overwritten" in ended.said


@pytest.mark.sqlite("a copy of the file is put back")
def test_a_copy_sealed_with_another_key_does_not_open(college: Folder, tmp_path: Path) -> None:
    copy = copies.make(college.settings)
    new = Folder(tmp_path / "new", {"LINGTI_BACKUP__KEY_FILE": str(tmp_path / "other.key")})
    ended = new.here("restore", str(copy))
    assert ended.code == 2
    assert "does not open" in ended.said
    assert not new.file.exists()


@pytest.mark.sqlite("a copy of the file is put back")
def test_a_file_put_back_by_hand_is_noticed_at_the_start(college: Folder) -> None:
    older = college.file.read_bytes()
    with college.world() as world:
        work(world)
    head = college.publish()
    college.file.write_bytes(older)

    with college.world() as world:
        missed = hold_if_older(college.settings, world.store)
        assert missed == head
        assert world.ask(holding.held)
    ended = college.here("verify")
    assert ended.code == 1
    assert "Row 35" in ended.said


@pytest.mark.sqlite("a copy of the file is put back")
def test_the_right_file_is_not_held(college: Folder) -> None:
    college.publish()
    with college.world() as world:
        assert hold_if_older(college.settings, world.store) is None
        assert not world.ask(holding.held)


async def test_what_is_held_goes_out_when_released_and_says_that_it_may_be_a_repeat(house: House) -> None:
    due = house.owe()
    house.store.run_now(holding.hold)
    async with house.running() as app:
        later = house.owe(body='{"lines":["later"]}')
        await app.quiet()
        assert house.seen_by(DEAN) == []
        assert house.store.read_now(outbox_asked.counts) == {"pending": 2}

        assert house.store.run_now(holding.release) == 2
        app.delivery.wake()
        await until(lambda: len(house.seen_by(DEAN)) == 2)

    assert house.seen_by(DEAN) == [f"news\n{REPEAT}", "later"]
    assert {house.out(due).state, house.out(later).state} == {"sent"}
