"""留言: from every seat on a topic, by reply and by command; read in the digest, never pushed by itself."""

from datetime import UTC, datetime

import pytest

from services import claiming, measuring
from services.measuring import Step
from storage import reports
from tests.handlers.conversation import Conversation
from workflow.topic import Topic
from workflow.transitions import Event

OWNER, HEAD, CHIEF = "外事副院长", "国际处处长", "党委书记"
SEATS = (CHIEF, "院长", "党办主任", "纪委书记", "纪委干事")


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    claimed = college.do(OWNER, lambda work: claiming.claim(work, made.id))
    step = Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, claimed.id, [step]))
    return claimed


def comments(college: Conversation, topic: Topic) -> list[str]:
    said = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    return [one.text for one in said if one.event == Event.COMMENT and one.withdrawn_at is None]


@pytest.mark.parametrize("who", SEATS)
def test_every_seat_comments_by_reply_and_by_command(college: Conversation, topic: Topic, who: str) -> None:
    college.say(who, "请梳理历史台账", reply_to=college.say(who, "题 001"))
    college.say(who, "留言 001 请对照办法")
    assert comments(college, topic) == ["请梳理历史台账", "请对照办法"]
    assert not any("留言" in one.text for one in college.pushed(OWNER))
    college.pass_(days=1, hours=2)
    digest = [one for one in college.pushed(OWNER) if one.kind == "digest"][-1]
    assert f"{who}留言" in digest.text
    digest = [one for one in college.pushed(HEAD) if one.kind == "digest"][-1]
    assert "留言" in digest.text


@pytest.mark.parametrize("who", [OWNER, HEAD])
def test_whoever_does_the_work_comments_by_command_alone(
    college: Conversation, topic: Topic, who: str
) -> None:
    college.say(who, "留言 001-1 需财务处配合")
    assert comments(college, topic) == ["需财务处配合"]
    assert college.press(who, "撤回") != ""
    assert comments(college, topic) == []


def test_the_words_are_asked_for_and_nothing_is_lost(college: Conversation, topic: Topic) -> None:
    assert "留言" in college.say(CHIEF, "留言 001").text
    college.say(CHIEF, "请本周碰头")
    assert "留言" in college.say(CHIEF, "留言 001-1").text
    college.say(CHIEF, "请财务处参加")
    assert comments(college, topic) == ["请本周碰头", "请财务处参加"]


@pytest.mark.parametrize("who", ["系统管理员", "后勤处处长", "副书记"])
def test_whoever_has_no_seat_says_nothing(college: Conversation, topic: Topic, who: str) -> None:
    college.say(who, "留言 001 路过看看")
    assert comments(college, topic) == []
