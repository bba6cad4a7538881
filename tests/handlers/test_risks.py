"""风险: found together, made a topic or set aside with a reason; whoever found it hears which (art. 10)."""

from collections.abc import Callable

import pytest

from services.affairs import risks
from services.work import Work
from storage import affairs, topics
from storage.replay import differences
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Missing, NotInThisState, WorkflowError
from workflow.topic import TopicState

OFFICE, CHIEF, FOREIGN, DISCIPLINE = "党办主任", "党委书记", "外事副院长", "纪委书记"
HEAD, ADMIN, STAFF, MEMBER = "国际处处长", "系统管理员", "纪委干事", "党委委员"
TEXT = "实验室危化品领用无台账"


def found(college: Conversation) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK, *AffairState))


def reported(college: Conversation, who: str = FOREIGN) -> Affair:
    college.say(who, f"风险 {TEXT}")
    return found(college)[0]


def completed(college: Conversation, who: str, label: str) -> None:
    """What a risk does not say is asked for, one by one."""
    for said in ("领用闭环", "后勤副院长", "6月30日前"):
        college.say(who, said)
    college.press(who, label)


def test_a_risk_is_one_message_and_the_office_hears(college: Conversation) -> None:
    shown = college.say(FOREIGN, f"风险 {TEXT}")
    assert shown.text.splitlines() == [
        "风险R2026-01《实验室危化品领用无台账》",
        TEXT,
        "提出：外事副院长，3月2日",
        "状态：待定",
        "已报办公室和党政主要领导研究，结果会告诉您。",
    ]
    assert shown.labels == ["不列入"], "one's own may be taken back"
    [push] = college.pushed(OFFICE)
    assert (
        push.text
        == "【风险】外事副院长提出风险R2026-01《实验室危化品领用无台账》，请研究是否列题。（第十条）"
    )
    assert push.labels == ["转为议题", "不列入", "查看"]


def test_alone_the_word_asks_what_was_found(college: Conversation) -> None:
    assert "请写明发现的风险" in college.say(CHIEF, "/risk").text
    college.say(CHIEF, "采购验收走过场\n多次发现无验收单，涉及多个部门，需要统一要求")
    assert found(college)[0].title == "采购验收走过场"


def test_what_is_long_has_a_short_name(college: Conversation) -> None:
    college.say(CHIEF, f"风险 {'很长' * 30}")
    assert len(found(college)[0].title) == risks.TITLE


def test_it_becomes_a_topic_with_its_link_and_the_finder_hears(college: Conversation) -> None:
    risk = reported(college)
    college.press(OFFICE, "转为议题")
    form = college.last(OFFICE)
    assert TEXT in form.text
    assert "风险R2026-01" in form.text
    completed(college, OFFICE, "送确认")

    [topic] = college.ask(topics.find)
    assert (topic.state, topic.problem, topic.source) == (TopicState.CONFIRMING, TEXT, "风险R2026-01")
    assert college.ask(lambda tx: affairs.raised_by(tx, risk.id)) == [topic.id]
    assert found(college)[0].state is AffairState.DONE
    assert "已转为议题" in college.pushed(FOREIGN)[-1].text
    assert college.ask(differences) == []


def test_an_answer_that_names_its_field_says_more_than_that(college: Conversation) -> None:
    reported(college)
    college.press(OFFICE, "转为议题")
    lines = college.say(OFFICE, "目标 领用闭环 @后勤副院长 6月30日前").text.splitlines()
    assert {"整改目标：领用闭环", "领题人：后勤副院长", "时限：2026年6月30日（周二）"} <= set(lines)


def test_a_chief_makes_it_a_topic_in_the_chiefs_own_name(college: Conversation) -> None:
    risk = reported(college)
    college.say("院长", "清单")
    college.press("院长", "风险")
    college.press("院长", "1")
    college.press("院长", "转为议题")
    completed(college, "院长", "发布")
    [topic] = college.ask(topics.find)
    assert (topic.state, topic.issuer_id) == (TopicState.ISSUED, college.id("院长"))
    with pytest.raises(NotInThisState):
        college.do(CHIEF, lambda work: risks.raised(work, risk.id, topic))


def test_it_is_set_aside_with_a_reason_the_finder_hears(college: Conversation) -> None:
    reported(college)
    college.press(OFFICE, "不列入")
    assert "为什么不列入" in college.last(OFFICE).text
    shown = college.say(OFFICE, "已有制度，执行即可")
    assert "状态：不列入" in shown.text
    assert "理由：已有制度，执行即可" in shown.text
    [push] = college.pushed(FOREIGN)
    assert "【不列入】您提出的风险R2026-01" in push.text
    college.press(FOREIGN, "查看")
    assert "理由：已有制度" in college.last(FOREIGN).text


def test_what_waits_is_a_list(college: Conversation) -> None:
    for no in range(6):
        college.say(FOREIGN, f"风险 风险点{no}")
    college.say(CHIEF, "清单")
    college.press(CHIEF, "风险")
    assert "第1页，共2页6项" in college.last(CHIEF).text
    college.say("副书记", "清单")
    college.press("副书记", "风险")
    assert "没有待定的风险" in college.last("副书记").text
    college.say(FOREIGN, "清单")
    college.press(FOREIGN, "风险")
    assert "风险点0" in college.last(FOREIGN).text


@pytest.mark.parametrize("who", [CHIEF, FOREIGN, DISCIPLINE, OFFICE])
def test_who_searches(college: Conversation, who: str) -> None:
    assert "风险R2026-01" in college.say(who, f"风险 {TEXT}").text


@pytest.mark.parametrize("who", [HEAD, ADMIN, STAFF, MEMBER])
def test_who_does_not(college: Conversation, who: str) -> None:
    assert "办理" in college.say(who, f"风险 {TEXT}").text
    assert "办理" in college.say(who, "风险").text
    assert found(college) == []
    assert "私聊" in college.say(OFFICE, "风险", group=True).text


@pytest.mark.parametrize("who", [FOREIGN, DISCIPLINE, HEAD, STAFF])
def test_only_the_office_and_a_chief_decide(college: Conversation, who: str) -> None:
    risk, topic = reported(college, "副书记"), college.issued()
    acts: tuple[Callable[[Work], object], ...] = (
        lambda work: risks.set_aside(work, risk, "不必"),
        lambda work: risks.taken(work, risk, topic),
    )
    for act in acts:
        with pytest.raises(WorkflowError):
            college.do(who, act)
    assert found(college)[0].state is AffairState.OPEN


def test_nothing_is_no_risk(college: Conversation) -> None:
    with pytest.raises(Missing):
        college.do(CHIEF, lambda work: risks.report(work, " "))
    risk = reported(college)
    with pytest.raises(Missing):
        college.do(OFFICE, lambda work: risks.set_aside(work, risk, " "))


def test_another_command_said_instead_is_that_command_and_no_risk(college: Conversation) -> None:
    college.say("党委书记", "风险")
    shown = college.say("党委书记", "会议 联席会议 3月20日 9:00 行政楼301")
    assert "联席会议" in shown.text
    assert "风险R" not in shown.text
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK)) == []
