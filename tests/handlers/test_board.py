"""看板: the standing in words and buttons at once, the picture after it, of what one may see and no more."""

import struct
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reports.drawing import fonts
from services import claiming, measuring
from services.measuring import Step
from tests.handlers.conversation import Conversation

OWNER, UNIT, CHIEF, DISCIPLINE = "外事副院长", "国际处处长", "党委书记", "纪委书记"
MARCH = datetime(2026, 3, 6, 15, 59, 59, tzinfo=UTC)


def busy(college: Conversation) -> None:
    """One due this week, one worked on, one of another unit."""
    college.issued(short_title="待领", deadline=MARCH)
    topic = college.issued(short_title="在改")
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("财务处"),), datetime(2026, 4, 10, 15, 59, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.issued(owner="后勤副院长", short_title="别人的", lead_units=(college.unit("后勤处"),))


def able(college: Conversation) -> None:
    """A machine with a Chinese font; without one there is no picture to look at."""
    try:
        fonts.chinese(college.policy.font)
    except fonts.NoFont:
        pytest.skip("no Chinese font")


def picture(college: Conversation) -> tuple[int, int]:
    """The size of the picture that came last, in pixels."""
    content = college.files["picture.png"]
    assert content.startswith(b"\x89PNG")
    return struct.unpack(">II", content[16:24])


def test_a_chief_sees_everything_in_words_and_as_a_picture(college: Conversation) -> None:
    able(college)
    busy(college)
    college.say(CHIEF, "看板")

    answer, paper = college.cards(CHIEF)[-2:]
    assert answer.text.splitlines() == [
        "【看板】全部议题",
        "待领题：2项、整改中：1项、近期到期：1项",
        "看板图片稍后发给您。点下方逐项查看。",
    ]
    assert answer.labels == ["逾期", "近期到期", "待领题", "整改中"]
    assert paper.text.splitlines() == [
        "现状：待领题2、整改中1；逾期0。",
        "近八周到期：本周议题1、4月6日起措施1。",
        "目前没有逾期的事项。",
        "责任链条（2025年4月1日以来点题）：问题梳理3、责任分解1、工作联动0、压力传导0、监督考评0、责任追究0。",
        "近12个月：点题3、销号0。",
    ]
    [file] = paper.card.files
    assert (file.name, file.mime) == ("看板2026-03-02.png", "image/png")
    wide, high = picture(college)
    assert wide == 1080
    assert high > wide, "a phone is held upright"
    assert wide + high < 10_000, "Telegram takes it as a photo"


def test_the_buttons_open_the_lists(college: Conversation) -> None:
    busy(college)
    college.say(CHIEF, "看板")
    answer = college.cards(CHIEF)[-2]

    college.press(CHIEF, "近期到期", answer)
    assert college.last(CHIEF).text.splitlines() == [
        "【台账】近期到期",
        "1. 2026-001《待领》 待领题 外事副院长",
    ]
    college.press(CHIEF, "待领题", answer)
    assert "《别人的》" in college.last(CHIEF).text
    college.press(CHIEF, "逾期", answer)
    assert college.last(CHIEF).text == "【逾期事项】\n目前没有逾期的事项。"


def test_everybody_else_sees_what_is_theirs(college: Conversation) -> None:
    busy(college)
    for who in (OWNER, UNIT):
        college.say(who, "看板")
        answer, paper = college.cards(who)[-2:]
        assert answer.card.title == "【看板】与您有关的议题"
        assert "现状：待领题1、整改中1；" in paper.text
        assert "责任追究" not in paper.text, "few are admonished, and would be known by it"
    assert "责任追究0" in _told(college, DISCIPLINE)
    assert "责任追究" not in _told(college, "纪委干事")


def _told(college: Conversation, who: str) -> str:
    college.say(who, "看板")
    return college.last(who).text


def test_one_units_board_leads_to_that_units_lists(college: Conversation) -> None:
    busy(college)
    college.say(CHIEF, "看板 后勤处")
    answer, paper = college.cards(CHIEF)[-2:]
    assert answer.card.title == "【看板】后勤处的议题"
    assert "现状：待领题1；" in paper.text

    college.press(CHIEF, "待领题", answer)
    assert college.last(CHIEF).text.splitlines() == [
        "【台账】待领题、后勤处",
        "1. 2026-003《别人的》 待领题 后勤副院长",
    ]
    assert college.say(CHIEF, "看板 审计处").text == "审计处目前没有您能看到的议题。"
    assert "没有找到部门“好看处”" in college.say(CHIEF, "看板 好看处").text


def test_an_overdue_unit_is_named(college: Conversation) -> None:
    busy(college)
    college.clock.advance(datetime(2026, 3, 10, 2, tzinfo=UTC) - college.clock.now())
    assert "逾期：国际处议题1。" in _told(college, CHIEF)


def test_an_empty_college_is_told_what_to_do(college: Conversation) -> None:
    assert "台账里还没有议题" in college.say(CHIEF, "看板").text
    assert "还没有与您有关的议题" in college.say(UNIT, "看板").text
    assert len(college.cards(CHIEF)) == 1, "no picture of nothing"


def test_in_a_group_one_is_asked_to_come_alone(college: Conversation) -> None:
    assert "私聊" in college.say(CHIEF, "看板", group=True).text


def test_a_bare_machine_answers_in_words_and_says_what_to_install(
    college: Conversation, tmp_path: Path
) -> None:
    busy(college)
    college.policy = replace(college.policy, font=tmp_path)
    college.say(CHIEF, "看板")

    paper = college.last(CHIEF)
    assert paper.card.files == ()
    assert "现状：待领题2、整改中1；逾期0。" in paper.text
    assert "设置 reports.font 所指的位置没有可用的中文字体" in paper.text


def test_english_readers_get_it_in_english(college: Conversation) -> None:
    busy(college)
    college.say(CHIEF, "设置 语言 English")
    college.say(CHIEF, "board")
    assert "Now: awaiting claim 2, in progress 1; overdue 0." in college.last(CHIEF).text
