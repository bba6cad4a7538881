"""Where a bot wants its updates posted instead of polling for them; the postman itself is in `postman.py`."""

import re
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit

from bot.sandbox.errors import bad
from bot.sandbox.shapes import BotId, Json
from bot.sandbox.store import Shelf

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address on this machine, the secret sent along, and how the last failed post went (real time)."""

    bot: BotId
    url: str
    secret: str = ""
    connections: int = 40
    error_at: int = 0
    error: str = ""

    def info(self, pending: int) -> Json:
        """A WebhookInfo."""
        body: Json = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            body["max_connections"] = self.connections
        if self.error:
            body |= {"last_error_date": self.error_at, "last_error_message": self.error}
        return body


class Webhooks:
    """The webhooks that are set."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._set = {each["bot"]: Webhook(**each) for each in shelf.all("webhook")}

    def all(self) -> list[Webhook]:
        """Every webhook."""
        return list(self._set.values())

    def of(self, bot: BotId) -> Webhook:
        """The bot's webhook; its url is empty when there is none."""
        return self._set.get(bot, Webhook(bot, ""))

    def keep(self, webhook: Webhook) -> None:
        """Set, or with an empty url take away."""
        self._set.pop(webhook.bot, None)
        if webhook.url:
            self._set[webhook.bot] = webhook
            self._shelf.put("webhook", webhook.bot, asdict(webhook))
        else:
            self._shelf.drop("webhook", webhook.bot)

    def failed(self, bot: BotId, at: int, error: str) -> None:
        """Remember how the last post failed."""
        if self.of(bot).url:
            self.keep(replace(self.of(bot), error_at=at, error=error))


def checked(webhook: Webhook) -> Webhook:
    """The webhook, if Telegram would take it; the sandbox posts to this machine only."""
    if not _SECRET.fullmatch(webhook.secret):
        raise bad("secret token contains unallowed characters")
    parts = urlsplit(webhook.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in HERE:
        raise bad("bad webhook: the sandbox posts to this machine only")
    return webhook
