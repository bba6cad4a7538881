"""The gate sees a word whatever is put between its signs, and lets the harmless phrase pass."""

import pytest

from workflow.gate import found

WORDS = ("信访件", "问题线索", "Case File")
HARMLESS = ("信访件管理办法", "问题线索管理")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("收到信访件一件", ("信访件",)),
        ("信 访-件", ("信访件",)),
        ("信\u200b访\u0301件", ("信访件",)),
        ("ＣＡＳＥ　file", ("Case File",)),
        ("casefile与信访件", ("信访件", "Case File")),
        ("修订信访件管理办法", ()),
        ("修订信访件管理办法，另有信访件", ("信访件",)),
        ("问题线索管理与问题线索", ("问题线索",)),
        ("信访，件", ()),
        ("修订内控制度", ()),
        ("", ()),
    ],
)
def test_what_is_found(text: str, words: tuple[str, ...]) -> None:
    assert found(text, WORDS, HARMLESS) == words


def test_the_longest_harmless_phrase_is_taken_out_first() -> None:
    assert found("信访件管理办法汇编", ("信访件", "汇编"), ("信访件", "信访件管理办法汇编")) == ()


def test_taking_a_phrase_out_joins_nothing() -> None:
    assert found("信管理访件", ("信访件",), ("管理",)) == ()


def test_a_short_phrase_does_not_break_up_the_long_one_it_stands_in() -> None:
    assert found("修订信访件管理办法", ("信访件",), ("管理办法", "信访件管理办法")) == ()
