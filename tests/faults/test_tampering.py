"""Five ways to tamper with the trail, done to a real file and looked for by the real program."""

import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from tests.keeping import Ended, Folder, folder

pytestmark = pytest.mark.sqlite("the file is tampered with")


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A college whose head was published."""
    made = folder(tmp_path_factory.mktemp("pattern") / "data")
    made.publish()
    return made


@pytest.fixture
def college(pattern: Folder, tmp_path: Path) -> Folder:
    data = tmp_path / "data"
    data.mkdir()
    for file in pattern.data.glob("*"):
        if file.is_file():
            (data / file.name).write_bytes(file.read_bytes())
            (data / file.name).chmod(0o600)
    return Folder(data, {})


def rewrite(database: sqlite3.Connection) -> None:
    """An insider's way: change the past, then every hash after it, and the head."""
    head = bytes(32)
    for seq, body in database.execute("SELECT seq, body FROM journal ORDER BY seq").fetchall():
        forged = body.replace(b'"seat":"owner"', b'"seat":"chief"')
        head = sha256(head + forged).digest()
        database.execute("UPDATE journal SET body = ?, hash = ? WHERE seq = ?", (forged, head, seq))
    database.execute("UPDATE journal_head SET hash = ?", (head,))


def test_an_untouched_trail_verifies(college: Folder) -> None:
    ended = college.lingti("verify")
    assert ended.code == 0
    assert "Published heads: 1" in ended.said
    assert "The trail is whole" in ended.said
    assert "agrees in everything" in ended.said


def test_an_edit_is_caught(college: Folder) -> None:
    college.tamper("UPDATE journal SET body = replace(CAST(body AS TEXT), 'claim', 'close') WHERE seq = 30")
    caught(college, "Row 30")


def test_a_deletion_is_caught(college: Folder) -> None:
    college.tamper("DELETE FROM journal WHERE seq = 12")
    caught(college, "Row 12", "missing")


def test_a_swap_is_caught(college: Folder) -> None:
    college.tamper(
        "UPDATE journal SET seq = 999 WHERE seq = 7",
        "UPDATE journal SET seq = 7 WHERE seq = 8",
        "UPDATE journal SET seq = 8 WHERE seq = 999",
    )
    caught(college, "Row 7")


def test_truncation_is_caught_though_the_head_was_moved_back(college: Folder) -> None:
    college.tamper(
        "DELETE FROM journal WHERE seq > 20",
        "UPDATE journal_head SET seq = 20, hash = (SELECT hash FROM journal WHERE seq = 20)",
    )
    caught(college, "Row 21", "cut short")


def test_an_insiders_rewrite_is_caught_by_what_was_published(college: Folder) -> None:
    college.tamper(by=rewrite)
    caught(college, "written anew")


def test_a_row_put_before_the_first_is_caught(college: Folder) -> None:
    college.tamper(
        "INSERT INTO journal SELECT 0, at, 'seen', topic_id, actor_id, body, hash FROM journal WHERE seq = 1"
    )
    caught_here(college, "Row 1", "missing")


def test_a_ledger_changed_behind_the_trail_is_caught(college: Folder) -> None:
    college.tamper("UPDATE topics SET state = 'closed', percent = 100")
    caught_here(college, "topics 1 differs from the trail", "state, percent")


def test_heads_signed_by_an_insiders_own_key_are_caught(college: Folder) -> None:
    known = college.here("trail", "key").said.strip()
    college.tamper(by=rewrite)
    college.settings.trail_heads().unlink()
    college.settings.trail_key().unlink()
    college.publish()

    ended = college.here("verify")
    assert ended.code == 0, "whoever has the file, the heads and the key can deceive the machine itself"

    college.settings.trail_key().unlink()
    ended = college.here("verify", "--key", known)
    assert ended.code == 1
    assert "Line 1 of the heads file" in ended.said
    assert "not trusted" in ended.said


def test_a_head_from_the_chat_catches_whoever_holds_everything_else(college: Folder) -> None:
    _, rows, digest, *_ = college.settings.trail_heads().read_text().split()
    college.tamper(by=rewrite)
    college.settings.trail_heads().unlink()
    college.publish()

    assert college.here("verify").code == 0
    caught_here(college, f"Row {rows}", "written anew", given=["--head", f"{rows}:{digest}"])


def test_a_forged_line_among_the_heads_is_named(college: Folder) -> None:
    heads = college.settings.trail_heads()
    kind, rows, *rest = heads.read_text().split()
    heads.write_text(" ".join([kind, str(int(rows) - 1), *rest]) + "\n")
    caught_here(college, "Line 1 of the heads file", "signature is wrong")


def caught(college: Folder, *words: str) -> None:
    found(college.lingti("verify"), words)


def caught_here(college: Folder, *words: str, given: Sequence[str] = ()) -> None:
    found(college.here("verify", *given), words)


def found(ended: Ended, words: Sequence[str]) -> None:
    assert ended.code == 1, ended.said
    for word in words:
        assert word in ended.said
