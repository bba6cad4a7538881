"""不漏人不缺项: empty seats and items nobody holds, each with what to do; 三转 where supervisors execute."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services import claiming, measuring
from services.affairs import coverage, duties
from services.affairs.coverage import Found, Gap
from services.affairs.duties import Duty
from services.measuring import Step
from services.policy import Category
from storage import people_changes
from tests.handlers.conversation import Conversation
from workflow.roles import Role

OFFICE, CHIEF, FOREIGN, HEAD = "党办主任", "党委书记", "外事副院长", "国际处处长"
MAY = datetime(2026, 5, 29, tzinfo=UTC)


def gaps(college: Conversation) -> list[Found]:
    return college.do(OFFICE, coverage.gaps)


def of(college: Conversation, gap: Gap) -> list[Found]:
    return [one for one in gaps(college) if one.gap is gap]


def gone(college: Conversation, who: str) -> None:
    left = college.id(who)
    college.store.run_now(lambda tx: people_changes.set_person(tx, left, {"state": "left"}))


def test_units_without_liaison_and_leaders_without_anything(college: Conversation) -> None:
    shown = college.say(OFFICE, "不漏人不缺项")
    assert shown.text.startswith("【不漏人、不缺项】\n〔部门没有联络员〕请在“部门”中设联络员：\n1. 财务处")
    college.press(OFFICE, "更多")
    assert "〔领导没有责任和议题〕" in college.last(OFFICE).text
    assert {one.gap for one in gaps(college)} == {Gap.LIAISON, Gap.IDLE}


def test_a_duty_or_a_topic_is_enough(college: Conversation) -> None:
    assert len(of(college, Gap.IDLE)) == 4
    college.issued()
    duty = Duty("管好后勤", person_id=college.id("后勤副院长"))
    college.do(OFFICE, lambda work: duties.open_duty(work, duty))
    left = {one.person_id for one in of(college, Gap.IDLE)}
    assert left == {college.id("副书记"), college.id("纪委书记")}


def test_seats_nobody_holds(college: Conversation) -> None:
    college.policy = replace(
        college.policy,
        categories={
            "a": Category("a", "工程", "unit:nobody"),
            "b": Category("b", "财务", "unit:d2"),
            "c": Category("c", "作风", Role.DISCIPLINE_SECRETARY.value),
        },
    )
    assert [one.code for one in of(college, Gap.VERIFIER)] == ["a"]
    assert "〔核验席位空缺〕" in college.say(CHIEF, "/coverage").text
    assert "1. 工程" in college.last(CHIEF).text


def test_who_left_leaves_gaps(college: Conversation) -> None:
    gone(college, "财务处处长")
    heads = of(college, Gap.HEAD)
    assert [one.unit_id for one in heads] == [college.unit("财务处")]


def test_items_nobody_has_in_hand(college: Conversation) -> None:
    bare = college.issued(lead_units=())
    topic = college.issued(lead_units=(college.unit("财务处"),))
    college.do(FOREIGN, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("财务处"),), MAY)
    college.do(FOREIGN, lambda work: measuring.decompose(work, topic.id, [step]))
    assert [one.topic_id for one in of(college, Gap.NO_UNIT)] == [bare.id]
    assert of(college, Gap.NO_MEMBERS) == []

    gone(college, "财务处处长")
    assert [(one.topic_id, one.no) for one in of(college, Gap.NO_MEMBERS)] == [(topic.id, 1)]


def test_supervisors_who_execute_are_named(college: Conversation) -> None:
    discipline = college.unit("纪委办公室")
    burdened = college.issued(assist_units=(discipline,))
    topic = college.issued()
    for one in (burdened, topic):
        college.do(FOREIGN, lambda work, one=one: claiming.claim(work, one.id))
        step = Step("查台账", (college.unit("国际处"),), MAY, (discipline,))
        college.do(FOREIGN, lambda work, one=one, step=step: measuring.decompose(work, one.id, [step]))
    found = of(college, Gap.SUPERVISOR)
    assert {one.topic_id for one in found} == {burdened.id, topic.id}
    college.say(OFFICE, "查漏")
    pages = [college.last(OFFICE).text]
    college.press(OFFICE, "更多")
    pages.append(college.last(OFFICE).text)
    told = "\n".join(pages)
    assert "与“三转”要求不符" in told
    assert "2026-001《因公出国内控》" in told
    assert told.count("2026-00") == 2


@pytest.mark.parametrize("who", [FOREIGN, HEAD, "系统管理员", "纪委干事"])
def test_who_does_not_look(college: Conversation, who: str) -> None:
    assert "查看" in college.say(who, "不漏人不缺项").text
    assert "财务处" not in college.last(who).text
    assert "私聊" in college.say(OFFICE, "不漏人不缺项", group=True).text


def test_a_college_that_lacks_nobody_is_told_so(college: Conversation) -> None:
    college.policy = replace(college.policy, categories={})
    assert Gap.ROLE not in {one.gap for one in gaps(college)}
    gone(college, "纪委书记")
    assert [one.code for one in of(college, Gap.ROLE)] == ["discipline_secretary"]
    assert "1. 纪委书记" in college.say(OFFICE, "不漏人不缺项").text
