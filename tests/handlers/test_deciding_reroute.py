"""提请调整, 改派, 撤题: the issuer gives a topic to another leader, leaves it there, or takes it back."""

import pytest

from services import claiming
from storage import requests, topics
from storage.requests import RequestState
from tests.handlers.conversation import Conversation
from workflow.topic import Topic, TopicState


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """A topic that waits to be claimed."""
    return college.issued()


@pytest.fixture
def declined(college: Conversation, topic: Topic) -> Topic:
    """Its leader says it is not theirs."""
    college.do("外事副院长", lambda work: claiming.decline(work, topic.id, "应由财务分管领导负责"))
    return topic


def now(college: Conversation, topic: Topic) -> Topic:
    return college.ask(lambda tx: topics.get(tx, topic.id))


def request_state(college: Conversation, topic: Topic) -> RequestState:
    (request,) = college.ask(lambda tx: requests.of_topic(tx, topic.id))
    return request.state


def test_an_adjustment_is_granted_in_two_taps(college: Conversation, declined: Topic) -> None:
    shown = college.say("党委书记", "待批")
    assert "理由：应由财务分管领导负责" in shown.text
    assert shown.labels == ["改派", "不同意", "看议题"]
    college.press("党委书记", "改派", shown)
    assert college.last("党委书记").labels == ["副书记", "后勤副院长", "纪委书记", "返回"]
    assert college.press("党委书记", "副书记") == "已改派"
    assert now(college, declined).owner_id == college.id("副书记")
    assert request_state(college, declined) is RequestState.GRANTED
    assert any("领题" in shown.text for shown in college.pushed("副书记"))


def test_an_adjustment_is_refused_in_one_tap(college: Conversation, declined: Topic) -> None:
    college.press("党委书记", "不同意", college.pushed("党委书记")[-1])
    assert request_state(college, declined) is RequestState.REFUSED
    assert now(college, declined).owner_id == college.id("外事副院长")


def test_a_refusal_can_say_why(college: Conversation, declined: Topic) -> None:
    assert "不同意" in college.say("党委书记", "待批 001 不同意 属外事工作").text
    assert request_state(college, declined) is RequestState.REFUSED


def test_claiming_after_all_settles_the_request(college: Conversation, declined: Topic) -> None:
    college.say("外事副院长", "领题 001")
    assert request_state(college, declined) is RequestState.LAPSED
    assert college.say("党委书记", "待批").text == "没有等您批的申请。"


def test_rerouting_by_one_message(college: Conversation, topic: Topic) -> None:
    assert "2026-001由副书记领题" in college.say("党委书记", "改派 001 @副书记").text
    assert now(college, topic).state is TopicState.ISSUED


@pytest.mark.parametrize(
    ("whom", "answer"),
    [
        ("@张三", "没有找到“张三”这位领导。"),
        ("@财务处处长", "财务处处长不是分管领导，不能领题。"),
        ("@外事副院长", "现在就是由外事副院长负责。"),
    ],
)
def test_nobody_else_can_be_called(college: Conversation, topic: Topic, whom: str, answer: str) -> None:
    assert college.say("党委书记", f"改派 001 {whom}").text == answer
    assert now(college, topic).owner_id == college.id("外事副院长")


def test_a_title_that_may_mean_several_is_a_choice(college: Conversation, topic: Topic) -> None:
    college.issued(owner="副书记")
    shown = college.say("党委书记", "改派 002 @副院长")
    assert shown.labels == ["外事副院长", "后勤副院长", "返回"]


def test_only_the_issuer_reroutes(college: Conversation, topic: Topic) -> None:
    assert "由点题人办理" in college.say("外事副院长", "改派 001 @副书记").text


def test_withdrawing_takes_a_reason_and_a_confirmation(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "撤题 001")
    shown = college.say("党委书记", "与另一题重复")
    assert "理由：与另一题重复" in shown.text
    assert now(college, topic).state is TopicState.ISSUED
    assert college.press("党委书记", "确认撤题") == "已撤题"
    assert now(college, topic).state is TopicState.WITHDRAWN
    assert any("撤" in shown.text for shown in college.pushed("外事副院长"))


def test_what_was_just_issued_is_taken_back_from_its_card(college: Conversation) -> None:
    college.say("党委书记", "点题 完善制度 @副书记 目标 闭环 年底前")
    college.press("党委书记", "发布")
    college.press("党委书记", "撤题")
    college.say("党委书记", "发错了")
    college.press("党委书记", "确认撤题")
    (topic,) = college.ask(topics.find)
    assert topic.state is TopicState.WITHDRAWN


def test_an_earlier_confirmation_does_not_withdraw_with_a_later_reason(
    college: Conversation, topic: Topic
) -> None:
    first = college.say("党委书记", "撤题 001 重复")
    second = college.say("党委书记", "与2025年的题重复")
    assert "失效" in college.press("党委书记", "确认撤题", first)
    college.press("党委书记", "确认撤题", second)
    assert now(college, topic).state is TopicState.WITHDRAWN


def test_cancelling_keeps_the_topic(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "撤题 001 重复")
    college.press("党委书记", "取消")
    assert now(college, topic).state is TopicState.ISSUED


def test_an_album_or_an_edit_does_not_trip_over_a_confirmation(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "撤题 001 与002重复")
    assert "重新发送一次" in college.correct("党委书记", "撤题 001 重复").text
    college.say("党委书记", files=["1.pdf"], album="a")
    assert college.press("党委书记", "确认撤题") == "已撤题"


def test_only_the_issuer_withdraws(college: Conversation, topic: Topic) -> None:
    assert "由点题人办理" in college.say("党办主任", "撤题 001 重复").text
