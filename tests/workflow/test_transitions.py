"""The table, read back in full: every state, event and seat."""

import runpy
from itertools import product
from typing import Any

import pytest

from workflow import transitions
from workflow.errors import Barred, NoRight, NotInThisState, WorkflowError
from workflow.measure import MeasureState
from workflow.roles import EXECUTORS, OWNERS, Seat
from workflow.topic import TopicState
from workflow.transitions import MEASURE_RULES, TOPIC_RULES, Event, Rule, allowed_events, decide

STATES = (*TopicState, *MeasureState)
RULES = (*TOPIC_RULES, *MEASURE_RULES)


def rule_for(state: TopicState | MeasureState, event: Event) -> Rule | None:
    found = [rule for rule in RULES if rule.frm is state and rule.event is event]
    assert len(found) <= 1, f"two lines for {event} from {state}"
    return found[0] if found else None


def said(refusal: pytest.ExceptionInfo[WorkflowError]) -> tuple[str, dict[str, Any]]:
    return refusal.value.code, refusal.value.data


@pytest.mark.parametrize(("state", "event"), [*product(STATES, Event)], ids=str)
def test_the_full_product_of_states_events_and_seats(state, event) -> None:
    rule = rule_for(state, event)
    for seat in Seat:
        if rule is None:
            with pytest.raises(NotInThisState) as refusal:
                decide(state, event, [seat])
            assert said(refusal) == ("not_in_this_state", {"event": event, "state": state})
        elif seat not in rule.by:
            with pytest.raises(NoRight) as refusal:
                decide(state, event, [seat])
            assert said(refusal) == ("no_right", {"event": event, "needed": tuple(sorted(rule.by))})
        else:
            decision = decide(state, event, [seat])
            assert decision.to is (rule.to or state)
            assert decision.seat is seat
        assert (event in allowed_events(state, [seat])) is (rule is not None and seat in rule.by)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.never], ids=lambda r: f"{r.event}")
def test_a_barring_seat_forbids_what_another_seat_would_allow(rule: Rule) -> None:
    for allowing, barring in product(rule.by, rule.never):
        with pytest.raises(Barred) as refusal:
            decide(rule.frm, rule.event, [allowing, barring])
        assert said(refusal) == ("own_work", {"event": rule.event})
        assert rule.event not in allowed_events(rule.frm, [allowing, barring])


def test_nobody_verifies_what_they_own_or_carry_out() -> None:
    for event in (Event.CLOSE, Event.RETURN):
        for own in OWNERS | EXECUTORS:
            with pytest.raises(Barred):
                decide(TopicState.SUBMITTED, event, [Seat.VERIFIER, own])


def test_an_extension_is_never_decided_by_who_owns_the_topic() -> None:
    for own in OWNERS:
        with pytest.raises(Barred):
            decide(TopicState.IN_PROGRESS, Event.GRANT_EXTENSION, [Seat.ISSUER, own])


def test_a_withdrawn_topic_and_a_withdrawn_measure_are_different_things() -> None:
    assert TopicState.WITHDRAWN == MeasureState.WITHDRAWN
    assert decide(TopicState.WITHDRAWN, Event.VIEW, [Seat.CHIEF]).to is TopicState.WITHDRAWN
    assert decide(MeasureState.WITHDRAWN, Event.VIEW, [Seat.CHIEF]).to is MeasureState.WITHDRAWN


def test_closed_and_withdrawn_topics_are_nobodys_work() -> None:
    doing = set(Event) - {Event.VIEW, Event.COMMENT, Event.REOPEN}
    for state in (TopicState.CLOSED, TopicState.WITHDRAWN):
        assert not doing & set(allowed_events(state, list(Seat)))


def test_every_state_but_the_ends_can_be_left_and_every_state_can_be_reached() -> None:
    for states, rules, start in (
        (TopicState, TOPIC_RULES, TopicState.DRAFT),
        (MeasureState, MEASURE_RULES, MeasureState.ASSIGNED),
    ):
        reached = {start} | {rule.to for rule in rules if rule.to}
        assert reached == set(states)
        left = {rule.frm for rule in rules if rule.to}
        assert set(states) - left <= {TopicState.WITHDRAWN, MeasureState.WITHDRAWN}


def test_the_seat_named_is_the_first_that_allows_it() -> None:
    assert decide(TopicState.ISSUED, Event.CLAIM, [Seat.ELIGIBLE, Seat.CHIEF]).seat is Seat.ELIGIBLE
    assert decide(TopicState.DRAFT, Event.EDIT, [Seat.DRAFTER, Seat.ISSUER]).seat is Seat.ISSUER


def test_the_table_is_the_same_when_it_is_read_again() -> None:
    """It is put together as the module loads; once more it must come out line by line as it stands."""
    again = runpy.run_path(transitions.__file__, run_name=transitions.__name__)
    lines = [(r.event, r.frm, r.to, r.by, r.never) for r in (*again["TOPIC_RULES"], *again["MEASURE_RULES"])]
    assert lines == [(r.event, r.frm, r.to, r.by, r.never) for r in RULES]


def test_a_refusal_reads_as_its_code_and_its_data() -> None:
    assert str(WorkflowError("stale")) == "stale"
    assert str(WorkflowError("stale", item="topic")) == "stale {'item': 'topic'}"
    assert WorkflowError("stale", item="topic").args == ("stale",)
