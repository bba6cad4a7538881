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

    @property
    def is_picture(self) -> bool:
        """Whether Telegram would take it as a photo: not too long, not too thin."""
        short, long = sorted((self.width, self.height))
        return short > 0 and short + long <= 10_000 and long <= 20 * short


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
    if mime == "image/webp" and content[12:16] == b"VP8X":
        return _three(content[24:27]) + 1, _three(content[27:30]) + 1
    if mime == "image/webp" and content[12:16] == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return _jpeg_size(content) if mime == "image/jpeg" else (0, 0)


def _three(three: bytes) -> int:
    return int.from_bytes(three, "little")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0
