"""What the page tests stand on: a browser, a visit that keeps the console silent, a bot that answers."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

from playwright.async_api import Browser, Page, expect

from tests.sandbox.local_telegram import Sandbox

CHROMIUM = next(
    filter(
        None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
    ),
    None,
)
CHIEF, OFFICE, LEADER = 1, 2, 3
DESK, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}
KEYS = [{"text": "领题", "callback_data": "claim"}, {"text": "提请调整", "callback_data": "adjust"}]
SAID = ".line.mine:not(.pending) .words"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@dataclass
class Clerk:
    """A bot that repeats what it hears under two buttons, and answers presses."""

    call: Callable[..., Awaitable[Any]]

    async def work(self) -> None:
        """Answer everybody, for ever."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                await (
                    self.press(update["callback_query"])
                    if "callback_query" in update
                    else self.hear(update["message"])
                )

    async def press(self, press: dict[str, Any]) -> None:
        loud = press["data"] == "adjust"
        words = "请说明理由" if loud else "已领题"
        await self.call("answerCallbackQuery", callback_query_id=press["id"], text=words, show_alert=loud)

    async def hear(self, message: dict[str, Any]) -> None:
        words = f"<b>【点题】</b>{escape(message.get('text', '收到'))}"
        card = {"chat_id": message["chat"]["id"], "text": words, "parse_mode": "HTML"}
        await self.call("sendMessage", **card, reply_markup={"inline_keyboard": [KEYS]})


@asynccontextmanager
async def visit(browser: Browser, sandbox: Sandbox, where: str = "", **look: Any) -> AsyncIterator[Page]:
    """Open the page and leave it again; it must not have complained to the console meanwhile."""
    context = await browser.new_context(
        **{"viewport": DESK, "locale": "zh-CN", "reduced_motion": "reduce"} | look
    )
    page = await context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(f"{sandbox.url}/{where}")
    await expect(page.locator(".seat")).to_have_count(3)
    yield page
    await context.close()
    refused = "Failed to load resource: the server responded with a status of 400"
    assert [one for one in complaints if not one.startswith(refused)] == []


async def say(page: Page, words: str) -> None:
    await page.locator("#text").fill(words)
    await page.locator("#text").press("Enter")
