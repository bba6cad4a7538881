"""getUpdates, and the calls that say goodbye."""

from dataclasses import replace
from typing import Any

from bot.sandbox import wire
from bot.sandbox.errors import bad, refused
from bot.sandbox.methods.table import Call, method
from bot.sandbox.updates import LIMIT, LONGEST_POLL

WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@method("getMe")
def get_me(call: Call) -> object:
    """Who the bot is."""
    return wire.me(call.bot)


@method("logOut", "close")
def goodbye(call: Call) -> object:
    """Nothing to leave: the sandbox is the only server there is."""
    return True


@method("getUpdates")
async def get_updates(call: Call) -> object:
    """Confirm what lies below `offset`, then wait up to `timeout` s for something to hand over."""
    params = call.params
    if call.telegram.webhooks.of(call.bot.id).url:
        raise refused(409, WEBHOOK_SET)
    remember_allowed(call)
    limit = params.number("limit", LIMIT)
    timeout = min(max(params.number("timeout"), 0), LONGEST_POLL)
    mail = call.telegram.mail(call.bot.id)
    return await mail.poll(params.number("offset"), limit if 0 < limit <= LIMIT else LIMIT, timeout)


def remember_allowed(call: Call) -> None:
    """Keep `allowed_updates` for good if it was sent; an empty list means the usual kinds."""
    wanted: Any = call.params.structure("allowed_updates", "allowed_updates")
    if wanted is None:
        return
    if not isinstance(wanted, list):
        raise bad("can't parse allowed_updates: expected an Array of String")
    allowed = tuple(map(str, wanted)) or None
    if allowed != call.telegram.registry.bots[call.bot.id].allowed:
        call.telegram.registry.keep_bot(replace(call.bot, allowed=allowed))
