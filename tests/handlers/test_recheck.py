"""回头看: planned at the closing, called for months later; a relapse goes on as the same topic."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services import claiming, verifying
from services.affairs import rechecking
from services.affairs.recheck_planning import results
from storage import affairs, topics
from tests.handlers.conversation import Conversation
from tests.handlers.handed import handed
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing
from workflow.rechecks import Result
from workflow.topic import Topic, TopicState

OWNER, HEAD, SECRETARY, OFFICE, CHIEF = "外事副院长", "国际处处长", "纪委书记", "党办主任", "党委书记"
DUE = datetime(2026, 6, 2, 2, tzinfo=UTC)


def closed(college: Conversation, **more: object) -> Topic:
    made = college.issued(**more)
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.do(OWNER, lambda work: verifying.submit(work, made.id))
    return college.do(SECRETARY, lambda work: verifying.close(work, made.id))


def recheck(college: Conversation) -> Affair:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RECHECK, *AffairState))[-1]


def now(college: Conversation, topic: Topic) -> Topic:
    return college.ask(lambda tx: topics.get(tx, topic.id))


def called(college: Conversation, who: str) -> list[str]:
    return [shown.text for shown in college.pushed(who) if "【回头看】" in shown.text]


@pytest.fixture
def topic(college: Conversation) -> Topic:
    return closed(college)


def test_the_closing_says_when_it_is_looked_at_again(college: Conversation, topic: Topic) -> None:
    college.settle()
    told = [shown.text for shown in college.pushed(OWNER) if "【销号】" in shown.text]
    assert told == [
        "【销号】2026-001《因公出国内控》经纪委书记核验，于3月2日销号。拟于6月2日回头看，请保持整改成效。"
    ]
    assert "回头看：拟于2026年6月2日（周二）回头看" in college.say(OWNER, "议题 001").text
    assert "回头看" not in college.say(SECRETARY, "我的").text


def test_when_the_day_comes_the_verifier_is_asked_and_one_press_answers(
    college: Conversation, topic: Topic
) -> None:
    college.pass_to(DUE)
    (said,) = called(college, SECRETARY)
    assert said == (
        "【回头看】2026-001《因公出国内控》销号已满3个月，请您于6月9日前复核整改成效，结论选“巩固”或“反弹”。"
    )
    push = next(shown for shown in college.pushed(SECRETARY) if said in shown.text)
    assert push.labels[:3] == ["巩固", "反弹", "推迟"]
    assert "回头看H2026-01《2026-001》 6月9日" in college.say(SECRETARY, "我的").text
    assert college.press(SECRETARY, "巩固", push) == "已登记：巩固"
    assert "结论：巩固（纪委书记，2026年6月2日（周二））" in college.last(SECRETARY).text
    assert "回头看：结论：巩固" in college.say(OWNER, "议题 001").text
    assert now(college, topic).state is TopicState.CLOSED
    assert college.ask(lambda tx: results(tx, [topic.id])) == {topic.id: Result.FIRM}
    college.pass_(days=30)
    assert called(college, SECRETARY) == [], "the push has become the card, and no other came"


def test_nobody_answering_is_reminded_and_then_reported(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 6, 20, tzinfo=UTC))
    texts = [shown.text for shown in college.pushed(SECRETARY)]
    assert any("【待办提醒】回头看H2026-01《2026-001》请于6月9日前办理" in text for text in texts)
    assert any("【逾期】回头看H2026-01" in shown.text for shown in college.pushed(CHIEF))


def test_a_relapse_asks_for_the_reason_and_a_deadline_and_opens_the_same_topic(
    college: Conversation, topic: Topic
) -> None:
    college.pass_to(DUE)
    college.press(SECRETARY, "反弹")
    assert "请写明反弹的情况" in college.last(SECRETARY).text
    assert "请写明理由" in college.say(SECRETARY, "9月18日前").text
    shown = college.say(SECRETARY, "台账又断档 2026年5月1日前")
    assert "已经过去" in shown.text
    assert "没有" in college.say(SECRETARY, "2月30日前").text
    shown = college.say(SECRETARY, "9月18日前")
    assert "拟认定反弹，重启整改\n台账又断档\n时限：2026年9月18日（周五）" in shown.text
    assert now(college, topic).state is TopicState.CLOSED
    assert college.press(SECRETARY, "反弹") == "已登记：反弹，重启整改"
    again = now(college, topic)
    assert (again.id, again.number, again.state) == (topic.id, topic.number, TopicState.IN_PROGRESS)
    assert college.ask(lambda tx: results(tx, [topic.id])) == {topic.id: Result.RELAPSE}
    assert "回头看：结论：反弹" in college.say(OWNER, "议题 001").text
    college.settle()
    assert any("【重启整改】2026-001" in shown.text for shown in college.pushed(OWNER))


def test_one_message_is_enough(college: Conversation, topic: Topic) -> None:
    assert "拟认定反弹" in college.say(SECRETARY, "回头看 001 反弹 台账又断档 9月18日前").text
    assert "拟认定反弹" in college.say(SECRETARY, "清单又断档 9月20日前").text
    college.press(SECRETARY, "反弹")
    assert now(college, topic).state is TopicState.IN_PROGRESS
    assert "目前没有待办的回头看" in college.say(SECRETARY, "回头看 001 巩固").text


def test_a_plain_reply_to_the_card_is_heard(college: Conversation, topic: Topic) -> None:
    card = college.say(SECRETARY, "回头看 001")
    assert "拟认定反弹" in college.say(SECRETARY, "反弹 台账又断档 9月18日前", reply_to=card).text
    college.say(SECRETARY, "取消")
    assert "拟于2026年6月2日" in college.say(SECRETARY, "看过了", reply_to=card).text
    college.say(SECRETARY, "反弹", reply_to=card)
    assert "请写明反弹的情况" in college.last(SECRETARY).text
    owners = college.say(OWNER, "回头看 001")
    for said in ("巩固", "反弹 又断档 9月18日前"):
        assert "由" in college.say(OWNER, said, reply_to=owners).text
    assert recheck(college).state is AffairState.OPEN


def test_a_relapse_without_a_reason_changes_nothing(college: Conversation, topic: Topic) -> None:
    before, by = recheck(college), datetime(2026, 9, 18, tzinfo=UTC)
    with pytest.raises(Missing, match="reason_missing"):
        college.do(SECRETARY, lambda work: rechecking.relapse(work, before, " ", by))
    with pytest.raises(Invalid, match="deadline_past"):
        college.do(SECRETARY, lambda work: rechecking.relapse(work, before, "x", college.clock.now()))
    assert recheck(college) == before


def test_a_closing_after_the_relapse_plans_the_next(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "回头看 001 反弹 又断档 9月18日前")
    college.press(SECRETARY, "反弹")
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.do(SECRETARY, lambda work: verifying.close(work, topic.id))
    assert recheck(college).number == "H2026-02"
    assert "拟于" in college.say(OWNER, "议题 001").text
    college.say(SECRETARY, "回头看 001 巩固")
    assert college.ask(lambda tx: results(tx, [topic.id])) == {topic.id: Result.FIRM}


def test_an_earlier_reopening_cancels_it(college: Conversation, topic: Topic) -> None:
    shown = college.say(SECRETARY, "回头看 001")
    by = datetime(2026, 9, 18, tzinfo=UTC)
    college.do(CHIEF, lambda work: verifying.reopen(work, topic.id, "另有问题", by))
    assert recheck(college).state is AffairState.CANCELLED
    assert "情况有变" in college.press(SECRETARY, "巩固", shown)
    assert "不再回头看" in college.last(SECRETARY).text
    college.pass_to(DUE)
    assert called(college, SECRETARY) == []


def test_it_can_be_put_off_but_not_for_ever(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "回头看 001")
    college.press(SECRETARY, "推迟")
    assert "推迟到哪一天？最迟2026年9月2日（周三）" in college.last(SECRETARY).text
    assert "最迟可推迟到2026年9月2日（周三）" in college.say(SECRETARY, "9月3日").text
    assert "没" in college.say(SECRETARY, "改天").text
    college.say(SECRETARY, "7月1日")
    assert "拟于2026年7月1日（周三）回头看" in college.last(SECRETARY).text
    college.pass_to(datetime(2026, 6, 30, tzinfo=UTC))
    assert called(college, SECRETARY) == []
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert len(called(college, SECRETARY)) == 1
    college.press(SECRETARY, "推迟")
    assert "最迟2026年9月2日" in college.last(SECRETARY).text, "counted from the day it was first planned for"
    assert college.press(SECRETARY, "7月31日") == "已推迟"
    assert "请于2026年7月31日（周五）前复核" in college.last(SECRETARY).text


def test_at_the_bound_no_day_is_proposed(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 9, 2, 2, tzinfo=UTC))
    college.say(SECRETARY, "回头看 001")
    college.press(SECRETARY, "推迟")
    assert college.last(SECRETARY).labels == ["取消"]
    assert "已经过去" in college.say(SECRETARY, "9月2日").text or college.last(SECRETARY).text


def test_those_that_are_due_are_listed_first(college: Conversation, topic: Topic) -> None:
    assert "〔未到期〕\n1. 2026-001《因公出国内控》 拟于2026年6月2日" in college.say(OFFICE, "回头看").text
    college.pass_to(DUE)
    assert "〔待复核〕\n1. 2026-001《因公出国内控》 请于2026年6月9日" in college.say(SECRETARY, "回头看").text
    college.press(SECRETARY, "1")
    assert college.last(SECRETARY).labels == ["巩固", "反弹", "推迟", "看议题"]
    assert "目前没有回头看事项。议题销号后，满3个月自动提请复核" in college.say("副书记", "回头看").text


def test_only_who_verifies_decides(college: Conversation, topic: Topic) -> None:
    """Neither the owner, nor the unit, nor the office; a stranger does not even see it."""
    college.pass_to(DUE)
    before = recheck(college)
    for who in (OWNER, HEAD, OFFICE):
        card = college.say(who, "回头看 001")
        assert not {"巩固", "反弹", "推迟"} & {*card.labels}, who
        for said in ("巩固", "反弹 又断档 9月18日前"):
            assert "由" in college.say(who, f"回头看 001 {said}").text, who
        for verb in ("recheck.firm", "recheck.relapse", "recheck.later"):
            assert "由" in handed(college, who, verb, before.id), (who, verb)
        assert "由" in handed(college, who, "recheck.later_to", before.id, "2026-07-31"), who
    assert "没有编号为2026-001的议题" in college.say("财务处处长", "回头看 001").text
    assert recheck(college) == before
    assert now(college, topic).state is TopicState.CLOSED


def test_whoever_lost_the_seat_while_the_preview_was_open_is_refused(
    college: Conversation, topic: Topic
) -> None:
    college.say(SECRETARY, "回头看 001 反弹 又断档 9月18日前")
    college.do(CHIEF, lambda work: verifying.reopen(work, topic.id, "另有问题", DUE))
    assert "当前（已取消）不能" in college.press(SECRETARY, "反弹")
    assert recheck(college).facts.get("result") is None


def test_a_confidential_topic_is_its_number_alone(college: Conversation) -> None:
    closed(college, confidential=True)
    college.pass_to(DUE)
    assert called(college, SECRETARY) == ["【回头看】2026-001，内容请点按钮在私聊中查看。"]
    assert "因公" not in college.say(SECRETARY, "回头看").text


@pytest.fixture
def few(college: Conversation) -> Conversation:
    college.policy = replace(college.policy, recheck_share=0.0)
    return college


def test_a_topic_that_is_not_among_the_share_says_so(few: Conversation) -> None:
    closed(few)
    assert "未列入回头看（按0%抽取）" in few.say(OWNER, "议题 001").text
    assert few.ask(lambda tx: affairs.of_kind(tx, AffairKind.RECHECK)) == []
    few.settle()
    assert any("于3月2日销号。请保持整改成效" in shown.text for shown in few.pushed(OWNER))


def test_it_is_done_in_english_too(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "设置 语言 English")
    assert "put off" in college.say(SECRETARY, "recheck 001").labels[2].casefold()
    assert "note a relapse" in college.say(SECRETARY, "recheck 001 relapse gaps again, by 18 September").text
