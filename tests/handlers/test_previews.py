"""A preview waits for a press: another command leaves it, a day closes it; no push is sent twice."""

import pytest

from services import claiming
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

OWNER, SECRETARY, CHIEF = "外事副院长", "纪委书记", "党委书记"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def nudged(college: Conversation, who: str) -> list[str]:
    return [shown.text for shown in college.pushed(who) if "【催办】" in shown.text]


def test_another_command_with_its_content_leaves_a_preview_and_is_served(
    college: Conversation, topic: Topic
) -> None:
    shown = college.say(CHIEF, "批量延期 001 到7月31日 等待上级批复")
    assert "同意延期" in shown.labels
    assert "2026-001" in college.say(CHIEF, "题 001").text
    assert "同意延期" not in college.last(CHIEF).labels
    assert college.press(CHIEF, "同意延期", shown) != "已延期1项"


def test_a_question_is_answered_whatever_its_answer_begins_with(college: Conversation, topic: Topic) -> None:
    college.say(CHIEF, "撤题 001")
    assert "催办 多次未果" in college.say(CHIEF, "催办 多次未果").text


def test_a_preview_left_for_a_day_is_closed_with_a_word(college: Conversation, topic: Topic) -> None:
    shown = college.say(CHIEF, "批量延期 001 到7月31日 等待上级批复")
    college.pass_(days=1, minutes=1)
    texts = len(college.cards(CHIEF))
    college.say(CHIEF, "我的")
    assert any("已超过一天" in one.text for one in college.cards(CHIEF)[texts:])
    assert college.press(CHIEF, "同意延期", shown) != "已延期1项"


def test_a_press_on_it_still_agrees_to_what_it_shows(college: Conversation, topic: Topic) -> None:
    shown = college.say(CHIEF, "批量延期 001 到7月31日 等待上级批复")
    college.pass_(days=1, minutes=1)
    assert college.press(CHIEF, "同意延期", shown) == "已延期1项"


def test_the_same_push_is_not_sent_twice_within_an_hour(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "催办 001")
    assert "刚刚已催办" in college.say(SECRETARY, "催办 001").text
    assert len(nudged(college, OWNER)) == 1
    college.say(SECRETARY, "催办 001 请附清单")
    assert len(nudged(college, OWNER)) == 2
    college.say(CHIEF, "催办 001")
    assert len(nudged(college, OWNER)) == 3
    college.pass_(hours=1)
    college.say(SECRETARY, "催办 001")
    assert len(nudged(college, OWNER)) == 4


def test_a_report_since_makes_it_another_push(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "催办 001")
    college.say(OWNER, "报进展 001 已起草")
    college.say(SECRETARY, "催办 001")
    assert len(nudged(college, OWNER)) == 2
