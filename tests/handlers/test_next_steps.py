"""What a card says of the step just taken, and which one it offers next."""

from datetime import UTC, datetime

import pytest

from services import claiming, extending, measuring
from storage import reports, topics
from tests.handlers.conversation import Conversation
from workflow.topic import Topic, TopicState
from workflow.transitions import Event

OWNER, HEAD, CHIEF, SECRETARY, OFFICE = "外事副院长", "国际处处长", "党委书记", "纪委书记", "党办主任"
NIGHT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """Claimed, due at the end of June."""
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def at_night(college: Conversation) -> None:
    college.clock.advance(NIGHT - college.clock.now())


def test_whoever_claims_is_shown_the_next_step(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    assert college.last(OWNER).text.startswith("【已领题】2026-001，下一步请分解措施")
    assert college.last(OWNER).labels[0] == "分解措施"

    steps = [measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, tzinfo=UTC))]
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    assert college.say(OWNER, "议题 001").labels[0] == "报进展", "once it is broken down, reports come first"


def test_words_after_the_press_are_the_statement(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "议题 001")
    college.press(OWNER, "申请销号")
    assert "要附说明，直接发送" in college.last(OWNER).text

    shown = college.say(OWNER, "制度已印发并组织培训")

    assert "【申请销号】2026-001已提交核验" in shown.text
    said = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    assert [r.text for r in said if r.event == Event.SUBMIT] == ["制度已印发并组织培训"]


def test_whoever_goes_back_has_stated_nothing(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "议题 001")
    college.press(OWNER, "申请销号")
    college.press(OWNER, "返回")
    college.say(OWNER, "还要再看看")
    assert college.ask(lambda tx: topics.get(tx, topic.id)).state is TopicState.IN_PROGRESS


def test_in_a_group_words_are_no_statement(college: Conversation, topic: Topic) -> None:
    college.say(OFFICE, "/bind", group=True)
    college.say(OWNER, "/submit 001", group=True)
    college.say(OWNER, "大家辛苦了", group=True)
    assert college.ask(lambda tx: topics.get(tx, topic.id)).state is TopicState.IN_PROGRESS


def test_an_inquiry_names_who_inquires(college: Conversation, topic: Topic) -> None:
    shown = college.say(CHIEF, "过问 001 进展如何")
    assert "过问人：党委书记" in shown.text
    assert "申请人" not in shown.text


def test_another_date_is_shown_when_it_was_granted(college: Conversation, topic: Topic) -> None:
    wanted = datetime(2026, 8, 31, 15, 59, 59, tzinfo=UTC)
    college.do(OWNER, lambda work: extending.ask(work, topic.id, wanted, "等待招标"))
    college.say(CHIEF, "待批 001 同意 7月15日")
    college.press(CHIEF, "确认")
    shown = college.last(CHIEF).text
    assert "党委书记3月2日已同意。时限延至2026年7月15日（周三）。" in shown
    assert "申请延至：2026年8月31日（周一）" in shown


def test_after_hours_it_is_said_when_a_nudge_arrives(college: Conversation, topic: Topic) -> None:
    at_night(college)
    college.say(SECRETARY, "议题 001")
    assert college.press(SECRETARY, "催办") == "已登记催办，3月3日 08:00送达"
    assert "【催办】现为非工作时间，3月3日 08:00送达外事副院长" in college.last(SECRETARY).text


def test_after_hours_many_nudges_say_so_too(college: Conversation, topic: Topic) -> None:
    at_night(college)
    college.clock.advance(datetime(2026, 7, 1, 12, tzinfo=UTC) - college.clock.now())
    college.say(OFFICE, "批量催办")
    college.press(OFFICE, "批量催办")
    assert "7月2日 08:00送达" in college.last(OFFICE).text


def test_what_is_due_today_is_not_due_in_no_workdays(college: Conversation) -> None:
    college.issued(deadline=datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC))
    assert "2026-001《因公出国内控》今天到期" in college.say(OFFICE, "批量催办").text
