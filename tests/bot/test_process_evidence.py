"""Files: what is handed in is looked at before any turn sees it, and kept under its own hash or not."""

import hashlib
import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.clock import real_now
from bot.messengers.telegram import Telegram
from bot.receiving import evidence
from handlers.incoming import File
from tests.house import DEAN, STRANGER, House, until

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002"
    "000001000527d4a20000000049454e44ae426082"
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def office(*names: str) -> bytes:
    """A zip as office programs write them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<xml/>")
    return buffer.getvalue()


async def hand_in(
    house: House, name: str, content: bytes, person: int = DEAN, *, quoted: bool = True
) -> None:
    form = aiohttp.FormData(quote_fields=quoted)
    form.add_field("file", content, filename=name)
    async with house.http.post(f"{house.url}/sandbox/people/{person}/messages?settle=0", data=form) as done:
        assert done.status == 200, await done.text()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.pdf", PDF),
        ("photo.PNG", PNG),
        ("ledger.xlsx", office("[Content_Types].xml", "xl/workbook.xml")),
        ("report.docx", office("[Content_Types].xml", "word/document.xml")),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)),
        ("note.txt", "已完成".encode()),
        ("wide.txt", "已完成".encode("utf-16")),
        ("rows.csv", b"a,b\n1,2\n"),
    ],
)
async def test_what_is_what_it_says_is_kept(house: House, name: str, content: bytes) -> None:
    async with house.running() as app:
        await hand_in(house, name, content)
        await until(lambda: house.parrot.heard)
        kept = app.depot.path(hashlib.sha256(content).hexdigest())

    [file] = house.parrot.heard[0].fetched
    assert (file.problem, file.size, file.name) == ("", len(content), name)
    assert kept.read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("virus.exe", b"MZ" + bytes(64), "type_refused"),
        ("no extension", PDF, "type_refused"),
        ("minutes.pdf", b"MZ" + bytes(64), "disguised"),
        ("photo.jpg", PDF, "disguised"),
        ("note.txt", PNG, "disguised"),
        ("note.txt", bytes(64), "disguised"),
        ("minutes.pdf", PDF + bytes(200_000), "too_large"),
    ],
)
async def test_anything_else_is_named_and_not_kept(
    house: House, name: str, content: bytes, problem: str
) -> None:
    app = house.app()
    app.depot._largest = 100_000
    async with house.running(app):
        await hand_in(house, name, content)
        await until(lambda: house.parrot.heard)

    [file] = house.parrot.heard[0].fetched
    assert (file.problem, file.sha256) == (problem, "")
    assert files_in(house) == []


@pytest.mark.parametrize(("kind", "times", "problem"), [("502", 2, ""), ("502", 9, "unavailable")])
async def test_a_fetch_that_fails_is_tried_again(house: House, kind: str, times: int, problem: str) -> None:
    await house.fail("getFile", kind, times)
    async with house.running():
        await hand_in(house, "minutes.pdf", PDF)
        await until(lambda: house.parrot.heard)

    assert [file.problem for file in house.parrot.heard[0].fetched] == [problem]


async def test_a_strangers_file_never_touches_the_disk(house: House) -> None:
    async with house.running():
        await hand_in(house, "minutes.pdf", PDF, STRANGER)
        await until(lambda: house.parrot.heard)

    assert house.parrot.heard[0].fetched == ()
    assert files_in(house) == []


async def test_what_no_report_holds_is_collected_after_a_day(house: House) -> None:
    async with house.running() as app:
        for name in ("old.pdf", "wanted.pdf", "new.pdf"):
            await hand_in(house, name, PDF + name.encode())
        await until(lambda: len(house.parrot.heard) == 3)
    old, wanted, new = (incoming.fetched[0].sha256 for incoming in house.parrot.heard)
    long_ago = (real_now() - evidence.ORPHANED - timedelta(minutes=1)).timestamp()
    for sha256 in (old, wanted):
        os.utime(app.depot.path(sha256), (long_ago, long_ago))

    def held(names: list[str]) -> set[str]:
        assert set(names) == {old, wanted}
        return {wanted}

    assert app.depot.collect(held) == 1
    assert files_in(house) == sorted([wanted, new])


def files_in(house: House) -> list[Any]:
    folders = (house.data / "evidence", house.data / "quarantine")
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())


class Emptying(Telegram):
    """Hands over files without a byte in them, as no Telegram should."""

    def __init__(self, real: Telegram) -> None:
        self.__dict__.update(real.__dict__)

    async def fetch(self, file_id: str, into: Path, limit: int) -> int:
        into.touch()
        return 0


async def test_an_empty_file_is_none(house: House) -> None:
    empty = await house.app().depot.receive(Emptying(house.messenger()), File("id", "a.pdf", "", 0))
    assert empty.problem == "empty"
    assert files_in(house) == []
