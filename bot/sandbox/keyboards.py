"""Keyboards under messages, checked as Telegram checks them before it draws any."""

import json
from typing import Any, Final

from bot.sandbox.errors import ApiError, bad
from bot.sandbox.shapes import Json

ACTIONS: Final = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
BUTTON_LIMIT: Final = 100
DATA_BYTES: Final = 64


def markup(raw: str) -> Json | None:
    """The keyboard `raw` (JSON) describes, None for none; raises for what Telegram would not draw."""
    if not raw:
        return None
    try:
        value = json.loads(raw)
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in value:
        rows = _inline(value["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in value:
        return {**value, "keyboard": _plain(value["keyboard"])}
    return value or None


def _rows(value: Any, field: str, what: str) -> list[list[Any]]:
    if not isinstance(value, list):
        raise bad(f'field "{field}" of the {what} must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad(f'field "{field}" of the {what} must be an Array of Arrays')
    if sum(map(len, value)) > BUTTON_LIMIT:
        raise bad("reply markup is too long")
    return [row for row in value if row]


def _inline(value: Any) -> list[list[Json]]:
    rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup")
    return [[_button(button) for button in row] for row in rows]


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise _unreadable("KeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise _unreadable('Field "text" must be of type String')
    if not button["text"].strip():
        raise bad(
            "BUTTON_TEXT_INVALID" if button["text"] else "text buttons are unallowed in the inline keyboard"
        )
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if not actions:
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions:
        _check_data(button["callback_data"])
    if "url" in actions:
        _check_url(str(button["url"]))
    return {"text": button["text"], **{name: button[name] for name in actions}}


def _check_data(data: Any) -> None:
    if not isinstance(data, str):
        raise _unreadable('Field "callback_data" must be of type String')
    if not 1 <= len(data.encode()) <= DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    if not url.startswith(("http://", "https://", "tg://", "mailto:", "tel:")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: wrong HTTP URL")


def _unreadable(reason: str) -> ApiError:
    return bad(f"can't parse inline keyboard button: {reason}")


def _plain(value: Any) -> list[list[Json]]:
    rows = _rows(value, "keyboard", "ReplyKeyboardMarkup")
    return [[_key(each) for each in row] for row in rows]


def _key(value: Any) -> Json:
    key = {"text": value} if isinstance(value, str) else value
    if not isinstance(key, dict) or not isinstance(key.get("text"), str):
        raise bad('can\'t parse keyboard button: Field "text" must be of type String')
    return key
