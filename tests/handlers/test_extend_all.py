"""批量延期: one look, one press, only what one may grant; taken back while it is fresh; and who may."""

from datetime import UTC, datetime

import pytest

from services import claiming, directory, extending, extending_many, measuring
from services.measuring import Step
from storage import journal, measures, replay, topics
from tests.handlers.conversation import Conversation
from workflow.errors import Invalid, Missing, Stale
from workflow.topic import Cycle, Kind, Topic

OFFICE, CHIEF, OWNER, SECOND, HEAD = "党办主任", "党委书记", "外事副院长", "后勤副院长", "国际处处长"
FIRST = datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
LATER = datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def pair(college: Conversation) -> tuple[Topic, Topic]:
    one = college.issued()
    two = college.issued(SECOND, title="采购验收不规范", short_title="", lead_units=(college.unit("后勤处"),))
    college.do(OWNER, lambda work: claiming.claim(work, one.id))
    college.do(SECOND, lambda work: claiming.claim(work, two.id))
    return one, two


Pair = tuple[Topic, Topic]


def dues(college: Conversation, pair: Pair) -> list[tuple[datetime | None, int]]:
    found = college.ask(lambda tx: [topics.get(tx, topic.id) for topic in pair])
    assert all(topic.first_deadline == FIRST for topic in found)
    return [(topic.deadline, topic.extensions) for topic in found]


def whole(college: Conversation) -> bool:
    verdict = college.ask(lambda tx: journal.verify(tx.connection))
    return not verdict.problem and college.ask(replay.differences) == []


def test_several_are_extended_after_one_look_by_one_press(college: Conversation, pair: Pair) -> None:
    shown = college.say(CHIEF, "批量延期 001、002 到7月31日 等待上级批复")
    assert "拟将2项延期至2026年7月31日（周五）" in shown.text
    assert "2026-001《因公出国内控》，原6月30日，第1次延期" in shown.text
    assert "理由：等待上级批复" in shown.text
    assert dues(college, pair) == [(FIRST, 0), (FIRST, 0)]
    assert "请点“同意延期”" in college.say(CHIEF, "嗯，可以吧").text
    assert college.press(CHIEF, "同意延期") == "已延期2项"
    assert dues(college, pair) == [(LATER, 1), (LATER, 1)]
    for who in (OWNER, SECOND):
        assert any("同意延至7月31日" in one.text for one in college.pushed(who)), who
    assert whole(college)


def test_it_is_taken_back_while_it_is_fresh(college: Conversation, pair: Pair) -> None:
    college.say(CHIEF, "批量延期 001、002 到7月31日 等待上级批复")
    college.press(CHIEF, "同意延期")
    card = college.last(CHIEF)
    assert college.press(CHIEF, "撤回") == "已撤回"
    assert dues(college, pair) == [(FIRST, 0), (FIRST, 0)]
    assert any("延期已由党委书记撤回，时限仍为6月30日" in one.text for one in college.pushed(OWNER))
    assert whole(college)
    with pytest.raises(Stale):
        college.do(CHIEF, extending_many.take_back)
    assert card.labels == ["撤回"]


def test_what_changed_since_is_left_and_what_is_old_stays(college: Conversation, pair: Pair) -> None:
    college.say(CHIEF, "批量延期 001、002 到7月31日 等待上级批复")
    college.press(CHIEF, "同意延期")
    asked = college.do(
        OWNER, lambda work: extending.ask(work, pair[0].id, datetime(2026, 8, 31, tzinfo=UTC), "仍在等")
    )
    college.do(CHIEF, lambda work: extending.grant(work, asked.id))
    assert college.do(CHIEF, extending_many.take_back) == 1
    assert [count for _, count in dues(college, pair)] == [2, 0]
    college.say(CHIEF, "批量延期 002 到7月31日 等待上级批复")
    college.press(CHIEF, "同意延期")
    college.pass_(minutes=11)
    with pytest.raises(Invalid, match="undo_over"):
        college.do(CHIEF, extending_many.take_back)


