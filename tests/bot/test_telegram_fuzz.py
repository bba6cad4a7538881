"""Whatever arrives, reading it ends in an Incoming, in None, or in Malformed, and in nothing else."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bot.messengers.base import Malformed
from bot.messengers.telegram_incoming import Account, event_id, lane, offset_after, parse
from handlers.incoming import Incoming
from tests.bot.telegram_updates import REAL, RECEIVED_AT

TEXTS = st.text(st.characters(codec=None), max_size=20)  # half surrogate pairs too: JSON can spell them
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
STORED = TypeAdapter(Incoming)
PARTS = st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member", "update_id"])


def read(raw: Any) -> None:
    assert event_id(raw)
    assert isinstance(lane(raw), str)
    assert offset_after([raw]) is None or offset_after([raw, raw]) == raw["update_id"] + 1
    try:
        incoming = parse(raw, RECEIVED_AT, Account(1000001, "Lingti_Bot"))
    except Malformed:
        return
    assert incoming is None or STORED.dump_json(incoming)


def places(raw: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value inside."""
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return [here for key, value in inner for here in ((*path, key), *places(value, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A real update in which some values were taken out or replaced by rubbish."""
    raw = copy.deepcopy(draw(st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from(places(raw)))
        holder: Any = raw
        for key in path:
            holder = holder[key]
        if isinstance(holder, dict) and draw(st.booleans()):
            holder[f"no {last}"] = holder.pop(last)
        else:
            holder[last] = draw(JSON)
    return raw


@given(JSON | st.dictionaries(PARTS, JSON))
@settings(max_examples=150, deadline=None)
def test_any_json_is_survived(raw: Any) -> None:
    read(raw)


@given(mutated())
@settings(max_examples=250, deadline=None)
def test_a_damaged_update_is_survived(raw: Any) -> None:
    read(raw)


def test_a_bottomless_update_is_survived() -> None:
    raw: Any = {}
    for _ in range(50_000):
        raw = {"message": raw}
    read(raw)
    while raw:
        raw = raw["message"]  # taken apart from outside, for the interpreter would do it recursively
