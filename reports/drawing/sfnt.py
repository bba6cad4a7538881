"""What a font file is called and which signs it has, read from its own tables.

A rasteriser draws an empty box, or nothing, for a sign its font lacks; so a font is asked before it is used.
Sources: the OpenType specification's chapters `otff`, `name` and `cmap`.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

FAMILY: Final = (16, 1)  # name ids: the typographic family, the legacy one
WINDOWS: Final = 3
_MOST_FACES: Final = 64
_BOLD: Final = 600
_SEGMENTS: Final = 4
_GROUPS: Final = 12


class NotAFont(Exception):
    """The file is none, or is broken."""


@dataclass(frozen=True)
class Face:
    """One face of a font file: its tables by tag, each (offset, length)."""

    content: bytes
    tables: dict[bytes, tuple[int, int]]

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The names a drawing may call it by, the typographic ones first."""
        start, _ = self.tables.get(b"name", (0, 0))
        if not start:
            return ()
        count, strings = struct.unpack_from(">2xHH", self.content, start)
        records = [struct.unpack_from(">6H", self.content, start + 6 + 12 * no) for no in range(count)]
        told = [
            (name_id, self.content[start + strings + at : start + strings + at + length])
            for platform, _, _, name_id, length, at in records
            if platform == WINDOWS and name_id in FAMILY
        ]
        told.sort(key=lambda one: FAMILY.index(one[0]))
        return tuple(dict.fromkeys(text.decode("utf-16-be", "replace") for _, text in told))

    @property
    def bold(self) -> bool:
        """Whether it is a heavy face."""
        start, length = self.tables.get(b"OS/2", (0, 0))
        return bool(length) and int(struct.unpack_from(">H", self.content, start + 4)[0]) >= _BOLD

    def has(self, signs: str) -> bool:
        """Whether it has a glyph for each of these signs."""
        return all(any(_in(table, ord(sign)) for table in self._maps) for sign in signs)

    @cached_property
    def _maps(self) -> Sequence[list[tuple[int, int]]]:
        """The stretches of code points each subtable maps."""
        start, _ = self.tables.get(b"cmap", (0, 0))
        if not start:
            return ()
        (count,) = struct.unpack_from(">2xH", self.content, start)
        offsets = {struct.unpack_from(">4xI", self.content, start + 4 + 8 * no)[0] for no in range(count)}
        return [_stretches(self.content, start + offset) for offset in sorted(offsets)]


def faces(path: Path) -> list[Face]:
    """The faces in a file. Raises NotAFont."""
    try:
        content = path.read_bytes()
        found = [_face(content, at) for at in _starts(content)]
        for face in found:
            face.has(" ")
            _ = (face.families, face.bold)
    except (OSError, struct.error) as problem:
        raise NotAFont(str(path)) from problem
    return found


def _starts(content: bytes) -> Sequence[int]:
    tag = content[:4]
    if tag == b"ttcf":
        (count,) = struct.unpack_from(">8xI", content)
        return struct.unpack_from(f">12x{min(count, _MOST_FACES)}I", content)
    if tag not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise NotAFont("neither a font nor a collection")
    return (0,)


def _face(content: bytes, start: int) -> Face:
    (count,) = struct.unpack_from(">4xH", content, start)
    records = [struct.unpack_from(">4s4xII", content, start + 12 + 16 * no) for no in range(count)]
    return Face(content, {tag: (at, length) for tag, at, length in records})


def _stretches(content: bytes, at: int) -> list[tuple[int, int]]:
    """What a `cmap` subtable maps; formats 4 and 12 carry Unicode, the others are passed over."""
    (form,) = struct.unpack_from(">H", content, at)
    if form == _GROUPS:
        (count,) = struct.unpack_from(">12xI", content, at)
        groups = (struct.unpack_from(">II", content, at + 16 + 12 * no) for no in range(count))
        return [(first, last) for first, last in groups]
    return list(_segments(content, at)) if form == _SEGMENTS else []


def _segments(content: bytes, at: int) -> Iterator[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">6xH", content, at)
    half = f">{doubled // 2}H"
    lasts = struct.unpack_from(half, content, at + 14)
    firsts = struct.unpack_from(half, content, at + 16 + doubled)
    yield from zip(firsts, lasts, strict=True)


def _in(stretches: list[tuple[int, int]], code: int) -> bool:
    return any(first <= code <= last for first, last in stretches)
