"""Taking updates in: each is a committed row before the messenger may forget it.

What is not committed is not confirmed, so it comes again; what comes again is known by its id. Nobody here
looks into an update: one that cannot be understood holds up no other.
"""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

from bot.clock import real_now
from bot.membership import Membership
from bot.messengers.base import Conflict, Messenger, MessengerError, Raw, Throttled, Unauthorised
from storage import inbox
from storage.failpoints import reached
from storage.inbox import Arrival
from storage.store import Store, Tx

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 0.25  # seconds of real time
LONGEST_PAUSE: Final = 30.0

NotSaved = Callable[[Sequence[Raw]], Awaitable[None]]
Fence = Callable[[Tx], bool]


class NotLeading(Exception):
    """Somebody else polls by now: what we hold is theirs to keep."""


class Intake:
    """The poll loop. `polled_at` is when a poll last succeeded, which tells a live bot from a mute one.

    `arrived` is called after a commit; `not_saved` with updates that could not be committed, so that their
    senders can be told.
    """

    def __init__(
        self,
        store: Store,
        member: Membership,
        messenger: Messenger,
        arrived: Callable[[], None],
        not_saved: NotSaved,
    ) -> None:
        self._store = store
        self._member = member
        self._messenger = messenger
        self._arrived = arrived
        self._not_saved = not_saved
        self._failures = 0
        self._unsaved: set[str] = set()
        self.polled_at: datetime | None = None

    async def run(self) -> None:
        """Poll for as long as we lead. Without an offset at first: ids may have started anew (fault 9)."""
        offset: int | None = None
        while self._member.leads:
            try:
                raws = await self._messenger.receive(offset)
                if raws:
                    await self.keep(raws, fence=self._member.leads_in)
                offset = self._messenger.offset_after(raws) or offset
            except Exception as problem:
                if self._member.leads:
                    await asyncio.sleep(self._pause(problem))
            else:
                self.polled_at = real_now()
                self._failures = 0

    async def keep(self, raws: Sequence[Raw], fence: Fence | None = None) -> None:
        """Commit updates, however they came. Raises what the store raised; their senders were told then.

        Raises NotLeading, and keeps nothing, where there is a fence and it is shut.
        """
        reached("intake.received")
        name = self._messenger.name
        arrivals = [
            Arrival(name, self._messenger.event_id(raw), self._messenger.lane(raw), json.dumps(raw))
            for raw in raws
        ]

        def commit(tx: Tx) -> set[str]:
            if fence and not fence(tx):
                raise NotLeading
            return inbox.keep_many(tx, arrivals)

        try:
            kept = await self._store.run(commit)
        except NotLeading:
            raise
        except Exception:
            await self._tell_not_saved(raws)
            raise
        self._unsaved.difference_update(arrival.event_id for arrival in arrivals)
        reached("intake.kept")
        log.debug("updates kept", extra={"arrived": len(arrivals), "kept": len(kept)})
        self._arrived()

    async def _tell_not_saved(self, raws: Sequence[Raw]) -> None:
        """Each sender hears of it once, however often the same update comes again meanwhile."""
        events = {self._messenger.event_id(raw): raw for raw in raws}
        news = [raw for event, raw in events.items() if event not in self._unsaved]
        self._unsaved.update(events)
        await self._not_saved(news)

    def _pause(self, problem: Exception) -> float:
        """How long to wait before polling again, in seconds; said aloud according to what went wrong."""
        self._failures += 1
        _report(problem)
        if isinstance(problem, Throttled):
            return problem.retry_after
        longest = min(FIRST_PAUSE * 2**self._failures, LONGEST_PAUSE)
        return random.uniform(longest / 2, longest)  # noqa: S311


def _report(problem: Exception) -> None:
    match problem:
        case NotLeading():
            log.info("somebody else polls by now")
        case Unauthorised():
            log.critical("the messenger refuses our token")
        case Conflict():
            log.critical("somebody else polls with our token")
        case MessengerError():
            log.warning("polling failed", extra={"reason": type(problem).__name__})
        case _:
            log.error("updates could not be kept; they stay unconfirmed", exc_info=problem)
