"""The pages show what the chat shows, by the same rights, and what people typed is never markup."""

import hashlib
from io import BytesIO
from time import perf_counter
from typing import Any

import openpyxl
import pytest
from sqlalchemy import insert

from handlers.incoming import Fetched
from services import accessing
from storage.tables_work import topics as topics_table
from tests.board.conftest import Site
from tests.handlers.college import PEOPLE
from workflow.topic import Topic

pytestmark = [
    pytest.mark.sqlite("what a page shows is the same on either; the store's own tests run on both"),
    pytest.mark.asyncio(loop_scope="module"),
]
SECRET = "不可外传的题目"
XSS = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"
WATCHING = ("党委书记", "院长", "党办主任", "纪委书记", "纪委干事", "党委委员")


async def page(site: Site, who: str, path: str, status: int = 200) -> str:
    async with site.asking(who) as http, http.get(site.url + path) as answer:
        assert answer.status == status, (who, path)
        return await answer.text()


def secret(site: Site) -> Topic:
    return site.college.issued(title=SECRET, short_title="不可外传", problem="里面的事", confidential=True)


async def test_the_ledger_is_what_the_chat_lists(site: Site) -> None:
    """Whoever watches over everything sees all; anybody else, what concerns them."""
    topic = site.college.issued()
    concerned = {*WATCHING, "外事副院长", "国际处处长", "国际处联络员"}
    for who in PEOPLE:
        listed = topic.number in await page(site, who, "/ledger")
        assert listed is (who in concerned), who
        assert listed is (topic.number in site.college.say(who, "台账 待领题").text), who
        seen = await page(site, who, f"/topics/{topic.number}", 200 if listed else 404)
        assert (topic.title in seen) is listed, who


async def test_of_a_confidential_topic_lists_show_the_number_and_its_page_who_may_view(
    site: Site,
) -> None:
    topic, college = secret(site), site.college
    college.say("党委书记", f"议题 {topic.number}")
    for who in PEOPLE:
        may = SECRET in college.say(who, f"议题 {topic.number}").text
        for path in ("/", "/ledger", "/mine", "/meetings", "/ledger?text=外传"):
            assert SECRET not in await page(site, who, path), (who, path)
        shown = await page(site, who, f"/topics/{topic.number}", 200 if may else 404)
        assert (SECRET in shown, "里面的事" in shown, "不公开" in shown) == (may, may, may), who


async def test_where_a_deadline_was_moved_the_first_one_and_the_count_stay_visible(site: Site) -> None:
    topic, college = site.college.issued(), site.college
    assert "原定" not in await page(site, "党委书记", "/ledger")
    college.say("外事副院长", f"领题 {topic.number}")
    college.say("外事副院长", f"延期 {topic.number} 9月30日 等待招标结果")
    college.press("外事副院长", "提交申请")
    college.say("党委书记", "待批")
    college.press("党委书记", "同意延期")
    listed = await page(site, "党委书记", "/ledger")
    assert "2026-09-30" in listed
    assert "原定2026-06-30，已延期1次" in listed


async def test_that_somebody_looked_at_a_confidential_topic_is_noted(site: Site) -> None:
    topic = secret(site)
    await page(site, "外事副院长", f"/topics/{topic.number}")
    await page(site, "财务处处长", f"/topics/{topic.number}", 404)
    await page(site, "外事副院长", "/ledger")
    seen = site.college.ask(lambda tx: accessing.of_topic(tx, topic.number))
    assert [sight.title for sight in seen].count("外事副院长") == 1
    assert "财务处处长" not in {sight.title for sight in seen}


async def test_what_people_typed_is_text(site: Site) -> None:
    college = site.college
    topic = college.issued(title=XSS, short_title="x", problem=XSS, goal=XSS, source=XSS)
    college.say("外事副院长", f"领题 {topic.number}")
    college.say("外事副院长", f"报进展 {topic.number} {XSS}")
    for path in (
        "/",
        "/ledger",
        f"/ledger?text={XSS}",
        f"/topics/{topic.number}",
        "/mine",
        f"/ledger?state={XSS}",
    ):
        shown = await page(site, "外事副院长", path)
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path
    assert "&lt;script&gt;alert(1)" in await page(site, "外事副院长", f"/topics/{topic.number}")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "123"),
        ("state=issued", "12"),
        ("state=in_progress", "3"),
        ("state=nonsense&year=x&unit=9999&category='&page=-3", "123"),
        ("late=1", ""),
        ("soon=1", ""),
        ("year=2026", "123"),
        ("year=2025", ""),
        ("text=采购", "2"),
        ("text=2026-003", "3"),
        ("text=%25", ""),
        ("page=99999999999999", "123"),
    ],
)
async def test_filters(site: Site, query: str, shown: str) -> None:
    college = site.college
    college.issued()
    college.issued(title="采购验收不规范", owner="后勤副院长", lead_units=(college.unit("后勤处"),))
    college.say("外事副院长", f"领题 {college.issued().number}")
    listed = await page(site, "党委书记", f"/ledger?{query}")
    assert [no for no in "123" if f"/topics/2026-00{no}" in listed] == list(shown)


async def test_filters_by_unit_category_and_oneself(site: Site) -> None:
    college = site.college
    college.issued(category="finance")
    college.issued(owner="后勤副院长", lead_units=(college.unit("后勤处"),))
    for query, number in (
        (f"unit={college.unit('后勤处')}", "2026-002"),
        ("category=finance", "2026-001"),
        ("own=1", None),
    ):
        listed = await page(site, "纪委书记", f"/ledger?{query}")
        found = [n for n in ("2026-001", "2026-002") if f"/topics/{n}" in listed]
        assert found == ([number] if number else []), query
    college.pass_(days=118)
    assert "/topics/2026-001" in await page(site, "纪委书记", "/ledger?soon=1")
    college.pass_(days=32)
    assert "个工作日" in await page(site, "纪委书记", "/ledger?late=1")


