"""The office drafts in a chief's name; the chief's one tap issues it, sends it back, or takes it over."""

from sqlalchemy import update

from storage import topics
from storage.tables_people import people
from tests.handlers.college import policy
from tests.handlers.conversation import Conversation
from workflow.topic import Topic, TopicState

DRAFT = "点题 以书记名义 完善因公出国内控制度 @外事副院长 目标 形成闭环管理 牵头 国际处 11月30日前"


def only(college: Conversation) -> Topic:
    (topic,) = college.ask(topics.find)
    return topic


def sent(college: Conversation) -> None:
    college.say("党办主任", DRAFT)
    college.press("党办主任", "送确认")


def test_the_chief_confirms_by_one_tap(college: Conversation) -> None:
    shown = college.say("党办主任", DRAFT)
    assert "点题人：党委书记" in shown.text
    assert shown.labels == ["送确认", "修改", "取消"]
    assert college.press("党办主任", "送确认") == "已送确认"
    assert "已送党委书记确认" in college.last("党办主任").text
    assert only(college).state is TopicState.CONFIRMING

    assert college.press("党委书记", "发布") == "已发布"
    assert only(college).number == "2026-001"
    assert only(college).issuer_id == college.id("党委书记")


def test_in_whose_name_is_the_secretarys_unless_said_otherwise(college: Conversation) -> None:
    shown = college.say("党办主任", "点题 完善制度 @副书记 目标 闭环 年底前")
    assert "点题人：党委书记" in shown.text
    college.say("党办主任", "以院长名义")
    assert "点题人：院长" in college.last("党办主任").text


def test_where_only_one_may_issue_nothing_is_asked(college: Conversation) -> None:
    college.policy = policy(issuers=frozenset({"secretary"}))
    shown = college.say("党办主任", "点题 完善制度 @副书记 目标 闭环 年底前")
    assert "点题人：党委书记" in shown.text
    assert "送确认" in shown.labels


def test_a_word_that_begins_with_the_sign_for_in_the_name_of_is_no_name(college: Conversation) -> None:
    shown = college.say("党办主任", "点题 代表大会制度 代院长 @副书记 目标 闭环 年底前")
    assert "题目：代表大会制度" in shown.text
    assert "点题人：院长" in shown.text


def test_with_standing_authority_the_office_issues_at_once(college: Conversation) -> None:
    college.store.run_now(
        lambda tx: tx.execute(
            update(people).where(people.c.title == "党委书记").values(standing_authority=True)
        )
    )
    assert college.say("党办主任", DRAFT).labels == ["发布", "修改", "取消"]
    college.press("党办主任", "发布")
    assert only(college).state is TopicState.ISSUED
    assert "确认" not in "".join(shown.text for shown in college.pushed("党委书记"))


def test_the_chief_sends_it_back_with_a_remark(college: Conversation) -> None:
    sent(college)
    college.press("党委书记", "修改")
    assert "退回修改" in college.say("党委书记", "目标再具体些").text
    assert only(college).state is TopicState.DRAFT

    college.press("党办主任", "看内容")
    assert "目标再具体些" in college.last("党办主任").text
    college.press("党办主任", "修改")
    college.say("党办主任", "目标 年内出台办法并运行")
    college.press("党办主任", "送确认")
    topic = only(college)
    assert (topic.number, topic.goal, topic.state) == ("D-1", "年内出台办法并运行", TopicState.CONFIRMING)


def test_the_chief_changes_it_himself_and_issues_it(college: Conversation) -> None:
    sent(college)
    college.press("党委书记", "修改")
    college.press("党委书记", "自己修改")
    college.say("党委书记", "@副书记")
    college.press("党委书记", "发布")
    assert only(college).state is TopicState.ISSUED
    assert only(college).owner_id == college.id("副书记")


def test_commands_do_what_the_buttons_do(college: Conversation) -> None:
    sent(college)
    assert "退回修改" in college.say("党委书记", "退回修改 D-1 目标再具体些").text
    college.say("党办主任", "退回修改 D-1")
    college.press("党办主任", "送确认")
    assert "已点题" in college.say("党委书记", "发布 D-1").text


def test_the_drafter_may_take_it_back(college: Conversation) -> None:
    sent(college)
    college.press("党办主任", "修改")
    assert only(college).state is TopicState.DRAFT
    assert "点题预览" in college.last("党办主任").text


def test_nobody_else_confirms_it(college: Conversation) -> None:
    sent(college)
    assert "没有编号为D-1的议题" in college.say("院长", "发布 D-1").text
    assert only(college).state is TopicState.CONFIRMING
