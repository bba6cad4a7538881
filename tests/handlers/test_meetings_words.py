"""Bad input and small changes on a meeting: answered plainly, and nothing that was understood is lost."""

from storage import affairs
from tests.handlers.conversation import Conversation
from tests.handlers.test_meetings import CHIEF, LEADER, OFFICE, OPENING, called, held, meeting, opened, pushes
from workflow.affair import AffairState


def test_what_is_missing_is_asked_for_and_what_is_wrong_is_said(college: Conversation) -> None:
    assert "没有“座谈会”这类会议" in college.say(OFFICE, "会议 座谈会").text
    college.press(OFFICE, "专题会议")
    assert "什么时间开" in college.last(OFFICE).text
    assert "请写明几点" in college.say(OFFICE, "3月20日").text
    assert "在哪里开" in college.say(OFFICE, "9:00").text
    shown = college.say(OFFICE, "行政楼301")
    assert "2026年3月20日（周五） 09:00" in shown.text
    assert "没有找到“王某”" in college.say(OFFICE, "主持 王某").text
    shown = college.say(OFFICE, "主持 院长，议题截止 3月16日，地点 行政楼302")
    assert "主持：院长" in shown.text
    assert "地点：行政楼302" in shown.text
    assert "到3月16日" in shown.text
    assert "已经过去" in college.say(OFFICE, "会议 专题会议 2026年2月20日 9:00 三楼").text


def test_the_list_says_what_to_do(college: Conversation) -> None:
    assert "发起请发：会议 联席会议" in college.say(OFFICE, "会议").text
    opened(college)
    shown = college.say(OFFICE, "会议")
    assert "1. 联席会议M2026-01 3月20日 09:00 行政楼301（拟议程）" in shown.text
    college.press(OFFICE, "1", shown)
    assert "进展：拟议程" in college.last(OFFICE).text


def test_items_come_by_reply_and_the_office_puts_them_in_order(college: Conversation) -> None:
    opened(college)
    college.issued()
    college.settle()
    (intake,) = [one for one in college.pushed(LEADER) if "议题征集" in one.text]
    assert "收到议题1项" in college.say(LEADER, "采购验收需会商", intake).text
    college.press(OFFICE, "拟定议程", college.say(OFFICE, "会议 1"))
    shown = college.last(OFFICE)
    assert "1. 采购验收需会商（提交；外事副院长汇报，10分钟）" in shown.text
    shown = college.say(OFFICE, "移 2 1\n时长 1 20\n汇报 2 副书记\n加 传达文件\n删 9\n汇报 1 王某", shown)
    assert "1. 2026-001《因公出国内控》（新题；外事副院长汇报，20分钟）" in shown.text
    assert "2. 采购验收需会商（提交；副书记汇报，10分钟）" in shown.text
    assert "3. 传达文件（提交；党办主任汇报，10分钟）" in shown.text
    assert "“删 9”：没有第9项。" in shown.text
    assert "“汇报 1 王某”：没有找到“王某”" in shown.text
    college.press(OFFICE, "3", shown)
    college.press(OFFICE, "删除")
    assert "传达文件" not in college.last(OFFICE).text


def test_who_is_invited_can_be_changed_before_anybody_hears(college: Conversation) -> None:
    opened(college)
    college.say(OFFICE, "传达文件", college.last(OFFICE))
    college.press(OFFICE, "送审")
    college.settle()
    college.press(CHIEF, "同意")
    college.press(OFFICE, "邀请", college.say(OFFICE, "会议 1"))
    assert "拟邀请6人" in college.last(OFFICE).text or "拟邀请7人" in college.last(OFFICE).text
    shown = college.say(OFFICE, "减 副书记")
    assert "副书记" not in shown.text.split("可回复")[0]
    shown = college.say(OFFICE, "列席 审计处处长、某某处")
    assert "列席：党办主任、审计处处长" in shown.text
    assert "没有找到“某某处”" in shown.text
    college.press(OFFICE, "邀请")
    assert pushes(college, "审计处处长", "会议通知")
    assert not pushes(college, "副书记", "会议通知")


def test_a_leave_with_its_reason_reaches_the_office(college: Conversation) -> None:
    called(college)
    college.press(LEADER, "请假")
    assert "已记下请假理由" in college.say(LEADER, "外出开会", college.last(LEADER)).text
    assert "请假：外事副院长（外出开会）" in college.say(OFFICE, "会议 1").text
    assert pushes(college, OFFICE, "【请假】外事副院长")


