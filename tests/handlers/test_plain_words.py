"""What people say who never read a manual: it is understood, or the answer says how to say it."""

import pytest

from handlers import verbs
from handlers.texts import catalogue
from services import claiming, measuring
from services.measuring import Step
from storage import reports
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

ZH, EN = catalogue("zh"), catalogue("en")
OWNER, HEAD, CHIEF, DISCIPLINE = "外事副院长", "国际处处长", "党委书记", "纪委书记"


@pytest.mark.parametrize(
    ("said", "name", "rest"),
    [
        ("领 001", "claim", "001"),
        ("领001", "claim", "001"),
        ("我领。", "claim", ""),
        ("001 领题", "claim", "001"),
        ("谁还没领题？", "list", "待领题"),
        ("逾期的有哪些", "overdue", ""),
        ("催一下001", "nudge", "001"),
        ("催办2026-001", "nudge", "2026-001"),
        ("延期到12月20号", "extend", "12月20号"),
        ("001 延期到12月20号", "extend", "001 12月20号"),
        ("退回001 缺附件 下周五前", "return", "001 缺附件 下周五前"),
        ("Who is late?", "overdue", ""),
    ],
)
def test_a_plain_phrase_is_understood(said: str, name: str, rest: str) -> None:
    named = verbs.read(said)
    assert named
    assert (named.name, named.rest) == (name, rest)


@pytest.mark.parametrize("said", ["收到12份材料", "催办3个部门补交", "领取材料已登记", "退回30份合同", "001"])
def test_a_report_that_begins_alike_is_no_command(said: str) -> None:
    assert verbs.read(said) is None


def test_a_number_says_what_a_report_belongs_to(college: Conversation, topic: Topic) -> None:
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    shown = college.say(HEAD, "001 已完成80%。")
    assert shown.text == "已记录：2026-001《因公出国内控》进展。\n进度：80%"


def test_a_number_alone_shows_its_topic(college: Conversation, topic: Topic) -> None:
    assert college.say(CHIEF, "001").text.startswith("2026-001《因公出国管理内控制度不完善》")


def test_what_is_not_understood_is_answered_with_how_to_say_it(college: Conversation, topic: Topic) -> None:
    assert "请发：催办 017" in college.say(CHIEF, "帮我催办一下国际处").text


def test_a_reply_that_says_a_button_presses_it(college: Conversation, topic: Topic) -> None:
    college.settle()
    asked = college.pushed(OWNER)[-1]
    assert college.say(OWNER, "领题。", reply_to=asked).text.startswith("【已领题】")


def test_a_nod_receives_and_is_never_a_report(college: Conversation, topic: Topic) -> None:
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    assert topic.deadline
    step = Step("修订办法", topic.lead_units, topic.deadline)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.settle()
    asked = college.pushed(HEAD)[-1]
    assert "【已接收】" in college.say(HEAD, "好的", reply_to=asked).text
    assert "落实中" in college.say(HEAD, "好的", reply_to=asked).text
    assert "不记为进展" in college.say(HEAD, "好的").text
    assert [r for r in college.ask(lambda tx: reports.of_topic(tx, topic.id)) if r.text == "好的"] == []


@pytest.fixture
def topic(college: Conversation) -> Topic:
    return college.issued()


def test_the_help_shows_the_usual_things_first(college: Conversation) -> None:
    told = college.say(CHIEF, "怎么操作").text.splitlines()
    assert told[2:4] == [
        "· 我的　等我办理的事项",
        "· 点题 题目 @外事副院长 目标 形成闭环 11月30日前　设一个题，可一条消息写完",
    ]


def test_every_example_in_the_help_is_what_it_says() -> None:
    from_help = {
        key.removeprefix("help.example."): key for key in ZH.names() if key.startswith("help.example.")
    }
    for language in (ZH, EN):
        for name, key in from_help.items():
            named = verbs.read(language(key))
            assert named, language(key)
            assert named.name == name, language(key)
