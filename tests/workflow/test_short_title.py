"""短题: what a push has room for, cut between words."""

import pytest

from workflow.topic import fits_short_title, short_title


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("采购验收", "采购验收"),
        ("因公出国管理内控制度不完善的问题", "因公出国管理内控制度不完"),
        ("Procurement acceptance is not recorded", "Procurement acceptance"),
        ("Canteen", "Canteen"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsge"),
        ("财务系统迁移到Oracle之后", "财务系统迁移到"),
        ("Funding, travel, results of 2026", "Funding, travel, results"),
    ],
)
def test_a_title_is_cut_between_words(title: str, short: str) -> None:
    assert short_title(title) == short
    assert fits_short_title(short)


def test_what_is_too_long_does_not_fit() -> None:
    assert not fits_short_title("因公出国管理内控制度不完善")
    assert not fits_short_title("Procurement acceptance records")
