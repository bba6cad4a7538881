"""/healthz: whether updates are taken in, turns are committed, and nothing waits too long."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from bot.clock import real_now
from bot.listening import listen
from storage import inbox, outbox, standby
from storage.store import Store, Tx

STALE_POLL: Final = 150.0  # seconds; a press expires after as many
STUCK: Final = 600.0  # seconds an update may wait
WRITER_ANSWERS: Final = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Health:
    """How the process is: `polled_ago` and `oldest` in seconds, None where there is nothing to measure.

    Of several processes one `leads` and polls. `standby`: whether commits wait for a second database server.
    """

    polled_ago: float | None
    backlog: int
    quarantined: int
    oldest: float | None
    outbox: dict[str, int]
    writer: bool
    leads: bool = True
    standby: bool | None = None

    @property
    def well(self) -> bool:
        """Whether nobody needs to be called."""
        polled = not self.leads or (self.polled_ago is not None and self.polled_ago < STALE_POLL)
        return polled and self.writer and (self.oldest or 0.0) < STUCK

    def body(self) -> dict[str, Any]:
        """As JSON tells it."""
        return {
            "status": "ok" if self.well else "unwell",
            "polled_ago": self.polled_ago,
            "inbox": {"waiting": self.backlog, "quarantined": self.quarantined, "oldest": self.oldest},
            "outbox": self.outbox,
            "writer": self.writer,
            "leads": self.leads,
            "synchronous_standby": self.standby,
        }


async def look(store: Store, polled_at: datetime | None, *, leads: bool = True) -> Health:
    """Ask the store how it is."""
    waiting, sending, second = await store.read(
        lambda tx: (inbox.backlog(tx), outbox.counts(tx), standby.synchronous(tx))
    )
    oldest = (store.clock.now() - waiting.oldest).total_seconds() if waiting.oldest else None
    ago = (real_now() - polled_at).total_seconds() if polled_at else None
    writes = await _writes(store)
    return Health(ago, waiting.new, waiting.quarantined, oldest, sending, writes, leads, second)


async def serve(health: Callable[[], Awaitable[Health]], host: str, port: int) -> web.AppRunner:
    """Answer /healthz from now on; the caller cleans the runner up. Raises Busy when the port is taken."""

    async def healthz(_request: web.Request) -> web.Response:
        found = await health()
        return web.json_response(found.body(), status=200 if found.well else 503)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    return await listen(app, host, port)


async def _writes(store: Store) -> bool:
    def nothing(_tx: Tx) -> None:
        """A turn that only has to be committed."""

    try:
        await asyncio.wait_for(store.run(nothing), WRITER_ANSWERS)
    except Exception:
        return False
    return True
