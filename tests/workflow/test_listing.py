"""Versions of the lists: what the later one says otherwise, each change under its own name."""

from workflow.listing import Difference, Standing, difference

OPEN: Standing = ("in_progress", "2026-06-30T15:59:59+00:00", 3)


def changed(place: int, value: str | int | None) -> Standing:
    return tuple(value if at == place else one for at, one in enumerate(OPEN))


def test_what_stays_the_same_is_not_told() -> None:
    assert difference({"1": OPEN}, {"1": OPEN}) == Difference()
    assert difference({"1": OPEN}, {"1": OPEN}).parts() == {}


def test_each_change_has_its_name() -> None:
    before = dict.fromkeys("123456", OPEN)
    after = {
        "1": OPEN,
        "2": changed(0, "closed"),
        "3": changed(0, "withdrawn"),
        "4": changed(1, "2026-07-31T15:59:59+00:00"),
        "5": changed(2, 4),
        "6": changed(0, "submitted"),
        "7": OPEN,
    }
    told = difference(before, after)
    assert told == Difference(new=(7,), closed=(2,), withdrawn=(3,), moved=(4,), reowned=(5,))  # type: ignore[arg-type]
    assert [*told.parts()] == ["new", "closed", "withdrawn", "moved", "reowned"]


def test_numbers_are_in_their_order_and_not_in_that_of_signs() -> None:
    assert difference({}, {"10": OPEN, "9": OPEN, "100": OPEN}).new == (9, 10, 100)


def test_what_ended_is_not_told_to_have_moved_as_well() -> None:
    told = difference({"1": OPEN}, {"1": ("closed", "2026-07-31T15:59:59+00:00", 4)})
    assert told == Difference(closed=(1,))  # type: ignore[arg-type]


def test_what_had_ended_before_is_no_news_and_what_is_new_and_over_is_both() -> None:
    closed = changed(0, "closed")
    assert difference({"1": closed}, {"1": closed}) == Difference()
    assert difference({}, {"1": closed}) == Difference(new=(1,), closed=(1,))  # type: ignore[arg-type]


def test_a_topic_that_is_gone_is_not_looked_for() -> None:
    assert difference({"1": OPEN, "2": OPEN}, {"2": changed(2, None)}).parts() == {"reowned": (2,)}
