"""Meetings as a tired office writes them: several things in one line, in any order, replying or not."""

from datetime import UTC, datetime

import pytest

from storage import affairs
from tests.handlers.conversation import Conversation
from tests.handlers.test_meetings import (
    CHIEF,
    HEAD,
    LEADER,
    OFFICE,
    OPENING,
    approved,
    called,
    held,
    meeting,
    opened,
    pushes,
)
from workflow.affair import AffairState

DEPUTY, AUDIT = "副书记", "审计处处长"


def answer(college: Conversation, who: str) -> tuple[str, str]:
    affair, person = meeting(college), college.id(who)
    parts = college.ask(lambda tx: affairs.parts(tx, affair.id, "asked"))
    (own,) = [part for part in parts if part.person_id == person]
    return own.answer, own.words


def here(college: Conversation) -> str:
    college.say(OFFICE, "会议 1")
    return next(line for line in college.last(OFFICE).card.lines if line.startswith("到会"))


def test_the_hint_about_guests_may_be_sent_as_it_stands(college: Conversation) -> None:
    approved(college)
    college.press(OFFICE, "邀请", college.say(OFFICE, "会议 1"))
    shown = college.say(OFFICE, "加 财务处处长；减 副书记；列席 审计处处长。").text.split("可回复")[0]
    assert "纪委书记、财务处处长" in shown
    assert "列席：国际处处长、审计处处长" in shown or "列席：党办主任、国际处处长、审计处处长" in shown
    assert "副书记" not in shown
    assert "没有找到" not in shown


def test_guests_may_be_named_by_reply_to_the_approved_agenda(college: Conversation) -> None:
    approved(college)
    card = college.say(OFFICE, "会议 1")
    shown = college.say(OFFICE, "加 财务处处长，减 副书记", card)
    assert "财务处处长" in shown.text
    college.press(OFFICE, "邀请")
    assert pushes(college, "财务处处长", "会议通知")
    assert not pushes(college, DEPUTY, "会议通知")
    shown = college.say(OFFICE, "列席 审计处处长", college.say(OFFICE, "会议 1"))
    assert "拟邀请1人" in shown.text


def test_present_and_absent_in_one_line_are_each_put_down(college: Conversation) -> None:
    held(college)
    shown = college.say(OFFICE, "缺席 外事副院长;到会 审计处处长", college.last(OFFICE))
    assert "已登记未到会：外事副院长" in shown.text
    assert "已登记到会：审计处处长" in shown.text
    assert here(college) == "到会3人：党委书记、国际处处长、审计处处长"


def test_attendance_and_decisions_may_come_in_one_message(college: Conversation) -> None:
    held(college)
    college.say(OFFICE, "缺席 外事副院长\n1、加快推进 @副书记\n缺席 王某", college.last(OFFICE))
    assert "看懂1项" in college.last(OFFICE).text
    assert "· 加快推进（副书记）" in college.last(OFFICE).text
    assert any("没有找到“王某”" in shown.text for shown in college.cards(OFFICE))
    college.press(OFFICE, "记入")
    assert here(college) == "到会2人：党委书记、国际处处长"


def test_numbered_lines_are_read_like_others(college: Conversation) -> None:
    held(college)
    text = "1、点题 规范公章 @副书记 目标 规范 5月29日\n2. 延期 001 12月20日\n（三）加快推进"
    shown = college.say(OFFICE, text, college.last(OFFICE))
    assert "· 点题：规范公章" in shown.text
    assert "· 延期：2026-001" in shown.text
    assert "· 加快推进" in shown.text


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("参加", ("yes", "")),
        ("好的，参加。", ("yes", "")),
        ("请假 外出开会", ("leave", "外出开会")),
        ("去不了，外出开会", ("leave", "去不了，外出开会")),
        ("不能参加", ("leave", "不能参加")),
    ],
)
def test_an_answer_is_understood_as_it_is_said(
    college: Conversation, said: str, noted: tuple[str, str]
) -> None:
    called(college)
    (call,) = [shown for shown in college.pushed(LEADER) if "会议通知" in shown.text]
    college.say(LEADER, said, call)
    assert answer(college, LEADER) == noted


def test_an_answer_needs_no_reply_where_one_meeting_waits(college: Conversation) -> None:
    called(college)
    assert "您已回复：参加" in college.say(LEADER, "参加").text
    assert "已记下请假理由" in college.say(DEPUTY, "请假 外出开会").text
    assert answer(college, DEPUTY) == ("leave", "外出开会")
    assert "没看懂" in college.say(AUDIT, "参加").text
    assert "参加" in college.say(HEAD, "几点开？", college.pushed(HEAD)[-1]).labels
    assert answer(college, HEAD) == ("", "")


