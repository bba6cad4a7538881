"""Files handed over: evidence as it was handed in, and the ledger, made for whoever asks.

Both are attachments. What people handed in is never shown by us: its type is the one found when it came in,
and a browser that shows it all the same may run nothing of it.
"""

import asyncio
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from aiohttp import web

from bot.board.headers import SANDBOX
from bot.board.visit import Visits
from handlers.pages.ledger import write
from handlers.pages.topic import evidence
from reports.workbook import MIME
from services import exporting

CHUNK: Final = 2**16  # bytes


class Handing:
    """Hands files over."""

    def __init__(self, visits: Visits) -> None:
        self._visits = visits

    def add_to(self, app: web.Application) -> None:
        """Put the routes into an application."""
        app.router.add_get("/ledger.xlsx", self._ledger)
        app.router.add_get(r"/files/{report:\d{1,12}}/{sha256:[0-9a-f]{64}}", self._evidence)

    async def _ledger(self, request: web.Request) -> web.StreamResponse:
        with TemporaryDirectory(prefix="lingti-paper-") as folder:
            path = Path(folder) / "ledger.xlsx"
            person, (name, count) = await self._visits.drawn(
                request, lambda eyes, place: write(eyes, place.query, path)
            )
            if not count:
                raise web.HTTPNotFound
            await self._visits.done(person, lambda work: exporting.ledger(work, count))
            return await _hand(request, path, name, MIME)

    async def _evidence(self, request: web.Request) -> web.StreamResponse:
        report, sha256 = int(request.match_info["report"]), request.match_info["sha256"]
        person, (file, confidential) = await self._visits.drawn(
            request, lambda eyes, place: evidence(eyes, report, sha256)
        )
        path = self._visits.policy.kept(sha256)
        if not await asyncio.to_thread(path.is_file):
            raise web.HTTPNotFound
        await self._visits.note(person, confidential)
        return await _hand(request, path, file.name, file.mime)


async def _hand(request: web.Request, path: Path, name: str, mime: str) -> web.StreamResponse:
    """Stream a file as an attachment."""
    with await asyncio.to_thread(path.open, "rb") as stream:
        answer = web.StreamResponse(
            headers={
                "Content-Type": mime,
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
                "Content-Length": str(os.fstat(stream.fileno()).st_size),
                "Content-Security-Policy": SANDBOX,
            }
        )
        await answer.prepare(request)
        while chunk := await asyncio.to_thread(stream.read, CHUNK):
            await answer.write(chunk)
        await answer.write_eof()
        return answer
