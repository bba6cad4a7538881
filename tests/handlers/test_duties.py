"""责任: standing duties of seats and units, laid down one by one or as a sheet, changed and ended."""

from pathlib import Path

import pytest

from services.affairs import duties
from services.affairs.duties import Duty
from storage import affairs
from storage.replay import differences
from tests.handlers.conversation import Conversation
from tests.handlers.handing import handing
from tests.reports.opened import ledger_of
from tests.services.sheets import xlsx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Missing, NoRight

OFFICE, CHIEF, FOREIGN, HEAD, LIAISON = "党办主任", "党委书记", "外事副院长", "国际处处长", "国际处联络员"
SAID = "责任 国际处 党风廉政: 管好因公出国; 目标 零违规; 逐人建档; 节点 每季度"
HEADINGS = ("责任主体", "责任类别", "责任内容", "工作目标", "具体举措", "时间节点")


def laid_down(college: Conversation, *states: AffairState) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.DUTY, *states))


def agreed(college: Conversation, said: str = SAID) -> Affair:
    college.say(OFFICE, said)
    college.press(OFFICE, "确定")
    return laid_down(college)[-1]


def test_one_message_and_one_tap_lay_a_duty_down(college: Conversation) -> None:
    shown = college.say(OFFICE, SAID)
    assert shown.text.splitlines() == [
        "【责任】管好因公出国（预览）",
        "责任主体：国际处",
        "责任类别：党风廉政责任",
        "目标 零违规",
        "举措 逐人建档",
        "节点 每季度",
    ]
    assert laid_down(college) == []
    assert college.press(OFFICE, "确定") == "已记入责任清单"
    [duty] = laid_down(college)
    assert (duty.unit_id, duty.facts["duty"], duty.facts["year"]) == (
        college.unit("国际处"),
        "integrity",
        2026,
    )
    assert "责任D2026-01：管好因公出国" in college.last(OFFICE).text
    college.pass_(days=1)
    for who in (HEAD, LIAISON):
        assert any("D2026-01" in shown.text for shown in college.pushed(who)), who
    assert college.ask(differences) == []


def test_a_seats_duty_without_more(college: Conversation) -> None:
    duty = agreed(college, "责任 外事副院长：抓好外事纪律")
    assert (duty.person_id, duty.facts["duty"], dict(duty.words)) == (college.id(FOREIGN), None, {})
    shown = college.say(FOREIGN, "责任")
    assert "1. 外事副院长：抓好外事纪律" in shown.text
    college.press(FOREIGN, "1")
    assert college.last(FOREIGN).labels == []
    assert "还没有常设责任" in college.say(HEAD, "责任").text


def test_it_is_changed_and_ended(college: Conversation) -> None:
    agreed(college)
    college.press(OFFICE, "修改")
    assert "现为：管好因公出国；目标 零违规" in college.last(OFFICE).text
    shown = college.say(OFFICE, "意识形态：管好因公出国和来访; 举措 逐人建档")
    assert "责任类别：意识形态责任" in shown.text
    assert "请点“确定”" in college.say(OFFICE, "好").text
    college.say(OFFICE, "国际处 意识形态：管好出国; 逐人建档；每月抽查")
    college.press(OFFICE, "确定")
    [duty] = laid_down(college)
    assert (duty.title, duty.words["steps"]) == ("管好出国", "逐人建档\n每月抽查")
    assert college.press(OFFICE, "终止") == "已终止"
    assert laid_down(college) == []


def test_of_one_seat(college: Conversation) -> None:
    agreed(college)
    assert "1. 管好因公出国" in college.say(OFFICE, "责任 国际处").text
    assert "还没有常设责任" in college.say(OFFICE, "责任 副书记").text
    assert "还没有常设责任" in college.say(FOREIGN, "责任 外事副院长").text
    assert "办理" in college.say(FOREIGN, "责任 副书记").text
    assert "没有找到" in college.say(OFFICE, "责任 火星处长: 内容").text


def test_a_sheet_brings_many(college: Conversation, tmp_path: Path) -> None:
    hand = handing(college, tmp_path)
    rows = [
        (FOREIGN, "主体责任", "抓外事", "规范", "建制", "每月"),
        ("财务处", None, "管预算", None, None, None),
    ]
    shown = hand(xlsx(("责任清单", [HEADINGS, *rows])), "责任")
    assert "责任2项。" in shown.text
    assert "请点“导入”" in college.say(OFFICE, "好").text
    college.press(OFFICE, "导入")
    assert [duty.title for duty in laid_down(college)] == ["抓外事", "管预算"]
    wrong = [*rows, ("财物处", "什么责任", "新的", None, None, None), (FOREIGN, None, "甲", None, None, None)]
    shown = hand(xlsx(("责任清单", [HEADINGS, *wrong, wrong[-1]])), "责任")
    for said in ("C2：台账中已有", "A4：没有这个职务或部门（财物处）是否指“财务处”？", "C6：重复（甲）"):
        assert said in shown.text
    assert "请发送责任清单文件" in college.say(OFFICE, "好").text
    pasted = college.say(OFFICE, "责任主体|责任内容\n后勤处|管公房")
    assert "责任1项。" in pasted.text
    college.press(OFFICE, "导入")
    assert len(laid_down(college)) == 3


@pytest.mark.parametrize("who", [FOREIGN, HEAD, "系统管理员", "纪委书记"])
def test_who_lays_none_down(college: Conversation, who: str) -> None:
    duty = agreed(college)
    for said in (SAID, "责任 责任主体|责任内容\n后勤处|管公房"):
        assert "由党政主要领导、联席会议办公室办理" in college.say(who, said).text
    for act in (
        lambda work: duties.end(work, duty),
        lambda work: duties.edit(work, duty, Duty("别的", unit_id=duty.unit_id)),
        lambda work: duties.open_duty(work, Duty("别的", unit_id=duty.unit_id)),
    ):
        with pytest.raises(NoRight):
            college.do(who, act)
    assert laid_down(college, *AffairState) == [duty]
    assert "私聊" in college.say(OFFICE, "责任", group=True).text


def test_a_duty_says_what_and_whose(college: Conversation) -> None:
    for given in (Duty(" ", unit_id=college.unit("国际处")), Duty("内容")):
        with pytest.raises(Missing):
            college.do(CHIEF, lambda work, given=given: duties.open_duty(work, given))


def test_the_ledger_has_a_sheet_of_duties_and_claims(college: Conversation, tmp_path: Path) -> None:
    agreed(college)
    college.issued()
    duty, claim = ledger_of(college, OFFICE, tmp_path).rows("责任清单")
    assert (duty["责任主体"], duty["责任类别"], duty["责任内容"]) == (
        "国际处",
        "党风廉政责任",
        "管好因公出国",
    )
    assert (duty["责任人"], duty["时间节点"], duty["工作目标"]) == (HEAD, "每季度", "零违规")
    assert (claim["责任主体"], claim["工作项目"]) == (FOREIGN, "2026-001 因公出国管理内控制度不完善")
    assert (claim["工作目标"], claim["落实情况"]) == ("闭环管理", "待领题")
