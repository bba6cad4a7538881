"""Cards on their way to Telegram: one message or several, first sent, later redrawn in place."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from telegram import Bot, InputFile
from telegram.constants import ParseMode

from bot.messengers.base import Capabilities, Gone, MaybeSent, NotSent, Outgoing, Refused, Throttled
from bot.messengers.telegram_card import Page, Upload, keyboard, pages, uploads
from bot.messengers.telegram_failures import BadMarkup, Unchanged, in_our_words
from bot.messengers.telegram_request import Wire

_NO_PREVIEW: Final = {"is_disabled": True}


class Post:
    """Sends and redraws the cards of one bot.

    Words go straight over the wire: of the answer we want an id, and the bot would read the whole message.
    """

    def __init__(self, bot: Bot, wire: Wire, capabilities: Capabilities) -> None:
        self._bot = bot
        self._wire = wire
        self._text = capabilities.text
        self._upload = capabilities.upload
        rate = capabilities.rates.per_chat_second
        self._pause = 1 / rate if rate else 0.0

    async def send(self, chat: str, out: Outgoing) -> str:
        """Send the text, then the files; the id of the message with the buttons.

        A card of several messages keeps this chat's pace by itself. One that breaks off in the middle is a
        MaybeSent, since trying again would repeat what has arrived.
        """
        texts = pages(out.card, self._text)
        parts: list[Page | Upload] = [*texts, *uploads(out, self._upload)]
        if not parts:
            raise Refused("an empty card")
        holder = (len(texts) or len(parts)) - 1
        buttons = keyboard(out)
        ids: list[str] = []
        for place, part in enumerate(parts):
            options = _options(chat, out, first=place == 0, buttons=buttons if place == holder else None)
            with _after(ids):
                ids.append(await self._send_part(part, options))
            if place + 1 < len(parts):
                await asyncio.sleep(self._pause)
        return ids[holder]

    async def edit(self, chat: str, message_id: str, out: Outgoing) -> None:
        """Redraw the text and buttons in place; files stay as they were sent.

        Raises Gone too for a card that no longer fits one message: it must be posted anew.
        """
        texts = pages(out.card, self._text)
        if len(texts) != 1 or not is_id(message_id):
            raise Gone("cannot be redrawn in place")
        buttons = keyboard(out)

        options = {"chat_id": chat, "message_id": int(message_id), "reply_markup": buttons}
        with suppress(Unchanged):
            await self._say("editMessageText", texts[0], options)

    async def _send_part(self, part: Page | Upload, options: dict[str, Any]) -> str:
        if isinstance(part, Upload):
            return await self._send_file(part, options)

        message = await self._say("sendMessage", part, options)
        with in_our_words():
            return f"{int(message['message_id'])}"

    async def _say(self, method: str, page: Page, options: Mapping[str, Any]) -> Any:
        """Call with markup; if Telegram cannot read it, with the plain words."""
        said = {**options, "link_preview_options": _NO_PREVIEW}
        try:
            with in_our_words():
                marked = {**said, "text": page.html(), "parse_mode": ParseMode.HTML}
                return await self._wire.call(method, marked)
        except BadMarkup:
            with in_our_words():
                return await self._wire.call(method, {**said, "text": page.plain()})

    async def _send_file(self, file: Upload, options: dict[str, Any]) -> str:
        """A picture Telegram does not take as a photo (too long, not one at all) goes as a document."""
        if file.photo:
            with suppress(Refused), in_our_words(), _reading(file) as content:
                return f"{(await self._bot.send_photo(photo=content, **options)).message_id}"
        with in_our_words(), _reading(file) as content:
            return f"{(await self._bot.send_document(document=content, **options)).message_id}"


def _options(chat: str, out: Outgoing, *, first: bool, buttons: Any) -> dict[str, Any]:
    """What a message of a card takes beside its content: only the first one replies."""
    replies = first and is_id(out.reply_to)
    reply = {"message_id": int(out.reply_to), "allow_sending_without_reply": True} if replies else None
    return {
        "chat_id": chat,
        "reply_markup": buttons,
        "reply_parameters": reply,
        "protect_content": out.card.vanish is not None,
    }


@contextmanager
def _after(arrived: Sequence[str]) -> Iterator[None]:
    """Once a part has arrived, "not sent" is no longer the whole truth."""
    try:
        yield
    except (NotSent, Throttled) as problem:
        if not arrived:
            raise
        raise MaybeSent(f"broke off after {len(arrived)} messages: {problem}") from problem


@contextmanager
def _reading(file: Upload) -> Iterator[InputFile]:
    with file.path.open("rb") as stream:
        yield InputFile(stream, filename=file.name, read_file_handle=False)


def is_id(text: str) -> bool:
    """Whether it can be a message id at all."""
    return text.isascii() and text.isdecimal()
