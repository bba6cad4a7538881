"""Whether a file is what its name says: the extension is a claim, the first bytes are the fact."""

import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import filetype  # type: ignore[import-untyped]

HEAD: Final = 8192  # bytes; enough for every signature
PICTURES: Final = frozenset({"jpg", "png", "gif", "webp", "heic"})
OFFICE: Final = frozenset({"zip", "ole"})  # a protected .docx is an OLE file
AGREES: Final[Mapping[str, frozenset[str]]] = {
    "jpg": frozenset({"jpg"}),
    "jpeg": frozenset({"jpg"}),
    "mp4": frozenset({"mp4", "m4v", "mov", "3gp"}),
    "txt": frozenset({"text"}),
    "csv": frozenset({"text"}),
    "doc": frozenset({"ole", "rtf"}),
    "xls": frozenset({"ole"}),
    "ppt": frozenset({"ole"}),
    "ofd": frozenset({"zip"}),
    **dict.fromkeys(("docx", "xlsx", "pptx", "wps", "et"), OFFICE),
}
"""The kinds of content an extension may have, where it is not just its own name."""

_SIGNATURES: Final = ((b"PK\x03\x04", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"))
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, whose text holds zeros


def extension(name: str) -> str:
    """The extension, lower case, without its dot; "" when there is none."""
    return Path(name).suffix.removeprefix(".").lower()


def agrees(name: str, head: bytes) -> bool:
    """Whether content that begins with `head` may have that name."""
    claimed, found = extension(name), kind(head)
    return found != "" and found in AGREES.get(claimed, frozenset({claimed}))


def photo(head: bytes, name: str) -> str:
    """A photo's name after its content: a messenger that names photos itself has made no claim."""
    found = kind(head)
    return f"{Path(name).stem}.{found}" if found in PICTURES else name


def kind(head: bytes) -> str:
    """What content is, by its first bytes: a container, a known format, `text`, or "" for anything else."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    if known := filetype.guess(head):
        return str(known.extension)
    return "text" if head.startswith(_WIDE) or b"\0" not in head else ""


def mime(name: str) -> str:
    """The media type of a name that agrees with its content."""
    return mimetypes.guess_type(f"x.{extension(name)}")[0] or "application/octet-stream"
