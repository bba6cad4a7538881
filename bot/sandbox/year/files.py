"""The files people of the year send: the inspection's findings as a sheet, and evidence."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from bot.sandbox.params import Upload

Row = tuple[str | int | date | None, ...]

HEADINGS: Final[Row] = (
    *("问题编号", "问题概述", "短题", "问题内容", "整改目标", "责任领导", "牵头单位", "配合单位", "完成时限"),
    *("整改类型", "责任制", "具体措施", "措施牵头单位", "措施时限", "成果形式"),
)
FINDINGS: Final[tuple[Row, ...]] = (
    (
        *(1, "采购验收不规范", "采购验收", "验收单不全，事后补签", "验收留痕、责任到人", "后勤副院长"),
        *("国资处", "财务处", date(2026, 5, 8), "立行立改", "党风廉政"),
        *("补齐2025年以来验收单", "国资处", date(2026, 4, 24), "验收单"),
    ),
    (*(None,) * 11, "修订采购验收办法，按季抽查", "国资处", date(2026, 5, 8), "办法、抽查记录"),
    (*(None,) * 11, "付款前核对验收单", "财务处", date(2026, 5, 8), "核对台账"),
)


def findings() -> Upload:
    """The inspection's findings: one row a topic, the rows below it its further measures."""
    held = BytesIO()
    book = Workbook(held, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 4, 7, tzinfo=UTC)})
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("反馈清单")
    for no, row in enumerate((HEADINGS, *FINDINGS)):
        for place, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(no, place, value, days)
            elif value is not None:
                sheet.write(no, place, value)
    book.close()
    return Upload("校党委巡察反馈清单.xlsx", held.getvalue())


def evidence(name: str) -> Callable[[], Upload]:
    """A one-page PDF of that name: what proves a thing is not the story's business."""
    return partial(Upload, f"{name}.pdf", PAGE)


PAGE: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
