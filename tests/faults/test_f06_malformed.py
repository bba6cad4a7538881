"""Fault 6: an update nobody understands is kept as it came and set aside; everything else goes on."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import inbox
from tests.faults.scripted import Scripted, message
from tests.house import House, until

SHAPES: list[Any] = [
    {},
    {"update_id": "7"},
    {"update_id": -1, "message": {}},
    {"update_id": 1, "message": None},
    {"update_id": 2, "message": []},
    {"update_id": 3, "message": {"chat": {"id": "eleven"}}},
    {"update_id": 4, "callback_query": {"id": 1}},
    {"update_id": 5, "my_chat_member": {"chat": {"id": 11, "type": "private"}}},
    {"update_id": 6, "message": {**message(6, "x")["message"], "date": "yesterday"}},
    {"update_id": 8, "message": {**message(8, "x")["message"], "text": {"no": "text"}}},
    [],
    None,
    "update",
    {"update_id": 10, "message": {**message(10, "x")["message"], "chat": {"id": 11}}},
]


@pytest.mark.parametrize("shape", SHAPES, ids=repr)
async def test_what_cannot_be_understood_holds_up_nothing(house: House, shape: Any) -> None:
    odd = Scripted(house.messenger(), [message(100, "before"), shape, message(101, "after")])
    async with house.running(house.app(odd)) as app:
        await until(lambda: odd.played)
        await app.quiet()

    assert house.parrot.texts() == ["before", "after"]
    waiting = house.store.read_now(inbox.backlog)
    assert (waiting.new, waiting.quarantined) == (0, 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
UPDATES = st.fixed_dictionaries({"update_id": st.integers(0, 10**9)}, optional=dict.fromkeys(KINDS, JSON))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(JSON | UPDATES, max_size=20))
async def test_whatever_comes_the_next_word_is_heard(house: House, batch: list[Any]) -> None:
    house.parrot.heard.clear()
    fuzz = Scripted(house.messenger(), batch, [message(2 * 10**9 + len(house.parrot.heard), "after")])
    async with house.running(house.app(fuzz)) as app:
        await until(lambda: fuzz.played)
        await app.quiet()

    assert house.store.read_now(inbox.backlog).new == 0
