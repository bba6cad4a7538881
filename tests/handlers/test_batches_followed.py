"""A batch that came in: confirmed by one tap, decomposed as planned, asked about elsewhere, ended."""

from pathlib import Path

import pytest

from services import claiming, issuing
from services.affairs import batches_asking, batches_plan
from storage import affairs, measures
from tests.handlers.conversation import Conversation, Shown
from tests.handlers.handing import (
    CHIEF,
    DEPUTY,
    FINANCE,
    FOREIGN,
    HEAD,
    OFFICE,
    PRESIDENT,
    Handing,
    batches,
    brought,
    claimed,
    handing,
    imported,
    trail_is_whole,
)
from workflow.affair import AffairKind, AffairState
from workflow.errors import NotFound, WorkflowError
from workflow.topic import TopicState


@pytest.fixture
def hand(college: Conversation, tmp_path: Path) -> Handing:
    """The office sends a file under a caption."""
    return handing(college, tmp_path)


def test_the_chief_confirms_all_of_it_by_one_tap(college: Conversation, hand: Handing) -> None:
    imported(college, hand)
    [asked] = college.pushed(CHIEF)
    assert asked.text == (
        "【请确认】反馈B2026-01《校党委第三轮巡察反馈》有2项议题以您的名义待发布，请一并确认。（第十六条）"
    )
    assert college.pushed(PRESIDENT) == []

    assert college.press(CHIEF, "全部发布", asked) == "已发布2项"

    assert [topic.state for topic in brought(college)] == [TopicState.ISSUED] * 2
    assert [topic.number for topic in brought(college)] == ["2026-001", "2026-002"]
    assert "已发布2项，已通知责任领导领题。" in college.last(CHIEF).text
    assert "【点题】2026-001" in college.pushed(FOREIGN)[-1].text
    assert "由党委书记确认发布2项议题" in college.pushed(OFFICE)[-1].text
    assert trail_is_whole(college)


def test_the_chief_sees_before_what_it_is_and_another_cannot(college: Conversation, hand: Handing) -> None:
    imported(college, hand)
    college.press(CHIEF, "查看")
    assert "· 《因公出国内控不完善》 外事副院长 6月30日" in college.last(CHIEF).text

    card = college.say(PRESIDENT, "反馈批次")
    college.press(PRESIDENT, "1", card)
    assert "全部发布" not in college.last(PRESIDENT).labels
    assert all(topic.state is TopicState.CONFIRMING for topic in brought(college))


def test_what_cannot_be_issued_stays_and_is_named(college: Conversation, hand: Handing) -> None:
    imported(college, hand)
    college.pass_to(college.clock.now().replace(month=7, day=6))
    college.say(CHIEF, "反馈批次")
    college.press(CHIEF, "1")
    college.press(CHIEF, "全部发布")
    assert "已发布1项" in college.last(CHIEF).text
    assert "未发布：《因公出国内控不完善》，时限2026年6月30日（周二）已经过去" in college.last(CHIEF).text
    assert [topic.state for topic in brought(college)] == [TopicState.CONFIRMING, TopicState.ISSUED]


def test_whoever_claims_agrees_to_the_planned_measures_by_one_tap(
    college: Conversation, hand: Handing
) -> None:
    topic = claimed(college, hand)
    card = college.last(FOREIGN)
    assert "反馈意见拟分解措施2项" in card.text
    assert "1. 修订办法 牵头 国际处 5月29日前 成果 办法" in card.text
    assert "2. 核对证照台账 牵头 财务处 6月30日前" in card.text
    assert "按反馈分解" not in college.last(DEPUTY).labels

    assert college.press(FOREIGN, "按反馈分解") == "已下达2项措施"

    made = college.ask(lambda tx: measures.of_topic(tx, topic.id))
    assert [(m.text, m.deliverable) for m in made] == [("修订办法", "办法"), ("核对证照台账", "")]
    assert made[1].lead_units == (college.unit("财务处"),)
    assert "按反馈分解" not in college.last(FOREIGN).labels
    assert any("2026-001" in shown.text for shown in college.pushed(FINANCE))
    assert trail_is_whole(college)


def test_the_plan_can_be_changed_by_writing_it_anew(college: Conversation, hand: Handing) -> None:
    topic = claimed(college, hand)
    plan = college.last(FOREIGN)
    college.press(FOREIGN, "分解措施")
    college.say(FOREIGN, "修订办法 牵头 国际处 配合 财务处 5月20日前 成果 办法")
    college.press(FOREIGN, "下达")

    made = college.ask(lambda tx: measures.of_topic(tx, topic.id))
    assert [m.text for m in made] == ["修订办法"]
    assert "情况有变" in college.press(FOREIGN, "按反馈分解", plan)
    assert "按反馈分解" not in college.last(FOREIGN).labels
    with pytest.raises(NotFound):
        college.do(FOREIGN, lambda work: batches_plan.take(work, topic.id))


