"""Who may do what to a meeting in the chat: the wrong seat is refused, and nothing is changed."""

import pytest

from storage import affairs
from tests.handlers.conversation import Conversation
from tests.handlers.test_meetings import CHIEF, HEAD, LEADER, OFFICE, OPENING, approved, called, held, opened
from workflow.affair import AffairKind, AffairState


def states(college: Conversation) -> list[tuple[AffairState, int]]:
    found = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.MEETING, *AffairState))
    return [(one.state, one.version) for one in found]


@pytest.mark.parametrize("who", [LEADER, HEAD, "党委委员", "系统管理员", "纪委干事"])
def test_only_chiefs_office_and_the_discipline_secretary_open_one(college: Conversation, who: str) -> None:
    assert "会议由" in college.say(who, OPENING).text
    assert states(college) == []


@pytest.mark.parametrize("who", [CHIEF, "院长", "纪委书记", OFFICE])
def test_they_do(college: Conversation, who: str) -> None:
    college.say(who, OPENING)
    college.press(who, "发起会议")
    assert [state for state, _ in states(college)] == [AffairState.OPEN]


def test_a_stranger_to_it_sees_no_meeting(college: Conversation) -> None:
    called(college)
    assert "没有会议M2026-01" in college.say("审计处处长", "会议 1").text
    assert "目前没有与您有关的会议" in college.say("审计处处长", "会议").text


def test_while_it_takes_items_everybody_seated_may_give_one_and_no_more(college: Conversation) -> None:
    opened(college)
    shown = college.say("审计处处长", "会议 1")
    assert shown.labels == ["提交议题"]
    assert "收到议题1项" in college.say("审计处处长", "提交议题 审计整改会商").text
    assert "目前没有会议在征集议题" in college.say("系统管理员", "提交议题 随便").text


def test_the_agenda_is_the_keepers(college: Conversation) -> None:
    opened(college)
    before = states(college)
    for who in (LEADER, HEAD):
        assert "没有正在拟议程的会议" in college.say(who, "拟定议程").text
        assert college.say(who, "拟定议程 1").text.startswith("“修改”由") or states(college) == before
        assert "没有待出纪要的会议" in college.say(who, "生成纪要").text
    assert states(college) == before


def test_only_who_presides_or_a_chief_approves(college: Conversation) -> None:
    opened(college)
    college.issued()
    college.press(OFFICE, "拟定议程")
    college.press(OFFICE, "送审")
    assert "同意" not in college.last(OFFICE).labels
    assert "同意" not in college.say("纪委书记", "会议 1").labels
    assert "同意" in college.say("院长", "会议 1").labels


def test_invitations_attendance_and_minutes_are_the_keepers(college: Conversation) -> None:
    approved(college)
    for who in (CHIEF, "纪委书记"):
        assert "邀请" not in college.say(who, "会议 1").labels


def test_decisions_are_noted_by_who_keeps_or_leads_it(college: Conversation) -> None:
    held(college)
    before = states(college)
    shown = college.say(LEADER, "会议 1")
    assert "记议定" not in shown.labels
    assert "不再接收回复" in college.say(LEADER, "完善办法 6月30日", reply_to=shown).text
    assert states(college) == before
    assert "看懂1项" in college.say(CHIEF, "完善办法 6月30日", college.say(CHIEF, "会议 1")).text


def test_a_confidential_topic_is_its_number_alone(college: Conversation) -> None:
    opened(college)
    college.issued(confidential=True, title="不应外传的事", short_title="不应外传")
    college.press(OFFICE, "拟定议程")
    assert "2026-001（新题" in college.last(OFFICE).text
    assert "不应外传" not in college.last(OFFICE).text
