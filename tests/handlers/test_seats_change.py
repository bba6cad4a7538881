"""调整席位: the office gives a topic to another leader in three taps, both names shown before it counts."""

from storage import topics
from tests.handlers.conversation import Conversation
from workflow.roles import PersonId
from workflow.topic import TopicId

OFFICE = "党办主任"


def owner(college: Conversation, topic: TopicId) -> PersonId | None:
    return college.ask(lambda tx: topics.get(tx, topic)).owner_id


def test_three_taps_change_the_seat(college: Conversation) -> None:
    topic = college.issued()
    college.say(OFFICE, f"议题 {topic.number}")
    while "调整席位" not in college.last(OFFICE).labels:
        college.press(OFFICE, "更多", college.last(OFFICE))
    college.press(OFFICE, "调整席位", college.last(OFFICE))
    college.press(OFFICE, "副书记", college.last(OFFICE))
    assert "由“外事副院长”改为“副书记”负责" in college.last(OFFICE).text
    assert owner(college, topic.id) == college.id("外事副院长")

    college.press(OFFICE, "确认", college.last(OFFICE))

    assert owner(college, topic.id) == college.id("副书记")
    college.pass_(hours=1)
    assert any("2026-001" in card.text for card in college.pushed("副书记"))


def test_one_message_and_one_tap(college: Conversation) -> None:
    topic = college.issued()
    college.say(OFFICE, "调整席位 1 @后勤副院长")
    college.press(OFFICE, "确认")
    assert owner(college, topic.id) == college.id("后勤副院长")


def test_only_a_leader_takes_a_seat(college: Conversation) -> None:
    college.issued()
    college.say(OFFICE, "/seat 001 @国际处处长")
    assert "不是分管领导" in college.press(OFFICE, "确认")


def test_nobody_else_moves_seats(college: Conversation) -> None:
    topic = college.issued()
    assert "由" in college.say("国际处处长", "调整席位 1 副书记").text
    assert "没有编号" in college.say("系统管理员", "调整席位 1 副书记").text
    assert "私聊" in college.say(OFFICE, "调整席位 1 副书记", group=True).text
    assert owner(college, topic.id) == college.id("外事副院长")
