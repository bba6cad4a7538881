"""The sandbox serves this machine's people, its own page, and nobody else's."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.local_telegram import DEAN, SECRETARY, Sandbox


@pytest.mark.parametrize("path", ["/sandbox/state", "/", "/bot{token}/getMe", "/file/bot{token}/x"])
async def test_a_foreign_host_is_refused_everywhere(sandbox: Sandbox, path: str) -> None:
    url = sandbox.url + path.format(token=sandbox.telegram.token)
    async with sandbox.http.get(url, headers={"Host": "evil.example"}) as response:
        assert response.status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_foreign_page_may_not_act(sandbox: Sandbox, origin: str) -> None:
    path, body = f"/people/{DEAN}/messages", {"text": "点题"}
    status, answer = await sandbox.ask("POST", path, json=body, headers={"Origin": origin})
    assert (status, answer["error"]) == (403, "foreign_origin")
    assert await sandbox.messages(DEAN) == []


async def test_its_own_page_may(sandbox: Sandbox) -> None:
    path, body = f"/people/{DEAN}/messages", {"text": "点题"}
    assert (await sandbox.ask("POST", path, json=body, headers={"Origin": sandbox.url}))[0] == 200


@pytest.mark.parametrize(
    "path", ["/", "/page/index.html", "/page/", "/main.js", "/sandbox/state", "/sandbox/none"]
)
async def test_every_answer_is_sealed(sandbox: Sandbox, path: str) -> None:
    async with sandbox.http.get(sandbox.url + path) as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(
    "path", ["/page/../server.py", "/page/%2e%2e%2fserver.py", "/server.py", "/page/none.js"]
)
async def test_only_the_pages_own_files_are_served(sandbox: Sandbox, path: str) -> None:
    async with sandbox.http.get(sandbox.url + path) as response:
        assert response.status == 404


async def test_the_page_is_served_whole(sandbox: Sandbox) -> None:
    page = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
    for file in page.iterdir():
        async with sandbox.http.get(f"{sandbox.url}/page/{file.name}") as response:
            assert (response.status, await response.read()) == (200, file.read_bytes())


async def test_the_stream_tells_what_happens_as_it_happens(sandbox: Sandbox) -> None:
    async with sandbox.http.get(f"{sandbox.url}/sandbox/stream") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        card = await sandbox.card(DEAN, "领题")
        await sandbox.say(SECRETARY, "点题")
        await sandbox.call("editMessageText", chat_id=DEAN, message_id=card, text="已领题")
        await sandbox.call("deleteMessage", chat_id=DEAN, message_id=card)
        await sandbox.post("/clock", {"advance": "P1D"})
        heard: list[tuple[str, Any]] = []
        while not heard or heard[-1][0] != "clock":
            event, data = (await stream.content.readuntil(b"\n\n")).decode().strip().split("\n")
            heard.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    kinds = [event for event, _ in heard if event != "unread"]
    assert kinds == ["message", "message", "edited", "deleted", "clock"]
    assert heard[0][1]["message"]["text"] == "题"
    assert heard[1] == ("unread", {"person": DEAN, "chat": DEAN, "bot": sandbox.telegram.bot.id, "unread": 1})
    assert heard[-1][1] == {"now": "2026-03-03T08:00:00+08:00"}
