"""代录: what was telephoned is entered with its source; the person is told at once."""

import pytest

from services import claiming
from storage import reports
from storage.reports import Report
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

OWNER, LIAISON, OFFICE = "外事副院长", "国际处联络员", "党办主任"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def entered(college: Conversation, topic: Topic) -> list[Report]:
    return [r for r in college.ask(lambda tx: reports.of_topic(tx, topic.id)) if r.entered_for_id]


def test_one_message_and_one_press_enter_it(college: Conversation, topic: Topic) -> None:
    shown = college.say(OFFICE, "代录 001 国际处联络员 电话 已完成清理，进度60%")
    assert "报送人：国际处联络员（电话）" in shown.text
    assert "进度：60%" in shown.text
    assert entered(college, topic) == []
    assert college.press(OFFICE, "代录") == "已代录"
    (report,) = entered(college, topic)
    assert (report.text, report.entry_source, report.percent) == ("已完成清理，进度60%", "电话", 60)
    assert report.entered_for_id == college.id(LIAISON)
    assert any("代录" in shown.text for shown in college.pushed(LIAISON))


def test_step_by_step(college: Conversation, topic: Topic) -> None:
    assert "请写编号" in college.say(OFFICE, "代录").text
    assert "没有编号为2026-099的议题" in college.say(OFFICE, "99").text
    assert "是谁报来的" in college.say(OFFICE, "001").text
    assert "没有找到唯一一位“国际处”" in college.say(OFFICE, "国际处").text
    assert "请另写一位" in college.say(OFFICE, "后勤处处长").text
    assert "怎么报来的" in college.say(OFFICE, "国际处联络员").text
    college.press(OFFICE, "当面")
    assert "请发送报来的内容" in college.last(OFFICE).text
    college.say(OFFICE, "台账已核对", files=["台账.pdf"])
    assert "附件1个" in college.last(OFFICE).text
    college.press(OFFICE, "代录")
    (report,) = entered(college, topic)
    assert [f.name for f in college.ask(lambda tx: reports.evidence_of(tx, [report.id]))[report.id]] == [
        "台账.pdf"
    ]


def test_it_can_be_taken_back(college: Conversation, topic: Topic) -> None:
    college.say(OFFICE, "代录 001 国际处联络员 电话 已完成清理")
    college.press(OFFICE, "代录")
    assert "已撤回" in college.press(OFFICE, "撤回")


def test_whoever_has_no_part_in_it_cannot_be_entered(college: Conversation, topic: Topic) -> None:
    assert "“报进展”由" in college.say(OFFICE, "代录 001 后勤处处长 电话 已完成清理").text
    assert entered(college, topic) == []


def test_only_the_office_enters(college: Conversation, topic: Topic) -> None:
    answer = college.say(OWNER, "代录 001 国际处联络员 电话 已完成清理").text
    assert "只有联席会议办公室可以代录" in answer
