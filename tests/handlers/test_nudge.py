"""催办, 批量催办, 知悉: a push now, to whoever owes the next step, and the answer that it was heard."""

from datetime import UTC, datetime

import pytest

from services import claiming, measuring
from storage import notices, reports
from tests.handlers.conversation import Conversation
from workflow.topic import Topic
from workflow.transitions import Event

OWNER, HEAD, SECRETARY, OFFICE = "外事副院长", "国际处处长", "纪委书记", "党办主任"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    claimed = college.do(OWNER, lambda work: claiming.claim(work, made.id))
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, claimed.id, [step]))
    return claimed


def nudged(college: Conversation, who: str) -> list[str]:
    return [shown.text for shown in college.pushed(who) if "催办" in shown.text]


def test_one_press_asks_for_an_answer_within_two_workdays(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "议题 001")
    assert college.press(SECRETARY, "催办") == "已催办"
    shown = college.last(SECRETARY)
    assert shown.edited
    assert "【催办】已催外事副院长，请于2026年3月4日（周三）前回复" in shown.text
    assert len(nudged(college, OWNER)) == 1
    assert "3月4日" in nudged(college, OWNER)[0]


def test_a_message_carries_words_and_a_date(college: Conversation, topic: Topic) -> None:
    shown = college.say(SECRETARY, "催办 001 请先报台账清理进度 3月10日前")
    assert "2026年3月10日（周二）" in shown.text
    assert len(nudged(college, OWNER)) == 1
    said = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    assert [r.text for r in said if r.event == Event.NUDGE] == ["请先报台账清理进度"]


def test_a_measure_is_pushed_at_its_units(college: Conversation, topic: Topic) -> None:
    assert "国际处处长、国际处联络员" in college.say(OWNER, "催办 001-1").text
    assert len(nudged(college, HEAD)) == 1


def test_an_owner_pushes_the_units(college: Conversation, topic: Topic) -> None:
    assert "国际处处长、国际处联络员" in college.say(OWNER, "催办 001").text
    assert nudged(college, OWNER) == []


def test_nobody_to_push_is_said(college: Conversation) -> None:
    made = college.issued(lead_units=())
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    assert "没有可催办的人" in college.say(OWNER, "催办 001").text


def test_dates_that_cannot_be_are_refused(college: Conversation, topic: Topic) -> None:
    assert "已经过去" in college.say(SECRETARY, "催办 001 2026年1月5日前").text
    assert "没有“2月30日前”这一天" in college.say(SECRETARY, "催办 001 2月30日前").text
    assert nudged(college, OWNER) == []


def test_a_double_press_pushes_once(college: Conversation, topic: Topic) -> None:
    card = college.say(SECRETARY, "议题 001")
    college.press(SECRETARY, "催办", card)
    assert "情况有变" in college.press(SECRETARY, "催办", card)
    assert len(nudged(college, OWNER)) == 1


def test_a_push_at_night_waits_for_the_morning(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 3, 2, 14, tzinfo=UTC))
    college.say(SECRETARY, "催办 001")
    assert nudged(college, OWNER) == []
    college.pass_(hours=12)
    assert len(nudged(college, OWNER)) == 1


def test_the_receiver_acknowledges_and_sees_the_topic(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "催办 001")
    push = next(shown for shown in college.pushed(OWNER) if "催办" in shown.text)
    assert college.press(OWNER, "知悉", push) == "已知悉"
    assert "【已知悉】\n2026-001" in college.last(OWNER).text
    assert "报进展" in college.last(OWNER).labels
    (told,) = [n for n in college.ask(lambda tx: notices.get_many(tx, range(100))) if n.kind == "nudged"]
    assert told.acknowledged_at == college.clock.now()


def test_the_office_pushes_everything_that_is_due_in_two_steps(college: Conversation, topic: Topic) -> None:
    assert "没有逾期或5个工作日内到期的事项" in college.say(OFFICE, "批量催办").text
    college.pass_to(datetime(2026, 6, 25, 1, tzinfo=UTC))
    before = (len(nudged(college, OWNER)), len(nudged(college, HEAD)))
    shown = college.say(OFFICE, "批量催办")
    assert "拟催办2项，请于2026年6月29日（周一）前回复" in shown.text
    assert "2026-001 措施1已逾期" in shown.text
    assert "2026-001《因公出国内控》还有3个工作日到期" in shown.text
    assert "请点“批量催办”确认" in college.say(OFFICE, "好的").text
    assert college.press(OFFICE, "批量催办") == "已催办2项"
    assert "已催办2项，通知3人" in college.last(OFFICE).text
    college.pass_(hours=1)
    assert (len(nudged(college, OWNER)), len(nudged(college, HEAD))) == (before[0] + 1, before[1] + 1)


def test_what_was_settled_since_the_list_is_left_out(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 6, 25, 1, tzinfo=UTC))
    college.say(OFFICE, "批量催办")
    college.say(OWNER, "申请销号 001 其余并入")
    assert college.press(OFFICE, "批量催办") == "已催办0项"
    assert "2项情况有变" in college.last(OFFICE).text


def test_only_the_office_pushes_everything(college: Conversation, topic: Topic) -> None:
    assert "由联席会议办公室办理" in college.say(HEAD, "批量催办").text
    assert "催办”由" in college.say(HEAD, "催办 001").text


def test_a_day_gone_by_is_not_taken_for_next_year(college: Conversation, topic: Topic) -> None:
    said = college.say(SECRETARY, "催办 001 请先报方案 3月1日前").text
    assert "这一天已经过去，下一次是2027年3月1日（周一），没有催办。请连同内容再发一次。" in said
    assert nudged(college, OWNER) == []


def test_whoever_has_not_claimed_is_asked_to_claim(college: Conversation) -> None:
    """A report and an extension are refused before the claim, so nobody is asked for them."""
    college.issued()
    college.say(SECRETARY, "催办 001")
    assert "请于3月4日前领题；不宜由您领题的，可提请调整" in nudged(college, OWNER)[0]
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    late = [shown.text for shown in college.pushed(OWNER) if "【逾期】" in shown.text]
    assert late[0] == "【逾期】2026-001《因公出国内控》已逾期1个工作日，尚待外事副院长领题。（提醒第4级）"
