"""A moment is an instant, whatever the zone it was written in, and never a guess."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import StatementError

from storage import facts
from storage.store import Store
from tests.fakes import HandClock


def test_a_naive_time_is_refused(store: Store, clock: HandClock) -> None:
    clock.advance(timedelta(days=1))

    with pytest.raises(StatementError, match="naive"):
        store.run_now(lambda tx: facts.put(type(tx)(tx.connection, datetime(2026, 3, 2)), "when", ""))  # noqa: DTZ001


@pytest.mark.parametrize("zone", [ZoneInfo("Asia/Shanghai"), timezone(timedelta(hours=-5))])
def test_a_moment_comes_back_as_the_same_instant_in_utc(
    store: Store, clock: HandClock, zone: ZoneInfo
) -> None:
    there = clock.now().astimezone(zone)

    store.run_now(lambda tx: facts.put(type(tx)(tx.connection, there), "when", ""))
    fact = store.read_now(lambda tx: facts.get(tx, "when"))

    assert fact is not None
    assert fact.at == there
    assert fact.at.utcoffset() == timedelta(0)
