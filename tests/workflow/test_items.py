"""What a topic and a measure say of themselves: what is lacking, and whether they are late."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from workflow.measure import Measure, MeasureState
from workflow.roles import PersonId
from workflow.topic import Cycle, Kind, Term, Topic, TopicState, missing

DEADLINE = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def term(kind: Kind = Kind.DATED, cycle: Cycle = Cycle.NONE, deadline: datetime | None = DEADLINE) -> Term:
    return cast(Term, SimpleNamespace(kind=kind, cycle=cycle, deadline=deadline))


@pytest.mark.parametrize(
    ("title", "goal", "owned", "until", "lacking"),
    [
        ("内控", "闭环", True, term(), ()),
        (" ", "闭环", True, term(), ("title",)),
        ("内控", "\t", True, term(), ("goal",)),
        ("内控", "闭环", False, term(), ("owner",)),
        ("内控", "闭环", True, term(deadline=None), ("deadline",)),
        ("", "", False, term(deadline=None), ("title", "goal", "owner", "deadline")),
        ("内控", "闭环", True, term(Kind.AT_ONCE, Cycle.MONTHLY, None), ("deadline",)),
        ("内控", "闭环", True, term(Kind.STANDING, Cycle.MONTHLY, None), ()),
        ("内控", "闭环", True, term(Kind.STANDING), ("cycle",)),
    ],
)
def test_what_is_lacking(title: str, goal: str, owned: bool, until: Term, lacking: tuple[str, ...]) -> None:
    assert missing(title, goal, owned, until) == lacking


def topic(**values: Any) -> Topic:
    usual: dict[str, Any] = dict.fromkeys(Topic.__slots__)
    usual |= {"title": "内控", "goal": "闭环", "kind": Kind.DATED, "cycle": Cycle.NONE, "deadline": DEADLINE}
    return Topic(**{**usual, "state": TopicState.IN_PROGRESS, "eligible": (), **values})


def test_a_topic_lacks_an_owner_until_somebody_is_called() -> None:
    assert topic(owner_id=PersonId(1)).missing() == ()
    assert topic(eligible=(PersonId(1), PersonId(2))).missing() == ()
    assert topic().missing() == ("owner",)
    assert topic(title="", goal="", deadline=None).missing() == ("title", "goal", "owner", "deadline")


@pytest.mark.parametrize("state", TopicState)
def test_a_topic_is_late_after_the_last_instant_while_it_is_worked_on(state: TopicState) -> None:
    working = state in (TopicState.ISSUED, TopicState.IN_PROGRESS)
    assert topic(state=state).overdue(DEADLINE + SECOND) is working
    assert topic(state=state).overdue(DEADLINE) is False
    assert topic(state=state, deadline=None).overdue(DEADLINE + SECOND) is False


@pytest.mark.parametrize("state", MeasureState)
def test_a_measure_is_late_while_its_unit_owes_it(state: MeasureState) -> None:
    owing = state in (MeasureState.ASSIGNED, MeasureState.RECEIVED, MeasureState.RETURNED)
    usual: dict[str, Any] = dict.fromkeys(Measure.__slots__)
    measure = Measure(**{**usual, "state": state, "deadline": DEADLINE})
    assert measure.overdue(DEADLINE + SECOND) is owing
    assert measure.overdue(DEADLINE) is False
