"""What a button does can be typed: 知悉 001, 确认办结 001-1; wrong numbers have a plain answer."""

from datetime import UTC, datetime, timedelta

import pytest

from services import claiming, extending, measuring, pressing
from storage import measures, notices, reports, topics
from tests.handlers.conversation import Conversation
from workflow.measure import MeasureState
from workflow.topic import Topic

OWNER, HEAD, CHIEF, SECRETARY = "外事副院长", "国际处处长", "党委书记", "纪委书记"
JUNE = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
NEVER = "没有编号为2026-017的议题，或您无权查看。请核对编号，或发“台账”查看。"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """Claimed, due at the end of June, with a measure of 国际处."""
    made = college.issued()
    claimed = college.do(OWNER, lambda work: claiming.claim(work, made.id))
    step = measuring.Step("修订办法", (college.unit("国际处"),), JUNE - timedelta(days=30))
    college.do(OWNER, lambda work: measuring.decompose(work, claimed.id, [step]))
    return claimed


def nudged(college: Conversation, topic: Topic) -> None:
    by = college.clock.now() + timedelta(days=3)
    college.do(SECRETARY, lambda work: pressing.nudge(work, topic.id, by))


def unheard(college: Conversation) -> int:
    return len(college.ask(lambda tx: notices.unheard(tx, college.id(OWNER))))


def test_what_waits_is_noted_by_number_or_alone(college: Conversation, topic: Topic) -> None:
    nudged(college, topic)
    assert college.say(OWNER, "知悉 001").text == "2026-001已知悉（1条）。"
    assert unheard(college) == 0
    assert college.say(OWNER, "知悉 001").text == "2026-001没有等您知悉的提醒。"

    nudged(college, college.issued())
    assert college.say(OWNER, "知悉").text == "2026-002已知悉（1条）。"
    assert college.say(OWNER, "知悉").text.startswith("好的，不记为进展")


def test_of_several_it_is_asked_which(college: Conversation, topic: Topic) -> None:
    nudged(college, topic)
    nudged(college, college.issued())
    assert college.say(OWNER, "知悉").text == "请写明编号（2026-001、2026-002），如：知悉 017。"
    assert unheard(college) == 2


@pytest.mark.parametrize("said", ["知悉，下周三前报方案", "知悉001，下周三前报方案"])
def test_what_is_said_with_it_is_not_lost(college: Conversation, topic: Topic, said: str) -> None:
    nudged(college, topic)
    college.say(OWNER, said)
    assert unheard(college) == 0
    college.press(OWNER, "001")
    assert "下周三前报方案" in [r.text for r in college.ask(lambda tx: reports.of_topic(tx, topic.id))]


def test_a_number_counts_before_a_comma(college: Conversation, topic: Topic) -> None:
    nudged(college, college.issued())
    college.say(OWNER, "知悉001，马上办")
    assert unheard(college) == 1


def test_a_measure_is_confirmed_by_its_number(college: Conversation, topic: Topic) -> None:
    (measure,) = college.ask(lambda tx: measures.of_topic(tx, topic.id))
    assert "现在可以“确认办结”的措施" in college.say(OWNER, "确认办结").text
    college.do(HEAD, lambda work: measuring.report_done(work, measure.id))
    assert "【确认办结】" in college.say(OWNER, "确认办结 001-1").text
    assert college.ask(lambda tx: measures.get(tx, measure.id)).state is MeasureState.CONFIRMED


@pytest.mark.parametrize("said", ["同意延期 001", "同意延期"])
def test_an_extension_is_granted_in_words(college: Conversation, topic: Topic, said: str) -> None:
    july = JUNE + timedelta(days=31)
    college.do(OWNER, lambda work: extending.ask(work, topic.id, july, "等待招标"))
    assert "已同意。时限延至2026年7月31日（周五）" in college.say(CHIEF, said).text


def test_another_date_is_echoed_and_a_refusal_carries_its_reason(college: Conversation, topic: Topic) -> None:
    july = JUNE + timedelta(days=31)
    college.do(OWNER, lambda work: extending.ask(work, topic.id, july, "等待招标"))
    assert "2026年7月15日（周三）" in college.say(CHIEF, "同意延期 001 7月15日").text
    assert "不同意。" in college.say(CHIEF, "不同意延期 001 理由不足").text
    assert college.ask(lambda tx: topics.get(tx, topic.id)).deadline == JUNE
    assert college.say(CHIEF, "同意延期 001").text == "没有等您批的申请。"


def test_a_measures_extension_goes_by_its_number(college: Conversation, topic: Topic) -> None:
    (measure,) = college.ask(lambda tx: measures.of_topic(tx, topic.id))
    college.do(HEAD, lambda work: extending.ask(work, topic.id, JUNE, "等待招标", measure.id))
    assert "已同意" in college.say(OWNER, "同意延期 001-1").text


@pytest.mark.parametrize("no", ["99", "999", "2026"])
def test_an_absurd_measure_is_answered_plainly(college: Conversation, topic: Topic, no: str) -> None:
    said = f"2026-001没有第{no}项措施。发“措施 2026-001”看看有哪些。"
    assert college.say(SECRETARY, f"催办 001-{no}").text == said
    assert college.say(HEAD, f"延期 001-{no} 6月20日").text == said


def test_a_wrong_number_is_answered_alike_whether_it_exists_or_not(college: Conversation) -> None:
    for said in ("催办 017", "延期 017 12月20日"):
        assert college.say("后勤处处长", said).text == NEVER
    college.issued()
    assert college.say("后勤处处长", "催办 001").text == NEVER.replace("017", "001")
