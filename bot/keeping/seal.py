"""Sealing a file so that only the holder of a key can open it, and nobody can change, cut or swap a part.

AES-256-GCM in pieces of a megabyte: each nonce counts them and marks the last (the STREAM construction, Hoang
and others 2015); each file has its own key, derived from the keeper's by HKDF with a random salt.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC: Final = b"lingti sealed 1\n"
SALT: Final = 16
PIECE: Final = 1 << 20
TAG: Final = 16


class CannotOpen(Exception):
    """The key is another one, or the file is not as it was sealed."""


def seal(plain: Path, into: Path, key: bytes) -> None:
    """Write a sealed copy of a file."""
    salt = secrets.token_bytes(SALT)
    cipher = _cipher(key, salt)
    with plain.open("rb") as source, into.open("xb") as out:
        out.write(MAGIC + salt)
        for number, piece, last in _pieces(source, PIECE):
            out.write(cipher.encrypt(_nonce(number, last), piece, None))
        out.flush()
        os.fsync(out.fileno())


def unseal(sealed: Path, into: Path, key: bytes) -> None:
    """Write what was sealed. Raises CannotOpen, and then leaves nothing."""
    try:
        with sealed.open("rb") as source, into.open("xb") as out:
            if source.read(len(MAGIC)) != MAGIC:
                raise CannotOpen
            cipher = _cipher(key, source.read(SALT))
            for number, piece, last in _pieces(source, PIECE + TAG):
                out.write(cipher.decrypt(_nonce(number, last), piece, None))
    except (InvalidTag, CannotOpen):
        into.unlink(missing_ok=True)
        raise CannotOpen(sealed.name) from None


def _pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """The file in pieces, numbered, the last one marked; an empty file is one empty piece."""
    number, piece = 0, source.read(size)
    while following := source.read(size):
        yield number, piece, False
        number, piece = number + 1, following
    yield number, piece, True


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"lingti backup").derive(key))
