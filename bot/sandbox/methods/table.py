"""The table of methods: a name as Telegram spells it, and the function that does it."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.sandbox.errors import refused
from bot.sandbox.model import Telegram
from bot.sandbox.params import Params
from bot.sandbox.shapes import Bot


@dataclass(frozen=True, slots=True)
class Call:
    """One call of one bot."""

    telegram: Telegram
    bot: Bot
    params: Params


Method = Callable[[Call], object | Awaitable[object]]
_METHODS: dict[str, Method] = {}


def method(*names: str) -> Callable[[Method], Method]:
    """Enter a function in the table under its names."""

    def enter(function: Method) -> Method:
        _METHODS.update({name.lower(): function for name in names})
        return function

    return enter


async def run(name: str, call: Call) -> object:
    """Do the method of that name, whatever its case; raises ApiError."""
    found = _METHODS.get(name.lower())
    if found is None:
        raise refused(404)
    answer = found(call)
    return await answer if inspect.isawaitable(answer) else answer
