"""反馈批次: findings come in as a sheet or as pasted rows, looked at whole, written by one press."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from handlers.texts.sheets import vocabulary
from services.affairs.batches_reading import read_batch
from storage import affairs
from tests.handlers.conversation import Conversation
from tests.handlers.handing import (
    CHECK,
    CHIEF,
    DEPUTY,
    FOREIGN,
    HEAD,
    JUNE,
    MAY,
    OFFICE,
    PRESIDENT,
    ROOMS,
    TRAVEL,
    Handing,
    Row,
    batches,
    brought,
    handing,
    imported,
    sheet,
    trail_is_whole,
)
from tests.reports.opened import Opened
from tests.services.sheets import xlsx
from workflow.affair import AffairKind
from workflow.topic import TopicState


@pytest.fixture
def hand(college: Conversation, tmp_path: Path) -> Handing:
    """The office sends a file under a caption."""
    return handing(college, tmp_path)


def test_one_file_and_one_tap_bring_a_batch(college: Conversation, hand: Handing) -> None:
    shown = hand(sheet(TRAVEL, CHECK, ROOMS))
    assert shown.text.splitlines() == [
        "【反馈批次】巡察《校党委第三轮巡察反馈》3月2日（预览）",
        "议题2项、措施2项，涉及部门3个。",
        "以党委书记名义送确认，一键发布；领题后由责任领导按反馈分解措施。",
        "1项未写责任领导，按分管关系拟定。",
    ]
    assert (batches(college), brought(college)) == ([], [])

    assert college.press(OFFICE, "导入") == "已导入"

    [batch] = batches(college)
    assert (batch.number, batch.title) == ("B2026-01", "校党委第三轮巡察反馈")
    travel, rooms = brought(college)
    assert (travel.state, travel.owner_id) == (TopicState.CONFIRMING, college.id(FOREIGN))
    assert travel.source == "校党委第三轮巡察反馈", "it names the source already"
    assert rooms.owner_id == college.id("后勤副院长")
    assert "措施：反馈2项，已分解0项，确认办结0项" in college.last(OFFICE).text
    assert trail_is_whole(college)


def test_a_standing_authority_needs_no_tap(college: Conversation, hand: Handing) -> None:
    college.say(CHIEF, "授权")
    college.press(CHIEF, "授权")
    imported(college, hand)
    assert [topic.state for topic in brought(college)] == [TopicState.ISSUED] * 2


def test_another_chief_can_be_named_instead(college: Conversation, hand: Handing) -> None:
    hand(sheet(ROOMS))
    college.press(OFFICE, PRESIDENT)
    assert "以院长名义送确认" in college.last(OFFICE).text
    college.press(OFFICE, "导入")
    assert brought(college)[0].issuer_id == college.id(PRESIDENT)


def test_rows_can_be_pasted(college: Conversation) -> None:
    rows = "问题概述\t整改目标\t牵头单位\t完成时限\t具体措施\n"
    rows += "差旅审批不规范\t流程闭环\t财务处\t2026-06-30\t修订办法"
    shown = college.say(OFFICE, f"反馈批次 审计 经责审计 3月1日\n{rows}")
    assert "【反馈批次】审计《经责审计》3月1日" in shown.text
    college.press(OFFICE, "导入")
    [topic] = brought(college)
    assert (topic.title, topic.owner_id) == ("差旅审批不规范", college.id(DEPUTY))
    assert topic.source == "经责审计", "the name says where it comes from"


def test_step_by_step_it_comes_as_well(college: Conversation, hand: Handing) -> None:
    empty = college.say(OFFICE, "反馈批次")
    assert "还没有反馈批次" in empty.text
    college.press(OFFICE, "新批次")
    assert college.last(OFFICE).labels == ["巡察", "执纪审查", "审计", "专项检查", "自查", "取消"]
    college.press(OFFICE, "审计")
    assert "请发送审计反馈表" in college.last(OFFICE).text
    assert "粘贴带列名的表格行" in college.say(OFFICE, "马上发").text
    assert "【反馈批次】审计《2026年审计反馈》" in hand(sheet(ROOMS), "").text
    assert "请点“导入”" in college.say(OFFICE, "好").text
    college.say(OFFICE, "问题概述|整改目标|责任领导|完成时限\n另一题|目标|副书记|6月30日")
    college.press(OFFICE, "导入")
    assert [topic.title for topic in brought(college)] == ["另一题"]


def test_the_source_may_be_typed(college: Conversation) -> None:
    college.say(OFFICE, "反馈批次 春季巡看")
    assert "反馈来自哪里" in college.last(OFFICE).text
    assert "反馈来自哪里" in college.say(OFFICE, "不知道").text
    assert "请发送巡察反馈表" in college.say(OFFICE, "巡察").text


def test_what_the_gate_stops_passes_with_the_offices_reason(college: Conversation, hand: Handing) -> None:
    word = college.policy.gate_words[0]
    shown = hand(sheet((1, f"{word}制度不全", "x", "目标", FOREIGN, "国际处", JUNE, *[None] * 4)))
    assert "可能涉及敏感内容" in shown.text
    assert word not in shown.text
    college.press(OFFICE, "放行")
    assert "议题1项" in college.say(OFFICE, "制度建设事项，经办公室审核").text
    college.press(OFFICE, "导入")
    assert len(brought(college)) == 1


def test_a_file_that_changed_its_mind_is_not_imported(
    college: Conversation, hand: Handing, tmp_path: Path
) -> None:
    hand(sheet(ROOMS))
    preview = college.last(OFFICE)
    hand(sheet(ROOMS), "")
    college.press(OFFICE, "导入")
    assert "失效" in college.press(OFFICE, "导入", preview)
    assert len(brought(college)) == 1


def test_what_became_wrong_since_the_preview_is_refused(college: Conversation, hand: Handing) -> None:
    hand(sheet(ROOMS))
    college.issued(owner="后勤副院长", title=str(ROOMS[1]))
    assert "情况有变" in college.press(OFFICE, "导入")
    assert "台账中已有" in college.last(OFFICE).text
    assert len(brought(college)) == 1


def test_a_file_that_is_gone_is_said(college: Conversation, hand: Handing, tmp_path: Path) -> None:
    content = sheet(ROOMS)
    hand(content)
    (tmp_path / hashlib.sha256(content).hexdigest()).unlink()
    assert "请重新发送" in college.press(OFFICE, "导入")


def test_the_template_can_be_filled_and_sent_back(college: Conversation, hand: Handing) -> None:
    college.say(OFFICE, "反馈模板")
    content = college.files["template.xlsx"]
    book = Opened(BytesIO(content))
    assert book.names == ["反馈清单", "责任清单", "填写说明", "名单"]
    blank = book.sheet("反馈清单")
    assert blank.data_validations.count >= 6
    assert blank["B1"].comment is not None
    assert "没有找到认识的表头" in hand(content).text, "nothing filled in is no batch"
    filled = college_filled(content)
    assert "议题1项、措施2项" in hand(filled).text
    assert "另有责任1项" in college.last(OFFICE).text
    college.press(OFFICE, "导入")
    [duty] = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.DUTY))
    assert (duty.title, duty.unit_id) == ("管好因公出国", college.unit("国际处"))


def college_filled(content: bytes) -> bytes:
    book = load_workbook(BytesIO(content))
    sheet_ = book["反馈清单"]
    head = [cell.value for cell in sheet_[1]]
    given = {
        "问题概述": "台账不全",
        "整改目标": "齐全",
        "牵头单位": "国际处",
        "完成时限": JUNE,
        "具体措施": "建账\n核账",
    }
    for name, value in given.items():
        sheet_.cell(2, head.index(name) + 1, value)
    for place, value in enumerate(("国际处", "党风廉政责任", "管好因公出国", "零违规", None, MAY), 1):
        book["责任清单"].cell(2, place, value)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_a_realistic_batch_comes_in_one_go(college: Conversation, hand: Handing) -> None:
    units = ("国际处", "财务处", "后勤处", "审计处")
    rows: list[Row] = []
    for no in range(1, 13):
        rows.append(
            (no, f"问题{no}", "内容", "目标", FOREIGN, units[no % 4], JUNE, f"措施{no}-1", *[None] * 3)
        )
        rows += [(None, *[None] * 6, f"措施{no}-{m}", units[m % 4], MAY, None) for m in range(2, 14)]
    assert "议题12项、措施156项" in hand(sheet(*rows)).text
    college.press(OFFICE, "导入")
    college.press(CHIEF, "全部发布")
    assert len({topic.number for topic in brought(college)}) == 12
    assert trail_is_whole(college)


def test_measures_may_have_a_table_of_their_own(college: Conversation) -> None:
    book = xlsx(
        (
            "问题",
            [("问题编号", "议题", "目标", "责任领导", "时限"), ("1", "题", "目标", DEPUTY, JUNE)],
        ),
        ("措施", [("问题编号", "措施编号", "具体措施", "牵头单位", "完成时限"), (1, 1, "做", "财务处", MAY)]),
    )
    found = read_batch(book, "反馈.xlsx", vocabulary())
    assert [record.sheet for record in found.rows] == ["问题", "措施"]


def test_whoever_is_not_the_office_brings_no_batch(college: Conversation, hand: Handing) -> None:
    for who in (FOREIGN, HEAD, "系统管理员", "纪委书记", CHIEF):
        assert "由联席会议办公室办理" in hand(sheet(ROOMS), who=who).text, who
        assert "由联席会议办公室办理" in college.say(who, "反馈模板").text
    for who in (FOREIGN, HEAD):
        assert "由联席会议办公室办理" in college.say(who, "反馈批次").text
    assert "私聊" in college.say(OFFICE, "反馈批次", group=True).text
    assert brought(college) == []
