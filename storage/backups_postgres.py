"""Copies of a PostgreSQL database: by its own pg_dump and pg_restore, where they are installed."""

import os
import subprocess
from pathlib import Path
from shutil import which

from sqlalchemy import URL, make_url

from storage.backups import PART, settle


class NoTool(Exception):
    """pg_dump or pg_restore is not installed, or refused; `reason` is its last line."""

    def __init__(self, tool: str, reason: str = "") -> None:
        super().__init__(f"{tool}: {reason}" if reason else tool)
        self.tool = tool
        self.reason = reason


def dump(url: str | URL, target: Path) -> None:
    """Copy a database that is in use: one snapshot, in pg_dump's own format. Raises NoTool."""
    part = target.with_name(target.name + PART)
    try:
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={part}", f"--dbname={_plain(url)}")
        settle(part, target)
    finally:
        part.unlink(missing_ok=True)


def load(url: str | URL, file: Path) -> None:
    """Fill an empty database from a copy, whole or not at all. Raises NoTool."""
    _run("pg_restore", url, "--single-transaction", "--no-owner", f"--dbname={_plain(url)}", str(file))


def _run(tool: str, url: str | URL, *arguments: str) -> None:
    program = which(tool)
    if program is None:
        raise NoTool(tool)
    password = make_url(url).password
    env = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [program, *arguments], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoTool(tool, next(reversed(done.stderr.strip().splitlines()), ""))


def _plain(url: str | URL) -> str:
    """The URL as PostgreSQL's own tools read it, without the password."""
    plain = make_url(url).set(drivername="postgresql", password=None)
    return plain.render_as_string(hide_password=False)
