"""过问: a chief asks how a topic stands; the owner answers by a button, a reply, or a command."""

import pytest

from services import claiming
from storage import requests
from storage.requests import RequestState
from tests.handlers.conversation import Conversation
from workflow.topic import Topic


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """A topic its leader has claimed."""
    issued = college.issued()
    return college.do("外事副院长", lambda work: claiming.claim(work, issued.id))


def state(college: Conversation, topic: Topic) -> RequestState:
    return college.ask(lambda tx: requests.of_topic(tx, topic.id))[-1].state


def test_a_question_in_one_message_is_answered_by_a_reply(college: Conversation, topic: Topic) -> None:
    shown = college.say("党委书记", "过问 001，为何迟迟未动")
    assert shown.card.title == "【已过问】2026-001，请领题人答复。"
    assert "过问内容：为何迟迟未动" in shown.text
    push = college.pushed("外事副院长")[-1]
    assert "答复" in push.labels
    shown = college.say("外事副院长", "已完成修订，正在征求意见", reply_to=push)
    assert shown.card.title == "【已答复】2026-001"
    assert state(college, topic) is RequestState.ANSWERED
    assert any("答复" in shown.text for shown in college.pushed("党委书记"))


def test_step_by_step_and_by_buttons(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "过问 001")
    college.say("党委书记", "为何迟迟未动")
    college.press("外事副院长", "答复", college.pushed("外事副院长")[-1])
    college.say("外事副院长", "正在征求意见", files=("征求意见稿.pdf",))
    assert state(college, topic) is RequestState.ANSWERED


def test_a_command_answers_the_oldest_open_question(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "过问 001 为何迟迟未动")
    assert "为何迟迟未动" in college.say("外事副院长", "答复 001").text
    college.say("外事副院长", "答复 001 正在征求意见")
    assert state(college, topic) is RequestState.ANSWERED
    assert college.say("外事副院长", "答复 001 补充").text == "2026-001没有等您答复的过问。"


def test_a_question_is_answered_once(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "过问 001 为何迟迟未动")
    push = college.pushed("外事副院长")[-1]
    college.say("外事副院长", "答复 001 正在征求意见")
    assert "情况有变" in college.press("外事副院长", "答复", push)
    assert "已记录" in college.say("外事副院长", "又有进展", reply_to=push).text


def test_any_chief_asks_but_nobody_below(college: Conversation, topic: Topic) -> None:
    assert "已过问" in college.say("院长", "过问 001 进展如何").text
    assert "办理" in college.say("外事副院长", "过问 001 进展如何").text


def test_somebody_else_cannot_answer(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "过问 001 为何迟迟未动")
    assert college.say("国际处处长", "答复 001 在办").text == "2026-001没有等您答复的过问。"
    assert state(college, topic) is RequestState.OPEN


def test_an_empty_answer_is_asked_for_again(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "过问 001 为何迟迟未动")
    college.press("外事副院长", "答复", college.pushed("外事副院长")[-1])
    assert "请写几句进展" in college.say("外事副院长", "", files=("照片.pdf",)).text
    college.say("外事副院长", "见附件")
    assert state(college, topic) is RequestState.ANSWERED