def test_of_two_meetings_it_is_asked_which(college: Conversation) -> None:
    called(college)
    opened(college, OPENING.replace("联席会议", "专题会议"))
    college.press(OFFICE, "拟定议程", college.say(OFFICE, "会议 2"))
    for who, label in ((OFFICE, "送审"), (CHIEF, "同意"), (OFFICE, "邀请"), (OFFICE, "邀请")):
        college.settle()
        college.press(who, label)
    college.settle()
    shown = college.say(LEADER, "请假 外出")
    assert "哪一次会议" in shown.text
    assert shown.labels == ["2026-01", "2026-02"]
    assert answer(college, LEADER) == ("", "")


def test_another_time_or_place_may_be_said_by_reply(college: Conversation) -> None:
    opened(college)
    card = college.say(OFFICE, "会议 1")
    shown = college.say(OFFICE, "改到3月23日 下午2点", card)
    assert "2026年3月23日（周一） 14:00" in shown.text
    assert "地点：行政楼301" in shown.text
    assert "时间：2026年3月23日（周一） 15:30" in college.say(OFFICE, "改成下午3点半").text
    college.press(OFFICE, "确认变更")
    assert meeting(college).due_at == datetime(2026, 3, 23, 7, 30, tzinfo=UTC)
    assert "主题 " in college.say(OFFICE, "主题 教育总结", college.last(OFFICE)).text


def test_the_sort_may_stand_anywhere(college: Conversation) -> None:
    shown = college.say(OFFICE, "会议 3月20日 9:00 行政楼301 联席会议")
    assert "【会议】联席会议" in shown.text
    assert "地点：行政楼301\n" in shown.text


def test_what_has_no_place_is_answered_with_what_may_be_done(college: Conversation) -> None:
    approved(college)
    shown = college.say(OFFICE, "抓紧通知大家", college.say(OFFICE, "会议 1"))
    assert "这句没有记入" in shown.text
    assert "邀请" in shown.labels


def test_a_number_is_no_item_and_a_long_item_is_cut_in_lists(college: Conversation) -> None:
    opened(college)
    card = college.say(OFFICE, "会议 1")
    assert "请写明序号" in college.say(OFFICE, "３", card).text
    shown = college.say(OFFICE, f"1、研究工会活动\n2、{'长' * 600}\n时长 1 -5\n时长 1 99999", card)
    assert "1. 研究工会活动（" in shown.text
    assert f"2. {'长' * 59}…（" in shown.text
    assert shown.text.count("时长请写1到240分钟") == 2
    assert "10分钟" in shown.text


def test_nobody_is_asked_for_items_once_the_agenda_is_set(college: Conversation) -> None:
    approved(college)
    assert meeting(college).state is AffairState.APPROVED
    college.pass_(days=1)
    assert not pushes(college, HEAD, "议题征集")


def test_the_office_is_not_told_of_its_own_items(college: Conversation) -> None:
    opened(college)
    college.say(OFFICE, "传达文件", college.say(OFFICE, "会议 1"))
    college.say(LEADER, "提交议题 采购验收需会商")
    college.press(OFFICE, "送审", college.say(OFFICE, "会议 1"))
    college.settle()
    college.press(CHIEF, "同意")
    assert pushes(college, LEADER, "列入议程")
    assert not pushes(college, OFFICE, "列入议程")


def test_an_answer_said_in_a_group_shows_the_group_nothing(college: Conversation) -> None:
    called(college)
    assert "私聊" in college.say(LEADER, "参加", group=True).text
    assert answer(college, LEADER) == ("", "")
    before = len(college.cards("-100"))
    college.say(AUDIT, "参加", group=True)
    assert len(college.cards("-100")) == before


def test_a_place_fits_into_a_push(college: Conversation) -> None:
    assert "地点请写30字以内" in college.say(OFFICE, f"会议 联席会议 3.20 9:00 {'楼' * 31}").text
    assert "2026年3月20日（周五） 09:00" in college.say(OFFICE, "行政楼301").text
    assert "地点请写30字以内" in college.say(OFFICE, f"地点 {'楼' * 400}").text
    assert "地点：行政楼301\n" in college.last(OFFICE).text
