"""The sandbox's page in a real browser: what one sees, types, presses and drops, at a desk and on a phone."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, async_playwright, expect

from bot.sandbox.model import Telegram
from tests.sandbox.browsing import CHIEF, CHROMIUM, LEADER, OFFICE, PHONE, PIXEL, SAID, Clerk, say, visit
from tests.sandbox.local_telegram import Process, Sandbox, opened

pytestmark = [
    pytest.mark.sqlite("the sandbox has a file of its own"),
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def sandbox(process: Process) -> AsyncIterator[Sandbox]:
    telegram = Telegram(process)
    telegram.add_person(CHIEF, "党委书记", ["CHIEF"])
    telegram.add_person(OFFICE, "党办", ["OFFICE"])
    telegram.add_person(LEADER, "外事副院长", ["LEADER"])
    async with opened(telegram, process) as sandbox:
        menu = [{"command": "mine", "description": "我的题"}, {"command": "help", "description": "怎么用"}]
        await sandbox.call("setMyCommands", commands=menu)
        work = asyncio.create_task(Clerk(sandbox.call).work())
        yield sandbox
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_a_first_visit_explains_the_play_and_begins_it(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox) as page:
        await expect(page.locator(".play li")).to_have_count(3)
        await expect(page.locator(".mark")).to_contain_text("沙盒")
        await page.locator(".sample").click()
        await expect(page.locator("#chat-title")).to_have_text("党办")
        await expect(page.locator("#text")).to_have_value(
            "点题 完善因公出国内控制度 @外事副院长 目标 闭环管理 11月30日前"
        )
        assert page.url.endswith(f"#person={OFFICE}")


async def test_what_is_said_is_answered_and_a_button_answers_with_a_toast(
    browser: Browser, sandbox: Sandbox
) -> None:
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await say(page, "完善因公出国内控制度")
        await expect(page.locator(SAID)).to_have_text("完善因公出国内控制度")
        answer = page.locator(".line:not(.mine)")
        await expect(answer.locator("strong")).to_have_text("【点题】")
        claim = answer.get_by_role("button", name="领题", exact=True)
        await claim.press("Enter")
        await expect(page.locator(".toast")).to_have_text("已领题")
        await expect(claim).to_be_focused()


async def test_an_alert_waits_to_be_read_and_escape_closes_it(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await say(page, "这件不归我分管")
        await page.get_by_role("button", name="提请调整").click()
        await expect(page.locator("#alert")).to_contain_text("请说明理由")
        await page.keyboard.press("Escape")
        await expect(page.locator("#alert")).to_be_hidden()


async def test_time_passes_at_the_push_of_a_button(browser: Browser, sandbox: Sandbox) -> None:
    async def remind() -> None:
        await sandbox.call("sendMessage", chat_id=LEADER, text="【到期提醒】2026-001《因公出国内控》")

    sandbox.process.on_move = remind
    async with visit(browser, sandbox, f"#person={OFFICE}") as page:
        await page.get_by_role("button", name="下一工作日").click()
        await expect(page.locator("#now-time")).to_have_text("08:30")
        await page.get_by_role("button", name="+1 周").click()
        await expect(page.locator("#now-day")).to_have_text("2026年3月9日")
        await expect(page.locator("#now-weekday")).to_have_text("星期一")
        await expect(page.locator(f"[data-seat='{LEADER}'] .badge")).to_have_text("2")
        await expect(page.locator(".step .what")).to_have_text(["催办"] * 2)


async def test_the_clock_goes_to_a_date_but_never_back(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox) as page:
        await page.locator("#to-open").click()
        await page.locator("#to-field").fill("2026-06-30T17:00")
        await page.locator("#to-panel button").click()
        await expect(page.locator("#now-day")).to_have_text("2026年6月30日")
        sandbox.process.at += timedelta(days=9)
        await page.locator("#to-open").click()
        await page.locator("#to-field").fill("2026-07-01T08:00")
        await page.locator("#to-panel button").click()
        await expect(page.locator(".banner")).to_have_text("时钟只能往前拨。")


async def test_new_messages_wait_unread_behind_a_line(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox, f"#person={OFFICE}") as page:
        await sandbox.call("sendMessage", chat_id=LEADER, text="请您领题")
        badge = page.locator(f"[data-seat='{LEADER}'] .badge")
        await expect(badge).to_have_text("1")
        await page.locator(f"[data-seat='{LEADER}']").click()
        await expect(page.locator(".new-here")).to_be_visible()
        await expect(badge).to_have_count(0)


async def test_who_reads_above_is_not_pulled_down(browser: Browser, sandbox: Sandbox) -> None:
    for number in range(30):
        await sandbox.call("sendMessage", chat_id=LEADER, text=f"第{number}件")
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await page.get_by_text("第0件", exact=True).scroll_into_view_if_needed()
        await sandbox.call("sendMessage", chat_id=LEADER, text="新到一件")
        await expect(page.locator("#pill")).to_contain_text("1 条新消息")
        await expect(page.get_by_text("第0件", exact=True)).to_be_in_viewport()
        await page.locator("#pill").click()
        await expect(page.get_by_text("新到一件", exact=True)).to_be_in_viewport()


async def test_the_keyboard_alone_is_enough(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox, f"#person={CHIEF}") as page:
        await page.locator(f"[data-seat='{CHIEF}']").focus()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page.locator("#chat-title")).to_have_text("党办")
        await page.keyboard.press("Alt+ArrowDown")
        await expect(page.locator("#chat-title")).to_have_text("外事副院长")
        await page.locator("#text").focus()
        await page.keyboard.type("/")
        await expect(page.locator("#commands [role=option]")).to_have_count(2)
        await page.keyboard.type("he")
        await expect(page.locator("#commands [aria-selected=true]")).to_contain_text("/help")
        await page.keyboard.press("Enter")
        await expect(page.locator(SAID)).to_have_text("/help")
        await expect(page.locator("#commands")).to_be_hidden()


async def test_shift_enter_is_a_line_and_escape_takes_back_the_reply(
    browser: Browser, sandbox: Sandbox
) -> None:
    await sandbox.call("sendMessage", chat_id=LEADER, text="请报进展")
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await page.get_by_role("button", name="回复：请报进展").click()
        await expect(page.locator("#replying-what")).to_have_text("请报进展")
        await page.keyboard.press("Escape")
        await expect(page.locator("#replying")).to_be_hidden()
        await page.get_by_role("button", name="回复：请报进展").click()
        await page.keyboard.type("已开会")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("下周出稿")
        await page.keyboard.press("Enter")
        mine = page.locator(".line.mine:not(.pending)")
        await expect(mine.locator(".words")).to_have_text("已开会\n下周出稿", use_inner_text=True)
        await mine.locator(".quote").click()
        await expect(page.locator(".line.found, .line:not(.mine)").first).to_be_in_viewport()


async def test_photos_and_files_are_shown_before_and_after_they_go(
    browser: Browser, sandbox: Sandbox
) -> None:
    photo: FilePayload = {"name": "现场.png", "mimeType": "image/png", "buffer": PIXEL}
    paper: FilePayload = {
        "name": "办法（修订稿）.pdf",
        "mimeType": "application/pdf",
        "buffer": b"%PDF-1.4\n" + b" " * 2048,
    }
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await page.locator("#file-picker").set_input_files([photo, paper])
        await expect(page.locator("#tray-list li")).to_have_count(2)
        await say(page, "核对现场")
        await expect(page.locator(".photo img")).to_have_js_property("naturalWidth", 1)
        await expect(page.locator(SAID)).to_have_text("核对现场")
        await expect(page.locator(".chip-name")).to_have_text("办法（修订稿）.pdf")
        await expect(page.locator(".chip-size")).to_have_text("2.0 KB")


async def test_a_file_may_be_dropped_on_the_chat(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        carried = await page.evaluate_handle(
            "() => { const it = new DataTransfer(); it.items.add(new File(['x'], '台账.txt')); return it; }"
        )
        await page.locator("#chat").dispatch_event("drop", {"dataTransfer": carried})
        await expect(page.locator("#tray-list")).to_contain_text("台账.txt")
        await page.get_by_role("button", name="去掉 台账.txt").click()
        await expect(page.locator("#tray")).to_be_hidden()


async def test_what_looks_like_markup_stays_text(browser: Browser, sandbox: Sandbox) -> None:
    trap = "<img src=x onerror=\"document.title='trapped'\"><script>document.title='trapped'</script>"
    sandbox.telegram.add_person(LEADER, trap, ["<b>LEADER</b>"])
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await say(page, trap)
        await expect(page.locator(".line:not(.mine) .words")).to_have_text("【点题】" + trap)
        await expect(page.locator("#chat-title")).to_have_text(trap)
        assert await page.locator("main img:not([id]), nav img, main script").count() == 0
        assert await page.title() == "领题 · 沙盒"


async def test_a_refusal_is_said_plainly_and_loses_nothing(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await say(page, "长" * 4097)
        await expect(page.locator(".banner")).to_have_text("消息太长，最多 4096 字。")
        await expect(page.locator(".line.failed")).to_contain_text("重试")
        await page.get_by_role("button", name="不发了").click()
        await expect(page.locator(".line")).to_have_count(0)
        await page.locator(".banner button").click()
        await expect(page.locator(".banner")).to_have_count(0)


async def test_a_group_is_a_room_beside_the_private_chat(browser: Browser, sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("联席会议", [OFFICE, LEADER])
    await sandbox.call("sendMessage", chat_id=group.id, text="本月台账已公布")
    async with visit(browser, sandbox, f"#person={OFFICE}") as page:
        await page.get_by_role("button", name="联席会议").click()
        await expect(page.locator(".line .words")).to_have_text("本月台账已公布")
        await say(page, "收到")
        await expect(page.locator(SAID)).to_have_text("收到")
        await page.locator(f"[data-seat='{CHIEF}']").click()
        await expect(page.locator("#rooms button")).to_have_count(0)


async def test_the_language_is_switched_and_remembered(browser: Browser, sandbox: Sandbox) -> None:
    async with visit(browser, sandbox, f"#person={LEADER}") as page:
        await page.locator("#language").click()
        await expect(page.get_by_role("button", name="+1 hour")).to_be_visible()
        await page.reload()
        await expect(page.locator(".mark")).to_contain_text("Sandbox")
        await expect(page.locator("#now-weekday")).to_have_text("Monday")
        assert await page.locator("html").get_attribute("lang") == "en"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_phone_shows_it_all_without_scrolling_sideways(
    browser: Browser, sandbox: Sandbox, language: str
) -> None:
    async with visit(browser, sandbox, viewport=PHONE, has_touch=True) as page:
        if language == "en":
            await page.locator("#language").click()
        await page.locator(f"[data-seat='{LEADER}']").click()
        await say(page, "https://example.org/" + "很长的地址" * 30)
        await expect(page.locator(".line:not(.mine) .key")).to_have_count(2)
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert await page.evaluate("document.getElementById('scroll').scrollWidth") == PHONE["width"]
        await page.locator("#ladder-toggle").click()
        await expect(page.locator("#ladder")).to_be_in_viewport()
        await page.keyboard.press("Escape")
        await expect(page.locator("#ladder")).not_to_be_visible()
        await expect(page.locator("#ladder-toggle")).to_be_focused()
