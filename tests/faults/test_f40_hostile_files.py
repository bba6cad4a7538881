"""Fault 40: huge, hostile or mistyped files, and names that are traps. What is kept is what it says it is."""

import hashlib
from pathlib import Path

import pytest

from bot.messengers.telegram_text import one_line
from bot.receiving.filenames import LONGEST, cleaned
from bot.receiving.sniffing import agrees, extension
from tests.bot.test_process_evidence import PDF, hand_in
from tests.handlers.conversation import Conversation, file
from tests.house import House, until

NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\Windows\\system.ini": "system.ini",
    "C:\\Users\\x\\报告.pdf": "报告.pdf",
    "／根／目录／报告.pdf": "报告.pdf",
    "报告\x00.pdf.exe": "报告.pdf.exe",
    "报告\u202efdp.exe": "报告fdp.exe",
    "\u200b\u2066报\u2069告.pdf": "报告.pdf",
    "CON": "_CON",
    "nul.txt": "_nul.txt",
    "lpt1.pdf": "_lpt1.pdf",
    "console.pdf": "console.pdf",
    'a<b>:"|?*.pdf': "a_b______.pdf",
    "  .hidden  ": "hidden",
    "...": "file",
    "": "file",
    "\n\t": "file",
    "行一\n行二.pdf": "行一行二.pdf",
    "名字 很   长.pdf": "名字 很 长.pdf",
    "e\u0301tude.pdf": "étude.pdf",
}


@pytest.mark.parametrize(("name", "kept"), NAMES.items(), ids=map(ascii, NAMES))
def test_f40_a_name_is_a_name_and_nothing_else(name: str, kept: str) -> None:
    assert cleaned(name) == kept
    assert cleaned(kept) == kept


@pytest.mark.parametrize(
    "name", ["字" * 5_000 + ".pdf", "x" * 5_000, "x." + "y" * 5_000, "😀" * 99 + ".docx"]
)
def test_f40_no_name_is_long_and_none_loses_its_extension(name: str) -> None:
    kept = cleaned(name)
    assert 0 < len(kept.encode()) <= LONGEST
    assert extension(name) not in ("pdf", "docx") or extension(kept) == extension(name)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("pay.pdf", b"MZ\x90\x00"),
        ("pay.pdf", b"<html><script>"),
        ("photo.jpg", PDF),
        ("ledger.xlsx", b"Rar!\x1a\x07\x00"),
        ("note.txt", b"\x7fELF\x02\x01\x01\x00"),
        ("photo.png", b"<?xml version='1.0'?><svg onload='x()'/>"),
        ("empty", b""),
    ],
)
def test_f40_content_that_is_not_what_the_name_says_is_no_evidence(name: str, head: bytes) -> None:
    assert not agrees(name, head + bytes(64))


async def test_f40_a_hostile_name_reaches_neither_the_disk_nor_the_reader(house: House) -> None:
    async with house.running() as app:
        await hand_in(house, "..\u202e/../../evil\u2066.pdf", PDF, quoted=False)
        await until(lambda: house.parrot.heard)
        kept = app.depot.path(hashlib.sha256(PDF).hexdigest())

    [found] = house.parrot.heard[0].fetched
    assert (found.problem, found.name, kept.read_bytes()) == ("", "evil.pdf", PDF)
    files = {path for path in Path(house.data).rglob("*") if path.is_file() and "evil" in path.name}
    assert files == set()
    assert one_line(found.name) == found.name


def test_f40_more_files_at_once_than_one_report_carries_are_not_fetched(college: Conversation) -> None:
    topic = college.issued()
    college.say("外事副院长", f"领题 {topic.number}")
    many = [file(f"{no}.pdf") for no in range(college.policy.most_files + 1)]
    card = college.say("外事副院长", "", college.last("外事副院长"), many)

    assert "最多附20个文件" in card.text


def test_f40_an_album_does_not_grow_past_it_either(college: Conversation) -> None:
    topic = college.issued()
    college.say("外事副院长", f"领题 {topic.number}")
    card = college.last("外事副院长")
    college.say("外事副院长", "第一批", card, [file(f"{no}.pdf") for no in range(20)], album="a")
    college.say("外事副院长", "", card, [file("one-more.pdf")], album="a")

    assert "最多附20个文件" in college.last("外事副院长").text
