"""The house keeps its own record: a head a day, a copy a day, and no words beyond their time."""

import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import run

import pytest

from bot.keeping import copies, heads_file
from bot.keeping.keys import BadKey, sealing_key, signing_key
from bot.keeping.seal import PIECE, CannotOpen, seal, unseal
from services import issuing
from storage import notices, topics
from tests.keeping import Folder, folder, work

pytestmark = pytest.mark.sqlite("a data folder whose store is its file")

EVENING = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def college(tmp_path: Path) -> Folder:
    return folder(tmp_path / "data")


async def test_a_head_is_published_once_a_day_when_its_hour_has_come(college: Folder) -> None:
    with college.keeper() as (world, keeper):
        world.bound("discipline")
        discipline = world.id("discipline")
        await keeper.publish()
        assert heads_file.lines(college.settings.trail_heads()) == []

        world.clock.advance(EVENING - world.clock.now())
        await keeper.publish()
        await keeper.publish()
        assert len(heads_file.lines(college.settings.trail_heads())) == 1

        world.later(days=1)
        await keeper.publish()
        assert len(heads_file.lines(college.settings.trail_heads())) == 1, "nothing has happened since"

        work(world)
        await keeper.publish()
        told = world.ask(lambda tx: notices.get_many(tx, range(1, 99)))
    found = heads_file.published(college.settings)
    assert len(found.hashes) == 2
    assert not found.problem
    assert [notice.person_id for notice in told if notice.kind == "head"] == [discipline] * 2
    assert college.here("verify").code == 0


async def test_a_head_is_not_published_over_a_trail_that_was_changed(college: Folder) -> None:
    college.publish()
    college.tamper("UPDATE journal SET hash = zeroblob(32) WHERE seq = 34")
    with college.keeper() as (world, keeper):
        world.clock.advance(timedelta(days=1, hours=10))
        work(world)
        await keeper.publish()
    assert len(heads_file.lines(college.settings.trail_heads())) == 1


async def test_a_copy_is_made_once_a_day_and_old_ones_go(tmp_path: Path) -> None:
    college = folder(tmp_path / "data", LINGTI_BACKUP__KEEP="2")
    older = college.settings.backups()
    older.mkdir()
    for day in (1, 2):
        (older / f"lingti-2020010{day}T000000Z.db").touch()
    with college.keeper() as (_, keeper):
        await keeper.copy()
        await keeper.copy()
    newest, old = copies.found(college.settings)
    assert old.name == "lingti-20200102T000000Z.db"
    assert copies.newest_good(college.settings) == newest


async def test_copies_can_be_switched_off(tmp_path: Path) -> None:
    college = folder(tmp_path / "data", LINGTI_BACKUP__KEEP="0")
    with college.keeper() as (_, keeper):
        await keeper.copy()
    assert copies.found(college.settings) == []


async def test_one_duty_that_fails_does_not_keep_the_others_from_being_done(college: Folder) -> None:
    college.settings.trail_heads().mkdir()
    with college.keeper() as (world, keeper):
        world.later(hours=10)
        await keeper.keep()
    assert len(copies.found(college.settings)) == 1


def test_a_key_is_made_for_this_account_alone(college: Folder) -> None:
    file = college.settings.trail_key()
    shown = college.here("trail", "key").said.strip()

    assert file.stat().st_mode & 0o777 == 0o600
    assert signing_key(file).public_key().public_bytes_raw().hex() == shown
    file.chmod(0o640)
    ended = college.here("trail", "key")
    assert ended.code == 2
    assert "Others can read the key file" in ended.said


@pytest.mark.parametrize("content", ["no key", "abcd"])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "key"
    file.write_text(content)
    file.chmod(0o600)
    with pytest.raises(BadKey, match="unreadable"):
        sealing_key(file)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1])
def test_what_is_sealed_opens_again(tmp_path: Path, size: int) -> None:
    plain, sealed, again = tmp_path / "plain", tmp_path / "sealed", tmp_path / "again"
    plain.write_bytes(b"x" * size)
    seal(plain, sealed, bytes(32))
    unseal(sealed, again, bytes(32))
    assert again.read_bytes() == plain.read_bytes()


