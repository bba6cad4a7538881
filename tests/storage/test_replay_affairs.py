"""The trail of affairs replayed: persons asked, answers and lines, and what was changed behind it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from storage import affairs, replay
from storage.replay_affairs import Beside
from storage.store import Store, Tx
from workflow.affair import AffairItem, Part
from workflow.roles import PersonId

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
AFFAIR = {"kind": "meeting", "number": "M2026-01", "state": "open", "version": 1}


@pytest.fixture
def trail(store: Store, dean: PersonId) -> Store:
    """One meeting with one person asked, who answered, and one line."""

    def turn(tx: Tx) -> None:
        id_ = affairs.add(tx, {**AFFAIR, "opened_at": tx.now})
        told = {**AFFAIR, "opened_at": tx.now.isoformat(), "facts": {}}
        tx.record("affair_begin", facts={"affair": id_, "version": 1, "set": told})
        affairs.ask(tx, id_, dean, "asked")
        tx.record("affair_ask", facts={"affair": id_, "part": "asked", "asked": [dean]})
        affairs.answer(tx, Part(id_, dean, "asked", "yes", AT, ""))
        said = {"affair": id_, "part": "asked", "person": dean, "answer": "yes", "sent_at": AT}
        tx.record("affair_answer", facts=said)
        affairs.add_item(tx, AffairItem(id_, 1, "agenda", "", None, None, dean, {"minutes": 10}, "x"))
        named = {"item_topic": None, "item_unit": None, "item_person": dean}
        line = {"affair": id_, "item": 1, "kind": "agenda", "state": "", "facts": {"minutes": 10}}
        tx.record("affair_item", facts=line | named)

    store.run_now(turn)
    return store


def differing(store: Store) -> list[tuple[str, str]]:
    return [(one.table, one.column) for one in store.read_now(replay.differences)]


def test_what_follows_from_the_trail_differs_in_nothing(trail: Store) -> None:
    assert differing(trail) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE affair_people SET answer = 'leave'", "affair_people"),
        ("UPDATE affair_people SET answered_at = NULL", "affair_people"),
        ("DELETE FROM affair_people", "affair_people"),
        ("UPDATE affair_items SET state = 'struck'", "affair_items"),
        ("UPDATE affair_items SET facts = '{\"minutes\": 90}'", "affair_items"),
        ("DELETE FROM affair_items", "affair_items"),
    ],
)
def test_a_change_behind_the_trail_is_named(trail: Store, statement: str, found: str) -> None:
    trail.run_now(lambda tx: tx.execute(text(statement)))
    assert {table for table, _ in differing(trail)} == {found}


def told(*rows: tuple[str, int | None, dict[str, Any]]) -> Beside:
    beside = Beside()
    for event, topic, facts in rows:
        beside.add(event, topic, facts)
    return beside


ASKED: tuple[str, None, dict[str, Any]] = (
    "affair_ask",
    None,
    {"affair": 1, "part": "asked", "asked": [2, 3]},
)


def test_a_successor_stands_where_the_leaver_stood() -> None:
    beside = told(ASKED, ("affair_ask", None, {"affair": 1, "part": "asked", "asked": [4], "instead": 2}))
    assert sorted(beside.parts) == [(1, 3, "asked"), (1, 4, "asked")]


def test_a_new_date_asks_everybody_anew() -> None:
    yes = {"affair": 1, "part": "asked", "person": 2, "answer": "yes", "sent_at": AT.isoformat()}
    beside = told(
        ASKED, ("affair_answer", None, yes), ("affair_unanswered", None, {"affair": 1, "part": "asked"})
    )
    assert {*beside.parts.values()} == {("", None)}


def test_an_answer_nobody_was_asked_for_counts_for_nothing() -> None:
    yes = {"affair": 1, "part": "asked", "person": 9, "answer": "yes", "sent_at": AT.isoformat()}
    assert told(("affair_answer", None, yes)).parts == {}


def test_a_plan_is_taken_over_topic_by_topic() -> None:
    plan = {"affair": 1, "items": [{"item": 1, "facts": {"lead": [5]}}]}
    other = {"affair": 1, "items": [{"item": 2, "facts": {"lead": [6]}}]}
    beside = told(("affair_plan", 7, plan), ("affair_plan", 8, other), ("affair_plan_taken", 7, {}))
    assert [item[1] for item in beside.items.values()] == ["taken", "planned"]


def test_what_is_no_row_of_ours_changes_nothing() -> None:
    beside = told(("affair_ask", None, {}), ("affair_item", None, {"affair": []}), ("affair_open", None, {}))
    assert (beside.parts, beside.items) == ({}, {})