def test_a_planned_day_that_has_passed_becomes_the_topics(college: Conversation, hand: Handing) -> None:
    imported(college, hand)
    college.press(CHIEF, "全部发布")
    topic = brought(college)[0]
    college.pass_to(college.clock.now().replace(month=6, day=1))
    college.do(FOREIGN, lambda work: claiming.claim(work, topic.id))
    shown = college.say(FOREIGN, "题 001")
    assert "1. 修订办法 牵头 国际处 6月30日前" in shown.text


def test_nobody_else_takes_the_plan_over(college: Conversation, hand: Handing) -> None:
    claimed(college, hand)
    for who in (DEPUTY, OFFICE, HEAD):
        assert "按反馈分解" not in college.say(who, "题 001").labels


def test_other_units_are_asked_to_look_at_home(college: Conversation, hand: Handing) -> None:
    claimed(college, hand)
    college.say(OFFICE, "反馈批次")
    college.press(OFFICE, "1")
    college.press(OFFICE, "其他单位自查")
    shown = college.last(OFFICE)
    assert "将请1个单位自查：审计处" in shown.text
    assert "答复时限：2026年3月16日（周一）" in shown.text
    assert "答复时限：2026年3月20日（周五）" in college.say(OFFICE, "3月20日").text
    assert college.pushed("审计处处长") == []

    assert college.press(OFFICE, "发通知") == "已通知1人"

    [asked] = college.pushed("审计处处长")
    assert asked.text.startswith("【请自查】反馈B2026-01")
    assert asked.labels == ["有", "无", "查看"]
    assert "已问1人，有0、无0、未答1" in college.last(OFFICE).text


def asked(college: Conversation, hand: Handing) -> Shown:
    test_other_units_are_asked_to_look_at_home(college, hand)
    return college.pushed("审计处处长")[0]


def test_none_is_one_tap(college: Conversation, hand: Handing) -> None:
    push = asked(college, hand)
    assert college.press("审计处处长", "无", push) == "已记录"
    assert "您已答复：无。" in college.last("审计处处长").text
    assert "· 2026-001" in college.last("审计处处长").text
    college.say(OFFICE, "反馈批次")
    college.press(OFFICE, "1")
    assert "有0、无1、未答0" in college.last(OFFICE).text


def test_yes_becomes_a_risk(college: Conversation, hand: Handing) -> None:
    push = asked(college, hand)
    college.press("审计处处长", "有", push)
    said = college.say("审计处处长", "审计底稿归档不及时")
    assert said.text == "已记为风险R2026-01，办公室将研究是否列题。"
    [risk] = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.RISK))
    assert (risk.title, risk.unit_id) == ("审计底稿归档不及时", college.unit("审计处"))
    assert any("风险R2026-01" in shown.text for shown in college.pushed(OFFICE))
    assert trail_is_whole(college)


def test_who_does_not_answer_is_reminded(college: Conversation, hand: Handing) -> None:
    asked(college, hand)
    college.pass_to(college.clock.now().replace(day=19, hour=4))
    assert any("【待办提醒】反馈B2026-01" in shown.text for shown in college.pushed("审计处处长"))


def test_only_who_was_asked_answers_and_only_the_office_asks(college: Conversation, hand: Handing) -> None:
    push = asked(college, hand)
    for who in (HEAD, FOREIGN, CHIEF):
        assert "请自查" not in "".join(shown.text for shown in college.pushed(who))
    batch = batches(college)[0]
    for who in (HEAD, FOREIGN):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: batches_asking.found_nothing(work, batch))
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: batches_asking.call(work, batch, work.now))
    assert push.labels[0] == "有"


def test_a_batch_ends_when_all_of_it_is_closed(college: Conversation, hand: Handing) -> None:
    imported(college, hand)
    college.say(OFFICE, "反馈批次")
    college.press(OFFICE, "1")
    assert "办结" not in college.last(OFFICE).labels
    for topic in brought(college):
        college.do(OFFICE, lambda work, topic=topic: issuing.withdraw(work, topic.id, "重复"))
    college.say(OFFICE, "反馈批次")
    college.press(OFFICE, "1")
    assert college.press(OFFICE, "办结") == "已办结"
    assert batches(college)[0].state is AffairState.DONE


def test_the_topics_of_a_batch_can_be_gone_through(college: Conversation, hand: Handing) -> None:
    claimed(college, hand)
    college.say(OFFICE, "反馈批次")
    college.press(OFFICE, "1")
    college.press(OFFICE, "看议题")
    assert "1. 2026-001《因公出国内控不完善》 整改中" in college.last(OFFICE).text
    college.press(OFFICE, "1")
    assert "2026-001" in college.last(OFFICE).text
