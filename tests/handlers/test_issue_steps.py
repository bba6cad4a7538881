"""点题 step by step: question by question, each answerable by a button or in words, safe at any step."""

from sqlalchemy import update

from storage import topics
from storage.store import Store
from storage.tables_people import people
from tests.handlers.conversation import Conversation


def test_six_questions_make_a_topic(college: Conversation) -> None:
    assert "请发送题目" in college.say("党委书记", "点题").text
    assert "请发送整改目标" in college.say("党委书记", "完善因公出国内控制度").text
    shown = college.say("党委书记", "形成闭环管理")
    assert shown.labels == ["外事副院长", "副书记", "后勤副院长", "纪委书记", "取消"]
    college.press("党委书记", "外事副院长")
    shown = college.last("党委书记")
    assert "由哪个部门牵头" in shown.text
    assert shown.labels == ["国际处", "财务处", "后勤处", "更多", "略过", "取消"]
    college.press("党委书记", "国际处")
    assert college.last("党委书记").labels == ["两周内", "月底", "下月底", "季度末", "年底", "取消"]
    college.press("党委书记", "月底")
    assert "时限：2026年3月31日（周二）" in college.last("党委书记").text
    college.press("党委书记", "发布")
    (topic,) = college.ask(topics.find)
    assert (topic.number, topic.goal) == ("2026-001", "形成闭环管理")


def test_every_question_can_be_answered_in_words(college: Conversation) -> None:
    for said in ("/new", "完善制度", "闭环", "外事副院长、副书记", "国际处，配合 财务处"):
        college.say("党委书记", said)
    text = college.say("党委书记", "两周后").text
    for line in (
        "待领题：外事副院长、副书记",
        "牵头部门：国际处",
        "配合部门：财务处",
        "时限：2026年3月16日（周一）",
    ):
        assert line in text.splitlines()


def test_what_is_not_mandatory_can_be_skipped(college: Conversation) -> None:
    for said in ("点题", "完善制度", "闭环", "副书记"):
        college.say("党委书记", said)
    college.press("党委书记", "略过")
    assert "什么时候完成" in college.last("党委书记").text
    assert "略过" not in college.last("党委书记").labels
    assert "牵头部门" not in college.say("党委书记", "年底前").text


def test_the_first_answer_may_be_the_whole_message(college: Conversation) -> None:
    college.say("党委书记", "点题")
    shown = college.say("党委书记", "完善制度 @副书记 目标 闭环 年底前")
    assert "发布" in shown.labels


def test_long_lists_are_leafed_through(college: Conversation) -> None:
    for said in ("点题", "完善制度", "闭环", "副书记"):
        college.say("党委书记", said)
    college.press("党委书记", "更多")
    assert college.last("党委书记").labels == ["审计处", "纪委办公室", "更多", "略过", "取消"]
    college.press("党委书记", "更多")
    assert "财务处" in college.last("党委书记").labels


def test_a_name_that_may_mean_several_is_a_choice(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @副院长 目标 闭环 年底前")
    assert "“副院长”指哪位领导？" in shown.text
    college.press("党委书记", "后勤副院长")
    assert "领题人：后勤副院长" in college.last("党委书记").text
    college.say("党委书记", "领题人 副院长")
    assert "领题人：外事副院长" in college.say("党委书记", "外事").text


def test_cancelling_leaves_nothing_behind(college: Conversation) -> None:
    college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 年底前")
    assert college.press("党委书记", "取消") == "已取消。"
    assert college.ask(topics.find) == []


def test_a_half_written_topic_survives_a_restart(college: Conversation) -> None:
    college.say("党委书记", "点题")
    college.say("党委书记", "完善制度")
    college.store.close()
    college.store = Store(college.store.url, college.clock)
    assert "题目：完善制度" in college.say("党委书记", "闭环").text


def test_the_same_in_english(college: Conversation) -> None:
    spoken = update(people).where(people.c.title == "党委书记").values(language="en")
    college.store.run_now(lambda tx: tx.execute(spoken))
    assert "Send the topic" in college.say("党委书记", "/new").text
    for said in ("Improve the rules", "A closed loop", "副书记", "国际处"):
        college.say("党委书记", said)
    due = ["in 2 weeks", "end of month", "in 1 month", "in 3 months", "end of year", "Cancel"]
    assert college.last("党委书记").labels == due
    college.press("党委书记", "end of month")
    assert "Deadline: 31 Mar 2026 (Tue)" in college.last("党委书记").text
    college.press("党委书记", "Issue")
    assert college.last("党委书记").card.title == "Issued: 2026-001"


def test_a_double_press_issues_once(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 年底前")
    college.press("党委书记", "发布", shown)
    college.press("党委书记", "发布", shown)
    assert len(college.ask(topics.find)) == 1
