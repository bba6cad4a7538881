"""合并 and 拆分: seen before, told to everybody concerned, taken back while fresh; and who may."""

from datetime import UTC, datetime

import pytest

from services import claiming, directory, joining, measuring
from services.measuring import Step
from storage import affairs, journal, measures, replay, topics
from tests.handlers.conversation import Conversation
from workflow.errors import Invalid, NoRight, Stale
from workflow.measure import Measure, MeasureState
from workflow.topic import Topic, TopicState

OFFICE, CHIEF, OWNER, SECOND, HEAD = "党办主任", "党委书记", "外事副院长", "后勤副院长", "国际处处长"


@pytest.fixture
def pair(college: Conversation) -> tuple[Topic, Topic]:
    """001, worked on with three measures, and 002 of another leader."""
    source = college.issued()
    target = college.issued(
        SECOND, title="采购验收不规范", short_title="", lead_units=(college.unit("后勤处"),)
    )
    college.do(OWNER, lambda work: claiming.claim(work, source.id))
    college.do(SECOND, lambda work: claiming.claim(work, target.id))
    steps = [
        Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC)),
        Step("核对台账", (college.unit("财务处"),), datetime(2026, 6, 29, 15, 59, tzinfo=UTC)),
    ]
    college.do(OWNER, lambda work: measuring.decompose(work, source.id, steps))
    return source, target


def now(college: Conversation, topic: Topic) -> Topic:
    return college.ask(lambda tx: topics.get(tx, topic.id))


def steps(college: Conversation, topic: Topic) -> list[Measure]:
    return college.ask(lambda tx: measures.of_topic(tx, topic.id))


def whole(college: Conversation) -> bool:
    verdict = college.ask(lambda tx: journal.verify(tx.connection))
    return not verdict.problem and college.ask(replay.differences) == []


Pair = tuple[Topic, Topic]


def test_the_issuer_merges_after_one_look_and_everybody_is_told(college: Conversation, pair: Pair) -> None:
    source, target = pair
    college.say(HEAD, "报进展 001 已起草办法")
    shown = college.say(CHIEF, "合并 001 入 002")
    assert "撤销：2026-001" in shown.text
    assert "未办结措施2项" in shown.text
    assert now(college, source).state is TopicState.IN_PROGRESS
    assert "请点按钮确认" in college.say(CHIEF, "嗯，好的吧").text
    assert college.press(CHIEF, "合并") == "已并题"
    assert now(college, source).state is TopicState.WITHDRAWN
    assert steps(college, target) == []
    for who in (OWNER, SECOND, HEAD, "后勤处处长"):
        assert any("已由党委书记并入2026-002" in one.text for one in college.pushed(who)), who
    links = college.ask(lambda tx: affairs.links_of(tx, target.id))
    assert links == [(source.id, "merged_into", target.id, None)]
    college.press(SECOND, "经过", college.say(SECOND, "题 002"))
    assert "自2026-001" in college.last(SECOND).text
    assert whole(college)


def test_open_measures_go_along_by_choice(college: Conversation, pair: Pair) -> None:
    _, target = pair
    college.say(CHIEF, "合并 001 入 002")
    college.press(CHIEF, "连同措施")
    assert [step.text for step in steps(college, target)] == ["修订办法", "核对台账"]
    assert college.unit("国际处") in now(college, target).assist_units
    assert any("2026-002" in one.text and "措施" in one.text for one in college.pushed(HEAD))
    assert whole(college)


