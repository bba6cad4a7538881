"""Where the board is served: by a real process behind its settings, and beside the sandbox's own page."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect
from sqlalchemy import URL

from bot.sandbox.run import Wish, sandbox
from bot.settings import BadSettings, load
from bot.talk import HANDLERS
from tests.house import DEAN, House, open_house, until
from tests.posted import free_port
from tests.sandbox.browsing import CHROMIUM, DESK
from tests.stories.player import START

pytestmark = pytest.mark.sqlite("a process and a sandbox of their own")
ROOT: Final = Path(__file__).parents[2]


@pytest_asyncio.fixture
async def house(tmp_path: Path, database: URL) -> AsyncIterator[House]:
    async with open_house(tmp_path / "data", database) as house:
        yield house


async def test_a_link_sent_by_a_real_process_opens_its_board(house: House) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}/board"
    settings = {
        "DATA": f"{house.data}",
        "DATABASE": house.database,
        "TELEGRAM__TOKEN": house.telegram.token,
        "TELEGRAM__API": house.url,
        "HEALTH__PORT": "0",
        "WEB__ADDRESS": base,
        "WEB__PORT": f"{port}",
    }
    environment = {**os.environ, **{f"LINGTI_{name}": value for name, value in settings.items()}}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--confirm-trial"),
        cwd=ROOT,
        env=environment,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await house.say("/web")
        await until(lambda: any("/enter/" in said for said in house.seen_by(DEAN)), within=60)
        (link,) = re.findall(rf"{base}/enter/[\w-]+", "\n".join(house.seen_by(DEAN)))
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            async with http.post(link) as answer:
                assert (answer.status, answer.url.path) == (200, "/board/")
            async with http.get(link) as answer:
                assert answer.status == 410
    finally:
        process.terminate()
        _, logged = await process.communicate()
    assert process.returncode == 0
    assert link.rpartition("/")[2].encode() not in logged


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
async def test_in_the_sandbox_a_seat_opens_the_board_as_itself(tmp_path: Path) -> None:
    wish = Wish(tmp_path, START, 0, "demo")
    async with sandbox(load(None, {}), wish, HANDLERS) as opened, async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        await _two_seats(browser, opened.url)
        await browser.close()


async def _two_seats(browser: Browser, url: str) -> None:
    context = await browser.new_context(viewport=DESK, locale="zh-CN")
    page = await context.new_page()
    await page.goto(url)
    for seat in ("外事副院长", "党委书记"):
        await page.locator(".seat").filter(has=page.get_by_text(seat, exact=True)).click()
        await page.get_by_role("button", name="网页看板", exact=True).click()
        async with context.expect_page() as popup:
            await page.locator(".words a", has_text="/web/enter/").last.click()
        board = await popup.value
        await board.get_by_role("button", name="进入").click()
        await expect(board.locator(".me")).to_have_text(seat)
        await expect(board.locator(".figures b").first).to_have_text("1" if seat == "外事副院长" else "3")


@pytest.mark.parametrize(
    ("set_to", "wrong"),
    [
        ({"PORT": "8767"}, "web"),
        ({"ADDRESS": "http://bot.example.edu/board", "PORT": "8767"}, "web.address"),
        ({"ADDRESS": "bot.example.edu"}, "web.address"),
        ({"LINK_MINUTES": "0"}, "web.link_minutes"),
        ({"SESSION_HOURS": "48"}, "web.session_hours"),
    ],
)
def test_an_address_that_would_lead_nowhere_or_in_the_clear_is_refused(
    set_to: dict[str, str], wrong: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        load(None, {f"LINGTI_WEB__{name}": value for name, value in set_to.items()})
    assert [problem.path for problem in refused.value.problems] == [wrong]


def test_an_address_may_end_in_a_slash() -> None:
    given = {"LINGTI_WEB__ADDRESS": "https://bot.example.edu/board/", "LINGTI_WEB__PORT": "8767"}
    assert load(None, given).web.base == "https://bot.example.edu/board"
