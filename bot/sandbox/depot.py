"""Uploaded files: bytes on disk (or in memory), a file_id for each bot, Telegram's own limits."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot.sandbox import pictures
from bot.sandbox.errors import bad, refused
from bot.sandbox.shapes import BotId, File
from bot.sandbox.store import Shelf

MEGABYTE: Final = 1024 * 1024
LIMITS: Final = {"photo": 10 * MEGABYTE, "document": 50 * MEGABYTE}
DOWNLOAD_LIMIT: Final = 20 * MEGABYTE


class Depot:
    """Files by file_id. An id serves one bot only, as with Telegram; in a group it serves all its bots."""

    def __init__(self, shelf: Shelf, data: Path | None) -> None:
        self._shelf = shelf
        self._folder = data / "files" if data else None
        self._bytes: dict[str, bytes] = {}
        self._files = {each["id"]: File(**each) for each in shelf.all("file")}
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)

    def keep(self, bot: BotId, kind: str, name: str, content: bytes) -> File:
        """Store an upload; raises what Telegram raises for one that is empty or not a picture."""
        if not content:
            raise bad("file must be non-empty")
        seen = pictures.look(content)
        if kind == "photo" and not seen.is_picture:
            raise bad("PHOTO_INVALID_DIMENSIONS" if seen.width else "IMAGE_PROCESS_FAILED")
        id = f"{'AgAC' if kind == 'photo' else 'BQAC'}{secrets.token_urlsafe(36)}"
        name = re.split(r"[\\/]", name)[-1][-200:] or "file"
        suffix = ".jpg" if kind == "photo" else "".join(re.findall(r"\.[A-Za-z0-9]{1,8}$", name))
        path = f"{kind}s/file_{len(self._files)}{suffix}"
        mime = seen.mime or pictures.by_name(name)
        file = File(id, bot, kind, name, mime, len(content), path, seen.width, seen.height)
        self._write(id, content)
        self._files[id] = file
        self._shelf.put("file", id, asdict(file))
        return file

    def keep_sent(self, bot: BotId, kind: str, name: str, content: bytes) -> File:
        """Store what a bot uploads, within what a bot may upload."""
        if len(content) > LIMITS["document"]:
            raise refused(413)
        if len(content) > LIMITS[kind]:
            limit = LIMITS[kind]
            raise bad(
                f"file of size {len(content)} bytes is too big for a {kind}; "
                f"the maximum size is {limit} bytes"
            )
        return self.keep(bot, kind, name, content)

    def _write(self, id: str, content: bytes) -> None:
        if self._folder:
            (self._folder / id).write_bytes(content)
        else:
            self._bytes[id] = content

    def find(self, id: str) -> File | None:
        """The file with that id, whoever's it is."""
        return self._files.get(id)

    def of(self, bot: BotId, id: str) -> File:
        """The bot's file with that id; a foreign or invented one is refused as Telegram refuses it."""
        file = self._files.get(id)
        if file is None or not file.serves(bot):
            raise bad("wrong file identifier/HTTP URL specified")
        return file

    def at(self, bot: BotId, path: str) -> File | None:
        """The bot's file at a download path."""
        mine = (file for file in self._files.values() if file.serves(bot) and file.path == path)
        return next(mine, None)

    def content(self, file: File) -> bytes:
        """A file's bytes."""
        return (self._folder / file.id).read_bytes() if self._folder else self._bytes[file.id]


def described(file: File) -> Mapping[str, object]:
    """A file as the Bot API's File object."""
    return {
        "file_id": file.id,
        "file_unique_id": unique(file),
        "file_size": file.size,
        "file_path": file.path,
    }


def unique(file: File) -> str:
    """The id that stays the same for every bot, and with which nothing can be fetched."""
    return "AQAD" + file.id[4:20]
