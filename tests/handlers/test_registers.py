"""登记: dates and whom, listed by year, struck out with a reason; anything else is refused gently."""

from datetime import date

import pytest

from services.affairs import registering
from storage import affairs
from tests.handlers.conversation import Conversation
from workflow.affair import AffairKind, AffairState
from workflow.errors import Invalid, Missing, WorkflowError

OFFICE, SECRETARY, STAFF, CHIEF = "党办主任", "纪委书记", "纪委干事", "党委书记"


def entries(college: Conversation) -> list[tuple[str, str]]:
    found = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.REGISTER, AffairState.RECORDED))
    return [(one.facts["sort"], one.facts["on"]) for one in found]


def test_one_message_enters_a_date(college: Conversation) -> None:
    shown = college.say(SECRETARY, "登记 谈话 2月27日 国际处处长")
    assert "【已登记】G2026-01" in shown.text
    assert "谈话 2026年2月27日（周五） 国际处处长" in shown.text
    college.say(STAFF, "登记 回复意见 2月26日 财务处")
    college.say(OFFICE, "登记 会议 3月1日")
    college.say(CHIEF, "登记 重大事项 2025年12月30日")
    assert entries(college) == [
        ("talk", "2026-02-27"),
        ("opinion", "2026-02-26"),
        ("meeting", "2026-03-01"),
        ("major", "2025-12-30"),
    ]
    shown = college.say(OFFICE, "登记")
    assert "2026年，有效3条" in shown.text
    assert "1. 党风廉洁意见回复 2026年2月26日（周四） 财务处" in shown.text
    assert "重大事项报告 2025年12月30日" in college.say(OFFICE, "登记 2025").text
    assert "有效1条" in college.say(OFFICE, "登记 谈话").text


@pytest.mark.parametrize(
    "said",
    [
        "登记 谈话 2月27日 国际处处长 谈了工作作风问题",
        "登记 谈话 他态度诚恳",
        "登记 谈话 2月30日 国际处处长",
        "登记 谈话 国际处处长",
    ],
)
def test_what_is_more_than_a_date_is_refused_gently(college: Conversation, said: str) -> None:
    assert "只登记日期和职务（部门），不写内容" in college.say(SECRETARY, said).text
    assert entries(college) == []


def test_a_day_to_come_and_an_unknown_register_are_refused(college: Conversation) -> None:
    assert "这一天还没有到" in college.say(SECRETARY, "登记 谈话 2026年8月5日").text
    assert "可登记：意见回复、谈话" in college.say(SECRETARY, "登记 天气 3月1日").text
    with pytest.raises(Invalid):
        college.do(SECRETARY, lambda work: registering.enter(work, "weather", date(2026, 3, 1)))
    assert "还没有登记" in college.say(SECRETARY, "登记").text


def test_an_entry_is_struck_out_with_a_reason_by_who_entered_it_or_the_office(college: Conversation) -> None:
    college.say(STAFF, "登记 谈话 2月27日")
    college.press(STAFF, "作废")
    assert "请写明理由" in college.say(STAFF, "", files=("照片.pdf",)).text
    college.say(STAFF, "日期有误")
    assert entries(college) == []
    assert "作废理由：日期有误" in college.last(STAFF).text
    assert "（作废）谈话" in college.say(OFFICE, "登记").text
    college.say(STAFF, "登记 谈话 2月26日")
    affair = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.REGISTER, AffairState.RECORDED))[-1]
    for who in (SECRETARY, CHIEF, "国际处处长"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: registering.annul(work, affair, "不对"))
    with pytest.raises(Missing):
        college.do(OFFICE, lambda work: registering.annul(work, affair, " "))
    college.do(OFFICE, lambda work: registering.annul(work, affair, "重复"))


def test_who_may_enter_and_look(college: Conversation) -> None:
    for who in ("外事副院长", "国际处处长", "党委委员", "系统管理员"):
        assert "“发起”由" in college.say(who, "登记 谈话 2月27日").text, who
        assert "“发起”由" in college.say(who, "登记").text, who
    assert entries(college) == []


def test_a_long_year_has_pages_and_nothing_is_added_by_a_reply(college: Conversation) -> None:
    for day in range(1, 8):
        college.say(OFFICE, f"登记 谈话 2月{day}日")
    assert "只登记日期" in college.say(OFFICE, "补充：谈了两个小时", reply_to=college.last(OFFICE)).text
    college.say(OFFICE, "登记")
    college.press(OFFICE, "更多")
    assert "7. 谈话 2026年2月7日（周六）" in college.last(OFFICE).text
    college.press(OFFICE, "7")
    assert "登记人：党办主任" in college.last(OFFICE).text
