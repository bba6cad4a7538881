"""What people paste, made safe to show and cut to measure (fault 21)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messengers.telegram_text import TALLEST_STACK, clean, cut, one_line, shortened, units


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("报告\u202egpj.exe\u202c", "报告gpj.exe"),
        ("\u2066a\u2069\u200e\u200f\u061c", "a"),
        ("零\u200b宽\u2060字\ufeff符\u00ad", "零宽字符"),
        ("\u3164\u115f空\u2800", "空"),
        ("一\r\n二\r三\u2028四\x0b五", "一\n二\n三\n四\n五"),
        ("表\t格\x00\x1b[31m红", "表 格[31m红"),
        ("　　全角缩进", "　　全角缩进"),
        ("半\ud83d个", "半\ufffd个"),
        ("A" + "\u0301" * 50, "A" + "\u0301" * TALLEST_STACK),
        ("tiếng Việt, ไม่, שָׁלוֹם", "tiếng Việt, ไม่, שָׁלוֹם"),
        ("👨‍👩‍👧 👩🏽‍🔬 🏳️‍🌈 ❤️‍🔥 🙂‍↔️ 1️⃣", "👨‍👩‍👧 👩🏽‍🔬 🏳️‍🌈 ❤️‍🔥 🙂‍↔️ 1️⃣"),
        ("A" + "\u0301\u200b" * 50, "A" + "\u0301" * TALLEST_STACK),
        ("张\u200d三 👨\u200d", "张三 👨"),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_is_shown(pasted: str, shown: str) -> None:
    assert clean(pasted) == shown


def test_one_line_is_one_line() -> None:
    assert one_line(" 题\n目\u2028 一 ") == "题 目 一"


def test_lengths_are_telegrams() -> None:
    assert (units("领题"), units("👍"), units("a👍")) == (2, 2, 3)


def test_a_pair_is_not_cut_in_two() -> None:
    assert list(cut("a👍b", 2)) == ["a", "👍", "b"]
    assert list(cut("", 2)) == [""]
    assert list(cut("abcdef", 3, first=1)) == ["a", "bcd", "ef"]
    assert list(cut("👍b", 3, first=1)) == ["", "👍b"]


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert shortened("已领题", 3) == "已领题"
    assert shortened("已领题了", 3) == "已领…"


@given(st.text(), st.integers(2, 9))
@settings(max_examples=100, deadline=None)
def test_pieces_fit_and_lose_nothing(text: str, limit: int) -> None:
    pieces = list(cut(text, limit))
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)


@given(st.text(st.characters(codec=None)))
@settings(max_examples=100, deadline=None)
def test_cleaning_ends_and_its_result_can_be_sent(text: str) -> None:
    assert clean(text).encode() or not clean(text)
    assert clean(clean(text)) == clean(text)
