"""Gap-filling and admonition: where work is stuck, until when one answers, who talks, what was heeded."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from workflow.measure import Measure
from workflow.roles import Role
from workflow.supervision import CoverStep, Heard, answer_term, likely_step, unheeded, who_talks
from workflow.topic import Topic, TopicState
from workflow.workdays import Calendar

TABLE = {"chief": "", "leader": "chief", "discipline_secretary": "chief", "staff": "discipline_secretary"}
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (TopicState.ISSUED, CoverStep.CLAIM),
        (TopicState.SUBMITTED, CoverStep.VERIFY),
        (TopicState.IN_PROGRESS, CoverStep.CARRY_OUT),
    ],
)
def test_an_item_is_stuck_where_its_topic_stands(state: TopicState, step: CoverStep) -> None:
    topic = cast(Topic, SimpleNamespace(state=state))
    assert likely_step(topic) is step
    assert likely_step(topic, cast(Measure, SimpleNamespace())) is CoverStep.CARRY_OUT


def test_the_term_is_the_same_hour_some_workdays_later() -> None:
    friday = datetime(2026, 9, 30, 7, 30, tzinfo=UTC)  # the holidays of October follow
    until = answer_term(Calendar(), friday, 1).astimezone(Calendar().tz)
    assert (until.date().isoformat(), until.time()) == ("2026-10-08", time(15, 30))


@pytest.mark.parametrize(
    ("held", "who"),
    [
        ({Role.CHIEF, Role.LEADER}, ""),
        ({Role.LEADER, Role.OFFICE}, "chief"),
        ({Role.DISCIPLINE_SECRETARY}, "chief"),
        ({Role.UNIT_HEAD}, "discipline_secretary"),
        (set(), "discipline_secretary"),
    ],
)
def test_the_highest_rank_counts(held: set[Role], who: str) -> None:
    assert who_talks(TABLE, held) == who


def test_what_was_acknowledged_or_followed_by_a_report_was_heeded() -> None:
    first = Heard(NOW, acknowledged=False, occurrence="a")
    again = Heard(NOW + timedelta(days=1), acknowledged=True, occurrence="b")
    last = Heard(NOW + timedelta(days=2), acknowledged=False, occurrence="c")
    assert unheeded([first, again, last, last], None) == 2
    assert unheeded([first, again, last], NOW + timedelta(days=1)) == 1
    assert unheeded([], None) == 0