def test_attendance_and_decisions_are_put_right_by_reply(college: Conversation) -> None:
    held(college)
    shown = college.say(OFFICE, "缺席 外事副院长", college.last(OFFICE))
    assert "到会2人：党委书记、国际处处长" in shown.text
    shown = college.say(OFFICE, "延期 001\n撤题 001\n延期 099 6月30日\n加快推进", shown)
    assert "看懂1项" in shown.text
    assert "未记入：延期 001" in shown.text
    assert "请写明理由" in shown.text
    assert college.press(OFFICE, "记入") == "已记入1项"
    assert "1. 加快推进" in college.last(OFFICE).text
    shown = college.say(OFFICE, "删 1", college.last(OFFICE))
    assert "尚未记录议定事项" in shown.text


def test_a_cancelled_meeting_tells_who_was_called(college: Conversation) -> None:
    called(college)
    college.press(OFFICE, "取消会议", college.say(OFFICE, "会议 1"))
    assert "将通知" in college.last(OFFICE).text
    college.say(OFFICE, "并入党委会")
    assert meeting(college).state is AffairState.CANCELLED
    assert pushes(college, LEADER, "会议取消")


def test_a_meeting_is_moved_and_everybody_answers_anew(college: Conversation) -> None:
    called(college)
    college.press(LEADER, "参加")
    college.press(OFFICE, "改期", college.say(OFFICE, "会议 1"))
    assert "2026年3月23日（周一） 10:00" in college.say(OFFICE, "3月23日 10:00").text
    college.press(OFFICE, "确认变更")
    assert pushes(college, LEADER, "会议变更")
    affair = meeting(college)
    parts = college.ask(lambda tx: affairs.parts(tx, affair.id, "asked"))
    assert not any(part.answer for part in parts)


def test_an_analysis_begins_with_its_pack(college: Conversation) -> None:
    opened(college, OPENING.replace("联席会议", "阶段性分析"))
    college.issued()
    college.press(OFFICE, "分析材料", college.say(OFFICE, "会议 1"))
    assert "印发1项，销号0项，在办1项，逾期0项" in college.last(OFFICE).text
    assert "没有逾期事项" in college.last(OFFICE).text


def test_an_item_waits_while_the_meeting_is_chosen(college: Conversation) -> None:
    opened(college)
    opened(college, OPENING.replace("联席会议", "专题会议"))
    assert "哪一次会议" in college.say(LEADER, "提交议题 采购验收需会商").text
    assert "请先点上面的会议编号" in college.say(LEADER, "另请财务处参加").text
    college.press(LEADER, "2026-02")
    assert "专题会议M2026-02收到议题2项" in college.last(LEADER).text
    college.press(OFFICE, "提交议题", college.say(OFFICE, "会议 2"))
    assert "请发送提交专题会议M2026-02的议题" in college.last(OFFICE).text
    assert "收到议题1项" in college.say(OFFICE, "传达文件").text
    assert "哪一次会议" in college.say(OFFICE, "拟定议程").text


def test_agenda_and_minutes_go_back_with_a_word(college: Conversation) -> None:
    opened(college)
    college.issued()
    college.press(OFFICE, "拟定议程", college.say(OFFICE, "拟定议程") and college.say(OFFICE, "会议 1"))
    college.press(OFFICE, "送审")
    college.settle()
    college.press(CHIEF, "退回")
    college.say(CHIEF, "请增加审计整改情况")
    assert meeting(college).state is AffairState.OPEN
    assert "退回意见：请增加审计整改情况" in college.say(OFFICE, "会议 1").text
    assert pushes(college, OFFICE, "议程退回")


def test_decisions_may_be_asked_for_and_minutes_drawn_up_by_command(college: Conversation) -> None:
    held(college)
    college.press(OFFICE, "记议定")
    assert "每行一项" in college.last(OFFICE).text
    assert "看懂0项" in college.say(OFFICE, "延期").text
    college.say(OFFICE, "延期 001 9月30日\n撤题 001 与002重复")
    college.press(OFFICE, "记入")
    assert "延期：2026-001" in college.last(OFFICE).text
    assert pushes(college, LEADER, "会议议定")
    assert pushes(college, CHIEF, "请您办理撤题")
    assert "纪要待确认" in college.say(OFFICE, "生成纪要").text
