"""The second table: every line of it lets the right seats through, and nobody else."""

import runpy
from itertools import product

import pytest

from workflow import affair_table
from workflow.affair import SETTLED, AffairKind, AffairState
from workflow.affair_table import (
    AFFAIR_RULES,
    AffairEvent,
    AffairRule,
    AffairSeat,
    affair_events,
    awaited,
    awaiting,
    decide_affair,
    reported_to,
)
from workflow.errors import Barred, NoRight, NotInThisState


@pytest.mark.parametrize("rule", AFFAIR_RULES, ids=lambda r: f"{r.kind}-{r.event}-{r.frm or 'start'}")
def test_a_line_admits_its_seats_and_no_other(rule: AffairRule) -> None:
    for seat in AffairSeat:
        if seat in rule.by - rule.never:
            decision = decide_affair(rule.kind, rule.frm, rule.event, {seat})
            assert decision.to is (rule.to or rule.frm)
            assert decision.seat is seat
            assert rule.event in affair_events(rule.kind, rule.frm, {seat})
        elif seat not in rule.by:
            with pytest.raises(NoRight) as refusal:
                decide_affair(rule.kind, rule.frm, rule.event, {seat})
            needed = tuple(sorted(rule.by))
            told = {"kind": rule.kind, "event": rule.event, "needed": needed}
            assert (refusal.value.code, refusal.value.data) == ("affair_no_right", told)
        else:
            with pytest.raises(Barred):
                decide_affair(rule.kind, rule.frm, rule.event, {seat})
            assert rule.event not in affair_events(rule.kind, rule.frm, {seat})


@pytest.mark.parametrize("rule", [r for r in AFFAIR_RULES if r.never], ids=lambda r: f"{r.kind}-{r.event}")
def test_a_seat_that_forbids_outweighs_all_that_allow(rule: AffairRule) -> None:
    for barring in rule.never:
        with pytest.raises(Barred) as refusal:
            decide_affair(rule.kind, rule.frm, rule.event, {*AffairSeat, barring})
        assert (refusal.value.code, refusal.value.data) == (
            "affair_own",
            {"kind": rule.kind, "event": rule.event},
        )


def test_no_act_has_two_lines() -> None:
    keys = [(rule.kind, rule.frm, rule.event) for rule in AFFAIR_RULES]
    assert len(keys) == len({*keys})


def test_what_the_table_does_not_know_is_refused_to_everybody() -> None:
    known = {(rule.kind, rule.frm, rule.event) for rule in AFFAIR_RULES}
    for kind, state, event in product(AffairKind, (None, *AffairState), AffairEvent):
        if (kind, state, event) not in known:
            with pytest.raises(NotInThisState) as refusal:
                decide_affair(kind, state, event, {*AffairSeat})
            told = {"kind": kind, "event": event, "state": state}
            assert (refusal.value.code, refusal.value.data) == ("affair_not_in_this_state", told)


def test_every_kind_can_begin_and_can_end() -> None:
    lasting = {AffairKind.LISTING, AffairKind.REGISTER}  # a record stays what it is
    for kind in AffairKind:
        reached = {rule.to for rule in AFFAIR_RULES if rule.kind is kind}
        assert any(rule.frm is None for rule in AFFAIR_RULES if rule.kind is kind)
        assert kind in lasting or reached & SETTLED


def test_an_affair_that_waits_waits_for_somebody_who_can_do_something() -> None:
    for kind, state in product(AffairKind, AffairState):
        for seat in awaited(kind, state):
            assert affair_events(kind, state, {seat}), (kind, state, seat)
    assert {len(reported_to(kind)) for kind in AffairKind} == {2}


def test_the_table_is_the_same_when_it_is_read_again() -> None:
    """It is put together as the module loads; once more it must come out line by line as it stands."""
    again = runpy.run_path(affair_table.__file__, run_name=affair_table.__name__)
    lines = [(r.kind, r.event, r.frm, r.to, r.by, r.never) for r in again["AFFAIR_RULES"]]
    assert lines == [(r.kind, r.event, r.frm, r.to, r.by, r.never) for r in AFFAIR_RULES]


def test_whom_a_passed_term_is_reported_to() -> None:
    judged = {AffairKind.ADMONITION, AffairKind.TOLERANCE, AffairKind.CLARIFICATION, AffairKind.RECHECK}
    for kind in AffairKind:
        first = AffairSeat.DISCIPLINE if kind in judged else AffairSeat.OFFICE
        assert reported_to(kind)[0] is first, kind


def test_what_is_open_to_a_seat_is_read_line_by_line() -> None:
    for kind, state, seat in product(AffairKind, (None, *AffairState), AffairSeat):
        lines = [rule for rule in AFFAIR_RULES if rule.kind is kind and rule.frm is state]
        wanted = tuple(rule.event for rule in lines if seat in rule.by and seat not in rule.never)
        assert affair_events(kind, state, {seat}) == wanted, (kind, state, seat)


def test_the_states_that_wait_are_those_somebody_is_awaited_in() -> None:
    for kind in AffairKind:
        assert {*awaiting(kind)} == {state for state in AffairState if awaited(kind, state)}
        assert len(awaiting(kind)) == len({*awaiting(kind)})
