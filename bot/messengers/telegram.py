"""Telegram, through python-telegram-bot: the first messenger, and the one the sandbox imitates.

The bot is given a stand-in token and token-free paths; only the wire below it knows the real one.
"""

import hmac
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urlencode

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
)

from bot.messengers import telegram_incoming as incoming
from bot.messengers.base import Capabilities, Gone, Hook, Messenger, NotSent, Outgoing, Rates, Raw, Refused
from bot.messengers.telegram_failures import in_our_words
from bot.messengers.telegram_post import Post, is_id
from bot.messengers.telegram_request import READ_SECONDS, Wire
from bot.messengers.telegram_text import clean, shortened
from handlers.incoming import Incoming

API: Final = "https://api.telegram.org/bot"
FILES: Final = "https://api.telegram.org/file/bot"
LINK: Final = "https://t.me/{username}?start="
RATES: Final = Rates(per_second=30, per_chat_second=1, per_group_minute=20)
POLL_SECONDS: Final = 25.0
LONGEST_TOAST: Final = 200
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

_STAND_IN: Final = "0:token"

# At DEBUG python-telegram-bot writes down what it sends: people's names and words.
logging.getLogger("telegram.Bot").addFilter(lambda record: record.levelno > logging.DEBUG)


class Telegram(Messenger):
    """One bot account. `base_url` and `base_file_url` end just before the token, as in `https://…/bot`."""

    name = incoming.NAME

    def __init__(
        self,
        token: str,
        *,
        base_url: str = API,
        base_file_url: str = FILES,
        poll_seconds: float = POLL_SECONDS,
        read_seconds: float = READ_SECONDS,
        rates: Rates = RATES,
        proxy: str = "",
    ) -> None:
        self.capabilities = Capabilities(
            buttons=100,
            label=64,
            text=4096,
            caption=1024,
            token=64,
            edits=True,
            toasts=True,
            deletes=True,
            download=20 * 2**20,
            upload=50 * 2**20,
            rates=rates,
        )
        self.account = incoming.Account()
        self._poll_seconds = poll_seconds
        self._wire = Wire(token, base_url, base_file_url, read=read_seconds, proxy=proxy)
        self._bot = Bot(_STAND_IN, _nothing, _nothing, request=self._wire, get_updates_request=self._wire)
        self._post = Post(self._bot, self._wire, self.capabilities)

    async def open(self) -> None:
        """Ask who we are. Raises Unauthorised and NotSent, and is closed again then."""
        try:
            with in_our_words(reading=True):
                await self._bot.initialize()
                self.account = incoming.Account(self._bot.id, self._bot.username)
                self.link = LINK.format(username=self._bot.username)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close every connection."""
        await self._bot.shutdown()

    async def subscribe(self, hook: Hook | None) -> None:
        """Set the webhook, or take away what an earlier start has set. Raises NotSent, Throttled and Refused.

        Source: https://core.telegram.org/bots/api#setwebhook
        """
        with in_our_words(reading=True):
            if hook is None:
                await self._bot.delete_webhook()
            else:
                await self._bot.set_webhook(
                    hook.url,
                    secret_token=hook.secret,
                    max_connections=hook.connections,
                    allowed_updates=incoming.ALLOWED,
                )

    def genuine(self, headers: Mapping[str, str], secret: str) -> bool:
        """Whether a post's header is the secret it was told to show; both as bytes, in constant time."""
        shown = headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        return hmac.compare_digest(shown, secret.encode())

    async def receive(self, offset: int | None) -> Sequence[Raw]:
        """The next updates, raw, so that one nobody understands holds up no other.

        Raises Unauthorised, Conflict, Throttled, and NotSent for whatever passes by itself.
        """
        asked = {"timeout": int(self._poll_seconds), "allowed_updates": json.dumps(incoming.ALLOWED)}
        query = urlencode(asked if offset is None else {**asked, "offset": offset})
        patience = self._poll_seconds + self._wire.read_timeout
        with in_our_words(reading=True):
            updates: Any = await self._wire.post(f"/getUpdates?{query}", read_timeout=patience)
        if not isinstance(updates, list):
            raise NotSent("the updates are no list")
        return updates

    def offset_after(self, raws: Sequence[Raw]) -> int | None:
        """One above the highest id."""
        return incoming.offset_after(raws)

    def event_id(self, raw: Raw) -> str:
        """The update's id, or a digest for one without."""
        return incoming.event_id(raw)

    def lane(self, raw: Raw) -> str:
        """The chat's id, or "" when there is none to be found."""
        return incoming.lane(raw)

    def shared(self, chat: str) -> bool:
        """Groups have negative ids."""
        return chat.startswith("-")

    def parse(self, raw: Raw, received_at: datetime) -> Incoming | None:
        """The update in our words, or None. Raises Malformed."""
        return incoming.parse(raw, received_at, self.account)

    async def send(self, chat: str, out: Outgoing) -> str:
        """Send the text, then the files; the id of the message with the buttons."""
        return await self._post.send(chat, out)

    async def edit(self, chat: str, message_id: str, out: Outgoing) -> None:
        """Redraw the text and buttons in place. Raises Gone when it must be posted anew."""
        await self._post.edit(chat, message_id, out)

    async def delete(self, chat: str, message_id: str) -> None:
        """Delete a message; one already gone is fine. Raises Refused once it is too old for that."""
        if is_id(message_id):
            with suppress(Gone), in_our_words():
                await self._bot.delete_message(chat, int(message_id))

    async def answer(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Answer a press with at most 200 characters. Raises Gone when it is too old."""
        toast = shortened(clean(text), LONGEST_TOAST) or None
        with in_our_words():
            await self._bot.answer_callback_query(press_id, toast, show_alert=alert)

    async def fetch(self, file_id: str, into: Path, limit: int) -> int:
        """Download at most `limit` bytes; `into` appears whole or not at all. Raises Refused, NotSent."""
        with in_our_words(reading=True):
            file = await self._bot.get_file(file_id)
        if not file.file_path or (file.file_size or 0) > limit:
            raise Refused("the file cannot be fetched")
        with in_our_words(reading=True), _landing(into) as landing:
            async with self._wire.download(file.file_path) as chunks:
                async for chunk in chunks:
                    landing.write(chunk)
                    if landing.tell() > limit:
                        raise Refused("the file is larger than allowed")
            return landing.tell()

    async def set_menu(self, chat: str, commands: Sequence[tuple[str, str]], language: str) -> None:
        """The menu of one chat for clients in `language` (ISO 639-1); "" is for every client."""
        menu = [BotCommand(name, text) for name, text in commands]
        with in_our_words():
            await self._bot.set_my_commands(
                menu, BotCommandScopeChat(chat), language.partition("-")[0] or None
            )


@contextmanager
def _landing(into: Path) -> Iterator[BinaryIO]:
    """A file that takes its name only when it is whole."""
    part = into.with_name(f"{into.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(into)
    finally:
        part.unlink(missing_ok=True)


def _nothing(_token: str) -> str:
    """In place of the addresses the bot would make from its token."""
    return ""
