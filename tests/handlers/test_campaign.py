"""集中领题: by decision of a meeting, seen whole, published by one tap, claimed one by one; and who may."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services import claiming, directory, issuing
from services.affairs import acting
from services.issuing import Draft
from storage import affairs, topics
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.topic import Topic, TopicState

OFFICE, CHIEF, OTHER, OWNER, SECOND = "党办主任", "党委书记", "院长", "外事副院长", "副书记"
SAID = "集中领题 2026 会议:年度第一次专题会议"


def drafted(college: Conversation, title: str, owner: str = OWNER, by: str = OFFICE, **more: Any) -> Topic:
    values: dict[str, Any] = {
        "title": title,
        "goal": "闭环管理",
        "issuer_id": college.id(CHIEF),
        "owner_id": college.id(owner),
        "lead_units": (college.unit("国际处"),),
        "assist_units": (college.unit("财务处"),),
        "deadline": datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC),
        **more,
    }
    return college.do(by, lambda work: issuing.draft(work, Draft(**values)))


def campaigns(college: Conversation, *states: AffairState) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.CAMPAIGN, *states))


def issued(college: Conversation) -> list[Topic]:
    return college.ask(lambda tx: topics.find(tx, topics.in_states(TopicState.ISSUED)))


def test_a_meeting_must_have_decided_it(college: Conversation) -> None:
    drafted(college, "合同备案不全")
    assert "专题会议依据" in college.say(OFFICE, "集中领题 2026").text
    assert "年份请写2026或2027" in college.say(OFFICE, "集中领题 2031 会议:年初会").text
    assert "没有会议M2026-09" in college.say(OFFICE, "集中领题 2026 会议:M2026-09").text
    assert campaigns(college) == []


def test_drafts_are_shown_whole_and_what_one_lacks_is_said(college: Conversation) -> None:
    assert "没有可发布的草稿" in college.say(OFFICE, SAID).text
    drafted(college, "合同备案不全")
    drafted(college, "公务接待台账不全", goal="", owner_id=None)
    drafted(college, "谈话记录不规范", confidential=True)
    shown = college.say(OFFICE, SAID).text
    assert "拟发布2题" in shown
    assert "依据：年度第一次专题会议" in shown
    assert (
        "《合同备案不全》：目标 闭环管理；领题 外事副院长；牵头 国际处，配合 财务处；时限 2026年6月30日"
        in shown
    )
    assert "《公务接待台账不全》，还缺整改目标、领题人" in shown
    assert "谈话记录" not in shown
    assert "请点按钮确认" in college.say(OFFICE, "好的").text


def test_the_chief_publishes_all_by_one_tap_and_they_are_claimed_one_by_one(college: Conversation) -> None:
    for title, owner in (("合同备案不全", OWNER), ("支部生活质量不高", SECOND), ("采购验收不规范", OWNER)):
        drafted(college, title, owner)
    assert "送确认" in college.say(OFFICE, SAID).labels
    assert college.press(OFFICE, "送确认") == "已送确认"
    assert issued(college) == []
    shown = college.pushed(CHIEF)[-1]
    assert "3题待发布" in shown.text
    assert college.press(CHIEF, "全部发布", shown) == "已发布3题"
    assert len(issued(college)) == 3
    assert "已领0题，共3题" in college.last(CHIEF).text

    first, *rest = sorted(issued(college), key=lambda topic: topic.number)
    college.do(OWNER, lambda work: claiming.claim(work, first.id))
    card = college.say(OFFICE, "集中领题").text
    assert "已领1题，共3题" in card
    assert "待领：外事副院长（2026-003）\n待领：副书记（2026-002）" in card

    for topic, who in zip(rest, (SECOND, OWNER), strict=True):
        college.say(who, f"领题 {topic.number}")
    (done,) = campaigns(college, AffairState.DONE)
    assert done.number == "Y2026-01"
    college.pass_(days=1)
    assert "已办结，各题均已领取" in "".join(shown.text for shown in college.pushed(OFFICE))


def test_chosen_drafts_only_and_a_chief_publishes_at_once(college: Conversation) -> None:
    drafted(college, "合同备案不全", by=CHIEF)
    drafted(college, "支部生活质量不高", by=CHIEF)
    shown = college.say(CHIEF, f"集中领题 D-2 {SAID.removeprefix('集中领题 2026 ')}")
    assert "拟发布1题" in shown.text
    assert college.press(CHIEF, "全部发布") == "已发布1题"
    assert [topic.title for topic in issued(college)] == ["支部生活质量不高"]
    assert "D-9" in college.say(CHIEF, f"集中领题 D-9 {SAID}").text


def test_every_chief_publishes_what_bears_the_own_name(college: Conversation) -> None:
    drafted(college, "合同备案不全")
    drafted(college, "支部生活质量不高", issuer_id=college.id(OTHER))
    college.say(OFFICE, SAID)
    college.press(OFFICE, "送确认")
    college.press(CHIEF, "全部发布")
    assert {topic.issuer_id for topic in issued(college)} == {college.id(CHIEF)}
    assert "另有1题待其他点题人确认" in college.last(CHIEF).text
    assert "全部发布" not in college.say(CHIEF, "集中领题").labels
    assert college.press(OTHER, "全部发布") == "已发布1题"


def test_with_a_standing_authority_the_office_publishes_at_once(college: Conversation) -> None:
    college.do(CHIEF, lambda work: directory.give_standing_authority(work, work.actor.id, True))
    drafted(college, "合同备案不全")
    college.say(OFFICE, SAID)
    assert college.press(OFFICE, "全部发布") == "已发布1题"


def test_what_cannot_be_published_any_more_stays_and_holds_up_no_other(college: Conversation) -> None:
    drafted(college, "合同备案不全")
    drafted(college, "短期事项", deadline=datetime(2026, 3, 2, 15, tzinfo=UTC))
    college.say(OFFICE, SAID)
    college.press(OFFICE, "送确认")
    college.pass_(days=1)
    assert college.press(CHIEF, "全部发布") == "已发布1题"
    assert "未能发布：D-2《短期事项》" in college.last(CHIEF).text


def test_a_meeting_of_ours_is_cited_by_its_number(college: Conversation) -> None:
    meeting = college.do(
        OFFICE,
        lambda work: acting.begin(
            work,
            AffairKind.MEETING,
            title="年度专题会议",
            facts={"sort": "thematic"},
            person_id=work.actor.id,
        ),
    )
    drafted(college, "合同备案不全")
    shown = college.say(OFFICE, f"集中领题 2026 会议:{meeting.number}")
    assert meeting.number in shown.text
    college.press(OFFICE, "送确认")
    assert campaigns(college)[0].parent_id == meeting.id


def test_it_ends_by_hand_or_when_the_last_topic_is_withdrawn(college: Conversation) -> None:
    drafted(college, "合同备案不全", by=CHIEF)
    college.say(CHIEF, SAID)
    college.press(CHIEF, "全部发布")
    (topic,) = issued(college)
    college.do(CHIEF, lambda work: issuing.withdraw(work, topic.id, "重复"))
    college.pass_(days=2)
    assert campaigns(college) == []
    drafted(college, "支部生活质量不高", by=CHIEF)
    college.say(CHIEF, SAID)
    college.press(CHIEF, "全部发布")
    college.press(CHIEF, "结束")
    assert college.press(CHIEF, "确认") == "已结束"
    assert campaigns(college) == []


@pytest.mark.parametrize("who", [OWNER, "国际处处长", "纪委书记", "系统管理员"])
def test_whoever_may_not_set_topics_begins_none(college: Conversation, who: str) -> None:
    drafted(college, "合同备案不全")
    college.say(who, SAID)
    assert not {"全部发布", "送确认"} & {*college.last(who).labels}
    assert campaigns(college) == []


def test_a_press_of_somebody_elses_or_an_older_preview_does_nothing(college: Conversation) -> None:
    drafted(college, "合同备案不全")
    old = college.say(OFFICE, SAID)
    college.say(OFFICE, SAID)
    college.press(OFFICE, "送确认", old)
    assert campaigns(college) == []
