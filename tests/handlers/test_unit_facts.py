"""部门事实: what a year's records hold of a unit, for its appraisal; facts for those who may, no scores."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from services import claiming, measuring
from services.measuring import Step
from storage import measures, topics
from tests.handlers.conversation import Conversation
from tests.reports.opened import Opened, Row
from workflow.topic import Topic

OFFICE, CHIEF, OWNER, SECRETARY = "党办主任", "党委书记", "外事副院长", "纪委书记"
HEAD, LIAISON, OTHER = "国际处处长", "国际处联络员", "财务处处长"


def facts(college: Conversation) -> Opened:
    return Opened(BytesIO(college.files["unit_facts.xlsx"]))


def sheet(college: Conversation, name: str) -> list[Row]:
    return facts(college).rows(name)


def worked(college: Conversation) -> Topic:
    """A topic of 国际处, claimed and divided: one measure its own, one of another unit."""
    topic = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    due = datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC)
    steps = [
        Step("修订内控办法", (college.unit("国际处"),), due),
        Step("核对经费", (college.unit("财务处"),), due, assist_units=(college.unit("国际处"),)),
        Step("另查台账", (college.unit("后勤处"),), due),
    ]
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    college.say(HEAD, "收到 001-1")
    college.say(SECRETARY, "催办 001")
    return college.ask(lambda tx: topics.get(tx, topic.id))


def test_a_units_year_in_one_message(college: Conversation) -> None:
    worked(college)
    college.pass_to(datetime(2026, 6, 3, 2, tzinfo=UTC))

    shown = college.say(OFFICE, "部门事实 国际处 2026年")

    assert shown.card.files[0].name == "国际处2026年部门事实.xlsx"
    assert "只列事实，不打分" in shown.text
    [row] = sheet(college, "议题")
    assert (row["编号"], row["承担方式"], row["责任领导"]) == ("2026-001", "牵头", OWNER)
    assert (row["催办次数"], row["退回次数"], row["延期次数"]) == (1, 0, 0)
    assert row["现行时限"] == datetime(2026, 6, 30)  # noqa: DTZ001
    own, assisted = sheet(college, "措施")
    assert (own["具体措施"], own["承担方式"]) == ("修订内控办法", "牵头")
    assert (assisted["具体措施"], assisted["承担方式"]) == ("核对经费", "配合")
    assert own["提醒次数"] >= 1
    heads = {heading for name in facts(college).names for heading in sheet(college, name)[0]}
    assert not [one for one in heads if any(word in one for word in ("分数", "得分", "排名", "合计"))]


def test_whoever_is_called_to_a_measure_assists(college: Conversation) -> None:
    worked(college)
    college.say(OFFICE, "部门事实 后勤处")
    assert [row["承担方式"] for row in sheet(college, "议题")] == ["配合"]
    assert [row["具体措施"] for row in sheet(college, "措施")] == ["另查台账"]


def test_a_return_is_counted_where_it_belongs(college: Conversation) -> None:
    topic = worked(college)
    step = college.ask(lambda tx: measures.of_topic(tx, topic.id))[0]
    college.do(HEAD, lambda work: measuring.report_done(work, step.id, "已修订"))
    college.do(OWNER, lambda work: measuring.send_back(work, step.id, "请补充依据"))
    college.say(OFFICE, "部门事实 国际处")
    own = sheet(college, "措施")[0]
    assert own["退回次数"] == 1
    assert sheet(college, "议题")[0]["退回次数"] == 0


@pytest.mark.parametrize("who", [OFFICE, CHIEF, SECRETARY, HEAD])
def test_who_may(college: Conversation, who: str) -> None:
    worked(college)
    assert college.say(who, "部门事实 国际处 2026").card.files


@pytest.mark.parametrize("who", [LIAISON, OTHER, OWNER, "党委委员", "系统管理员", "纪委干事"])
def test_who_may_not(college: Conversation, who: str) -> None:
    worked(college)
    assert "查看" in college.say(who, "部门事实 国际处 2026").text
    assert "unit_facts.xlsx" not in college.files


def test_a_head_need_not_name_the_own_unit(college: Conversation) -> None:
    worked(college)
    assert college.say(HEAD, "部门事实").card.files
    assert college.say(HEAD, "部门事实 2026年").card.files
    assert college.say(HEAD, "部门事实 今年").card.files
    assert college.say(OFFICE, "部门事实 国际处2026年度").card.files
    assert "请写部门名称" in college.say(OFFICE, "部门事实").text


def test_a_confidential_topic_is_its_number(college: Conversation) -> None:
    college.issued(confidential=True)
    college.say(OFFICE, "部门事实 国际处")
    [row] = sheet(college, "议题")
    assert (row["编号"], row["问题概述"]) == ("2026-001", "（不公开）")


def test_what_is_not_there_is_said(college: Conversation) -> None:
    assert "没有该部门" in college.say(OFFICE, "部门事实 审计处").text
    assert "还没有到" in college.say(OFFICE, "部门事实 国际处 2031年").text
    assert "没有" in college.say(OFFICE, "部门事实 气象处").text
    assert "私聊" in college.say(OFFICE, "部门事实 国际处", group=True).text
