"""When a closed topic is looked at again, and which ones."""

from datetime import date

import pytest

from workflow.rechecks import picked, planned


@pytest.mark.parametrize(
    ("closed", "months", "then"),
    [
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 9, 15), 24, date(2028, 9, 15)),
    ],
)
def test_it_is_the_same_day_of_the_month(closed: date, months: int, then: date) -> None:
    assert planned(closed, months) == then


def test_all_none_or_a_share_are_looked_at_and_the_choice_never_changes() -> None:
    ids = range(1, 2001)
    assert all(picked(one, 1.0) for one in ids)
    assert not any(picked(one, 0.0) for one in ids)
    some = [one for one in ids if picked(one, 0.3)]
    assert 500 < len(some) < 700
    assert some == [one for one in ids if picked(one, 0.3)]
    assert {*some} <= {one for one in ids if picked(one, 0.5)}, "a larger share adds, it does not draw anew"
