"""What only one process does: take updates in by polling, sweep, keep the record.

Whoever comes to lead begins with what its predecessor left, and stops when it leads no more.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Final

from bot.membership import Membership

log = logging.getLogger(__name__)

AGAIN: Final = 1.0  # seconds

Duty = Callable[[], Awaitable[None]]


class Reign:
    """`begin` comes first; `rule` is done for as long as we lead, and returns when we do not."""

    def __init__(self, member: Membership, begin: Duty, rule: Duty) -> None:
        self._member = member
        self._begin = begin
        self._rule = rule
        self._begun = False

    async def start(self) -> None:
        """Begin, if we lead already. Raises what `begin` raised."""
        if self._member.leads:
            await self._begin()
            self._begun = True

    async def run(self) -> None:
        """Lead whenever it is our turn, until cancelled."""
        while True:
            if self._begun:
                await self._rule()
                self._begun = False
            await self._member.elected()
            try:
                await self.start()
            except Exception:
                log.exception("what a leader begins with failed")
                await asyncio.sleep(AGAIN)

    def only(self, duty: Duty) -> Duty:
        """The same duty, left undone while others lead."""

        @wraps(duty)
        async def ours() -> None:
            if self._begun and self._member.leads:
                await duty()

        return ours
