"""Fault 42: the machine's clock jumps. Nobody is called late by it; whoever looks after us hears of it."""

from datetime import datetime, timedelta

from bot.bootstrap import App
from bot.clock import SandboxClock, SystemClock
from bot.watching import STEADY, ClockWatch
from services.returning import CLOCK_JUMPED
from storage import journal, notices, topics
from storage.store import Store
from tests.fakes import HandClock
from tests.house import MONDAY, House


class Jumpy(SystemClock):
    """The machine's clock, in the hand of whoever sets it."""

    def __init__(self) -> None:
        self.at = MONDAY

    def now(self) -> datetime:
        return self.at


class Counter:
    """Seconds as they really pass."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def pass_(clock: Jumpy, counter: Counter, seconds: float) -> None:
    clock.at += timedelta(seconds=seconds)
    counter.seconds += seconds


def test_f42_a_clock_that_goes_as_time_does_is_believed() -> None:
    clock, counter = Jumpy(), Counter()
    watch = ClockWatch(clock, counter)
    for _ in range(100):
        pass_(clock, counter, 60)
        assert watch.jumped() is None
        assert watch.steady


def test_f42_a_jump_is_seen_and_believed_only_when_it_has_been_steady() -> None:
    for jump in (timedelta(days=300), timedelta(hours=-2)):
        clock, counter = Jumpy(), Counter()
        watch = ClockWatch(clock, counter)
        clock.at += jump
        assert watch.jumped() == jump
        assert not watch.steady
        pass_(clock, counter, STEADY - 1)
        assert watch.jumped() is None
        assert not watch.steady
        pass_(clock, counter, 1)
        assert watch.jumped() is None
        assert watch.steady


def test_f42_a_slow_correction_is_no_jump() -> None:
    clock, counter = Jumpy(), Counter()
    watch = ClockWatch(clock, counter)
    clock.at += timedelta(seconds=90)
    assert watch.jumped() is None


def test_f42_the_sandboxs_clock_is_moved_by_a_person(house: House) -> None:
    for clock in (SandboxClock(MONDAY, house.data / "clock.json"), HandClock(MONDAY)):
        watch = ClockWatch(clock)
        clock.jump(MONDAY + timedelta(days=9)) if isinstance(clock, SandboxClock) else clock.advance(
            timedelta(days=9)
        )
        assert watch.jumped() is None
        assert watch.steady


async def test_f42_no_sweep_goes_by_a_clock_that_has_just_jumped(house: House) -> None:
    clock = Jumpy()
    store = Store(house.settings.database_url(), clock)
    app = App(house.settings, store, house.messenger(), house.parrot.conversation)
    async with house.running(app):
        clock.at += timedelta(days=300)
        beats = store.read_now(lambda tx: notices.due_next(tx))
        await app.sweep()
        await app.sweep()

    [noted] = store.read_now(lambda tx: journal.of_event(tx.connection, CLOCK_JUMPED))
    assert journal.facts_of(noted)["seconds"] >= timedelta(days=299).total_seconds()
    assert beats is None
    assert store.read_now(lambda tx: topics.count(tx)) == 0
    store.close()