async def test_the_excel_file_is_what_the_filters_leave(site: Site) -> None:
    college = site.college
    college.issued()
    college.issued(title="采购验收不规范", owner="后勤副院长", lead_units=(college.unit("后勤处"),))
    async with site.asking("党办主任") as http:
        async with http.get(f"{site.url}/ledger.xlsx?text=采购") as answer:
            assert answer.status == 200
            assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
            book = openpyxl.load_workbook(BytesIO(await answer.read()))
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        assert [row[1] for row in rows[1:]] == ["2026-002"]
        async with http.get(f"{site.url}/ledger.xlsx?text=nothing") as answer:
            assert answer.status == 404
    assert college.ask(lambda tx: _events(tx)).count("ledger_exported") == 1


async def test_evidence_is_handed_over_as_it_came_and_only_to_who_may_view(site: Site) -> None:
    college, content = site.college, b"%PDF-1.7 <script>alert(1)</script>"
    digest = hashlib.sha256(content).hexdigest()
    path = college.policy.kept(digest)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    topic = college.issued()
    college.say("外事副院长", f"领题 {topic.number}")
    file = Fetched(digest, '报告"<b>.pdf', "application/pdf", len(content))
    college.say("外事副院长", f"报进展 {topic.number} 见附件", files=[file])
    shown = await page(site, "外事副院长", f"/topics/{topic.number}")
    href = shown.split('<a href="/board/files/')[1].split('"')[0]
    for who, status in (("外事副院长", 200), ("纪委书记", 200), ("财务处处长", 404)):
        async with site.asking(who) as http, http.get(f"{site.url}/files/{href}") as answer:
            assert answer.status == status, who
            if status != 200:
                continue
            assert await answer.read() == content
            told = answer.headers
            assert told["Content-Type"] == "application/pdf"
            assert told["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%8A%A5")
            assert told["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in told["Content-Security-Policy"]
    report = href.partition("/")[0]
    await page(site, "外事副院长", f"/files/{report}/{'a' * 64}", 404)
    await page(site, "外事副院长", f"/files/999/{digest}", 404)
    path.unlink()
    await page(site, "外事副院长", f"/files/{href}", 404)


async def test_the_timeline_tells_all_and_measures_stand_with_their_dates(site: Site) -> None:
    college = site.college
    number = college.issued().number
    college.say("外事副院长", f"领题 {number}")
    college.say("外事副院长", f"分解 {number} 国际处修订办法，3月10日前")
    college.press("外事副院长", "下达")
    long = "进展" * 100
    college.say("国际处处长", f"报进展 {number}-1 {long}，完成60%")
    college.pass_(days=20)
    shown = await page(site, "党委书记", f"/topics/{number}")
    assert shown.index("<b>领题</b>") < shown.index("<b>发布</b>"), "the latest first, within a minute too"
    for said in (long, "措施1", "国际处修订办法", "60%", "领题", "外事副院长", "逾期"):
        assert said in shown, said


async def test_my_list_is_the_chats(site: Site) -> None:
    college = site.college
    topic = college.issued()
    assert f"/topics/{topic.number}" in await page(site, "外事副院长", "/mine")
    assert "目前没有等您办理的事项" in await page(site, "财务处处长", "/mine")
    college.pass_(days=150)
    college.say("外事副院长", f"领题 {topic.number}")
    assert "已逾期" in await page(site, "外事副院长", "/mine")


async def test_with_nothing_to_show_a_page_says_what_there_will_be(site: Site) -> None:
    for path, said in (
        ("/", "还没有您可以查阅的议题"),
        ("/ledger", "没有符合条件的议题"),
        ("/meetings", "目前没有与您有关的会议"),
        ("/mine", "目前没有等您办理的事项"),
    ):
        assert said in await page(site, "财务处处长", path)


async def test_five_thousand_topics_are_paged_quickly(site: Site) -> None:
    college = site.college
    first = college.issued()

    def many(tx: Any) -> None:
        row = dict(tx.connection.execute(topics_table.select()).mappings().one())
        del row["id"]
        rows = [row | {"number": f"2026-{no:04}", "title": f"第{no}题"} for no in range(1000, 6000)]
        tx.connection.execute(insert(topics_table), rows)

    college.store.run_now(many)
    async with site.asking("党委书记") as http:
        for path in ("/ledger", "/ledger?page=100", "/ledger?text=第4999题", "/ledger?late=1", "/", "/mine"):
            begun = perf_counter()
            async with http.get(site.url + path) as answer:
                shown = await answer.text()
            assert answer.status == 200
            assert perf_counter() - begun < 3, path
            assert len(shown) < 200_000 or path == "/mine", path
        async with http.get(f"{site.url}/ledger?page=201") as answer:
            assert first.number in await answer.text()


async def test_in_english_a_page_speaks_english(site: Site) -> None:
    site.college.say("院长", "设置 语言 English")
    site.college.issued()
    assert '<html lang="en">' in await page(site, "院长", "/ledger")
    assert "Lead unit" in await page(site, "院长", "/ledger")


def _events(tx: Any) -> list[str]:
    return [row[0] for row in tx.connection.exec_driver_sql("SELECT event FROM journal ORDER BY seq")]
