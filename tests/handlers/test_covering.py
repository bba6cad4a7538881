"""补漏补缺: the person concerned hears first; then the others are told, and answer by a tap or a word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services import claiming, measuring
from services.affairs import covering
from storage import affairs, people_changes, topics
from tests.handlers.conversation import Conversation, Shown
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing, WorkflowError
from workflow.roles import Role
from workflow.supervision import CoverStep
from workflow.topic import Topic

OFFICE, SECRETARY, OWNER, OTHER, THIRD = "党办主任", "纪委书记", "外事副院长", "副书记", "后勤副院长"
LATE = datetime(2026, 7, 2, 1, tzinfo=UTC)  # Thursday, 09:00


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """A topic two workdays past its deadline."""
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.pass_to(LATE)
    return college.ask(lambda tx: topics.get(tx, made.id))


def cover(college: Conversation) -> Affair:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.COVER, *AffairState))[-1]


def opened(college: Conversation) -> Shown:
    college.say(OFFICE, "补漏补缺 001")
    college.press(OFFICE, "告知本人")
    return pushed(college, OWNER)


def pushed(college: Conversation, who: str) -> Shown:
    return next(s for s in reversed(college.pushed(who)) if "【补漏补缺】" in s.text)


def heard(college: Conversation, who: str) -> bool:
    return any("【补漏补缺】" in s.text for s in college.pushed(who))


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


def test_another_step_is_chosen_or_typed(college: Conversation, topic: Topic) -> None:
    assert "进展反馈未按期落实" in college.say(OFFICE, "补漏补缺 001 反馈").text
    assert "分解措施未按期落实" in college.say(OFFICE, "分解").text
    assert "请点“告知本人”确认" in college.say(OFFICE, "好的呀").text
    college.press(OFFICE, "改环节")
    college.say(OFFICE, "核验")
    assert "拟先告知纪委书记" in college.last(OFFICE).text
    assert "哪个环节未落实" in college.say(OFFICE, "补漏补缺 001 别的").text


def test_who_may_and_what_never(college: Conversation, topic: Topic) -> None:
    for who in (OWNER, "党委书记", "国际处处长", "系统管理员", "纪委干事"):
        assert "“发起”由" in college.say(who, "补漏补缺 001").text, who
    secret = college.issued(confidential=True, deadline=datetime(2026, 9, 30, tzinfo=UTC))
    assert "不公开" in college.say(OFFICE, f"补漏补缺 {secret.number}").text
    opened(college)
    college.say(OFFICE, "补漏补缺 001")
    college.press(OFFICE, "告知本人")
    assert college.ask(lambda tx: len(affairs.of_kind(tx, AffairKind.COVER))) == 1


def test_one_is_not_told_of_by_oneself(college: Conversation) -> None:
    made = college.issued(owner=SECRETARY)
    college.do(SECRETARY, lambda work: claiming.claim(work, made.id))
    college.pass_to(LATE)
    assert "与本人有关，不能由本人" in college.say(SECRETARY, "补漏补缺 001").text
    assert "拟先告知纪委书记" in college.say(OFFICE, "补漏补缺 001").text
    college.press(OFFICE, "告知本人")
    assert "撤回告知" not in pushed(college, SECRETARY).labels


def test_without_a_number_what_is_overdue_is_offered(college: Conversation, topic: Topic) -> None:
    college.say(OFFICE, "补漏补缺")
    college.press(OFFICE, "2026-001")
    assert "拟先告知外事副院长" in college.last(OFFICE).text


def test_nothing_overdue_is_said(college: Conversation) -> None:
    assert "没有逾期的议题" in college.say(OFFICE, "补漏补缺").text


def test_words_that_answer_nothing_are_plain_messages(college: Conversation, topic: Topic) -> None:
    assert "2026-001" in college.say(OWNER, "跟进 已联系").text
    college.say(OWNER, "取消")
    college.say(OWNER, "已补办", reply_to=opened(college))
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    college.press(OFFICE, "发送告知")
    assert "没有编号为077" in college.say(OTHER, "跟进 077").text
    assert "请回复“跟进”或“不涉及”" in college.say(OTHER, "看看再说", reply_to=pushed(college, OTHER)).text
    college.say(OTHER, "不涉及")
    parts = college.ask(lambda tx: affairs.parts(tx, cover(college).id))
    assert {p.person_id: p.answer for p in parts}[college.id(OTHER)] == "na"


def test_the_office_ends_it_although_answers_lack(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "已补办", reply_to=opened(college))
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    college.press(OFFICE, "发送告知")
    college.press(OFFICE, "办结")
    assert cover(college).state is AffairState.DONE


def test_a_stale_or_foreign_press_changes_nothing(college: Conversation, topic: Topic) -> None:
    """A preview that is not the open one, an answer nobody asked for, a person who is not it."""
    card = college.say(OFFICE, "补漏补缺 001")
    college.say(OFFICE, "补漏补缺 001 反馈")
    assert "按钮已失效" in college.press(OFFICE, "告知本人", card)
    opened(college)
    affair = cover(college)
    for who in (OTHER, "党委书记", "系统管理员"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: covering.give(work, affair, "代答"))
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: covering.answer(work, affair, "follow"))
    college.say(OWNER, "已补办", reply_to=pushed(college, OWNER))
    given = cover(college)
    for who in (OWNER, OTHER, SECRETARY, "党委书记"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: covering.release(work, given, [college.id(OTHER)]))
    with pytest.raises(Missing):
        college.do(OFFICE, lambda work: covering.release(work, given, [college.id(OWNER)]))
    wrong = college.id(THIRD)
    with pytest.raises(Invalid):
        college.do(OFFICE, lambda work: covering.begin(work, topic.id, wrong, CoverStep.REPORT))
    college.press(OFFICE, "发送告知", pushed(college, OFFICE))
    shown = college.last(OFFICE)
    college.say(OFFICE, "副书记")
    assert "按钮已失效" in college.press(OFFICE, "发送告知", shown)
    assert cover(college) == given


def test_a_closed_topic_is_not_covered(college: Conversation, topic: Topic) -> None:
    college.say("党委书记", "撤题 001 重复")
    college.press("党委书记", "确认撤题")
    assert "不再补漏补缺" in college.say(OFFICE, "补漏补缺 001").text


def test_who_lost_the_seat_meanwhile_is_refused(college: Conversation, topic: Topic) -> None:
    """Every question and preview asks for the right anew."""
    college.say(OFFICE, "补漏补缺 001")
    college.do("系统管理员", lambda w: people_changes.revoke(w.tx, college.id(OFFICE), Role.OFFICE))
    assert "“发起”由" in college.say(OFFICE, "反馈").text
    shown = college.last(OFFICE)
    assert "告知本人" not in shown.labels
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.COVER, *AffairState)) == []


def test_an_unclaimed_topic_is_covered_at_who_should_claim(college: Conversation) -> None:
    college.issued()
    college.pass_to(datetime(2026, 3, 6, 1, tzinfo=UTC))
    college.say(OFFICE, "议题 001")
    while "补漏补缺" not in college.last(OFFICE).labels:
        college.press(OFFICE, "更多")
    college.press(OFFICE, "补漏补缺")
    assert "领题确认未按期落实" in college.last(OFFICE).text
    assert "拟先告知外事副院长" in college.last(OFFICE).text
