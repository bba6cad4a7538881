"""Files people hand in: fetched into quarantine, looked at, and kept under their own hash.

A file lies safely on the disk before the turn that accepts it; what no turn accepted is collected later.
Nothing here trusts a name: it is cleaned, checked, and never becomes a path.
"""

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

from bot.clock import real_now
from bot.messengers.base import Messenger, MessengerError, NotSent, Refused
from bot.receiving import sniffing
from bot.receiving.filenames import cleaned
from handlers.incoming import Fetched, File
from storage.failpoints import reached

log = logging.getLogger(__name__)

KEPT: Final = "evidence"
TRIES: Final = 3
PAUSE: Final = 0.5  # seconds before the second try, doubled before the third
ORPHANED: Final = timedelta(days=1)


class Depot:
    """Evidence in a folder: `evidence/ab/<sha256>`. `largest` in bytes, `types` as extensions."""

    def __init__(self, data: Path, largest: int, types: Iterable[str]) -> None:
        self._data = data
        self._kept = data / KEPT
        self._quarantine = data / "quarantine"
        self._largest = largest
        self._types = frozenset(types)
        for folder in (self._kept, self._quarantine):
            folder.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        """Where a file lies, or would lie."""
        return where(self._data, sha256)

    async def receive(self, messenger: Messenger, file: File) -> Fetched:
        """Fetch, look, keep. Whatever is wrong with the file is told as a code and never raised."""
        file = replace(file, name=cleaned(file.name))
        if problem := self._refusal(file):
            return refused(file, problem)
        into = self._quarantine / uuid4().hex
        try:
            await _fetch(messenger, file, into, self._largest)
            reached("file.fetched")
            return await asyncio.to_thread(self._inspect, file, into)
        except Refused:
            return refused(file, "too_large" if file.size == 0 else "unavailable")
        except MessengerError as problem_:
            log.warning("a file cannot be fetched", extra={"reason": type(problem_).__name__})
            return refused(file, "unavailable")
        finally:
            into.unlink(missing_ok=True)

    def collect(self, wanted: Callable[[list[str]], set[str]]) -> int:
        """Remove files older than a day that no report holds (`wanted` says which it does); how many."""
        before = (real_now() - ORPHANED).timestamp()
        old = [path for path in self._kept.glob("??/*") if path.stat().st_mtime < before]
        known = wanted([path.name for path in old])
        gone = [path for path in old if path.name not in known]
        gone += [path for path in self._quarantine.iterdir() if path.stat().st_mtime < before]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)

    def _refusal(self, file: File) -> str:
        """What can be said before anything is fetched."""
        if file.size > self._largest:
            return "too_large"
        return "" if sniffing.extension(file.name) in self._types else "type_refused"

    def _inspect(self, file: File, into: Path) -> Fetched:
        size = into.stat().st_size
        with into.open("rb") as stream:
            head = stream.read(sniffing.HEAD)
        if not size or size > self._largest:
            return refused(file, "too_large" if size else "empty")
        name = sniffing.photo(head, file.name) if file.photo else file.name
        if not sniffing.agrees(name, head):
            return refused(file, "disguised")
        return Fetched(self._keep(into), name, sniffing.mime(name), size)

    def _keep(self, into: Path) -> str:
        with into.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            os.fsync(stream.fileno())
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True)
        into.replace(target)
        os.utime(target)
        _sync_folder(target.parent)
        reached("file.kept")
        return sha256


def where(data: Path, sha256: str) -> Path:
    """Where a file of a data folder lies by its hash, or would lie."""
    return data / KEPT / sha256[:2] / sha256


async def _fetch(messenger: Messenger, file: File, into: Path, limit: int) -> None:
    for again in range(1, TRIES + 1):
        try:
            await messenger.fetch(file.id, into, limit)
        except NotSent:
            if again == TRIES:
                raise
            await asyncio.sleep(PAUSE * 2 ** (again - 1))
        else:
            return


def refused(file: File, problem: str) -> Fetched:
    """The file that is not kept, and why."""
    return Fetched("", file.name, file.mime, file.size, problem)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
