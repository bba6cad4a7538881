"""The whole loop as a person plays it: every seat on the page, the real bot behind it, a real Chromium."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.sandbox.run import Wish, sandbox
from bot.settings import load
from bot.talk import HANDLERS
from handlers import texts
from tests.sandbox.browsing import CHROMIUM, DESK
from tests.stories.player import START

pytestmark = [
    pytest.mark.sqlite("the sandbox has a file of its own"),
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here"),
]

CHIEF, OWNER, HEAD, DISCIPLINE = "党委书记", "后勤副院长", "后勤处处长", "纪委书记"
PATIENCE = 60_000  # milliseconds a stretch of days may take on a busy machine
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
SAID = {
    "zh": {
        "issue": "点题 公务接待台账不全 @后勤副院长 目标 账实一致 牵头 后勤处 3月13日前",
        "report": "已核对上半年台账 50%",
        "reason": "台账已核对完毕",
    },
    "en": {
        "issue": "issue Reception ledger @后勤副院长 goal facts and ledger agree lead 后勤处 by 2026-03-13",
        "report": "First half of the year is checked 50%",
        "reason": "The ledger is complete",
    },
}


@dataclass
class Desk:
    """One page and whoever sits at it."""

    page: Page
    language: str

    async def sit(self, seat: str) -> None:
        await self.page.locator(".seat").filter(has=self.page.get_by_text(seat, exact=True)).click()
        await expect(self.page.locator("#chat-title")).to_have_text(seat)

    async def say(self, words: str) -> None:
        box = self.page.locator("#text")
        await box.fill(words)
        await box.press("Enter")
        await expect(self.page.locator(".line.mine.pending")).to_have_count(0)

    def card(self, button: str) -> Locator:
        """The latest message that has this button."""
        label = texts.catalogue(self.language)(f"buttons.{button}")
        key = self.page.get_by_role("button", name=label, exact=True)
        return self.page.locator(".line:not(.mine)").filter(has=key).last

    async def press(self, button: str) -> None:
        label = texts.catalogue(self.language)(f"buttons.{button}")
        await self.card(button).get_by_role("button", name=label, exact=True).click()

    async def reads(self, words: str) -> None:
        """The latest message of the bot says this."""
        await expect(self.page.locator(".line:not(.mine)").last).to_contain_text(words)

    async def shown(self, words: str) -> None:
        """Some message of the bot says this."""
        await expect(self.page.locator(".line:not(.mine)").filter(has_text=words).last).to_be_visible()

    async def pass_to(self, moment: str) -> None:
        await self.page.locator("#to-open").click()
        await self.page.locator("#to-field").fill(moment)
        await self.page.locator("#to-panel button").click()
        await expect(self.page.locator("#clock-progress")).to_be_hidden(timeout=PATIENCE)
        day = str(int(moment[8:10]))
        await expect(self.page.locator("#now-day")).to_contain_text(day, timeout=PATIENCE)


@pytest.fixture(params=["zh", "en"])
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    """A sandbox in one language, and a page that never complains to the console."""
    language = str(request.param)
    settings = load(None, {"LINGTI_LANGUAGE": language})
    complaints: list[str] = []
    async with (
        sandbox(settings, Wish(tmp_path, START, 0, "demo"), HANDLERS) as opened,
        async_playwright() as playwright,
    ):
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        locale = "zh-CN" if language == "zh" else "en-GB"
        page = await chromium.new_page(viewport=DESK, locale=locale, reduced_motion="reduce")
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(opened.url)
        yield Desk(page, language)
        await chromium.close()
    assert complaints == []


async def test_the_story_of_the_first_screenful(desk: Desk) -> None:
    said = SAID[desk.language]
    await desk.sit(CHIEF)
    await desk.say(said["issue"])
    await desk.press("issue")
    await desk.shown("2026-004")

    await desk.pass_to("2026-03-02T09:00")
    await desk.sit(OWNER)
    await desk.press("claim")
    await expect(desk.card("submit")).to_contain_text("2026-004")

    await desk.sit(HEAD)
    await desk.card("report").locator(".answer").click()
    await desk.say(said["report"])
    await desk.reads("50%")
    await desk.page.locator("#file-picker").set_input_files(
        {"name": "ledger.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    await desk.card("report").locator(".answer").click()
    await desk.page.locator("#send").click()
    await expect(desk.page.locator(".line.mine .chip-name").last).to_have_text("ledger.pdf")
    await expect(desk.card("take_back")).to_contain_text("2026-004")

    await desk.pass_to("2026-03-16T10:00")
    await desk.sit(DISCIPLINE)
    await desk.shown("2026-004")
    await desk.press("nudge")

    await desk.sit(OWNER)
    await desk.say(("申请销号 4 " if desk.language == "zh" else "submit 4 ") + said["reason"])
    await desk.press("submit")

    await desk.sit(DISCIPLINE)
    await desk.press("close")
    await desk.press("close_now")
    await desk.shown(texts.catalogue(desk.language)("topic_state.closed"))
    await desk.sit(HEAD)
    await desk.shown(texts.catalogue(desk.language)("buttons.topic"))
