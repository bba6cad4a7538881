"""导出台账 through the whole stack: answered at once, then a file that Excel's own readers open."""

from io import BytesIO
from pathlib import Path

from tests.reports.opened import Opened
from tests.stories.player import playing

OFFICE = "党办主任"


async def test_the_office_takes_the_ledger_out(tmp_path: Path) -> None:
    async with playing(tmp_path, "zh") as play:
        await play.say(OFFICE, "台账")
        await play.press(OFFICE, "export")
        answered, told, sent = (await play.heard(OFFICE))[-3:]

        assert "正在生成" in answered["text"]
        assert "不公开的议题只列编号" in told["text"]
        assert sent["files"][0]["name"].endswith("台账2026-03-02.xlsx")
        async with play.http.get(f"{play.url}{sent['files'][0]['url']}") as answer:
            book = Opened(BytesIO(await answer.read()))
        assert [row["编号"] for row in book.rows("问题台账")] == ["2026-001", "2026-002", "2026-003"]
