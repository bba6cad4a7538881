"""What an upload is, told by its bytes: Telegram takes a picture only if it is one."""

import mimetypes
import struct
from dataclasses import dataclass

import filetype  # type: ignore[import-untyped]

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Seen:
    """A file's type by its bytes; width and height in pixels, 0 for what is no picture."""

    mime: str = ""
    width: int = 0
    height: int = 0


def look(content: bytes) -> Seen:
    """Recognise a file by its beginning."""
    kind = filetype.guess(content[:8192])
    mime = kind.mime if kind else ""
    try:
        width, height = _size(mime, content)
    except (struct.error, IndexError):
        width, height = 0, 0
    return Seen(mime, width, height)


def by_name(name: str) -> str:
    """A file's type by its name, for what the bytes do not tell."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _size(mime: str, content: bytes) -> tuple[int, int]:
    if mime == "image/png":
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if mime == "image/gif":
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if mime == "image/jpeg" else (0, 0)


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
