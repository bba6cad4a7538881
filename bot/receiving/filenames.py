"""The name a file came with, made fit to be shown, kept and sent on: it never becomes a path of ours.

It may become one on somebody else's machine, though, and people read it: so nothing of it points to another
folder, turns the reading direction, or means a device.
"""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Final

LONGEST: Final = 120
"""The longest name, in UTF-8 bytes with its extension: no file system we know takes less than 255."""
NAMELESS: Final = "file"
_FOLDERS: Final = re.compile(r"[/\\\u2044\u2215\u29f5\u29f8\uff0f\uff3c]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_DEVICE: Final = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?=\.|$)")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def cleaned(name: str) -> str:
    """The last part of the name, without what cannot be seen or may not stand in a file name."""
    seen = "".join(
        char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char) not in _UNSEEN
    )
    last = _FORBIDDEN.sub("_", _FOLDERS.split(seen)[-1])
    plain = " ".join(last.split()).strip(". ") or NAMELESS
    return _cut(f"_{plain}" if _DEVICE.match(plain) else plain)


def _cut(name: str) -> str:
    """The name shortened in front of its extension."""
    extension = PurePosixPath(name).suffix
    if len(extension.encode()) > LONGEST // 4:
        extension = ""
    stem = name.removesuffix(extension)
    room = LONGEST - len(extension.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + extension
