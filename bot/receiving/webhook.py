"""Updates posted to us: the same way in as polling, by another door.

Whoever does not show the secret hears a bare no (fault 10). 200 is said once the update is a committed row;
after anything else the messenger posts it again. It posts the updates of one chat one after another, so their
order holds whichever process hears them.
"""

import json
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from bot.clock import real_now
from bot.listening import listen
from bot.messengers.base import Hook, Messenger, Raw
from bot.settings.outside import Webhook

log = logging.getLogger(__name__)

LARGEST: Final = 2**20  # bytes; Telegram's updates are some thousands
SAID_AGAIN: Final = 60.0  # seconds between two lines about posts without the secret

Keep = Callable[[Sequence[Raw]], Awaitable[None]]


class Door:
    """Where posts come in; shut while no address is set. `answers` counts them by the status they got.

    `heard_at` is when one was last kept.
    """

    def __init__(self, where: Webhook, messenger: Messenger, keep: Keep) -> None:
        self._where = where
        self._messenger = messenger
        self._keep = keep
        self._runner: web.AppRunner | None = None
        self.heard_at: datetime | None = None
        self.answers: Counter[int] = Counter()
        self._forged_at: datetime | None = None

    @property
    def hook(self) -> Hook | None:
        """What the messenger must know to post to us; None: it is polled instead."""
        its = self._where
        return Hook(its.url, its.secret.get_secret_value(), its.connections) if its.url else None

    async def open(self) -> None:
        """Listen from now on, if an address is set. Raises Busy when somebody else listens there."""
        if not self._where.url:
            return
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(self._where.path, self._posted)
        self._runner = await listen(app, self._where.host, self._where.port)

    async def close(self) -> None:
        """Let in nobody more; whoever is inside is answered."""
        if self._runner:
            await self._runner.cleanup()

    async def _posted(self, request: web.Request) -> web.Response:
        status = await self._take(request)
        self.answers[status] += 1
        return web.Response(status=status)

    async def _take(self, request: web.Request) -> HTTPStatus:
        if not self._messenger.genuine(request.headers, self._where.secret.get_secret_value()):
            self._forged()
            return HTTPStatus.FORBIDDEN
        try:
            raw = _update(await request.read())
        except ConnectionError:  # broken off; nobody is left to hear the answer
            return HTTPStatus.BAD_REQUEST
        except web.HTTPRequestEntityTooLarge:
            log.error("a post is too large to be an update")
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if raw is None:
            log.error("a post is no update")
            return HTTPStatus.BAD_REQUEST
        return await self._kept(raw)

    async def _kept(self, raw: Raw) -> HTTPStatus:
        try:
            await self._keep([raw])
        except Exception:
            log.exception("an update could not be kept; it is to be posted again")
            return HTTPStatus.SERVICE_UNAVAILABLE
        self.heard_at = real_now()
        return HTTPStatus.OK

    def _forged(self) -> None:
        """Say so now and then: a flood of them must not drown the log."""
        now = real_now()
        if self._forged_at is None or (now - self._forged_at).total_seconds() > SAID_AGAIN:
            self._forged_at = now
            log.warning("somebody posts without the secret")


def _update(body: bytes) -> dict[str, Any] | None:
    """The JSON object of a post; None when it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
