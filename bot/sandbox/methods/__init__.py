"""The Bot API's methods, one small file per subject; importing this package fills the table."""

from bot.sandbox.methods import chats, editing, files, menus, presses, sending, updates, webhooks
from bot.sandbox.methods.table import Call, Method, find

__all__ = [
    "Call",
    "Method",
    "chats",
    "editing",
    "files",
    "find",
    "menus",
    "presses",
    "sending",
    "updates",
    "webhooks",
]
