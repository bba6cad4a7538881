"""The Bot API's methods, one small file per subject; importing this package fills the table."""

from bot.sandbox.methods import chats, editing, files, menus, presses, sending, updates, webhooks
from bot.sandbox.methods.table import Call, Method, run

__all__ = [
    "Call",
    "Method",
    "chats",
    "editing",
    "files",
    "menus",
    "presses",
    "run",
    "sending",
    "updates",
    "webhooks",
]