def test_a_sealed_file_that_was_cut_or_changed_does_not_open(tmp_path: Path) -> None:
    plain, sealed, again = tmp_path / "plain", tmp_path / "sealed", tmp_path / "again"
    plain.write_bytes(b"x" * (2 * PIECE))
    seal(plain, sealed, bytes(32))
    whole = sealed.read_bytes()
    changed = bytearray(whole)
    changed[PIECE // 2] ^= 1
    for broken in (whole[: PIECE + 48], bytes(changed), b"something else"):
        sealed.write_bytes(broken)
        with pytest.raises(CannotOpen):
            unseal(sealed, again, bytes(32))
        assert not again.exists()


@pytest.mark.parametrize("name", ["bundle", "bundle.zip"])
def test_a_bundle_verifies_without_us_and_shows_what_was_done_to_it(
    college: Folder, tmp_path: Path, name: str
) -> None:
    head = college.publish()
    target = tmp_path / name
    assert college.here("export", "--trail", str(target)).code == 0
    assert college.here("export", "--trail", str(target)).code == 2
    if name.endswith(".zip"):
        with zipfile.ZipFile(target) as archive:
            archive.extractall(tmp_path / "bundle")
        target = tmp_path / "bundle"

    def verify(*given: str) -> tuple[int, str]:
        command = [sys.executable, "-I", "-S", "verify_trail.py", ".", *given]
        ran = run(command, cwd=target, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout + ran.stderr

    code, said = verify(f"{head.seq}:{head.hash.hex()}")
    assert code == 0, said
    assert f"head {head.at.isoformat()}: {head.seq} rows, signed by {head.key.hex()}" in said
    assert f"{head.seq} rows hold; head {head.hash.hex()}" in said

    assert verify(f"30:{'00' * 32}")[0] == 1
    rows, heads = target / "rows.jsonl", target / "heads.txt"
    kept = rows.read_text().splitlines(keepends=True)
    for forged in (kept[:-1], [kept[1], kept[0], *kept[2:]], [kept[0].replace("5b", "5c", 1), *kept[1:]]):
        rows.write_text("".join(forged))
        code, said = verify()
        assert code == 1
        assert "DOES NOT HOLD: row" in said
    heads.write_text(heads.read_text().replace(f"head {head.seq}", f"head {head.seq - 1}"))
    assert "line 1 of the heads is forged" in verify()[1]


def test_sixty_lines_are_sixty_lines() -> None:
    source = Path(heads_file.__file__).with_name("verify_trail.py").read_text("utf-8")
    assert len(source.splitlines()) <= 60


def test_a_persons_data_is_printed_or_written(college: Folder, tmp_path: Path) -> None:
    assert '"title": "外事副院长"' in college.here("person", "export", "foreign").said
    file = tmp_path / "foreign.json"
    assert college.here("person", "export", "foreign", "--to", str(file)).code == 0
    assert "已完成制度初稿" in file.read_text("utf-8")
    assert college.here("person", "export", "foreign", "--to", str(file)).code == 2
    assert college.here("person", "export", "nobody").code == 2


def test_access_to_an_unknown_topic_is_refused(college: Folder) -> None:
    assert college.here("access", "1999-001").code == 2
    assert "shown 0 times" in college.here("access", "2026-001").said


async def test_the_years_of_texts_and_the_days_of_messages_are_kept_to(tmp_path: Path) -> None:
    college = folder(tmp_path / "data", LINGTI_RETENTION__TEXTS_YEARS="1")
    with college.keeper() as (world, keeper):
        (topic,) = world.ask(topics.find)
        world.do("secretary", lambda given: issuing.withdraw(given, topic.id, "并入他题"))
        await keeper.forget()
        assert world.ask(lambda tx: topics.get(tx, topic.id)).title == topic.title

        world.later(days=366)
        await keeper.forget()
        assert world.ask(lambda tx: topics.get(tx, topic.id)).title == "—"


def test_a_copy_that_is_not_there_is_refused(college: Folder, tmp_path: Path) -> None:
    assert Folder(tmp_path / "new", {}).here("restore", str(tmp_path / "none")).code == 2
    assert college.here("verify", "--head", "one").code == 2
    assert college.here("verify", "--key", "one").code == 2


def test_a_key_others_can_read_stops_what_needs_it(tmp_path: Path) -> None:
    key = tmp_path / "backup.key"
    college = folder(tmp_path / "data", LINGTI_BACKUP__KEY_FILE=str(key))
    sealing_key(key)
    key.chmod(0o644)
    assert "Others can read the key file" in college.here("backup").said


def test_a_folder_that_cannot_hold_copies_is_named(tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file")
    college = folder(tmp_path / "data", LINGTI_BACKUP__FOLDER=str(tmp_path / "copies"))
    assert "cannot be read or written" in college.here("backup").said
