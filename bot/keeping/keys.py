"""Key files: made when first needed, readable by this account alone, refused when others can read them."""

import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

BYTES: Final = 32
_OTHERS: Final = 0o077


class BadKey(Exception):
    """A key file others can read (`exposed`) or that holds no key of its kind (`unreadable`)."""

    def __init__(self, problem: str, file: Path) -> None:
        super().__init__(f"{problem}: {file.name}")
        self.problem = problem
        self.file = file


def signing_key(file: Path) -> Ed25519PrivateKey:
    """The key that signs the trail's heads, written in hex; a new one where there is none."""
    if not file.exists():
        made = Ed25519PrivateKey.generate()
        _write(file, made.private_bytes_raw().hex().encode() + b"\n")
    return Ed25519PrivateKey.from_private_bytes(_hex(file))


def public_key(file: Path) -> bytes | None:
    """Its public half, 32 bytes; None where there is no key yet."""
    return signing_key(file).public_key().public_bytes_raw() if file.exists() else None


def sealing_key(file: Path) -> bytes:
    """The key that seals copies, 32 bytes; a new one where there is none."""
    if not file.exists():
        _write(file, secrets.token_hex(BYTES).encode() + b"\n")
    return _hex(file)


def _hex(file: Path) -> bytes:
    if os.name == "posix" and file.stat().st_mode & _OTHERS:
        raise BadKey("exposed", file)
    try:
        key = bytes.fromhex(file.read_text("ascii"))
    except ValueError:
        raise BadKey("unreadable", file) from None
    if len(key) != BYTES:
        raise BadKey("unreadable", file)
    return key


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(descriptor)
