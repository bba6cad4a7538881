"""Command menus, and the bot's own name and descriptions."""

from bot.sandbox import menus
from bot.sandbox.methods.table import Call, method


def _where(call: Call) -> tuple[str, str]:
    scope = menus.scope_key(call.params.structure("scope", "BotCommandScope"))
    if scope.startswith("chat"):
        call.telegram.known_room(call.bot, scope.split(":")[1])
    return scope, menus.language_key(call.params.text("language_code"))


@method("setMyCommands")
def set_my_commands(call: Call) -> object:
    """Replace the menu of one scope and language."""
    commands = menus.checked(call.params.structure("commands", "commands") or [])
    call.telegram.menus.set(call.bot.id, *_where(call), commands)
    return True


@method("getMyCommands")
def get_my_commands(call: Call) -> object:
    """The menu of exactly one scope and language."""
    return call.telegram.menus.get(call.bot.id, *_where(call))


@method("deleteMyCommands")
def delete_my_commands(call: Call) -> object:
    """Take a menu away."""
    call.telegram.menus.set(call.bot.id, *_where(call), [])
    return True


@method("setMyName", "setMyDescription", "setMyShortDescription", "setChatMenuButton")
def accept(call: Call) -> object:
    """Accepted, and shown nowhere."""
    return True


@method("getMyName")
def get_my_name(call: Call) -> object:
    """The bot's name."""
    return {"name": call.bot.username}


@method("getMyDescription")
def get_my_description(call: Call) -> object:
    """Never set."""
    return {"description": ""}


@method("getMyShortDescription")
def get_my_short_description(call: Call) -> object:
    """Never set."""
    return {"short_description": ""}
