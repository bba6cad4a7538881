"""批量催办 taken back: only while it is quiet and nobody has heard of it, and by whoever sent it alone."""

from datetime import UTC, datetime

import pytest

from services import claiming, pressing
from storage import reports
from tests.handlers.conversation import Conversation
from workflow.errors import Invalid, Stale
from workflow.topic import Topic
from workflow.transitions import Event

OWNER, OFFICE, SECRETARY = "外事副院长", "党办主任", "纪委书记"
NIGHT = datetime(2026, 6, 29, 14, tzinfo=UTC)


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def nudged(college: Conversation) -> list[str]:
    return [shown.text for shown in college.pushed(OWNER) if "【催办】" in shown.text]


def test_at_night_it_can_be_taken_back(college: Conversation, topic: Topic) -> None:
    college.pass_to(NIGHT)
    college.say(OFFICE, "批量催办")
    college.press(OFFICE, "批量催办")
    assert college.last(OFFICE).labels == ["撤回"]
    assert college.press(OFFICE, "撤回") == "已撤回"
    assert "1条催办尚未送达" in college.last(OFFICE).text
    college.pass_(hours=12)
    assert nudged(college) == []
    said = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    assert all(one.withdrawn_at for one in said if one.event == Event.NUDGE)
    college.say(OFFICE, "催办 001")
    assert len(nudged(college)) == 1, "it may be sent anew"


def test_what_somebody_has_heard_stays(college: Conversation, topic: Topic) -> None:
    college.pass_to(NIGHT)
    college.say(OFFICE, "批量催办")
    college.press(OFFICE, "批量催办")
    card = college.last(OFFICE)
    college.pass_(hours=14)
    assert "不能撤回" in college.press(OFFICE, "撤回", card)
    assert len(nudged(college)) == 1
    with pytest.raises(Invalid, match="undo_sent"):
        college.do(OFFICE, lambda work: pressing.take_back(work, 0))


def test_by_day_it_is_said_that_it_cannot_be(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 6, 29, 2, tzinfo=UTC))
    college.say(OFFICE, "批量催办")
    college.press(OFFICE, "批量催办")
    assert "不能撤回" in college.last(OFFICE).text
    assert college.last(OFFICE).labels == []


def test_nobody_takes_back_anothers(college: Conversation, topic: Topic) -> None:
    college.pass_to(NIGHT)
    college.say(OFFICE, "批量催办")
    college.press(OFFICE, "批量催办")
    for who in (SECRETARY, OWNER, "系统管理员"):
        with pytest.raises(Stale):
            college.do(who, lambda work: pressing.take_back(work, 0))
