"""台账 and 逾期: what there is, what is late, for those who watch over everything and for everybody else."""

from datetime import UTC, datetime, timedelta

from services import claiming, measuring, verifying
from services.measuring import Step
from tests.handlers.conversation import Conversation

OWNER, UNIT, DISCIPLINE, CHIEF = "外事副院长", "国际处处长", "纪委书记", "党委书记"
JUNE = datetime(2026, 6, 20, 15, 59, 59, tzinfo=UTC)


def busy(college: Conversation) -> None:
    """One waits to be claimed, one is worked on, one is submitted; one is somebody else's."""
    college.issued(short_title="待领")
    for title, done in (("在改", False), ("已报", True)):
        topic = college.issued(short_title=title, category="finance")
        college.do(OWNER, lambda work, topic=topic: claiming.claim(work, topic.id))
        if done:
            college.do(OWNER, lambda work, topic=topic: verifying.submit(work, topic.id))
    college.issued(owner="后勤副院长", short_title="别人的", lead_units=(college.unit("后勤处"),))


def test_an_overview_leads_to_each_state(college: Conversation) -> None:
    busy(college)
    overview = college.say(CHIEF, "台账")
    assert overview.text.splitlines()[:5] == [
        "【台账】",
        "待领题：2项",
        "整改中：1项",
        "待核验：1项",
        "全部：4项",
    ]
    assert overview.labels == ["待领题", "整改中", "待核验", "全部", "导出台账"]

    college.press(CHIEF, "待核验", overview)

    shown = college.last(CHIEF)
    assert shown.text.splitlines() == ["【台账】待核验", "1. 2026-003《已报》 待核验 外事副院长"]
    college.press(CHIEF, "1", shown)
    assert "因公出国" in college.last(CHIEF).text


def test_filters_are_words_and_can_be_combined(college: Conversation) -> None:
    busy(college)
    assert college.say(CHIEF, "台账 整改中 财务资产 2026").text.splitlines() == [
        "【台账】整改中、财务资产、2026",
        "1. 2026-002《在改》 整改中 外事副院长",
    ]
    assert college.say(CHIEF, "台账 2025年").text == "【台账】2025\n没有符合条件的议题。"
    assert len(college.say(CHIEF, "台账 本人").labels) == 4, "the secretary issued them all"
    assert "没看懂“好看的”" in college.say(CHIEF, "台账 好看的").text


def test_everybody_else_sees_what_concerns_them(college: Conversation) -> None:
    busy(college)
    assert "全部：3项" in college.say(OWNER, "台账").text
    assert "全部：3项" in college.say(UNIT, "台账").text
    assert "全部：1项" in college.say("后勤副院长", "台账").text
    assert "全部：4项" in college.say("党办主任", "台账").text
    assert college.say("系统管理员", "台账").text == "【台账】\n没有符合条件的议题。"


def test_the_late_ones_first_with_days_and_no_verdict(college: Conversation) -> None:
    assert college.say(DISCIPLINE, "逾期").text == "【逾期事项】\n目前没有逾期的事项。"
    topic = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("国际处"),), JUNE)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.clock.advance(datetime(2026, 7, 3, 2, tzinfo=UTC) - college.clock.now())

    late = college.say(DISCIPLINE, "逾期")

    assert late.text.splitlines() == [
        "【逾期事项】",
        "1. 2026-001《因公出国内控》措施1 逾期10个工作日 国际处",
        "2. 2026-001《因公出国内控》 逾期3个工作日 外事副院长",
    ]
    college.press(DISCIPLINE, "2", late)
    assert "催办" in college.last(DISCIPLINE).labels
    assert late.text == college.say(UNIT, "逾期").text
    assert "没有逾期" in college.say("后勤副院长", "逾期").text
    assert "逾期：1项" in college.say(CHIEF, "台账").text


def test_what_was_handed_in_is_not_late(college: Conversation) -> None:
    topic = college.issued(deadline=college.clock.now() + timedelta(days=1))
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.clock.advance(timedelta(days=20))
    assert "没有逾期" in college.say(DISCIPLINE, "逾期").text
