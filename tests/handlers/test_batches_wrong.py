"""What is wrong with a batch is said cell by cell, and nothing of it comes in."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.handlers.conversation import Conversation
from tests.handlers.handing import (
    CHECK,
    CHIEF,
    FOREIGN,
    JUNE,
    OFFICE,
    TRAVEL,
    Handing,
    batches,
    brought,
    handing,
    imported,
    sheet,
)
from tests.reports.opened import Opened
from tests.services.sheets import xlsx


@pytest.fixture
def hand(college: Conversation, tmp_path: Path) -> Handing:
    """The office sends a file under a caption."""
    return handing(college, tmp_path)


def test_the_same_batch_does_not_come_twice(college: Conversation, hand: Handing) -> None:
    imported(college, hand)
    assert "反馈清单 B2：台账中已有（因公出国内控不完善）" in hand(sheet(TRAVEL, CHECK)).text
    college.press(CHIEF, "全部发布")
    assert "反馈清单 B2：台账中已有" in hand(sheet(TRAVEL, CHECK)).text


def test_what_is_wrong_is_named_cell_by_cell_and_nothing_comes_in(
    college: Conversation, hand: Handing
) -> None:
    wrong = [
        (1, "一", "x", "目标", "外事副校长", "国际部", JUNE, "措施", None, date(2026, 7, 1), None),
        (2, "二", "x", None, FOREIGN, "国际处", date(2026, 2, 30 - 5), "=1+1", None, "猴年", None),
        (2, "换了题目", "x", None, None, None, None, "措施", None, None, None),
        (1, "一", "x", None, None, None, None, None, None, None, None),
        (9, None, None, None, None, None, None, "措施", None, None, None),
    ]
    hand(sheet(*wrong[:2]))
    first = college.last(OFFICE)
    later = hand(sheet(wrong[1][:3] + wrong[0][3:4] + wrong[1][4:7] + (None,) * 4, *wrong[2:]), "")
    assert "没有导入任何内容" in first.text
    for said in (
        "E2：名册中没有此人（外事副校长）是否指“外事副院长”？",
        "F2：没有这个部门（国际部）是否指“国际处”？",
        "J2：晚于议题时限",
        "D3：缺少内容",
        "G3：日期已经过去",
        "H3：是公式，请改为数值",
        "J3：不是日期（猴年）",
    ):
        assert f"反馈清单 {said}" in first.text
    for said in ("A3：同一编号下题目不一致（2）", "A5：没有这个编号的问题（9）"):
        assert f"反馈清单 {said}" in later.text
    shown = hand(sheet(TRAVEL, (1, TRAVEL[1], None, None, None, None, None, None, None, None, None)), "")
    assert "反馈清单 B3：重复（因公出国内控不完善）" in shown.text
    assert shown.labels == ["反馈模板", "取消"]
    assert (batches(college), brought(college)) == ([], [])


def test_the_corrected_file_is_simply_sent_again(college: Conversation, hand: Handing) -> None:
    hand(sheet((1, "一", "x", None, FOREIGN, "国际处", JUNE, None, None, None, None)))
    shown = hand(sheet(TRAVEL), "")
    assert "【反馈批次】巡察《校党委第三轮巡察反馈》" in shown.text
    college.press(OFFICE, "导入")
    assert len(brought(college)) == 1


def test_many_problems_come_as_a_sheet(college: Conversation, hand: Handing) -> None:
    rows = [(no, f"题目{no}", "", None, FOREIGN, "国际处", JUNE, *[None] * 4) for no in range(1, 15)]
    hand(sheet(*rows))
    ordered, brought_ = college.cards(OFFICE)[-2:]
    assert "有14处问题" in ordered.text
    assert "全部问题另附表格" in ordered.text
    assert brought_.text == "共14处问题，按单元格列出。改好后请重发整个反馈表。"
    listed = Opened(BytesIO(college.files["problems.xlsx"])).rows("问题")
    assert (listed[0]["单元格"], listed[0]["问题"]) == ("D2", "缺少内容")
    assert len(listed) == 14


def test_merged_and_hidden_cells_are_said(college: Conversation, hand: Handing) -> None:
    assert "反馈清单 B3：合并单元格，请拆分" in hand(sheet(TRAVEL, CHECK, merge=["B2:B3"])).text
    shown = hand(hidden(sheet(TRAVEL, CHECK)), "")
    assert "有隐藏的行或列，已一并读入：反馈清单 C、反馈清单 3。" in shown.text


def hidden(content: bytes) -> bytes:
    """The same with a column and a row nobody sees."""
    book = load_workbook(BytesIO(content))
    found = book.worksheets[0]
    found.column_dimensions["C"].hidden = True
    found.row_dimensions[3].hidden = True
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_ten_thousand_rows_are_refused_with_the_limit(college: Conversation, hand: Handing) -> None:
    rows = [(no, f"题目{no}") for no in range(10_001)]
    assert hand(xlsx(("反馈", [("问题编号", "问题概述"), *rows]))).text == "表格超过10000行，请拆分后再发。"
    assert brought(college) == []


def test_more_than_two_hundred_topics_are_no_batch(college: Conversation, hand: Handing) -> None:
    rows = [(no, f"题目{no}", "", "目标", FOREIGN, "国际处", JUNE, *[None] * 4) for no in range(1, 203)]
    assert "B202：议题超过200项，请分批" in hand(sheet(*rows)).text


def test_what_is_no_batch_is_refused(college: Conversation, hand: Handing) -> None:
    assert "没有找到认识的表头" in hand(xlsx(("表", [("甲", "乙"), (1, 2)]))).text
    assert "不是表格" in hand(b"%PDF", name="反馈.pdf").text
    assert "打不开" in hand(b"PK\x03\x04").text


def test_the_command_said_again_begins_anew(college: Conversation, hand: Handing) -> None:
    college.say(OFFICE, "反馈批次 巡察")
    assert "请发送审计反馈表" in college.say(OFFICE, "反馈批次 审计 年度审计").text
    college.say(OFFICE, "反馈批次 巡察")
    shown = hand(sheet(TRAVEL), "反馈批次 审计 年度审计")
    assert "审计《年度审计》" in shown.text
