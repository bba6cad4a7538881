"""The folder of copies: the database of some days, sealed where the college wants it, and the evidence once.

Evidence lies under its own hash and never changes, so a file is linked or copied when it is new.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.clock import real_now
from bot.keeping.keys import sealing_key
from bot.keeping.seal import CannotOpen, seal, unseal
from bot.settings import Settings
from storage import backups, backups_postgres
from storage.backups import PART, Unsound, settle
from storage.failpoints import reached

NAME: Final = "lingti-"
STAMP: Final = "%Y%m%dT%H%M%SZ"
SEALED: Final = ".sealed"
MAKING: Final = ".making-"
ABANDONED: Final = timedelta(hours=6)  # longer than a copy takes
SQLITE: Final = ".db"
POSTGRES: Final = ".dump"


def make(settings: Settings) -> Path:
    """Copy the database and new evidence now; the copy. Raises Unsound, NoTool, BadKey or OSError."""
    folder = settings.backups()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{NAME}{real_now().strftime(STAMP)}"
    file = settings.database_file_used()
    with _workshop(folder) as inside:
        if file is None:
            made = inside / f"{name}{POSTGRES}"
            backups_postgres.dump(settings.database_url(), made)
        else:
            made = inside / f"{name}{SQLITE}"
            backups.copy(file, made)
        reached("keep.copied")
        copy = _put(settings, made, folder / made.name)
    _keep_evidence(settings, folder / "evidence")
    for old in found(settings)[max(settings.backup.keep, 1) :]:
        old.unlink()
    return copy


def found(settings: Settings) -> list[Path]:
    """Every copy, the newest first."""
    return sorted((p for p in settings.backups().glob(f"{NAME}*") if p.suffix != PART), reverse=True)


def made_at(copy: Path) -> datetime:
    """When a copy was made, by its name; aware, UTC."""
    stamp = copy.name.removeprefix(NAME).partition(".")[0]
    return datetime.strptime(f"{stamp}+0000", f"{STAMP}%z")


def newest_good(settings: Settings) -> Path | None:
    """The newest copy that opens and holds together."""
    for copy in found(settings):
        try:
            with opened(settings, copy) as plain:
                if plain.suffix == SQLITE:
                    backups.check(plain)
        except (Unsound, CannotOpen, OSError):
            continue
        return copy
    return None


@contextmanager
def opened(settings: Settings, copy: Path) -> Iterator[Path]:
    """A copy to read, unsealed for as long as the block lasts where it has to be. Raises CannotOpen."""
    if copy.suffix != SEALED:
        yield copy
        return
    with _workshop(settings.data) as inside:
        plain = inside / copy.name.removesuffix(SEALED)
        unseal(copy, plain, _key(settings))
        yield plain


def return_evidence(settings: Settings, folder: Path) -> int:
    """Bring evidence back from the folder of copies; how many files."""
    count = 0
    for kept in folder.glob("??/*"):
        target = settings.data / "evidence" / kept.parent.name / kept.name.removesuffix(SEALED)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(target.name + PART)
            if kept.suffix == SEALED:
                unseal(kept, part, _key(settings))
            else:
                shutil.copyfile(kept, part)
            settle(part, target)
            count += 1
    return count


def _put(settings: Settings, plain: Path, target: Path) -> Path:
    if settings.backup_key() is None:
        settle(plain, target)
        return target
    target = target.with_name(target.name + SEALED)
    part = plain.with_name(plain.name + SEALED)
    seal(plain, part, _key(settings))
    settle(part, target)
    return target


def _keep_evidence(settings: Settings, folder: Path) -> None:
    sealing = settings.backup_key() is not None
    for blob in (settings.data / "evidence").glob("??/*"):
        target = folder / blob.parent.name / (blob.name + SEALED * sealing)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + PART)
        part.unlink(missing_ok=True)
        if sealing:
            seal(blob, part, _key(settings))
        else:
            _link(blob, part)
        settle(part, target)


def _link(blob: Path, part: Path) -> None:
    """The same file under another name, or on another disk a copy."""
    try:
        os.link(blob, part)
    except OSError:
        shutil.copyfile(blob, part)


def _key(settings: Settings) -> bytes:
    file = settings.backup_key()
    if file is None:
        raise CannotOpen("no key is set")
    return sealing_key(file)


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """Where plain copies lie while they are worked on: this account's eyes only."""
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    with TemporaryDirectory(dir=folder, prefix=MAKING) as inside:
        yield Path(inside)


def _clear(folder: Path) -> None:
    """Remove what a process left that was killed in its workshop: plain copies of everything."""
    before = (real_now() - ABANDONED).timestamp()
    for left in folder.glob(f"{MAKING}*"):
        if left.stat().st_mtime < before:
            shutil.rmtree(left, ignore_errors=True)
