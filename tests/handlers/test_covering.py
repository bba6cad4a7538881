"""补漏补缺: the person concerned hears first; then the others are told, and answer by a tap or a word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services import claiming, measuring
from services.affairs import covering
from tests.handlers.conversation import Conversation
from tests.handlers.covered import (
    OFFICE,
    OTHER,
    OWNER,
    SECRETARY,
    THIRD,
    cover,
    heard,
    opened,
    pushed,
    topic,
)
from workflow.affair import AffairState
from workflow.topic import Topic

__all__ = ["topic"]


def test_from_the_card_to_the_last_answer(college: Conversation, topic: Topic) -> None:
    card = college.say(OFFICE, "议题 001")
    while "补漏补缺" not in college.last(OFFICE).labels:
        college.press(OFFICE, "更多")
    college.press(OFFICE, "补漏补缺")
    shown = college.last(OFFICE)
    assert shown.message_id == card.message_id
    assert "拟先告知外事副院长" in shown.text
    assert "整改未按期落实" in shown.text
    assert "7月3日 09:00前可作说明" in shown.text
    assert not heard(college, OWNER)
    assert college.press(OFFICE, "告知本人") == "已告知本人"
    push = pushed(college, OWNER)
    assert push.text == (
        "【补漏补缺】2026-001《因公出国内控》整改未按期落实，拟告知有关领导。"
        "请于7月3日 09:00前说明，直接回复本条即可。（第二十六条）"
    )
    assert "发送告知" not in college.last(OFFICE).labels
    assert not heard(college, OTHER)
    assert "【已收到说明】" in college.say(OWNER, "供应商延误，7月10日完成", reply_to=push).text
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    shown = college.last(OFFICE)
    assert "拟告知：副书记、后勤副院长、纪委书记" in shown.text
    assert "本人说明：供应商延误，7月10日完成" in shown.text
    assert college.press(OFFICE, "发送告知") == "已发送"
    push = pushed(college, OTHER)
    assert push.text == (
        "【补漏补缺】2026-001《因公出国内控》整改未按期落实。"
        "请有关分管领导对照本领域及时跟进，并回复“跟进”或“不涉及”。（第二十六条）"
    )
    assert "供应商" not in push.text
    assert college.press(OTHER, "跟进", push) == "已答复"
    assert "已答复】C2026-01：跟进" in college.last(OTHER).text
    assert OWNER not in college.last(OTHER).text
    assert "供应商" not in college.last(OTHER).text
    college.say(THIRD, "不涉及", reply_to=pushed(college, THIRD))
    assert "补漏补缺C2026-01 整改：已告知，等候答复" in college.say(OFFICE, "补漏补缺").text
    college.press(OFFICE, "C2026-01")
    assert "已答复2/3：跟进1，不涉及1；尚缺：纪委书记" in college.last(OFFICE).text
    college.say(SECRETARY, "跟进 001 已对照检查")
    assert cover(college).state is AffairState.DONE
    assert "均已答复，跟进2，不涉及1" in pushed(college, OFFICE).text


def test_nobody_else_hears_before_the_answer_or_the_term(college: Conversation, topic: Topic) -> None:
    opened(college)
    affair = cover(college)
    card = college.say(OFFICE, "我的")
    assert "发送告知" not in card.labels
    with pytest.raises(Exception, match="affair_not_in_this_state"):
        college.do(OFFICE, lambda work: covering.release(work, affair, [college.id(OTHER)]))
    college.pass_(hours=23)
    assert cover(college).state is AffairState.WAITING
    college.pass_(hours=2)
    assert cover(college).state is AffairState.OPEN
    assert "说明期已过，可发送告知" in pushed(college, OFFICE).text
    assert not heard(college, OTHER)
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    assert "本人尚未说明" in college.last(OFFICE).text


def test_the_term_counts_working_hours_only(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 7, 3, 12, tzinfo=UTC))  # Friday, 20:00
    assert "7月7日 08:00前" in college.say(OFFICE, "补漏补缺 001").text


def test_a_standing_authorisation_releases_silence_by_itself(college: Conversation, topic: Topic) -> None:
    college.policy = replace(college.policy, cover_standing=True)
    assert "已有长期授权" in college.say(OFFICE, "补漏补缺 001").text
    college.press(OFFICE, "告知本人")
    college.pass_(hours=25)
    assert cover(college).state is AffairState.RELEASED
    assert heard(college, OTHER)
    assert not any("对照本领域" in s.text for s in college.pushed(OWNER))


def test_what_was_answered_waits_for_the_office_even_then(college: Conversation, topic: Topic) -> None:
    college.policy = replace(college.policy, cover_standing=True)
    college.say(OWNER, "已补办", reply_to=opened(college))
    college.pass_(days=3)
    assert cover(college).state is AffairState.GIVEN
    assert not heard(college, OTHER)


def test_the_office_narrows_the_receivers(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "已补办", reply_to=opened(college))
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    assert "没认出“某某”" in college.say(OFFICE, "某某").text
    assert "没认出" in college.say(OFFICE, "外事副院长").text
    assert "拟告知：副书记、财务处处长" in college.say(OFFICE, "副书记、财务处处长").text
    college.press(OFFICE, "发送告知")
    assert heard(college, "财务处处长")
    assert not heard(college, THIRD)


def test_taken_back_within_the_waiting_time(college: Conversation, topic: Topic) -> None:
    opened(college)
    college.press(OFFICE, "撤回告知")
    assert cover(college).state is AffairState.CANCELLED
    assert "已撤回，不再告知他人" in pushed(college, OWNER).text
    college.pass_(days=5)
    assert not heard(college, OTHER)


def test_an_answer_by_button_may_be_amended_until_it_is_sent(college: Conversation, topic: Topic) -> None:
    push = opened(college)
    college.press(OWNER, "说明", push)
    assert "请写几句说明" in college.say(OWNER, "", files=("说明.pdf",)).text
    college.say(OWNER, "供应商延误")
    assert cover(college).words["answer"] == "供应商延误"
    college.say(OWNER, "供应商延误，已催", reply_to=college.last(OWNER))
    assert cover(college).words["answer"] == "供应商延误，已催"


def test_late_answers_still_reach_the_office(college: Conversation, topic: Topic) -> None:
    push = opened(college)
    college.pass_(days=1, hours=1)
    college.say(OWNER, "迟复为歉", reply_to=push)
    assert cover(college).state is AffairState.GIVEN


def test_a_measure_is_covered_at_the_head_of_its_unit(college: Conversation) -> None:
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, made.id, [step]))
    college.pass_to(datetime(2026, 6, 2, 1, tzinfo=UTC))
    assert "拟先告知国际处处长" in college.say(OFFICE, "补漏补缺 001-1").text
    college.press(OFFICE, "告知本人")
    assert "措施1整改" in pushed(college, "国际处处长").text
    assert college.ask(lambda tx: covering.receivers(tx, cover(college))) == [
        college.id(OTHER),
        college.id(THIRD),
        college.id(SECRETARY),
    ]
    shown = college.say(SECRETARY, "议题 001")
    assert "补漏补缺" not in shown.labels
    assert "补漏补缺C2026-01 措施1整改：待本人说明" in shown.text
    assert "补漏补缺" not in college.say("国际处联络员", "议题 001").text


def test_an_answer_said_in_a_group_shows_the_group_nothing(college: Conversation, topic: Topic) -> None:
    opened(college)
    college.say(OWNER, "供应商延误", reply_to=pushed(college, OWNER))
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    college.press(OFFICE, "发送告知")
    pushed(college, OTHER)
    assert "私聊" in college.say(OTHER, "/follow", group=True).text
    assert not any("补漏补缺" in shown.text or "整改" in shown.text for shown in college.cards("-100"))
    before = len(college.cards("-100"))
    college.say(OWNER, "跟进", group=True)
    assert len(college.cards("-100")) == before
