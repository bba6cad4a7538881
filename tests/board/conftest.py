"""A college with a web board on a port of this machine, and a browser."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import URL

from bot.board.site import mount
from bot.board.visit import Visits
from bot.receiving.evidence import where
from services import web_links
from storage.store import Store
from tests.databases import Databases
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, found, policy
from tests.handlers.conversation import Conversation
from tests.house import door
from tests.sandbox.browsing import CHROMIUM, DESK


@dataclass
class Site:
    """The board where it is served; people are called by their titles."""

    college: Conversation
    url: str

    def link(self, who: str) -> str:
        """A new link of somebody's."""
        person = self.college.id(who)
        return self.college.store.run_now(lambda tx: web_links.offer(tx, self.college.policy, person))

    def session(self, who: str) -> dict[str, str]:
        """The cookie of somebody who has come in."""
        secret = self.link(who).rpartition("/")[2]
        opened = self.college.store.run_now(lambda tx: web_links.enter(tx, self.college.policy, secret))
        return {"lingti_session": opened}

    @asynccontextmanager
    async def asking(self, who: str = "", **more: Any) -> AsyncIterator[aiohttp.ClientSession]:
        """An HTTP client, in as somebody or outside."""
        cookies = self.session(who) if who else {}
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookies=cookies, cookie_jar=jar, **more) as http:
            yield http


@pytest.fixture(scope="session")
def founded(databases: Databases) -> URL:
    return found(databases.migrated())


@pytest.fixture
def college(founded: URL, databases: Databases, tmp_path: Path) -> Iterator[Conversation]:
    url = databases.copy(founded)
    clock = HandClock(MONDAY)
    kept = policy(kept=lambda sha256: where(tmp_path, sha256))
    college = Conversation(Store(url, clock), clock, kept)
    yield college
    college.store.close()
    databases.drop(url)


@pytest_asyncio.fixture(loop_scope="module")
async def site(college: Conversation) -> AsyncIterator[Site]:
    with door() as (listener, url):
        college.policy = replace(college.policy, web=f"{url}/board")
        app = web.Application()
        mount(app, Visits(college.store, college.policy))
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        yield Site(college, f"{url}/board")
        await runner.cleanup()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        await chromium.close()


@asynccontextmanager
async def visiting(
    browser: Browser, site: Site, who: str, *, lost: bool = False, **look: Any
) -> AsyncIterator[Page]:
    """A page in a browser of somebody's own that came in by a link; no console complains meanwhile.

    `lost`: but for pages that are not there.
    """
    context = await browser.new_context(**{"locale": "zh-CN", "viewport": DESK} | look)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type in ("error", "warning") and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(site.link(who))
    await page.locator("main form button").click()
    await page.wait_for_url(f"{site.url}/")
    yield page
    await context.close()
    missing = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [one for one in complaints if not (lost and one == missing)] == []
