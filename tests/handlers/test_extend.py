"""延期: asked in one message and agreed to by a press, or step by step; bad dates are said plainly."""

import pytest

from services import claiming, measuring
from storage import requests
from storage.requests import Request
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

OWNER, HEAD = "外事副院长", "国际处处长"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def asked(college: Conversation) -> list[Request]:
    return college.ask(requests.all_open)


def measured(college: Conversation, topic: Topic) -> None:
    by = college.clock.now().replace(month=5)
    step = measuring.Step("修订办法", (college.unit("国际处"),), by)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))


def test_one_message_and_one_press_ask(college: Conversation, topic: Topic) -> None:
    shown = college.say(OWNER, "延期 001 12月20日前 等待招标结果")
    assert "现时限：2026年6月30日（周二）" in shown.text
    assert "拟延至：2026年12月20日（周日）" in shown.text
    assert "当天休息" in shown.text
    assert "理由：等待招标结果" in shown.text
    assert asked(college) == []
    assert college.press(OWNER, "提交申请") == "已提交延期申请"
    (request,) = asked(college)
    assert request.wanted is not None
    assert request.wanted.date().isoformat() == "2026-12-20"
    assert any("延期" in shown.text for shown in college.pushed("党委书记"))


def test_step_by_step_only_what_is_missing(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "议题 001")
    college.press(OWNER, "申请延期")
    assert "申请延期到什么时候" in college.last(OWNER).text
    assert "请写明延期理由" in college.say(OWNER, "9月底").text
    assert "理由：等待招标结果" in college.say(OWNER, "等待招标结果").text
    college.press(OWNER, "提交申请")
    assert len(asked(college)) == 1


def test_said_again_with_its_number_it_is_meant_anew(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "延期 001 12月20日前 等待招标结果")
    shown = college.say(OWNER, "延期 001 12月25日前 招标改期")
    assert "拟延至：2026年12月25日" in shown.text
    assert "理由：招标改期" in shown.text


def test_a_bad_date_is_said_and_asked_again_with_the_reason_kept(college: Conversation, topic: Topic) -> None:
    assert "没有“2月30日前”这一天" in college.say(OWNER, "延期 001 2月30日前 等待招标").text
    assert "新时限应晚于原时限2026年6月30日（周二）" in college.say(OWNER, "5月1日").text
    assert "没看懂日期" in college.say(OWNER, "等等再说").text
    assert "理由：等待招标" in college.say(OWNER, "9月1日").text


def test_a_unit_asks_for_its_measure_and_the_owner_hears(college: Conversation, topic: Topic) -> None:
    measured(college, topic)
    assert "晚于议题时限" in college.say(HEAD, "延期 001-1 7月20日前 人手不足").text
    shown = college.say(HEAD, "6月15日")
    assert "2026-001 措施1延期申请" in shown.text
    college.press(HEAD, "提交申请")
    assert [r.measure_id is not None for r in asked(college)] == [True]


def test_a_second_request_waits_for_the_first(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "延期 001 9月1日前 等待招标")
    college.press(OWNER, "提交申请")
    assert "已有一项申请待批" in college.say(OWNER, "延期 001 10月1日前 还要等").text


def test_a_standing_topic_needs_no_extension(college: Conversation) -> None:
    made = college.issued(kind="standing", cycle="monthly", deadline=None)
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    assert "没有完成时限" in college.say(OWNER, "延期 001 9月1日 无").text


def test_an_unknown_measure_is_said(college: Conversation, topic: Topic) -> None:
    assert "2026-001没有第7项措施" in college.say(HEAD, "延期 001-7 9月1日 无").text


def test_the_date_that_was_shown_is_the_date_that_is_asked(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "延期 001 下周五 等待招标")
    college.say(OWNER, "9月1日 等待招标")
    college.pass_(days=10)
    college.press(OWNER, "提交申请")
    assert [r.wanted.date().isoformat() for r in asked(college) if r.wanted] == ["2026-09-01"]
