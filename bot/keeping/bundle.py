"""The trail to take away: rows, heads, and a verifier that needs nothing of ours, as a folder or a zip.

`rows.jsonl` holds a line of JSON a row: the bytes that were hashed and the hash, in hex. No name and no text
is in it, because none is in the trail.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import Final, TextIO

from storage.journal import RawRow

ROWS: Final = "rows.jsonl"
HEADS: Final = "heads.txt"
VERIFIER: Final = "verify_trail.py"
CALL: Final = f"python {VERIFIER} . [ROWS:HASH ...]\n"


def write(target: Path, slices: Iterable[Sequence[RawRow]], heads: Sequence[str]) -> int:
    """Write a bundle to a new folder, or to a new file where its name ends in .zip; how many rows."""
    with _opened(target) as bundle:
        with bundle.new(ROWS) as out:
            count = _write_rows(out, slices)
        for name, text in (
            (HEADS, "".join(f"{line}\n" for line in heads)),
            (VERIFIER, files("bot.keeping").joinpath(VERIFIER).read_text("utf-8")),
            ("HOW.txt", CALL),
        ):
            with bundle.new(name) as out:
                out.write(text)
    return count


def _write_rows(out: TextIO, slices: Iterable[Sequence[RawRow]]) -> int:
    count = 0
    for rows in slices:
        out.writelines(f'["{body.hex()}","{digest.hex()}"]\n' for *_, body, digest in rows)
        count += len(rows)
    return count


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def new(self, name: str) -> Iterator[TextIO]:
        """A new file in it."""
        with (self._folder / name).open("x", encoding="utf-8", newline="\n") as out:
            yield out


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def new(self, name: str) -> Iterator[TextIO]:
        """A new file in it, however long it gets."""
        with (
            self._archive.open(name, "w", force_zip64=True) as raw,
            TextIOWrapper(raw, encoding="utf-8", newline="\n") as out,
        ):
            yield out


@contextmanager
def _opened(target: Path) -> Iterator[_Folder | _Zip]:
    if target.suffix == ".zip":
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
            yield _Zip(archive)
    else:
        target.mkdir(parents=True)
        yield _Folder(target)
