"""A house whose updates are posted to it: the local Telegram is the postman, and anybody may knock."""

import random
import socket
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.bootstrap import App
from bot.settings import Settings
from storage.store import Store
from tests.house import House

SECRET = "open-Sesame_0123456789"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram/4711"


@dataclass(frozen=True)
class Posted:
    """An App that is posted to, and how to knock at its door."""

    house: House
    settings: Settings

    @property
    def url(self) -> str:
        return self.settings.telegram.webhook.url

    @property
    def port(self) -> int:
        return self.settings.telegram.webhook.port

    def app(self, store: Store | None = None) -> App:
        house = self.house
        return App(self.settings, store or house.store, house.messenger(), house.parrot.conversation)

    async def knock(self, body: bytes, shown: str | None = SECRET, method: str = "POST") -> tuple[int, bytes]:
        """Post something; the status and the body of the answer."""
        headers = {} if shown is None else {HEADER: shown}
        async with self.house.http.request(method, self.url, data=BytesIO(body), headers=headers) as answer:
            return answer.status, await answer.read()

    async def info(self) -> dict[str, Any]:
        """What the messenger says of our webhook."""
        url = f"{self.house.url}/bot{self.house.telegram.token}/getWebhookInfo"
        async with self.house.http.get(url) as answer:
            found: dict[str, Any] = (await answer.json())["result"]
            return found


def posted(house: House, port: int | None = None) -> Posted:
    """The same house with a webhook on a free port."""
    return Posted(house, hooked(house.settings, port or free_port()))


def hooked(settings: Settings, port: int) -> Settings:
    """The same settings with a webhook."""
    at = {"url": f"http://127.0.0.1:{port}{PATH}", "port": port, "secret": SecretStr(SECRET)}
    webhook = settings.telegram.webhook.model_copy(update=at)
    telegram = settings.telegram.model_copy(update={"webhook": webhook})
    return settings.model_copy(update={"telegram": telegram})


def free_port() -> int:
    """A port nobody listens on, below those that are given to outgoing connections."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


async def refused(house: House, url: str) -> bool:
    """Whether nobody listens there."""
    try:
        async with house.http.get(url):
            return False
    except aiohttp.ClientConnectorError:
        return True