def test_filters_and_what_stands_against_an_item(college: Conversation, pair: Pair) -> None:
    college.do(OWNER, lambda work: extending.ask(work, pair[0].id, LATER, "仍在等"))
    shown = college.say(CHIEF, "批量延期 国际处、后勤处 到7月31日 等待上级批复")
    assert "拟将1项" in shown.text
    assert "不含：2026-001《因公出国内控》，有待批的延期申请" in shown.text
    assert "没有可以延期" in college.say(CHIEF, "批量延期 002 到6月1日 等待上级批复").text
    assert "没有符合的议题" in college.say(CHIEF, "批量延期 逾期 到7月31日 等待上级批复").text
    college.pass_to(datetime(2026, 6, 29, 2, tzinfo=UTC))
    assert "拟将1项" in college.say(CHIEF, "批量延期 近期 到7月31日 等待上级批复").text
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert "拟将1项" in college.say(CHIEF, "批量延期 逾期 到7月31日 等待上级批复").text


def test_what_is_missing_is_asked_for(college: Conversation, pair: Pair) -> None:
    assert "请写明编号、日期和理由" in college.say(CHIEF, "批量延期 001 等待").text
    assert "2月30日" in college.say(CHIEF, "批量延期 001 到2月30日 等待").text
    assert "请写明延期理由" in college.say(CHIEF, "批量延期 001 到7月31日").text
    assert "已经过去" in college.say(CHIEF, "批量延期 001 2026年1月5日前 等待").text
    with pytest.raises(Missing):
        college.do(CHIEF, lambda work: extending_many.extend(work, [(pair[0], None)], LATER, " "))
    with pytest.raises(Stale):
        college.do(HEAD, lambda work: extending_many.extend(work, [(pair[0], None)], LATER, "等待"))
    assert dues(college, pair) == [(FIRST, 0), (FIRST, 0)]


def test_a_standing_topic_has_nothing_to_extend(college: Conversation) -> None:
    made = college.issued(kind=Kind.STANDING, cycle=Cycle.MONTHLY, deadline=None)
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    assert "没有时限" in college.say(CHIEF, "批量延期 001 到7月31日 等待上级批复").text


def test_an_owner_extends_measures_within_the_topic(college: Conversation, pair: Pair) -> None:
    due = datetime(2026, 5, 29, 15, 59, tzinfo=UTC)
    steps = [Step(text, (college.unit("国际处"),), due) for text in ("修订办法", "核对台账")]
    made = college.do(OWNER, lambda work: measuring.decompose(work, pair[0].id, steps))
    assert "不由您批" in college.say(OWNER, "批量延期 001 到6月25日 等待").text
    assert "晚于议题时限" in college.say(OWNER, "批量延期 001-1 到7月25日 等待").text
    college.say(OWNER, "批量延期 001-1、001-2 到6月25日 等待")
    assert college.press(OWNER, "同意延期") == "已延期2项"
    now = college.ask(lambda tx: measures.by_ids(tx, [one.id for one in made]))
    assert {one.extensions for one in now} == {1}
    assert college.press(OWNER, "撤回") == "已撤回"
    now = college.ask(lambda tx: measures.by_ids(tx, [one.id for one in made]))
    assert {one.deadline for one in now} == {due}
    assert whole(college)


def test_the_office_extends_by_standing_authority_only(college: Conversation, pair: Pair) -> None:
    assert "不由您批" in college.say(OFFICE, "批量延期 001、002 到7月31日 等待上级批复").text
    college.do(CHIEF, lambda work: directory.give_standing_authority(work, work.actor.id, True))
    college.say(OFFICE, "批量延期 001、002 到7月31日 等待上级批复")
    assert college.press(OFFICE, "同意延期") == "已延期2项"
    assert dues(college, pair) == [(LATER, 1), (LATER, 1)]


@pytest.mark.parametrize("who", [HEAD, "纪委书记", "院长", "系统管理员"])
def test_others_extend_nothing(college: Conversation, pair: Pair, who: str) -> None:
    college.say(who, "批量延期 001、002 到7月31日 等待上级批复")
    assert "同意延期" not in college.last(who).labels
    with pytest.raises(Stale):
        college.do(who, extending_many.take_back)
    assert dues(college, pair) == [(FIRST, 0), (FIRST, 0)]
