"""Who is told: nobody is pushed about their own default, nobody twice, and no empty seat in silence."""

from collections.abc import Collection
from typing import Any

from tests.workflow.ladder_story import (
    CLERK,
    HEAD,
    LEADER,
    LIAISON,
    NEWS,
    PARTY_SECRETARY,
    PRINCIPAL,
    SEATS,
    SECRETARY,
    Story,
    ladder,
    one_step,
    topic,
)
from workflow.ladder import Audience, Listed, To
from workflow.ladder_seats import Lift, Resolved, recipients
from workflow.roles import PersonId

A = Audience


def told(
    *to: str,
    seats: dict[To, tuple[PersonId, ...]] | None = None,
    late: Collection[PersonId] = (),
    **more: Any,
) -> Resolved:
    """Who is told by an escalation to these audiences, the usual seats being changed by `seats`."""
    [step] = one_step({"after": 1}, to=list(to), **{"escalates": True, **more}).steps
    return recipients(step, {**SEATS, **(seats or {})}, frozenset(late))


def test_everybody_addressed_is_told_in_their_seat() -> None:
    assert told("owner", "unit_heads", "liaisons", "unit:news", late=[LEADER]).persons == {
        LEADER: A.OWNER,
        HEAD: A.UNIT_HEADS,
        LIAISON: A.LIAISONS,
        NEWS: Listed("unit:news"),
    }


def test_whoever_holds_several_seats_is_told_once() -> None:
    seats: dict[To, tuple[PersonId, ...]] = {A.DISCIPLINE: (SECRETARY,), A.OFFICE: (SECRETARY, CLERK)}

    assert told("discipline", "office", seats=seats).persons == {SECRETARY: A.DISCIPLINE, CLERK: A.OFFICE}


def test_the_discipline_secretary_s_own_overdue_topic_goes_to_the_chiefs() -> None:
    found = told("owner", "discipline", seats={A.OWNER: (SECRETARY,)}, late=[SECRETARY])

    assert found.persons == {SECRETARY: A.OWNER, PARTY_SECRETARY: A.CHIEF, PRINCIPAL: A.CHIEF}
    assert found.lifted == (Lift(A.DISCIPLINE, A.CHIEF),)


def test_a_chief_s_own_goes_to_the_other_chief() -> None:
    found = told("chief", seats={A.OWNER: (PRINCIPAL,)}, late=[PRINCIPAL])

    assert found == Resolved({PARTY_SECRETARY: A.CHIEF})


def test_above_the_last_chief_there_is_nobody_in_this_college() -> None:
    found = told("chief", seats={A.CHIEF: (PRINCIPAL,)}, late=[PRINCIPAL])

    assert found == Resolved({}, (), (Lift(A.CHIEF, None),))


def test_a_head_s_own_measure_goes_to_the_leader() -> None:
    found = told("unit_heads", on="measure", late=[HEAD])

    assert found.persons == {HEAD: A.UNIT_HEADS, LEADER: A.OWNER}
    assert found.lifted == (Lift(A.UNIT_HEADS, A.OWNER),)


def test_a_leader_who_heads_the_unit_too_is_passed_over_for_the_discipline_secretary() -> None:
    found = told("unit_heads", "owner", on="measure", seats={A.UNIT_HEADS: (LEADER,)}, late=[LEADER])

    assert found.persons == {LEADER: A.UNIT_HEADS, SECRETARY: A.DISCIPLINE}


def test_climbing_passes_empty_seats_and_says_so() -> None:
    found = told("unit_heads", on="measure", seats={A.OWNER: (), A.DISCIPLINE: (HEAD,)}, late=[HEAD])

    assert found.persons == {HEAD: A.UNIT_HEADS, PARTY_SECRETARY: A.CHIEF, PRINCIPAL: A.CHIEF}
    assert found.skipped == (A.OWNER,)


def test_an_empty_seat_is_skipped_aloud() -> None:
    found = told("owner", "discipline", seats={A.DISCIPLINE: ()}, late=[LEADER])

    assert found == Resolved({LEADER: A.OWNER}, (A.DISCIPLINE,))


def test_a_listed_unit_nobody_heads_is_skipped_aloud() -> None:
    assert told("unit:gone").skipped == ("unit:gone",)


def test_an_item_need_not_have_co_owners_or_liaisons() -> None:
    assert told("co_owners", "liaisons", seats={A.LIAISONS: ()}) == Resolved({})


def test_a_reminder_reaches_whom_it_addresses_even_in_default() -> None:
    found = told("discipline", late=[SECRETARY], escalates=False)

    assert found == Resolved({SECRETARY: A.DISCIPLINE})


def test_in_a_story_the_office_learns_of_the_vacancy() -> None:
    story = Story(ladder("default"), topic("03-02", "03-31"), seats={**SEATS, A.DISCIPLINE: ()}).until(
        "04-20"
    )

    assert story.vacant == {A.DISCIPLINE}
    assert ("04-01", "overdue") in story.heard(LEADER)
    assert ("04-07", "overdue-unheeded") in story.heard(PRINCIPAL)
