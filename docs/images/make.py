"""The pictures of the documents, taken anew: sandboxes are played and looked at.

Run it with `make pictures`; it needs Chromium and a Chinese font. What the seats say stands here; all else is
the product.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from handlers.texts import LANGUAGES, catalogue

HERE = Path(__file__).parent
HOUSE = HERE.parents[1]
DESK, PHONE = {"width": 1360, "height": 860}, {"width": 390, "height": 844}
PAPER = """<body style="margin:0; padding:36px 44px; width:420px; background:#fdfcf7; font:17px/1.9 serif">
<h3 style="text-align:center;letter-spacing:4px">因公出国（境）审批单</h3><hr>
<p>申请部门：国际处<br>经费来源：国际交流专项<br>证照保管：集中保管，用后七日内交回</p>
<p>部门意见：同意<br>财务审核：已核<br>分管领导：同意</p></body>"""


class Stage:
    """A sandbox, played by titles, in a language."""

    def __init__(self, url: str, language: str) -> None:
        self.url = url
        self.language = language
        self.ids = {person["title"]: person["id"] for person in self.call("/state")["people"]}

    def call(self, path: str, body: Any = None, kind: str = "application/json") -> Any:
        """One request of the control surface."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"{self.url}/sandbox{path}", data, {"Content-Type": kind})  # noqa: S310
        with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
            return json.load(answer)

    def say(self, title: str, text: str) -> None:
        """Write in one's chat."""
        self.call(f"/people/{self.ids[title]}/messages", {"text": text})

    def press(self, title: str, verb: str, about: str = "") -> None:
        """Press the newest button of this name, on a card that names `about`."""
        label = catalogue(self.language)(f"buttons.{verb}")
        card = next(
            card
            for card in self._cards(title)
            if about in card["text"] and any(label in row for row in card["buttons"])
        )
        self.call(f"/people/{self.ids[title]}/presses", {"message_id": card["message_id"], "button": label})

    def reply(self, title: str, words: str, photo: bytes) -> None:
        """Reply to the newest card with a photo."""
        fields = {"caption": words, "as": "photo", "reply_to": self._cards(title)[0]["message_id"]}
        parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
        parts.append(b'name="file"; filename="paper.jpg"\r\nContent-Type: image/jpeg\r\n\r\n' + photo)
        body = b"".join(b"--cut\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
        where = f"/people/{self.ids[title]}/messages"
        self.call(where, body + b"--cut--\r\n", "multipart/form-data; boundary=cut")

    def until(self, moment: str) -> None:
        """Let time pass."""
        self.call("/clock", {"to": moment})

    def _cards(self, title: str) -> list[dict[str, Any]]:
        found = self.call(f"/people/{self.ids[title]}/messages")
        return [message for message in reversed(found) if message["author"]["is_bot"]]

    def files(self, title: str) -> Iterator[tuple[str, str]]:
        """The files in a seat's chat, the newest first: name and address."""
        for message in self._cards(title):
            yield from ((file["name"], file["url"]) for file in message["files"])


@contextmanager
def staged(language: str, *more: str, until: str = "http:") -> Iterator[Stage]:
    """A sandbox on any free port, in a folder that goes with it, once it has said `until`."""
    with tempfile.TemporaryDirectory() as data:
        options = ("sandbox", "--port", "0", "--data", data, "--no-browser", *more)
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bot", *options],
            cwd=HOUSE,
            env={**os.environ, "LINGTI_LANGUAGE": language},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            url = re.findall(r"http://[\d.:]+", said)[0]
            while said and until not in said:
                said = process.stdout.readline()
            yield Stage(url, language)
        finally:
            process.terminate()
            process.wait()


def look(browser: Browser, stage: Stage, name: str, title: str, size: Any) -> None:
    """Take one picture of one seat's page."""
    stage.call(f"/people/{stage.ids[title]}/read", {"all": True})
    context = browser.new_context(viewport=size, locale="zh-CN", reduced_motion="reduce")
    context.add_init_script(f"localStorage.setItem('lingti.language', '{stage.language}')")
    page = context.new_page()
    page.goto(f"{stage.url}/#person={stage.ids[title]}")
    page.locator(".line").last.wait_for()
    page.wait_for_timeout(800)
    page.screenshot(path=HERE / f"{name}.{stage.language}.png")
    context.close()


def photo(browser: Browser) -> bytes:
    """What a department photographs."""
    page = browser.new_page(viewport={"width": 508, "height": 380})
    page.set_content(PAPER)
    taken = page.screenshot(type="jpeg", quality=90)
    page.close()
    return taken


def play(browser: Browser, stage: Stage) -> None:
    """The story up to where a topic is overdue, with a look at it on the way."""
    chief, leader, late, head, secretary = "党委书记", "外事副院长", "后勤副院长", "国际处处长", "纪委书记"
    stage.press(secretary, "claim")
    stage.say(chief, "点题 公务接待台账不全 @后勤副院长 目标 账实一致 牵头 后勤处 3月13日前")
    stage.press(chief, "issue")
    stage.press(late, "claim", "2026-004")
    stage.press(leader, "claim")
    stage.say(leader, "分解 001\n修订出国管理办法 国际处 5月29日前\n核对经费台账 财务处 6月12日前")
    stage.press(leader, "assign")
    stage.press(head, "receive")
    stage.reply(head, "审批单已统一格式，试行一周 40%", photo(browser))
    look(browser, stage, "phone", head, PHONE)
    stage.until("2026-03-16T09:05")
    look(browser, stage, "overdue", secretary, DESK)


def year(browser: Browser) -> None:
    """A whole year, played: the board of its middle as it came in the chat, the web board of its end."""
    chief, end = "党委书记", catalogue("zh")("process.cli.last_scene")
    with staged("zh", "--scenario", "year", until=end) as stage:
        address = next(url for name, url in stage.files(chief) if "-06-" in name)
        with urllib.request.urlopen(f"{stage.url}{address}", timeout=30) as file:  # noqa: S310
            (HERE / "board.zh.png").write_bytes(file.read())
        stage.say(chief, "网页")
        link = next(card["text"] for card in stage._cards(chief) if "/web/enter/" in card["text"])
        page = browser.new_page(viewport={"width": 1180, "height": 820})
        page.goto(re.findall(r"http://\S+/web/enter/[\w-]+", link)[0])
        page.locator("main button, main input[type=submit]").first.click()
        page.locator("nav").wait_for()
        page.screenshot(path=HERE / "web.zh.png")
        page.close()


def main() -> None:
    """All pictures, in both languages."""
    with sync_playwright() as playwright:
        found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
        path = next(filter(None, found), None)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for language in LANGUAGES:
            with staged(language) as stage:
                play(browser, stage)
        year(browser)
        browser.close()


if __name__ == "__main__":
    main()
