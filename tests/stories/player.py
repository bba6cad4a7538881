"""Playing every seat of a running sandbox over HTTP: the surface the page uses, the words people see."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox.run import Wish, sandbox
from bot.settings import load
from bot.talk import HANDLERS
from handlers import texts
from handlers.texts import Catalogue
from workflow.workdays import SHANGHAI

START = datetime(2026, 3, 2, 8, 0, tzinfo=SHANGHAI)
Message = dict[str, Any]


@dataclass
class Player:
    """One person at every seat. Buttons are pressed by their name in the catalogue, so by what they read."""

    url: str
    http: aiohttp.ClientSession
    word: Catalogue
    seats: dict[str, int] = field(default_factory=dict)

    async def get(self, path: str) -> Any:
        async with self.http.get(f"{self.url}/sandbox{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, body: Any) -> Any:
        async with self.http.post(f"{self.url}/sandbox{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def sit_down(self) -> None:
        """Learn who there is."""
        self.seats = {person["title"]: person["id"] for person in (await self.get("/state"))["people"]}

    async def heard(self, seat: str) -> list[Message]:
        """What the bot has said to a seat."""
        said = await self.get(f"/people/{self.seats[seat]}/messages")
        return [message for message in said if message["author"]["is_bot"]]

    async def last(self, seat: str) -> str:
        """The words of the bot's latest message to a seat."""
        return str((await self.heard(seat))[-1]["text"])

    async def say(self, seat: str, text: str, reply_to: int | None = None) -> str:
        """Say something; what the bot's latest message reads afterwards."""
        body = {"text": text} | ({"reply_to": reply_to} if reply_to else {})
        await self.post(f"/people/{self.seats[seat]}/messages", body)
        return await self.last(seat)

    async def hand_in(self, seat: str, name: str, content: bytes, caption: str, reply_to: int) -> str:
        """Send a file in answer to a card."""
        form = aiohttp.FormData({"caption": caption, "reply_to": str(reply_to)})
        form.add_field("file", content, filename=name)
        path = f"{self.url}/sandbox/people/{self.seats[seat]}/messages"
        async with self.http.post(path, data=form) as answer:
            assert answer.status == 200, await answer.text()
        return await self.last(seat)

    async def card(self, seat: str, button: str) -> Message:
        """The latest card of a seat that has a button."""
        label = self.word(f"buttons.{button}")
        cards = [m for m in await self.heard(seat) if any(label in row for row in m["buttons"])]
        assert cards, f"{seat} sees no {label}"
        return cards[-1]

    async def press(self, seat: str, button: str) -> str:
        """Press a button on the latest card that has it; what that card reads afterwards."""
        label = self.word(f"buttons.{button}")
        return await self.press_label(seat, label, (await self.card(seat, button))["message_id"])

    async def press_label(self, seat: str, label: str, message_id: int) -> str:
        body = {"message_id": message_id, "button": label}
        answer = await self.post(f"/people/{self.seats[seat]}/presses", body)
        assert answer["answered"], f"{label} was not answered"
        shown = [m for m in await self.heard(seat) if m["message_id"] == message_id]
        return str(shown[0]["text"]) if shown else ""

    async def until(self, moment: str) -> None:
        """Let time pass."""
        await self.post("/clock", {"to": moment})

    async def steps(self, number: str) -> list[tuple[str, str]]:
        """What the ladder did about a topic: the local day and the step."""
        done = await self.get("/events")
        return [(step["at"][:10], step["step"]) for step in done if step["item"] == number]


@asynccontextmanager
async def playing(data: Path, language: str, scenario: str = "demo") -> AsyncIterator[Player]:
    """A sandbox and somebody who plays it."""
    settings = load(None, {"LINGTI_LANGUAGE": language})
    wish = Wish(data, START, 0, scenario)
    async with sandbox(settings, wish, HANDLERS) as opened, aiohttp.ClientSession() as http:
        player = Player(opened.url, http, texts.catalogue(language))
        await player.sit_down()
        yield player


def number_in(text: str) -> str:
    """The topic number a message names."""
    found = re.search(r"\d{4}-\d{3}", text)
    assert found, text
    return found[0]
