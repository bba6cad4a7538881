"""自查自纠: four questions with the ledger's facts; a "no" goes on as a draft or a risk; all is checked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services import claiming, measuring, pressing, verifying
from services.affairs import risks, self_checking
from services.directory_units import UnitIdentity, add_unit
from storage import affairs, topics
from tests.handlers.conversation import Conversation
from tests.handlers.handed import handed
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing, NoRight, NotFound
from workflow.topic import Topic, TopicState

OWNER, HEAD, LIAISON, SECRETARY, OFFICE = "外事副院长", "国际处处长", "国际处联络员", "纪委书记", "党办主任"
STAFF, CHIEF = "纪委干事", "党委书记"
BY = datetime(2026, 11, 20, tzinfo=UTC)


def claimed(college: Conversation, **more: object) -> Topic:
    made = college.issued(OWNER, **more)
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def opened(college: Conversation, whom: str = "国际处") -> Affair:
    college.say(OFFICE, f"自查自纠 {whom} 11月20日前")
    college.press(OFFICE, "通知")
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.SELF_CHECK))[-1]


def fresh(college: Conversation, affair: Affair) -> Affair:
    return college.ask(lambda tx: affairs.get(tx, affair.id))


def states(college: Conversation, affair: Affair) -> list[str]:
    return [item.state for item in college.ask(lambda tx: affairs.items(tx, affair.id))]


def answered(college: Conversation, who: str = HEAD, *, wrong: bool = True) -> None:
    college.say(who, "自查自纠")
    for _ in range(3):
        college.press(who, "是")
    if wrong:
        college.press(who, "否")
        college.say(who, "催办后未跟进\n逐项建账\n12月10日前")
    else:
        college.press(who, "是")
    college.press(who, "提交")


def test_it_goes_to_units_and_leaders_after_one_look(college: Conversation) -> None:
    shown = college.say(OFFICE, "自查自纠 国际处、财务处、外事副院长 11月20日前")
    assert "部门2个：国际处、财务处\n班子成员1人：外事副院长\n期限：2026年11月20日" in shown.text
    shown = college.say(OFFICE, "全部部门、班子成员 11月20日前")
    assert "部门5个" in shown.text
    assert "班子成员6人：党委书记、院长、外事副院长" in shown.text
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.SELF_CHECK)) == []
    assert college.press(OFFICE, "通知") == "已通知11份"
    college.settle()
    (told,) = [s.text for s in college.pushed(HEAD) if "【自查自纠】" in s.text]
    assert told == (
        "【自查自纠】自查自纠Z2026-01《2026年自查自纠》：请对照四项内容自查，"
        "11月20日前提交，台账事实已填好。（第十九条）"
    )
    assert "自查自纠Z2026-01" in college.say(LIAISON, "我的").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("自查自纠 国际处", "请写明期限"),
        ("自查自纠 国际处 2026年1月5日前", "请写明期限"),
        ("自查自纠 国际处 2月30日前", "没有“2月30日前”这一天"),
        ("自查自纠 11月20日前", "请写明哪些部门"),
        ("自查自纠 外星处 11月20日前", "没有找到“外星处”"),
    ],
)
def test_what_is_lacking_is_said_and_nothing_is_opened(college: Conversation, said: str, told: str) -> None:
    assert told in college.say(OFFICE, said).text
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.SELF_CHECK)) == []


def test_a_unit_without_anybody_is_left_out_aloud(college: Conversation) -> None:
    college.do(OFFICE, lambda work: add_unit(work, UnitIdentity("archive", "档案馆")))
    shown = college.say(OFFICE, "自查自纠 国际处、档案馆 11月20日前")
    assert "部门1个：国际处\n没有负责人和联络员，略过：档案馆" in shown.text


def test_the_facts_come_from_the_ledger(college: Conversation) -> None:
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 3, 10, 15, 59, tzinfo=UTC))
    first = claimed(college, assist_units=(college.unit("财务处"),), co_owners=(college.id("副书记"),))
    college.do(OWNER, lambda work: measuring.decompose(work, first.id, [step]))
    claimed(college, deadline=datetime(2026, 3, 20, 15, 59, tzinfo=UTC))
    college.issued(OWNER)
    college.do(SECRETARY, lambda work: pressing.nudge(work, first.id, BY, "请报进展"))
    college.do(OWNER, lambda work: verifying.submit(work, first.id, "其余并入"))
    college.do(SECRETARY, lambda work: verifying.send_back(work, first.id, ["缺台账"], BY))
    college.pass_to(datetime(2026, 4, 1, 2, tzinfo=UTC))
    opened(college, "国际处、财务处、外事副院长")
    shown = college.say(HEAD, "自查自纠")
    assert "1. 责任分解是否明确\n台账：议题3项，待领题1项，整改中未分解措施1项" in shown.text
    college.press(HEAD, "是")
    assert "议题3项，已销号0项，逾期1项，退回补正1次" in college.last(HEAD).text
    college.press(HEAD, "是")
    assert "配合（共同）议题0项，牵头措施1项，已办结0项，逾期1项" in college.last(HEAD).text
    college.press(HEAD, "是")
    assert "催办1次，延期0次，补漏补缺和约谈提醒0次" in college.last(HEAD).text
    college.say("财务处处长", "自查自纠")
    college.press("财务处处长", "是")
    college.press("财务处处长", "是")
    assert "配合（共同）议题1项，牵头措施0项" in college.last("财务处处长").text
    college.say(OWNER, "自查自纠")
    assert "议题3项，待领题1项，整改中未分解措施1项" in college.last(OWNER).text
    college.press(OWNER, "是")
    college.press(OWNER, "是")
    assert "配合（共同）议题1项，牵头措施1项" in college.last(OWNER).text


def test_a_no_asks_for_what_is_lacking_and_becomes_a_risk(college: Conversation) -> None:
    affair = opened(college)
    college.say(HEAD, "自查自纠")
    college.press(HEAD, "否")
    assert "1. 责任分解是否明确\n请写明存在的问题" in college.last(HEAD).text
    assert "请写明整改措施" in college.say(HEAD, "部分议题未分解到人").text
    assert "请写明整改时限" in college.say(HEAD, "逐项补分解表").text
    assert "已经过去" in college.say(HEAD, "2026年1月10日前").text
    assert "没有“2月30日前”" in college.say(HEAD, "2月30日前").text
    assert "2. 责任项目是否落实" in college.say(HEAD, "12月10日前").text
    for _ in range(3):
        college.press(HEAD, "是")
    shown = college.last(HEAD)
    assert "问题：部分议题未分解到人；措施：逐项补分解表；时限2026年12月10日" in shown.text
    assert shown.labels[:5] == ["1", "2", "3", "4", "提交"]
    assert college.press(HEAD, "提交") == "已提交"
    assert "已作为风险（问题）报办公室；部门不能直接点题" in college.last(HEAD).text
    (risk,) = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK))
    assert (risk.title, risk.unit_id, risk.parent_id) == (
        "部分议题未分解到人",
        college.unit("国际处"),
        affair.id,
    )


def test_an_answer_can_be_changed_before_it_is_handed_in(college: Conversation) -> None:
    affair = opened(college)
    college.say(HEAD, "自查自纠")
    college.press(HEAD, "否")
    college.say(HEAD, "部分议题未分解到人\n逐项补分解表\n12月10日前")
    college.press(HEAD, "看全表")
    assert "提交" not in college.last(HEAD).labels
    college.press(HEAD, "1")
    college.press(HEAD, "是")
    assert states(college, affair) == ["yes", "", "", ""]
    (first, *_) = college.ask(lambda tx: affairs.items(tx, affair.id))
    assert (first.words, "by" in first.facts) == ("", False)


def test_nothing_is_handed_in_half(college: Conversation) -> None:
    affair = opened(college)
    with pytest.raises(Missing, match="self_check_incomplete"):
        college.do(HEAD, lambda work: self_checking.give(work, affair, "x"))
    assert fresh(college, affair).state is AffairState.OPEN


def test_inspectors_check_question_after_question_and_it_is_finished(college: Conversation) -> None:
    affair = opened(college)
    answered(college, wrong=False)
    assert "四项均答“是”" in college.last(HEAD).text
    college.settle()
    college.say(STAFF, "自查自纠")
    college.press(STAFF, "1")
    assert "自查：是　他查：—" in college.last(STAFF).text
    for answer in ("他查：是", "他查：否", "他查：是"):
        college.press(STAFF, answer)
    assert "办结" not in college.last(STAFF).labels
    with pytest.raises(Missing, match="self_check_unchecked"):
        college.do(SECRETARY, lambda work: self_checking.finish(work, fresh(college, affair)))
    college.press(STAFF, "他查：是")
    assert "2. 责任项目是否落实　自查：是　他查：否" in college.last(STAFF).text
    assert "已提交，他查4/4" in college.say(OFFICE, "自查自纠").text
    college.press(OFFICE, "1")
    assert college.press(OFFICE, "办结") == "已办结"
    assert fresh(college, affair).state is AffairState.DONE
    assert "目前没有进行中的自查自纠" in college.say(OFFICE, "自查自纠").text


def test_the_office_drafts_topics_of_the_problems_in_a_chiefs_name(college: Conversation) -> None:
    affair = opened(college)
    answered(college)
    college.say(OFFICE, "自查自纠")
    college.press(OFFICE, "1")
    assert college.press(OFFICE, "拟为议题") == "已拟1项草稿"
    assert "已拟为议题D-1" in college.last(OFFICE).text
    assert "拟为议题" not in college.last(OFFICE).labels
    (draft,) = college.ask(lambda tx: topics.find(tx, topics.in_states(TopicState.DRAFT)))
    assert (draft.title, draft.goal, draft.source) == ("催办后未跟进", "逐项建账", "自查自纠")
    assert (draft.issuer_id, draft.owner_id) == (college.id(CHIEF), college.id(OWNER))
    assert draft.lead_units == (college.unit("国际处"),)
    assert draft.deadline is not None
    assert college.ask(lambda tx: affairs.raised_by(tx, affair.id)) == [draft.id]
    (risk,) = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK, *AffairState))
    assert risk.state is AffairState.DONE


def test_a_risk_that_was_settled_elsewhere_is_drafted_no_more(college: Conversation) -> None:
    opened(college)
    answered(college)
    (risk,) = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK))
    college.do(OFFICE, lambda work: risks.set_aside(work, risk, "已在整改"))
    college.say(OFFICE, "自查自纠")
    college.press(OFFICE, "1")
    assert "拟为议题" not in college.last(OFFICE).labels


def test_whoever_may_set_topics_gets_drafts_at_once(college: Conversation) -> None:
    affair = opened(college, "党委书记")
    answered(college, CHIEF)
    assert "已拟成议题草稿" in college.last(CHIEF).text
    (topic,) = college.ask(lambda tx: affairs.raised_by(tx, affair.id))
    assert college.ask(lambda tx: topics.get(tx, topic)).issuer_id == college.id(CHIEF)
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK)) == []


def test_where_no_chief_may_set_topics_none_is_drafted(college: Conversation) -> None:
    affair = opened(college)
    answered(college)
    college.policy = replace(college.policy, issuers=frozenset())
    with pytest.raises(NoRight, match="may_not_issue"):
        college.do(OFFICE, lambda work: self_checking.draft_topics(work, fresh(college, affair), "x"))


def test_an_opening_can_be_taken_back_for_ten_minutes(college: Conversation) -> None:
    affair = opened(college)
    college.press(OFFICE, "撤回")
    assert "1份自查自纠已取消" in college.last(OFFICE).text
    assert fresh(college, affair).state is AffairState.CANCELLED
    assert "目前没有请您自查的事项" in college.say(HEAD, "自查自纠").text
    again = opened(college, "外事副院长")
    college.pass_(minutes=11)
    assert "已超过10分钟" in college.press(OFFICE, "撤回")
    assert fresh(college, again).state is AffairState.OPEN


def test_the_rules_hold_past_the_conversation_too(college: Conversation) -> None:
    affair, now = opened(college), college.clock.now()
    units = [college.unit("国际处")]
    with pytest.raises(Missing, match="nobody_to_check"):
        college.do(OFFICE, lambda work: self_checking.open_for(work, "x", [], [], BY))
    with pytest.raises(Invalid, match="deadline_past"):
        college.do(OFFICE, lambda work: self_checking.open_for(work, "x", units, [], now))
    with pytest.raises(Missing, match="problem_missing"):
        college.do(HEAD, lambda work: self_checking.amiss(work, affair, 1, "x", " ", BY))
    with pytest.raises(Invalid, match="deadline_past"):
        college.do(HEAD, lambda work: self_checking.amiss(work, affair, 1, "x", "y", now))
    with pytest.raises(NotFound, match="not_on_the_list"):
        college.do(HEAD, lambda work: self_checking.clear(work, affair, 9))
    assert college.do(OFFICE, lambda work: self_checking.draft_topics(work, affair, "x")) == []
    answered(college, wrong=False)
    with pytest.raises(Invalid, match="no_such_answer"):
        college.do(STAFF, lambda work: self_checking.check(work, fresh(college, affair), 1, "maybe"))


def test_the_asked_answer_the_inspectors_check_the_office_drafts(college: Conversation) -> None:
    """Wrong seats are refused and nothing has changed; nobody checks one's own."""
    for who in (OWNER, HEAD, CHIEF, STAFF, "系统管理员"):
        assert "办理" in college.say(who, "自查自纠 国际处 11月20日前").text, who
    affair = opened(college)
    for who in (OFFICE, SECRETARY, STAFF, "财务处处长", OWNER):
        for verb in ("self_check.yes", "self_check.no"):
            assert "办理" in handed(college, who, verb, affair.id, 1), (who, verb)
        assert "办理" in handed(college, who, "self_check.give", affair.id), who
        assert "没有这件事务" in handed(college, who, "self_check.ask", affair.id, 1), who
    assert "没有这件事务" in handed(college, "财务处处长", "self_check.form", affair.id)
    assert "没有这件事务" in handed(college, "财务处处长", "self_check.draft", affair.id)
    assert "不在清单上" in handed(college, HEAD, "self_check.no", affair.id, 9)
    assert "办理" in handed(college, HEAD, "self_check.undo", affair.id)
    assert states(college, affair) == ["", "", "", ""]
    answered(college)
    given = fresh(college, affair)
    for who in (HEAD, LIAISON, OWNER, CHIEF):
        assert "办理" in handed(college, who, "self_check.check", affair.id, 1, "yes"), who
        assert "办理" in handed(college, who, "self_check.finish", affair.id), who
    for who in (HEAD, STAFF, SECRETARY):
        assert "办理" in handed(college, who, "self_check.draft", affair.id), who
    assert fresh(college, affair) == given
    assert college.ask(lambda tx: topics.find(tx, topics.in_states(TopicState.DRAFT))) == []


def test_it_is_done_in_english_too(college: Conversation) -> None:
    college.say(OFFICE, "设置 语言 English")
    college.say(HEAD, "设置 语言 English")
    assert "5 unit(s)" in college.say(OFFICE, "self-check all units, by 20 November").text
    college.press(OFFICE, "Tell them")
    assert "Are duties clearly broken down?\nLedger: 0 topic(s)" in college.say(HEAD, "self-check").text
    college.press(HEAD, "No")
    college.say(HEAD, "Not broken down\nBreak it down\nby 10 December")
    assert "Are the items carried out?" in college.last(HEAD).text
