"""约谈提醒: proposed by facts, decided by whoever may talk to that person, kept as dates and codes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services import claiming, measuring
from services.affairs import admonishing, tolerating
from services.work import Work
from storage import affairs, people_changes, topics
from tests.handlers.conversation import Conversation, Shown
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Barred, Invalid, WorkflowError
from workflow.roles import Role
from workflow.supervision import TalkForm, TalkResult
from workflow.topic import Topic

OFFICE, SECRETARY, OWNER, CHIEF, OTHER_CHIEF = "党办主任", "纪委书记", "外事副院长", "党委书记", "院长"
LATE = datetime(2026, 7, 10, 2, tzinfo=UTC)


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """A topic its leader has let pass its deadline in spite of every reminder."""
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.pass_to(LATE)
    return college.ask(lambda tx: topics.get(tx, made.id))


def talk(college: Conversation) -> Affair:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.ADMONITION, *AffairState))[-1]


def pushed(college: Conversation, who: str, word: str = "约谈提醒建议") -> Shown:
    return next(s for s in reversed(college.pushed(who)) if word in s.text)


def proposed(college: Conversation) -> Shown:
    college.say(SECRETARY, "拟约谈 001")
    college.press(SECRETARY, "提出建议")
    return pushed(college, CHIEF)


def test_by_facts_to_the_chief_who_decides_and_registers_dates(college: Conversation, topic: Topic) -> None:
    shown = college.say(SECRETARY, "拟约谈 001")
    assert "对象：外事副院长" in shown.text
    assert "提醒5次：6月22日" in shown.text or "提醒" in shown.text
    assert "其中未见反馈" in shown.text
    assert "送党委书记、院长研定" in shown.text
    college.press(SECRETARY, "提出建议")
    push = pushed(college, CHIEF)
    assert "次提醒未见有效反馈，事实见卡片。是否约谈、由谁约谈，请按权限研定。（第二十七条）" in push.text
    assert OWNER not in push.text
    assert {"拟约谈", "暂不约谈", "查看"} <= set(push.labels)
    assert college.press(CHIEF, "拟约谈", push) == "已记录：拟约谈"
    assert "党委书记拟约谈" in pushed(college, SECRETARY, "【拟约谈】").text
    assert "我的" not in college.say(OTHER_CHIEF, "我的").labels
    assert "A2026-01" not in college.last(OTHER_CHIEF).text
    assert "A2026-01" in college.say(CHIEF, "我的").text
    college.press(CHIEF, "登记日期")
    assert "只登记日期，不写谈话内容" in college.last(CHIEF).text
    assert "这里只登记日期" in college.say(CHIEF, "其态度诚恳，表示立即整改").text
    college.say(CHIEF, "7月9日")
    college.press(CHIEF, "个别")
    college.say(CHIEF, "10月9日")
    assert "约谈日期：7月9日（个别）" in college.last(CHIEF).text
    affair = talk(college)
    assert affair.state is AffairState.RECORDED
    assert (affair.facts["talked_on"], affair.facts["follow_up"]) == ("2026-07-09", "2026-10-09")
    assert affair.words == {}
    college.pass_to(datetime(2026, 10, 8, 2, tzinfo=UTC))
    reminded = [s for s in college.pushed(CHIEF) if "待办提醒" in s.text and "A2026-01" in s.text]
    assert len(reminded) >= 1
    college.press(CHIEF, "登记结果")
    college.press(CHIEF, "已整改")
    assert talk(college).state is AffairState.DONE
    assert "跟踪结果：已整改" in college.last(CHIEF).text


def test_all_dates_in_one_reply(college: Conversation, topic: Topic) -> None:
    push = proposed(college)
    college.press(CHIEF, "拟约谈", push)
    shown = college.say(CHIEF, "约谈7月9日 集体，跟踪10月9日", reply_to=college.last(CHIEF))
    assert "约谈日期：7月9日（集体）" in shown.text
    assert "跟踪日期：10月9日" in shown.text
    college.press(SECRETARY, "查看", pushed(college, SECRETARY, "【约谈登记】"))
    college.press(SECRETARY, "登记日期")
    college.say(SECRETARY, "7月8日 集体")
    college.press(SECRETARY, "不设跟踪")
    assert talk(college).facts["talked_on"] == "2026-07-08"
    assert talk(college).due_at is None
    for label in ("登记结果", "未见改进"):
        college.press(SECRETARY, label)
    assert talk(college).facts["result"] == "unheeded"


def test_days_that_cannot_be_are_refused(college: Conversation, topic: Topic) -> None:
    college.press(CHIEF, "拟约谈", proposed(college))
    card = college.last(CHIEF)
    asked = college.say(CHIEF, "7月9日 个别", reply_to=card)
    assert "请发跟踪日期" in asked.text
    college.say(CHIEF, "取消")
    assert "这一天还没有到" in college.say(CHIEF, "2026年8月9日 个别 10月9日", reply_to=card).text
    assert "已经过去" in college.say(CHIEF, "7月9日 个别 2026年7月1日", reply_to=card).text
    affair, today = talk(college), date(2026, 7, 10)
    with pytest.raises(Invalid, match="follow_up_past"):
        college.do(CHIEF, lambda w: admonishing.record(w, affair, today, TalkForm.GROUP, today))
    assert talk(college).state is AffairState.APPROVED
    college.say(CHIEF, "取消")
    assert "按钮已失效" in college.press(CHIEF, "不设跟踪", asked)


def test_not_now_ends_it(college: Conversation, topic: Topic) -> None:
    push = proposed(college)
    college.press(OTHER_CHIEF, "暂不约谈", pushed(college, OTHER_CHIEF))
    assert talk(college).state is AffairState.CANCELLED
    for who in (SECRETARY, CHIEF):
        assert "院长定为暂不约谈" in pushed(college, who, "【暂不约谈】").text
    assert "情况有变" in college.press(CHIEF, "拟约谈", push)


def test_staff_are_talked_to_by_the_discipline_secretary(college: Conversation) -> None:
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 4, 1, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, made.id, [step]))
    college.pass_to(datetime(2026, 4, 20, 2, tzinfo=UTC))
    assert "送纪委书记研定" in college.say(OFFICE, "拟约谈 001-1").text
    assert "对象：国际处处长" in college.last(OFFICE).text
    college.press(OFFICE, "提出建议")
    assert "拟约谈" in pushed(college, SECRETARY).labels
    assert "对哪一位" not in college.say(SECRETARY, "拟约谈 001 国际处处长").text


def test_a_chief_is_beyond_this_college_and_nobody_proposes_oneself(college: Conversation) -> None:
    for owner in (CHIEF, SECRETARY):
        made = college.issued(owner=owner)
        college.do(owner, lambda work, made=made: claiming.claim(work, made.id))
    college.pass_to(LATE)
    assert "由上级组织约谈，不在本校办理" in college.say(SECRETARY, "拟约谈 001").text
    assert "与本人有关" in college.say(SECRETARY, "拟约谈 002").text
    assert "送党委书记、院长研定" in college.say(OFFICE, "拟约谈 002").text


def test_who_may(college: Conversation, topic: Topic) -> None:
    for who in (OWNER, CHIEF, "国际处处长", "系统管理员", "纪委干事", "党委委员"):
        assert "“发起”由" in college.say(who, "拟约谈 001").text, who
    proposed(college)
    affair = talk(college)
    for who in (OWNER, "副书记", SECRETARY, OFFICE, "系统管理员"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: admonishing.approve(work, affair))
    with pytest.raises(WorkflowError):
        college.do(OWNER, lambda work: admonishing.drop(work, affair))
    approved = college.do(CHIEF, lambda work: admonishing.approve(work, affair))
    for who in (OWNER, "副书记", "国际处处长"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: admonishing.record(work, approved, date(2026, 7, 9), TalkForm.GROUP))
    recorded = college.do(
        OFFICE, lambda work: admonishing.record(work, approved, date(2026, 7, 9), TalkForm.GROUP)
    )
    with pytest.raises(WorkflowError):
        college.do(OWNER, lambda work: admonishing.finish(work, recorded, TalkResult.GOING))
    assert talk(college) == recorded


def test_whom_it_is_about_sees_nothing_before_the_date_is_registered(
    college: Conversation, topic: Topic
) -> None:
    proposed(college)
    assert "约谈" not in college.say(OWNER, "议题 001").text
    assert "约谈提醒A2026-01：待研定" in college.say(CHIEF, "议题 001").text
    assert "约谈" not in college.say("国际处处长", "议题 001").text
    assert not [s for s in college.pushed(OWNER) if "约谈" in s.text]


def test_while_a_request_is_open_proposals_wait(college: Conversation, topic: Topic) -> None:
    push = proposed(college)
    plea = college.do(OWNER, lambda w: tolerating.begin(w, AffairKind.TOLERANCE, topic.id, "先行先试", 2))
    assert talk(college).due_at is None
    assert "情况有变" in college.press(CHIEF, "拟约谈", push)
    assert "拟约谈" not in college.last(CHIEF).labels
    assert "暂缓研定" in college.last(CHIEF).text
    with pytest.raises(Barred, match="admonition_paused"):
        college.do(CHIEF, lambda work: admonishing.approve(work, talk(college)))
    college.do(SECRETARY, lambda work: tolerating.decide(work, plea, granted=False))
    assert talk(college).due_at is not None
    assert "请继续研定" in pushed(college, CHIEF, "容错、澄清申请已有批复").text
    college.press(CHIEF, "拟约谈", college.pushed(CHIEF)[-1])
    assert talk(college).state is AffairState.APPROVED


def test_a_new_proposal_is_told_to_wait_unless_the_college_has_it_otherwise(
    college: Conversation, topic: Topic
) -> None:
    begun = college.do(OWNER, lambda w: tolerating.begin(w, AffairKind.TOLERANCE, topic.id, "先行先试", 2))
    assert "约谈提醒暂缓" in college.say(SECRETARY, "拟约谈 001").text
    college.policy = replace(college.policy, tolerance_pauses=False)
    assert "对象：外事副院长" in college.say(SECRETARY, "拟约谈 001").text
    college.press(SECRETARY, "提出建议")
    college.do(SECRETARY, lambda work: tolerating.decide(work, begun, granted=True))
    college.do(OWNER, lambda w: tolerating.begin(w, AffairKind.CLARIFICATION, topic.id, "情况不实", 1))
    assert talk(college).due_at is not None


def test_what_was_heeded_is_not_proposed(college: Conversation) -> None:
    made = college.issued()
    assert "没有未反馈的提醒" in college.say(SECRETARY, "拟约谈 001").text
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.pass_to(datetime(2026, 6, 29, 2, tzinfo=UTC))
    assert "提醒" in college.say(SECRETARY, "拟约谈 001").text
    college.say(OWNER, "报进展 001 已完成八成")
    assert "没有未反馈的提醒" in college.say(SECRETARY, "拟约谈 001").text
    assert "没有这位责任人" in college.say(SECRETARY, "拟约谈 001 后勤处处长").text


def test_a_nudge_that_may_still_be_answered_is_not_unheeded(college: Conversation) -> None:
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.say(SECRETARY, "催办 001 请报进展 3月5日前")
    assert "没有未反馈的提醒" in college.say(SECRETARY, "拟约谈 001").text
    college.pass_to(datetime(2026, 3, 6, 2, tzinfo=UTC))
    shown = college.say(SECRETARY, "拟约谈 001").text
    assert "催办1次：3月2日" in shown
    assert "其中未见反馈1次" in shown


def test_the_escalation_offers_it_to_the_discipline_secretary(college: Conversation, topic: Topic) -> None:
    late = [s for s in college.pushed(SECRETARY) if "【逾期】" in s.text and s.kind == "notice"]
    push = late[-1]
    assert "拟约谈" in push.labels
    college.press(SECRETARY, "拟约谈", push)
    assert "对象：外事副院长" in college.last(SECRETARY).text
    college.press(SECRETARY, "提出建议")
    assert "已有一件在办：A2026-01" in college.say(SECRETARY, "拟约谈 001").text


def test_the_list_and_a_press_too_late(college: Conversation, topic: Topic) -> None:
    assert "没有在办的约谈提醒" in college.say(SECRETARY, "拟约谈").text
    card = college.say(SECRETARY, "拟约谈 001")
    assert "这里不写谈话内容" in college.say(SECRETARY, "他态度不好").text
    college.say(SECRETARY, "拟约谈 001")
    assert "按钮已失效" in college.press(SECRETARY, "提出建议", card)
    college.press(SECRETARY, "提出建议")
    college.say(OFFICE, "拟约谈")
    college.press(OFFICE, "A2026-01")
    assert "研定：党委书记、院长" in college.last(OFFICE).text
    assert "请点卡片上的按钮" in college.say(OFFICE, "好的吧", reply_to=college.last(OFFICE)).text


def test_where_a_seat_is_empty_the_chiefs_talk(college: Conversation) -> None:
    head = college.id("国际处处长")
    table = {**college.policy.admonishers, "staff": "discipline_secretary"}
    policy = replace(college.policy, admonishers=table)

    assert college.ask(lambda tx: admonishing.talkers(tx, policy, head)) == [college.id(SECRETARY)]
    lone = {**table, "chief": "chief"}
    assert college.ask(
        lambda tx: admonishing.talkers(tx, replace(policy, admonishers=lone), college.id(CHIEF))
    ) == [college.id(OTHER_CHIEF)]

    def vacate(work: Work) -> None:
        people_changes.revoke(work.tx, college.id(SECRETARY), Role.DISCIPLINE_SECRETARY)

    college.do(OFFICE, vacate)
    chiefs = [college.id(CHIEF), college.id(OTHER_CHIEF)]
    assert college.ask(lambda tx: admonishing.talkers(tx, policy, head)) == chiefs
    college.do(OFFICE, lambda w: people_changes.revoke(w.tx, college.id(OTHER_CHIEF), Role.CHIEF))
    with pytest.raises(Barred, match="admonition_beyond"):
        college.ask(lambda tx: admonishing.talkers(tx, replace(policy, admonishers=lone), college.id(CHIEF)))
