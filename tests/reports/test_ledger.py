"""The ledger as an office hands it in: opened again, every sheet says what the college knows, in its form."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from handlers.texts import catalogue
from handlers.texts.sheets import vocabulary
from reports.ledger_columns import COLUMNS, TOPICS
from reports.workbook import A3, Plan, workbook
from services import claiming, extending, measuring, progress, verifying
from services.measuring import Step
from services.sheets import read
from storage import requests
from storage.ledger_slices import slices
from storage.requests import RequestKind
from tests.handlers.conversation import Conversation
from tests.reports.opened import ledger_of
from workflow.topic import Cycle, Kind, Topic

CHIEF, OWNER, HEAD, DISCIPLINE = "党委书记", "外事副院长", "国际处处长", "纪委书记"
JULY = datetime(2026, 7, 3, 2, tzinfo=UTC)
MAY, JUNE = datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC), datetime(2026, 6, 20, 15, 59, 59, tzinfo=UTC)


def claimed(college: Conversation, **more: Any) -> Topic:
    topic = college.issued(**more)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    return topic


def under_way(college: Conversation) -> Topic:
    """Claimed, decomposed, reported on twice (the first words corrected by the second), extended."""
    topic = claimed(college, category="finance", source="专项检查")
    steps = [
        Step("修订办法", (college.unit("国际处"),), MAY),
        Step("清理证照", (college.unit("财务处"),), JUNE),
    ]
    made = college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    college.do(
        HEAD, lambda work: progress.report(work, topic.id, "初稿已完成", measure_id=made[0].id, percent=60)
    )
    college.do(
        OWNER,
        lambda work: extending.ask(work, topic.id, datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC), "招标"),
    )
    [asked] = college.ask(lambda tx: requests.of_topic(tx, topic.id))
    assert asked.kind is RequestKind.EXTENSION
    college.do(CHIEF, lambda work: extending.grant(work, asked.id))
    return topic


def test_every_sheet_is_set_up_to_be_read_and_printed(college: Conversation, tmp_path: Path) -> None:
    college.issued()
    book = ledger_of(college, CHIEF, tmp_path)

    assert book.names == ["问题台账", "责任清单", "措施清单", "逾期事项", "销号情况"]
    for name in book.names:
        sheet = book.sheet(name)
        assert sheet.freeze_panes == "C2", "the head and the number stay"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.center.text
        assert name in sheet.oddHeader.center.text
        assert all(sheet.column_dimensions[c].width > 5 for c in "ABC")
    assert book.sheet("问题台账").page_setup.paperSize == A3


def test_dates_are_dates_and_shares_are_numbers(college: Conversation, tmp_path: Path) -> None:
    under_way(college)
    book = ledger_of(college, CHIEF, tmp_path)
    [row] = book.rows("问题台账")

    assert (row["序号"], row["编号"], row["问题来源"], row["问题类型"]) == (
        1,
        "2026-001",
        "专项检查",
        "财务资产",
    )
    assert row["整改措施"] == "1. 修订办法\n2. 清理证照"
    assert (row["责任领导"], row["牵头单位"], row["负责人"]) == (OWNER, "国际处", HEAD)
    assert day(row["完成时限"]) == "2026-06-30", "the first deadline stays visible"
    assert day(row["延期后时限"]) == "2026-07-31"
    assert (row["进展情况"], row["完成状态"], row["销号日期"]) == ("初稿已完成", "整改中", None)
    first, second = book.rows("措施清单")
    assert (first["措施编号"], first["具体措施"], first["完成进度"]) == (1, "修订办法", 0.6)
    assert (second["牵头单位"], day(second["完成时限"]), second["完成状态"]) == (
        "财务处",
        "2026-06-20",
        "已下达",
    )
    assert formatted(book.sheet("措施清单"), "完成进度") == "0%"
    assert formatted(book.sheet("问题台账"), "完成时限") == "yyyy-mm-dd"


def test_what_is_late_and_what_was_closed_have_sheets_of_their_own(
    college: Conversation, tmp_path: Path
) -> None:
    under_way(college)
    done = claimed(college, short_title="已办", deadline=JULY)
    college.do(OWNER, lambda work: verifying.submit(work, done.id, "全部完成"))
    college.do(DISCIPLINE, lambda work: verifying.close(work, done.id))
    college.issued(deadline=JUNE)
    college.clock.advance(JULY - college.clock.now())

    book = ledger_of(college, DISCIPLINE, tmp_path)

    late = [
        (row["编号"], row["措施编号"], row["牵头单位"], row["逾期工作日"]) for row in book.rows("逾期事项")
    ]
    assert late == [
        ("2026-001", 1, "国际处", 24),
        ("2026-001", 2, "财务处", 10),
        ("2026-003", None, "国际处", 10),
    ]
    [closed] = book.rows("销号情况")
    assert (closed["编号"], day(closed["销号日期"])) == ("2026-002", "2026-03-02")
    assert closed["回头看结论"] is None, "left for handwriting"


def test_words_corrected_or_taken_back_are_not_the_last_words(college: Conversation, tmp_path: Path) -> None:
    claimed(college)
    card = college.last(OWNER)
    college.say(OWNER, "初稿完成 30%", reply_to=card, files=["会议纪要.pdf"])
    college.correct(OWNER, "二稿完成 50%")
    [row] = ledger_of(college, CHIEF, tmp_path).rows("问题台账")
    assert (row["进展情况"], row["完成进度"], row["佐证材料"]) == ("二稿完成 50%", 0.5, 1)

    college.clock.advance(timedelta(minutes=1))
    college.say(OWNER, "全部完成 100%", reply_to=card)
    college.press(OWNER, "撤回")
    [row] = ledger_of(college, CHIEF, tmp_path).rows("问题台账")
    assert (row["进展情况"], row["完成进度"]) == ("二稿完成 50%", 0.5)

    college.say(OWNER, "申请销号 001")
    college.press(OWNER, "申请销号")
    [row] = ledger_of(college, CHIEF, tmp_path).rows("问题台账")
    assert (row["进展情况"], row["完成状态"]) == ("二稿完成 50%", "待核验"), "handed in without a word"


def test_a_long_ledger_is_read_in_slices(college: Conversation) -> None:
    for _ in range(5):
        college.issued()
    read_ = college.ask(lambda tx: [[one.topic.number for one in some] for some in slices(tx, size=2)])
    assert read_ == [["2026-001", "2026-002"], ["2026-003", "2026-004"], ["2026-005"]]


def test_what_people_typed_is_never_a_formula(college: Conversation, tmp_path: Path) -> None:
    college.issued(title='=HYPERLINK("http://x")', problem="+1+1", goal="-2\t@SUM(A1)", source="=cmd|x")
    sheet = ledger_of(college, CHIEF, tmp_path).sheet("问题台账")

    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    grid = read(tmp_path / "ledger.xlsx", "ledger.xlsx")[0]
    said = [value for value in grid.lines[1].cells.values() if isinstance(value, str)]
    assert [text for text in said if text.startswith(("=", "+", "-", "@"))] == []
    assert "'+1+1" in said


def test_of_a_confidential_topic_a_file_says_no_words(college: Conversation, tmp_path: Path) -> None:
    topic = claimed(college, title="不便公开的事", short_title="不便公开", problem="细节", confidential=True)
    step = Step("查清细节", (college.unit("国际处"),), JUNE)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.do(HEAD, lambda work: progress.report(work, topic.id, "细节如下"))
    college.clock.advance(JULY - college.clock.now())

    for who in (CHIEF, OWNER, HEAD):
        book = ledger_of(college, who, tmp_path)
        text = "".join(str(value) for name in book.names for row in book.rows(name) for value in row.values())
        assert "细节" not in text
        assert "不便公开" not in text
        assert "国际处" not in text
        [row] = book.rows("问题台账")
        assert (row["编号"], row["问题概述"], row["责任领导"]) == ("2026-001", "（不公开）", OWNER)


def test_everybody_gets_the_topics_they_may_see(college: Conversation, tmp_path: Path) -> None:
    college.issued()
    college.issued(owner="后勤副院长", lead_units=(college.unit("后勤处"),))

    def numbers(who: str) -> list[str]:
        return [row["编号"] for row in ledger_of(college, who, tmp_path).rows("问题台账")]

    assert numbers("党办主任") == numbers(CHIEF) == ["2026-001", "2026-002"]
    assert (numbers(OWNER), numbers("后勤处处长")) == (["2026-001"], ["2026-002"])
    assert numbers("系统管理员") == []


def test_a_standing_topic_says_how_often_instead_of_until_when(college: Conversation, tmp_path: Path) -> None:
    college.issued(kind=Kind.STANDING, cycle=Cycle.MONTHLY, deadline=None)
    [row] = ledger_of(college, CHIEF, tmp_path).rows("问题台账")
    assert (row["整改类型"], row["反馈周期"], row["完成时限"]) == ("长期坚持", "每月报告", None)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_import_knows_the_columns_of_an_export(language: str) -> None:
    say, known = catalogue(language), vocabulary()
    added = {"percent"}
    for name, _, _ in COLUMNS[TOPICS]:
        heading = say(f"ledger.column.{name}")
        assert name in added or known.heading("ledger", heading) == name, heading


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    plan = Plan("表", "", "", ())
    with pytest.raises(ZeroDivisionError), workbook(tmp_path / "broken.xlsx", [plan]):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def day(cell: Any) -> str:
    """The day a cell holds, as a date and not as text."""
    assert isinstance(cell, datetime)
    return cell.date().isoformat()


def formatted(sheet: Worksheet, heading: str) -> str:
    """How the first row shows the value under a heading."""
    head = [cell.value for cell in sheet[1]]
    return str(sheet.cell(2, head.index(heading) + 1).number_format)
