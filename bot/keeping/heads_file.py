"""The file of published heads: lines are added to its end, and nothing of it is ever changed."""

import os
from pathlib import Path

from bot.keeping.keys import public_key
from bot.settings import Settings
from services.heads import Head, Published, parse, read


def lines(file: Path) -> list[str]:
    """What was published, oldest first; nothing where there is no file yet."""
    try:
        return file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []


def last(settings: Settings) -> Head | None:
    """The head published last; None where there is none that can be read."""
    try:
        return parse(lines(settings.trail_heads())[-1])
    except (IndexError, ValueError):
        return None


def append(file: Path, head: Head) -> None:
    """Add a head, durably, and in one write so that no half line is left."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(descriptor, f"{head.line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def published(settings: Settings, also: tuple[bytes, ...] = ()) -> Published:
    """The heads outside the database, read with the keys this college trusts."""
    own = public_key(settings.trail_key())
    former = [bytes.fromhex(key) for key in settings.trail.former_keys]
    trusted = {*former, *also, *([own] if own else [])}
    return read(lines(settings.trail_heads()), trusted)
