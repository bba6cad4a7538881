"""What can be wrong with a topic is said plainly, asked again, and costs nothing that was understood."""

import pytest

from storage import topics
from tests.handlers.conversation import Conversation


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("点题 完善制度 @副书记 年底前", "还缺：整改目标。"),
        ("点题 完善制度 目标 闭环 年底前", "还缺：领题人。"),
        ("点题 完善制度 @副书记 目标 闭环", "还缺：时限。"),
        ("点题 完善制度", "还缺：整改目标、领题人、时限。"),
    ],
)
def test_what_is_missing_is_named_and_asked_for(college: Conversation, said: str, missing: str) -> None:
    shown = college.say("党委书记", said)
    assert missing in shown.text
    assert "发布" not in shown.labels


@pytest.mark.parametrize(
    ("when", "answer"),
    [
        ("2月30日前", "没有“2月30日前”这一天，请核对。"),
        ("2026年2月1日前", "“2026年2月1日前”是2026年2月1日（周日），已经过去了。"),
        ("时限 改天吧", "没看懂日期“改天吧”。"),
        ("2031年春节前", "放假安排尚未公布"),
    ],
)
def test_a_date_that_cannot_be_is_questioned(college: Conversation, when: str, answer: str) -> None:
    shown = college.say("党委书记", f"点题 完善制度 @副书记 目标 闭环 {when}")
    assert answer in shown.text
    assert "还缺：时限。" in shown.text
    assert "领题人：副书记" in shown.text
    assert "时限：2026年12月31日（周四）" in college.say("党委书记", "年底前").text


def test_a_date_already_past_this_year_counts_only_once_it_is_confirmed(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 3月1日前")
    assert "2027年3月1日（周一）（今年该日已过，按明年计）" in shown.text
    assert shown.labels == ["时限无误", "修改", "取消"]
    college.press("党委书记", "时限无误")
    assert college.last("党委书记").labels == ["发布", "修改", "取消"]


def test_a_doubtful_date_is_replaced_by_sending_another(college: Conversation) -> None:
    college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 3月1日前")
    shown = college.say("党委书记", "6月底")
    assert "时限：2026年6月30日（周二）" in shown.text
    assert "发布" in shown.labels


def test_a_weekday_that_is_not_that_days_is_asked_about(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 11月30日（周五）前")
    assert "（请确认是否为这一天）" in shown.text
    assert "时限无误" in shown.labels


def test_a_day_off_is_pointed_out(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 10月1日前")
    assert "时限：2026年10月1日（周四）（当天休息）" in shown.text


def test_unknown_people_and_units_are_named(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @张三 牵头 外联处 目标 闭环 年底前")
    assert "没有找到“张三”这位领导。" in shown.text
    assert "没有“外联处”这个部门。" in shown.text
    assert "还缺：领题人。" in shown.text


def test_who_is_no_leader_owns_no_topic(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @财务处处长 目标 闭环 年底前")
    assert "财务处处长不是分管领导，不能领题。" in shown.text


def test_an_over_long_text_costs_only_itself(college: Conversation) -> None:
    assert "题目太长，请控制在100字以内" in college.say("党委书记", f"点题 {'长' * 101}").text
    college.say("党委书记", "点题 完善制度 @副书记 年底前")
    assert "请控制在2000字以内" in college.say("党委书记", "长" * 2001).text
    assert "领题人：副书记" in college.say("党委书记", "闭环").text


@pytest.mark.parametrize("who", ["外事副院长", "国际处处长", "纪委书记"])
def test_only_chiefs_and_the_office_set_topics(college: Conversation, who: str) -> None:
    shown = college.say(who, "点题 完善制度 @副书记 目标 闭环 年底前")
    assert shown.text == "点题由党政主要领导或联席会议办公室办理。"


def test_text_about_a_case_is_kept_nowhere(college: Conversation) -> None:
    assert "没有保存" in college.say("党委书记", "点题 问题线索处置 @副书记 目标 闭环 年底前").text
    college.say("党委书记", "点题 完善制度 @副书记 年底前")
    assert "没有保存" in college.say("党委书记", "查清举报信所列案情").text
    assert "举报" not in college.say("党委书记", "闭环").text
    assert college.ask(topics.find) == []


def test_a_deadline_that_passes_while_the_preview_waits_is_refused(college: Conversation) -> None:
    college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 明天")
    college.pass_(days=3)
    assert "已经过去，请另定" in college.press("党委书记", "发布")
    assert "时限：2026年3月31日（周二）" in college.say("党委书记", "时限 月底").text


def test_a_file_sent_with_a_draft_is_not_lost_silently(college: Conversation) -> None:
    college.say("党委书记", "点题 完善制度 @副书记 年底前")
    shown = college.say("党委书记", files=("巡察反馈.pdf",))
    assert "附件没有保存" in shown.text
    assert "请发送整改目标" in shown.text
