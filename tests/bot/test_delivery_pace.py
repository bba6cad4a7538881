"""The pace of speaking: a chat is not rushed, other chats are not held up, and everything is said."""

from bot.clock import real_now
from bot.messengers.base import Rates
from bot.sending.pace import Pace
from storage import outbox_asked
from tests.house import CLERK, DEAN, House, until


class Seconds:
    """A stop-watch a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_rests_between_two_messages() -> None:
    watch = Seconds()
    pace = Pace(Rates(per_chat_second=1), watch)
    assert pace.wait_for("a") == 0

    pace.spoke("a", shared=False)

    assert (pace.wait_for("a"), pace.wait_for("b")) == (1, 0)
    watch.now = 1.5
    assert pace.wait_for("a") == 0


def test_a_group_rests_longer() -> None:
    pace = Pace(Rates(per_chat_second=1, per_group_minute=20), Seconds())
    pace.spoke("-1", shared=True)
    assert pace.wait_for("-1") == 3


def test_all_chats_together_are_spread_over_the_second() -> None:
    pace = Pace(Rates(per_second=4), Seconds())
    assert [pace.spoke(str(chat), shared=False) for chat in range(3)] == [0, 0.25, 0.5]


def test_no_more_is_taken_than_may_go_soon_but_always_one() -> None:
    """What is taken is in doubt after a crash."""
    watch = Seconds()
    pace = Pace(Rates(per_second=8), watch)
    assert (pace.room(32), pace.room(1)) == (2, 1)
    for chat in range(4):
        pace.spoke(str(chat), shared=False)
    assert pace.room(32) == 1
    watch.now = 9
    assert pace.room(32) == 2


def test_no_rate_is_no_wait() -> None:
    pace = Pace(Rates())
    assert pace.room(32) == 32
    assert [pace.spoke("a", shared=True) for _ in range(3)] == [0, 0, 0]
    assert pace.wait_for("a") == 0


async def test_what_must_wait_waits_in_the_table(house: House) -> None:
    """A second message of one chat goes back into the table; another chat's does not."""
    slow = house.app(house.messenger(Rates(per_chat_second=0.5)))
    for chat in (DEAN, DEAN, CLERK):
        house.owe(chat=chat)
    async with house.running(slow):
        await until(lambda: house.seen_by(CLERK) and house.seen_by(DEAN))
        await until(lambda: house.store.read_now(lambda tx: outbox_asked.resumes_at(tx, real_now())))
        assert house.seen_by(DEAN) == ["news"]
        await until(lambda: len(house.seen_by(DEAN)) == 2)
