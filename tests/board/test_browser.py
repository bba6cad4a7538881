"""The board in a real browser: beautiful to a machine, too (axe), by keyboard, on paper, on a projector."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from handlers.incoming import Fetched
from services.affairs import acting
from services.work import Work
from tests.board.conftest import Site, visiting
from tests.handlers.conversation import Conversation
from tests.sandbox.browsing import CHROMIUM, PHONE
from workflow.affair import AffairKind

pytestmark = [
    pytest.mark.sqlite("what a page shows is the same on either; the store's own tests run on both"),
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]
PAGES = ("/", "/ledger", "/topics/2026-001", "/topics/2026-002", "/meetings", "/mine", "/topics/2026-999")
SCREENS = ("/meetings/M2026-01", "/meetings/M2026-01?item=1", "/meetings/M2026-01?item=2")


def meeting(college: Conversation) -> None:
    """A joint meeting with a topic, a confidential one and a matter of its own on its agenda."""

    def begun(work: Work) -> None:
        facts = {"sort": "joint", "at": (college.clock.now() + timedelta(days=3)).isoformat()}
        affair = acting.begin(
            work,
            AffairKind.MEETING,
            title="第一次联席会议",
            facts=facts,
            words={"place": "行政楼301"},
            person_id=college.id("党委书记"),
        )
        why = {"why": "overdue", "minutes": 10}
        acting.put(work, affair, "agenda", topic_id=1, person_id=college.id("外事副院长"), facts=why)  # type: ignore[arg-type]
        acting.put(work, affair, "agenda", topic_id=2, facts={"why": "new"})  # type: ignore[arg-type]
        acting.put(work, affair, "agenda", "研究年度工作安排", facts={"place": 3, "minutes": 20})
        acting.put(work, affair, "agenda", "已删去的一项", state="dropped")
        due = {"act": "note", "due": college.clock.now().isoformat()}
        acting.put(
            work, affair, "decision", "请国际处月底前报方案", unit_id=college.unit("国际处"), facts=due
        )

    college.do("党办主任", begun)


@pytest.fixture
def year(site: Site) -> Site:
    """Something on every page: a topic at work with measures and evidence, a secret, a meeting."""
    college = site.college
    college.issued()
    college.issued(title="不可外传的题目", short_title="不可外传", confidential=True)
    college.say("外事副院长", "领题 2026-001")
    college.say("外事副院长", "分解 2026-001 国际处修订办法，3月10日前")
    college.press("外事副院长", "下达")
    content = b"%PDF-1.7"
    digest = hashlib.sha256(content).hexdigest()
    path = college.policy.kept(digest)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    file = Fetched(digest, "办法（征求意见稿）.pdf", "application/pdf", len(content))
    college.say("外事副院长", "报进展 2026-001 初稿已成，完成40%", files=[file])
    college.pass_(days=20)
    meeting(college)
    return site


LOOKS = [
    pytest.param(language, scheme, viewport, id=f"{language}-{scheme}-{'phone' if viewport else 'desk'}")
    for language in ("zh", "en")
    for scheme, viewport in (("light", None), ("dark", None), ("light", PHONE))
]


@pytest.mark.parametrize(("language", "scheme", "viewport"), LOOKS)
async def test_axe_finds_nothing_on_any_page(
    browser: Browser, year: Site, language: str, scheme: str, viewport: Any
) -> None:
    college = year.college
    college.say("党委书记", "设置 语言 English" if language == "en" else "设置 语言 中文")
    look = {"color_scheme": scheme} | ({"viewport": viewport} if viewport else {})
    async with visiting(browser, year, "党委书记", lost=True, **look) as page:
        await clean(page, year, *PAGES, *SCREENS)
        assert await page.locator("html").get_attribute("lang") == ("en" if language == "en" else "zh-CN")
        await page.goto(year.link("党委书记"))
        await clean(page, year)


async def clean(page: Page, site: Site, *paths: str) -> None:
    for path in paths or ("",):
        if path:
            await page.goto(site.url + path)
        found = await Axe().run(page)
        assert not found.violations_count, f"{path}\n{found.generate_report()}"
        wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide"


async def test_a_keyboard_is_enough(browser: Browser, year: Site) -> None:
    async with visiting(browser, year, "党委书记") as page:
        await page.keyboard.press("Tab")
        await expect(page.locator(".skip")).to_be_focused()
        await expect(page.locator(".skip")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()
        await page.goto(f"{year.url}/ledger")
        await page.locator("input[name=text]").focus()
        await page.keyboard.type("出国")
        await page.keyboard.press("Enter")
        await expect(page.locator("tbody tr")).to_have_count(1)
        await page.locator("tbody a").focus()
        outline = await page.locator("tbody a").evaluate("one => getComputedStyle(one).outlineStyle")
        assert outline == "solid"
        await page.keyboard.press("Enter")
        await expect(page.locator("h1")).to_contain_text("因公出国管理内控制度不完善")


async def test_the_language_changes_here_and_not_in_the_chat(browser: Browser, year: Site) -> None:
    async with visiting(browser, year, "党委书记") as page:
        await page.goto(f"{year.url}/ledger?state=in_progress")
        await page.get_by_role("button", name="English").click()
        await expect(page.locator("h1")).to_have_text("Ledger")
        assert page.url.endswith("/ledger?state=in_progress")
        assert "台账" in year.college.say("党委书记", "台账").text
        await page.get_by_role("button", name="中文").click()
        await expect(page.locator("h1")).to_have_text("台账")


async def test_on_paper_there_is_the_content_and_nothing_to_press(browser: Browser, year: Site) -> None:
    async with visiting(browser, year, "党委书记") as page:
        await page.emulate_media(media="print")
        for path in ("/", "/ledger", "/topics/2026-001", *SCREENS[:1]):
            await page.goto(year.url + path)
            await expect(page.locator("h1")).to_be_visible()
            await expect(page.get_by_role("button")).to_have_count(0)
            for gone in (".bar nav", ".filters", ".pages", ".skip"):
                for one in await page.locator(gone).all():
                    await expect(one).to_be_hidden()
            background = await page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor")
            assert background == "rgb(255, 255, 255)"
            assert (await page.pdf(format="A4"))[:5] == b"%PDF-"


async def test_the_meeting_screen_shows_the_agenda_large_and_of_a_secret_the_number(
    browser: Browser, year: Site
) -> None:
    async with visiting(browser, year, "党委书记", viewport={"width": 1920, "height": 1080}) as page:
        await page.goto(f"{year.url}/meetings")
        await page.get_by_role("link", name="第一次联席会议").click()
        await expect(page.locator(".agenda").first.locator("h3")).to_have_text(
            ["2026-001《因公出国管理内控制度不完善》", "2026-002", "研究年度工作安排"]
        )
        text = await page.locator("main").inner_text()
        assert "不可外传" not in text
        assert "已删去" not in text
        for said in ("行政楼301", "党委书记", "外事副院长", "逾期", "10分钟", "请国际处月底前报方案"):
            assert said in text, said
        size = await page.locator(".agenda h3").first.evaluate(
            "one => parseFloat(getComputedStyle(one).fontSize)"
        )
        assert size >= 30
        await page.get_by_role("link", name="第1项").click()
        await expect(page.locator("h3")).to_have_count(1)
        await expect(page.locator(".texts")).to_contain_text("初稿已成")
        await page.get_by_role("link", name="下一项").click()
        await expect(page.locator("h3")).to_have_text("2026-002")
        await page.get_by_role("link", name="整个议程").click()
        await expect(page.locator("h3")).to_have_count(4)


async def test_the_meeting_screen_looks_again_by_itself_where_one_asks_for_it(
    browser: Browser, year: Site
) -> None:
    async with visiting(browser, year, "党办主任") as page:
        await page.clock.install()
        await page.goto(f"{year.url}/meetings/M2026-01")
        await page.get_by_label("自动刷新").check()
        year.college.say("外事副院长", "报进展 2026-001 即将完成，完成90%")
        await page.clock.run_for(31_000)
        await expect(page.locator(".agenda").first).to_contain_text("90%")
        await expect(page.get_by_label("自动刷新")).to_be_checked()


async def test_a_meeting_is_for_who_has_a_part_in_it_and_a_draft_agenda_for_who_keeps_it(year: Site) -> None:
    async def seen(who: str) -> tuple[int, str]:
        async with year.asking(who) as http, http.get(f"{year.url}/meetings/M2026-01") as answer:
            return answer.status, await answer.text()

    for who in ("党办主任", "党委书记"):
        assert "因公出国" in (await seen(who))[1], who
    status, page = await seen("财务处处长")
    assert (status, "还没有议程" in page, "研究年度" in page) == (200, True, False), (
        "may give an item, no more"
    )
    assert (await seen("系统管理员"))[0] == 404


async def test_without_scripts_all_of_it_works(browser: Browser, year: Site) -> None:
    async with visiting(browser, year, "外事副院长", java_script_enabled=False) as page:
        for path in PAGES[:-1]:
            await page.goto(year.url + path)
            await expect(page.locator("h1")).to_be_visible()
        await page.get_by_role("button", name="退出").click()
        await expect(page.locator("h1")).to_have_text("已退出")


async def test_evidence_is_downloaded_under_its_name(browser: Browser, year: Site) -> None:
    async with visiting(browser, year, "纪委书记") as page:
        await page.goto(f"{year.url}/topics/2026-001")
        async with page.expect_download() as begun:
            await page.get_by_role("link", name="办法（征求意见稿）.pdf").click()
        assert (await begun.value).suggested_filename == "办法（征求意见稿）.pdf"
