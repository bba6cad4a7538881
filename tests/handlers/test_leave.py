"""Somebody leaves: what hangs on the person is shown, a successor takes it, and the account ends."""

from storage import people, topics
from tests.handlers.conversation import Conversation

OFFICE, LEAVER, HEIR = "党办主任", "外事副院长", "副书记"


def test_everything_goes_to_the_successor(college: Conversation) -> None:
    topic = college.issued()
    shown = college.say(OFFICE, f"停用 {LEAVER}")
    assert "议题1项" in shown.text
    assert "2026-001（待领题）" in shown.text
    assert "分管、联系：国际处" in shown.text

    college.press(OFFICE, "选接手人")
    college.press(OFFICE, HEIR)
    assert f"{LEAVER}的全部事项交{HEIR}接手" in college.last(OFFICE).text
    assert college.press(OFFICE, "确认") == "已停用"

    assert f"已交{HEIR}：议题1项" in college.last(OFFICE).text
    assert college.ask(lambda tx: topics.get(tx, topic.id)).owner_id == college.id(HEIR)
    assert college.ask(lambda tx: people.by_title(tx, LEAVER)) == []


def test_without_a_successor_nothing_is_left_behind(college: Conversation) -> None:
    college.issued()
    assert "停用" not in college.say(OFFICE, f"停用 {LEAVER}").labels
    college.press(OFFICE, "返回")
    assert college.id(LEAVER)


def test_who_holds_nothing_just_leaves(college: Conversation) -> None:
    shown = college.say("系统管理员", "/leave 党委委员")
    assert "没有需要交接的事项" in shown.text
    college.press("系统管理员", "停用", shown)
    assert college.ask(lambda tx: people.by_title(tx, "党委委员")) == []


def test_whoever_left_is_a_stranger(college: Conversation) -> None:
    sender = f"u{college.id('党委委员')}"
    college.say(OFFICE, "停用 党委委员")
    college.press(OFFICE, "停用")
    assert "邀请码" in college.knock(sender, "我的").text


def test_the_administrator_is_told_how_many_topics_and_never_which(college: Conversation) -> None:
    college.issued()
    shown = college.say("系统管理员", f"停用 {LEAVER}")
    assert "议题1项" in shown.text
    assert "2026-001" not in shown.text


def test_leaving_is_the_offices_business(college: Conversation) -> None:
    assert "没有“停用人员”的权限" in college.say("党委书记", f"停用 {LEAVER}").text
    assert "没有找到" in college.say(OFFICE, "停用 无名氏").text


def test_somebody_is_chosen_from_a_list(college: Conversation) -> None:
    college.say(OFFICE, "停用")
    assert "需要交接的" in college.say(OFFICE, "财务处处长").text
    assert "所在部门：财务处" in college.last(OFFICE).text
