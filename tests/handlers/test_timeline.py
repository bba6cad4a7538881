"""时间线: what happened to a topic, in words and as a picture; a confidential one's vanishes."""

import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers.papers.timeline_marks import marks
from handlers.papers.timeline_picture import of_topic
from handlers.reader import reader
from reports.drawing import fonts
from reports.drawing.timeline import MOST, Course, Mark, Shape, picture, shown
from services import accessing, claiming, extending, measuring, pressing, progress, verifying
from services.measuring import Step
from storage import people, requests
from storage import topics as stored
from storage.store import Tx
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

OWNER, UNIT, CHIEF, DISCIPLINE = "外事副院长", "国际处处长", "党委书记", "纪委书记"
APRIL = datetime(2026, 4, 10, 15, 59, 59, tzinfo=UTC)
JULY = datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC)


def able(college: Conversation) -> None:
    try:
        fonts.chinese(college.policy.font)
    except fonts.NoFont:
        pytest.skip("no Chinese font")


def eventful(college: Conversation) -> Topic:
    """Claimed, decomposed, reported on, overdue with a measure, extended, nudged, returned."""
    topic = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    steps = [
        Step("修订办法", (college.unit("国际处"),), APRIL),
        Step("核对台账", (college.unit("财务处"),), APRIL),
    ]
    made = college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    college.do(OWNER, lambda work: measuring.withdraw(work, made[1].id))
    college.do(UNIT, lambda work: progress.report(work, topic.id, "初稿已完成", measure_id=made[0].id))
    college.pass_to(datetime(2026, 4, 20, 4, tzinfo=UTC))
    college.do(UNIT, lambda work: measuring.report_done(work, made[0].id, "办法已印发"))
    college.do(OWNER, lambda work: measuring.confirm(work, made[0].id))
    college.do(OWNER, lambda work: extending.ask(work, topic.id, JULY, "等待招标"))
    [asked] = college.ask(lambda tx: requests.of_topic(tx, topic.id))
    college.do(CHIEF, lambda work: extending.grant(work, asked.id))
    college.do(DISCIPLINE, lambda work: pressing.nudge(work, topic.id, work.now + timedelta(days=3)))
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.do(
        DISCIPLINE, lambda work: verifying.send_back(work, topic.id, ["补附件"], work.now + timedelta(days=9))
    )
    return topic


def drawn(college: Conversation, topic: Topic, who: str = CHIEF) -> Course:
    def draw(tx: Tx) -> Course:
        eyes = reader(tx, college.policy, people.get(tx, college.id(who)))
        return of_topic(eyes, stored.get(tx, topic.id))

    return college.ask(draw)


def test_everything_that_happened_has_its_mark(college: Conversation) -> None:
    topic = eventful(college)
    told = [(mark.shape.value, mark.when, mark.text) for mark in shown(drawn(college, topic).marks)]

    for one in (
        ("milestone", "3月2日", "党委书记 发布"),
        ("milestone", "3月2日", "外事副院长 领题"),
        ("measure", "3月2日", "分解措施1项"),
        ("report", "3月2日", "措施1 国际处处长 报进展"),
        ("escalation", "4月13日", "措施1 升级报告（第3级）"),
        ("measure", "4月20日", "措施1 确认办结"),
        ("extension", "4月20日", "党委书记 同意延期"),
        ("press", "4月20日", "纪委书记 催办"),
        ("return", "4月20日", "纪委书记 退回补正"),
        ("today", "4月20日", "今天"),
        ("deadline", "6月30日", "原定时限"),
        ("deadline", "4月29日", "完成时限"),
    ):
        assert one in told, one
    assert [mark.note for mark in drawn(college, topic).marks if mark.text.endswith("报进展")] == [
        "初稿已完成"
    ]


def test_a_closed_topic_ends_with_its_closing_and_a_long_course_keeps_its_end(college: Conversation) -> None:
    topic = eventful(college)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.do(DISCIPLINE, lambda work: verifying.close(work, topic.id))
    college.clock.advance(timedelta(minutes=1))
    for no in range(MOST):
        college.do(CHIEF, lambda work, no=no: progress.comment(work, topic.id, f"意见{no}"))
    course = drawn(college, topic)

    kept = shown(course.marks)
    assert len([mark for mark in kept if mark.shape is not Shape.DEADLINE]) == MOST
    assert [mark.text for mark in kept if mark.shape is Shape.DEADLINE][-1] == "原定时限"
    assert "今天" not in [mark.text for mark in kept]
    assert course.earlier.startswith("此前")
    assert course.earlier in picture(course)


def test_the_card_offers_the_picture(college: Conversation) -> None:
    able(college)
    topic = eventful(college)
    card = college.say(CHIEF, "时间线 001")
    assert card.text.startswith("2026-001《因公出国内控》经过")
    assert "图" in card.labels
    college.press(CHIEF, "图", card)

    answer, paper = college.cards(CHIEF)[-2:]
    assert answer.text == f"{topic.number}的经过图稍后发给您。"
    [file] = paper.card.files
    assert (file.name, file.mime, paper.text, paper.card.vanish) == (
        "2026-001经过.png",
        "image/png",
        "",
        None,
    )
    wide, high = struct.unpack(">II", college.files["picture.png"][16:24])
    assert wide == 1080
    assert wide + high < 10_000


def test_a_confidential_picture_vanishes_and_is_noted(college: Conversation) -> None:
    able(college)
    topic = college.issued(confidential=True)
    card = college.say(CHIEF, "时间线 001")
    before = len(college.ask(lambda tx: accessing.of_topic(tx, topic.number)))
    college.press(CHIEF, "图", card)

    paper = college.last(CHIEF)
    assert paper.card.files
    assert paper.text == "", "one message, so that all of it can be taken away"
    assert paper.card.vanish == college.policy.vanish
    assert len(college.ask(lambda tx: accessing.of_topic(tx, topic.number))) == before + 1
    college.pass_(minutes=6)
    assert paper.message_id not in [shown.message_id for shown in college.cards(CHIEF)]


def test_whoever_may_not_see_the_topic_gets_no_picture(college: Conversation) -> None:
    college.issued()
    card = college.say(CHIEF, "时间线 001")
    stranger = "后勤处处长"
    assert "没有" in college.say(stranger, "时间线 001").text
    assert college.cards(stranger)[-1].card.files == ()
    college.say(CHIEF, "时间线 001", group=True)
    assert "私聊" in college.cards("-100")[-1].text
    assert "图" in card.labels


def test_a_bare_machine_says_what_to_install(college: Conversation, tmp_path: Path) -> None:
    college.issued()
    college.policy = replace(college.policy, font=tmp_path)
    card = college.say(CHIEF, "时间线 001")
    college.press(CHIEF, "图", card)
    assert "reports.font" in college.last(CHIEF).text


def test_marks_are_of_what_the_reader_may_know(college: Conversation) -> None:
    topic = college.issued()

    def of(tx: Tx) -> list[Mark]:
        return marks(reader(tx, college.policy, people.get(tx, college.id(UNIT))), stored.get(tx, topic.id))

    assert {mark.shape for mark in college.ask(of)} == {Shape.MILESTONE, Shape.DEADLINE, Shape.TODAY}