def test_measures_of_units_that_are_there_already_change_no_units(college: Conversation, pair: Pair) -> None:
    source = college.issued("副书记", title="出国审批材料不全", short_title="")
    college.do("副书记", lambda work: claiming.claim(work, source.id))
    step = Step("清理材料", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    college.do("副书记", lambda work: measuring.decompose(work, source.id, [step]))
    college.say(CHIEF, "合并 003 入 001")
    college.press(CHIEF, "连同措施")
    assert [one.text for one in steps(college, pair[0])] == ["修订办法", "核对台账", "清理材料"]


def test_a_fresh_merger_is_taken_back_whole(college: Conversation, pair: Pair) -> None:
    source, target = pair
    college.say(CHIEF, "合并 001 入 002")
    college.press(CHIEF, "连同措施")
    assert college.press(CHIEF, "撤回") == "已恢复"
    assert now(college, source).state is TopicState.IN_PROGRESS
    assert {step.state for step in steps(college, target)} == {MeasureState.WITHDRAWN}
    assert college.ask(lambda tx: affairs.links_of(tx, source.id)) == []
    assert any("恢复办理" in one.text for one in college.pushed(OWNER))
    assert whole(college)
    with pytest.raises(Stale):
        college.do(CHIEF, lambda work: joining.undo(work, source.id, TopicState.IN_PROGRESS))


def test_too_late_or_worked_on_it_stays(college: Conversation, pair: Pair) -> None:
    source, target = pair
    college.say(CHIEF, "合并 001 入 002")
    college.press(CHIEF, "连同措施")
    card = college.last(CHIEF)
    (first, _) = steps(college, target)
    college.do(HEAD, lambda work: measuring.receive(work, first.id))
    assert "撤回" in card.labels
    assert college.press(CHIEF, "撤回", card) != "已恢复"
    college.pass_(minutes=11)
    with pytest.raises(Invalid, match="undo_over"):
        college.do(CHIEF, lambda work: joining.undo(work, source.id, TopicState.IN_PROGRESS))
    with pytest.raises(NoRight):
        college.do(OFFICE, lambda work: joining.undo(work, source.id, TopicState.IN_PROGRESS))
    assert now(college, source).state is TopicState.WITHDRAWN


def test_the_office_asks_for_the_issuers_one_tap(college: Conversation, pair: Pair) -> None:
    source, _ = pair
    assert "送点题人同意" in college.say(OFFICE, "合并 001 入 002").text
    assert college.press(OFFICE, "合并") == "已送同意"
    assert now(college, source).state is TopicState.IN_PROGRESS
    shown = college.pushed(CHIEF)[-1]
    assert "党办主任拟将2026-001《因公出国内控》并入2026-002" in shown.text
    assert college.press(CHIEF, "合并", shown) == "已并题"
    assert now(college, source).state is TopicState.WITHDRAWN
    assert college.press(CHIEF, "合并", shown) != "已并题"


def test_with_a_standing_authority_the_office_merges_in_the_issuers_name(
    college: Conversation, pair: Pair
) -> None:
    source, _ = pair
    college.do(CHIEF, lambda work: directory.give_standing_authority(work, work.actor.id, True))
    college.say(OFFICE, "合并 001 入 002")
    assert college.press(OFFICE, "合并") == "已并题"
    assert any("并入2026-002" in one.text for one in college.pushed(CHIEF))
    assert college.press(OFFICE, "撤回") == "已恢复"
    assert now(college, source).state is TopicState.IN_PROGRESS


def test_what_cannot_be_merged_is_said(college: Conversation, pair: Pair) -> None:
    assert "如：合并 008 入 003" in college.say(CHIEF, "合并 001").text
    assert "不能并入自己" in college.say(CHIEF, "合并 001 入 001").text
    college.issued(confidential=True)
    assert "只能并入保密议题" in college.say(CHIEF, "合并 003 入 002").text
    college.say(CHIEF, "合并 001 入 002")
    college.press(CHIEF, "合并")
    assert "不在办理中" in college.say(CHIEF, "合并 002 入 001").text


@pytest.mark.parametrize("who", [OWNER, HEAD, "纪委书记", "院长", "系统管理员"])
def test_others_neither_merge_nor_split(college: Conversation, pair: Pair, who: str) -> None:
    source, _ = pair
    assert "合并" not in college.say(who, "合并 001 入 002").labels
    college.say(who, "拆分 001 另一题")
    assert (
        now(college, source).version == source.version + 2
        or now(college, source).state is TopicState.IN_PROGRESS
    )
    assert college.ask(lambda tx: topics.find(tx, topics.in_states(TopicState.DRAFT))) == []


def test_a_split_makes_a_draft_with_the_same_seats(college: Conversation, pair: Pair) -> None:
    source, _ = pair
    assert "请写明编号" in college.say(CHIEF, "拆分").text
    assert "题目是" in college.say(CHIEF, "拆分 001").text
    shown = college.say(CHIEF, "出国审批材料不全")
    assert "出国审批材料不全" in shown.text
    assert "领题人：外事副院长" in shown.text
    (draft,) = college.ask(lambda tx: topics.find(tx, topics.in_states(TopicState.DRAFT)))
    assert college.ask(lambda tx: affairs.links_of(tx, draft.id)) == [
        (draft.id, "split_from", source.id, None)
    ]
    assert college.press(CHIEF, "发布") == "已发布"
    assert whole(college)


def test_the_office_splits_and_sends_it_to_the_issuer(college: Conversation, pair: Pair) -> None:
    college.say(OFFICE, "拆分 001 出国审批材料不全")
    assert college.press(OFFICE, "送确认") == "已送确认"
    assert "请" in college.pushed(CHIEF)[-1].text


def test_what_is_over_is_not_split(college: Conversation, pair: Pair) -> None:
    college.say(CHIEF, "合并 001 入 002")
    college.press(CHIEF, "合并")
    assert "不在办理中" in college.say(CHIEF, "拆分 001 另一题").text
