"""Meetings: each topic stands once on an agenda, for its strongest reason, in the order they are heard."""

from typing import cast

import pytest

from workflow.meeting import CALLED, FROM_LEDGER, Heads, Sort, Why, moved, present_by_default, propose
from workflow.roles import Role
from workflow.topic import TopicId


def ids(*numbers: int) -> list[TopicId]:
    return [TopicId(number) for number in numbers]


def test_the_order_is_new_then_disputed_then_overdue_then_unclaimed() -> None:
    found = {Why.UNCLAIMED: ids(4), Why.OVERDUE: ids(3), Why.DISPUTED: ids(2), Why.NEW: ids(9, 1)}
    assert propose(found) == [
        (1, Why.NEW),
        (9, Why.NEW),
        (2, Why.DISPUTED),
        (3, Why.OVERDUE),
        (4, Why.UNCLAIMED),
    ]


@pytest.mark.parametrize(
    ("reasons", "kept"),
    [
        ((Why.NEW, Why.UNCLAIMED), Why.UNCLAIMED),
        ((Why.NEW, Why.OVERDUE), Why.OVERDUE),
        ((Why.UNCLAIMED, Why.OVERDUE), Why.OVERDUE),
        ((Why.OVERDUE, Why.DISPUTED), Why.DISPUTED),
        ((Why.NEW, Why.DISPUTED, Why.UNCLAIMED), Why.DISPUTED),
    ],
)
def test_a_topic_with_several_reasons_stands_there_once(reasons: tuple[Why, ...], kept: Why) -> None:
    assert propose({reason: ids(7) for reason in reasons}) == [(7, kept)]


def test_without_anything_there_is_nothing() -> None:
    assert propose({}) == []


@pytest.mark.parametrize(
    ("item", "place", "order"),
    [
        (3, 1, [3, 1, 2, 4]),
        (1, 4, [2, 3, 4, 1]),
        (2, 3, [1, 3, 2, 4]),
        (2, 0, [2, 1, 3, 4]),
        (2, 99, [1, 3, 4, 2]),
        (4, 4, [1, 2, 3, 4]),
    ],
)
def test_an_item_is_moved_to_a_place(item: int, place: int, order: list[int]) -> None:
    assert moved([1, 2, 3, 4], item, place) == order


def test_present_is_who_presides_and_whoever_accepted() -> None:
    assert present_by_default([5, 3, 5], 3) == [3, 5]
    assert present_by_default([5, 3], None) == [5, 3]
    assert present_by_default([], 3) == [3]


def test_every_sort_calls_somebody() -> None:
    assert {*CALLED} == {*Sort}
    for sort, called in CALLED.items():
        assert Role.CHIEF in called.roles, sort
        assert Role.DISCIPLINE_SECRETARY in called.roles, sort
    heads = {sort: called.heads for sort, called in CALLED.items()}
    assert heads[Sort.DEMOCRATIC] is Heads.NONE
    assert heads[Sort.INTEGRITY] is Heads.ALL
    assert {heads[sort] for sort in FROM_LEDGER} == {Heads.CONCERNED}
    assert Role.LEADER not in CALLED[Sort.COMMITTEE].roles
    assert cast("set[Role]", CALLED[Sort.ANALYSIS].roles) >= CALLED[Sort.COMMITTEE].roles
