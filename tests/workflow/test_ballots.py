"""Ballots must add up; more back than out is void; what is unmarked is an abstention."""

from dataclasses import replace

import pytest

from workflow.ballots import HEADINGS, Count, Fault, fault, row, share

GOOD = Count(58, 58, 57, 56, dict.fromkeys(HEADINGS, (50, 5, 1, 0, 0)))


def test_a_count_that_adds_up_has_no_fault() -> None:
    assert fault(GOOD, 60) is None
    assert not GOOD.void
    assert GOOD.facts()["rows"]["overall"] == [50, 5, 1, 0, 0]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"present": 61}, Fault("present", 1)),
        ({"issued": 60}, Fault("issued", 2)),
        ({"valid": 58}, Fault("valid", 1)),
        ({"valid": 55}, Fault("discipline", 1)),
        ({"rows": {**GOOD.rows, "overall": (50, 5, 0, 0, 0)}}, Fault("overall", -1)),
        ({"rows": {**GOOD.rows, "probity": (50, 9, 0, 0, 0)}}, Fault("probity", 3)),
    ],
)
def test_the_line_that_is_wrong_is_named_with_how_much(changed: dict[str, object], wrong: Fault) -> None:
    assert fault(replace(GOOD, **changed), 60) == wrong  # type: ignore[arg-type]


def test_more_back_than_out_is_void_and_keeps_no_marks() -> None:
    void = replace(GOOD, returned=59)
    assert void.void
    assert fault(void, 60) is None
    assert void.facts() == {"present": 58, "issued": 58, "returned": 59, "valid": 56, "rows": {}}
    assert fault(replace(void, present=61, issued=58), 60) == Fault("present", 1)


def test_the_unmarked_abstain() -> None:
    assert row(56, (50, 4, 1, 0)) == (50, 4, 1, 0, 1)
    assert row(56, (50, 4, 1, 0, 1)) == (50, 4, 1, 0, 1)
    assert row(56, (50, 9, 1, 0)) == (50, 9, 1, 0, 0), "too many stay too many"


def test_shares_are_of_the_valid_ballots() -> None:
    assert share(50, 56) == "89.3"
    assert share(0, 56) == "0.0"
    assert share(0, 0) == ""


def test_of_what_is_void_neither_the_valid_nor_the_marks_are_asked() -> None:
    void = replace(GOOD, returned=59, valid=99, rows={})
    assert fault(void, 60) is None
