"""One lane per chat: its updates get their turns in the order the messenger gave them.

Lanes do not wait for one another. A turn that fails is tried again after a pause; one that keeps failing is
set aside with an apology, so that no update blocks its chat for good. What the database broke off does not
count.
"""

import logging
from collections.abc import Awaitable, Callable, Collection
from time import monotonic
from typing import Final

from bot.crew import Crew, Found
from storage import inbox
from storage.inbox import InboxRow
from storage.store import Store, Tx
from storage.trouble import passing

log = logging.getLogger(__name__)

WIDTH: Final = 16
PAUSES: Final = (0.5, 2.0, 8.0)  # seconds after the first, second … failure; then the update is set aside

Serve = Callable[[InboxRow], Awaitable[None]]
GiveUp = Callable[[Tx, InboxRow], None]
Heads = Callable[[int, Collection[str]], Awaitable[list[InboxRow]]]
"""At most so many updates that are the oldest of their lanes and ours to serve, these lanes excepted."""


class Lanes:
    """Takes the oldest update of each free lane and gives it its turn.

    `give_up` runs in the turn that sets an update aside: it owes the sender an apology.
    """

    def __init__(
        self,
        store: Store,
        heads: Heads,
        serve: Serve,
        give_up: GiveUp,
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._store = store
        self._heads = heads
        self._turn = serve
        self._give_up = give_up
        self._pauses = pauses
        self._busy: set[str] = set()
        self._resting: dict[str, float] = {}
        self._crew: Crew[InboxRow] = Crew(WIDTH, self._fetch, self._serve)
        self.wake = self._crew.wake
        self.run = self._crew.run
        self.quiet = self._crew.quiet
        self.close = self._crew.close
        self.drain = self._crew.drain

    async def _fetch(self, free: int) -> Found[InboxRow]:
        now = monotonic()
        self._resting = {lane: until for lane, until in self._resting.items() if until > now}
        closed = [*self._busy, *self._resting]
        rows = await self._heads(free, closed)
        self._busy.update(row.lane for row in rows)
        more_in = min(self._resting.values()) - now if self._resting else None
        return Found(rows, more_in)

    async def _serve(self, row: InboxRow) -> None:
        try:
            await self._turn(row)
        except Exception as problem:
            await self._failed(row, problem)
        finally:
            self._busy.discard(row.lane)

    async def _failed(self, row: InboxRow, problem: Exception) -> None:
        if passing(problem):
            log.warning("a turn was broken off", extra={"update": row.id, "reason": type(problem).__name__})
            self._resting[row.lane] = monotonic() + self._pauses[0]
            return
        log.error("a turn failed", extra={"update": row.id, "tries": row.tries + 1}, exc_info=problem)
        last = row.tries >= len(self._pauses)
        self._resting[row.lane] = monotonic() + self._pauses[min(row.tries, len(self._pauses) - 1)]
        try:
            await self._store.run(lambda tx: self._note(tx, row, type(problem).__name__, last=last))
        except Exception:
            log.exception("a failure could not be noted")
        else:
            if last:
                del self._resting[row.lane]

    def _note(self, tx: Tx, row: InboxRow, error: str, *, last: bool) -> None:
        if not inbox.take(tx, row):
            return
        if not last:
            inbox.failed(tx, row.id, error)
            return
        inbox.quarantine(tx, row.id, error)
        self._give_up(tx, row)
