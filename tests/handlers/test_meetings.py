"""会议: from the sentence that opens it to the confirmed minutes, as people live it."""

from datetime import UTC, datetime

from storage import affairs, topics
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairState
from workflow.topic import TopicState

OFFICE, CHIEF, LEADER, HEAD = "党办主任", "党委书记", "外事副院长", "国际处处长"
OPENING = "会议 联席会议 3月20日 9:00 行政楼301"


def meeting(college: Conversation, no: int = 1) -> Affair:
    return college.ask(lambda tx: affairs.by_number(tx, f"M2026-{no:02d}"))


def state(college: Conversation, no: int = 1) -> AffairState:
    return meeting(college, no).state


def pushes(college: Conversation, who: str, mark: str) -> list[str]:
    college.settle()
    return [shown.text for shown in college.pushed(who) if mark in shown.text]


def opened(college: Conversation, text: str = OPENING) -> None:
    college.say(OFFICE, text)
    college.press(OFFICE, "发起会议")


def approved(college: Conversation) -> None:
    opened(college)
    college.issued()
    college.press(OFFICE, "拟定议程")
    college.press(OFFICE, "送审")
    college.settle()
    college.press(CHIEF, "同意")


def called(college: Conversation) -> None:
    approved(college)
    college.say(OFFICE, "会议 1")
    college.press(OFFICE, "邀请")
    college.press(OFFICE, "邀请")
    college.settle()


def held(college: Conversation) -> None:
    called(college)
    for who in (CHIEF, LEADER, HEAD):
        college.press(who, "参加")
    college.press("副书记", "请假")
    college.pass_to(datetime(2026, 3, 20, 4, tzinfo=UTC))
    college.say(OFFICE, "会议 1")
    college.press(OFFICE, "登记到会")


def test_a_meeting_is_opened_in_one_message_and_a_press(college: Conversation) -> None:
    shown = college.say(OFFICE, OPENING)
    assert "【会议】联席会议" in shown.text
    assert "2026年3月20日（周五） 09:00" in shown.text
    assert "地点：行政楼301" in shown.text
    assert "主持：党委书记" in shown.text
    assert "议题征集：到3月18日 23:59" in shown.text
    assert "将通知班子成员" in shown.text
    assert college.press(OFFICE, "发起会议") == "已发起M2026-01"
    assert "联席会议M2026-01" in college.last(OFFICE).text
    (intake,) = pushes(college, LEADER, "议题征集")
    assert "联席会议M2026-01拟于3月20日 09:00召开" in intake
    assert len(intake) <= 90


def test_the_whole_way(college: Conversation) -> None:
    held(college)
    shown = college.last(OFFICE)
    assert "到会3人：党委书记、外事副院长、国际处处长" in shown.text
    assert "请假：副书记" in shown.text
    assert "缺席：院长、后勤副院长、纪委书记" in shown.text
    text = "完善采购验收办法 @后勤副院长 后勤处 6月30日\n点题 完善接待台账 @副书记 目标 账实一致 5月29日"
    preview = college.say(OFFICE, text, reply_to=shown)
    assert "看懂2项" in preview.text
    assert "完善采购验收办法（后勤副院长、后勤处、2026年6月30日（周二））" in preview.text
    assert "点题：完善接待台账（副书记、2026年5月29日（周五））" in preview.text
    assert college.press(OFFICE, "记入") == "已记入2项"
    affair = meeting(college)
    (topic,) = college.ask(lambda tx: affairs.raised_by(tx, affair.id))
    assert college.ask(lambda tx: topics.get(tx, topic)).state is TopicState.CONFIRMING
    college.press(CHIEF, "发布")
    assert college.press(OFFICE, "生成纪要", college.say(OFFICE, "会议 1")) == "已送主持人确认"
    assert pushes(college, CHIEF, "纪要待确认")
    assert college.press(CHIEF, "确认纪要") == "纪要已确认"
    assert "2. 点题：2026-002《完善接待台账》（副书记、5月29日）　已办" in college.last(CHIEF).text
    assert state(college) is AffairState.DONE
    assert pushes(college, "后勤副院长", "议定事项")
    assert pushes(college, "后勤处处长", "议定事项")
    assert not pushes(college, LEADER, "议定事项")
