"""补漏补缺 at its edges: who may and what never, what is late, stale or foreign, and who lost the seat."""

from datetime import UTC, datetime

import pytest

from services import claiming
from services.affairs import covering
from storage import affairs, people_changes
from tests.handlers.conversation import Conversation
from tests.handlers.covered import LATE, OFFICE, OTHER, OWNER, SECRETARY, THIRD, cover, opened, pushed, topic
from workflow.affair import AffairKind, AffairState
from workflow.errors import Invalid, Missing, WorkflowError
from workflow.roles import Role
from workflow.supervision import CoverStep
from workflow.topic import Topic

__all__ = ["topic"]


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
