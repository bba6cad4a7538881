"""What the process says about itself: one JSON object a line, and nothing that belongs to a person.

Text about people cannot be recognised, so it is kept out by construction: our own records give the constant
part of their message and fields that look like ids, codes and numbers; other libraries' records give their
place and the error's type, never their words, which quote whole updates. Known secrets are struck out last.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import Enum
from pathlib import PurePath
from traceback import walk_tb
from typing import Final, TextIO

from pydantic import SecretStr

OURS: Final = frozenset({"bot", "handlers", "reports", "services", "storage", "workflow"})
HIDDEN: Final = "***"

_TOKEN: Final = re.compile(r"\d{6,}:[A-Za-z0-9_-]{30,}")
_CODE: Final = re.compile(r"[A-Za-z0-9_.:+/-]{1,64}")
_USUAL: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def start(level: str, secrets: Iterable[SecretStr] = (), stream: TextIO | None = None) -> logging.Handler:
    """Send everything that is logged to `stream` (default: standard error), from `level` on.

    Other libraries are heard from "warning" on, whatever the level. Returns the one handler that remains.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    handler.addFilter(_worth_saying)
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    logging.captureWarnings(True)
    return handler


class JsonLines(logging.Formatter):
    """A record as one line of JSON: at (UTC), level, logger, message, fields, error, trace."""

    def __init__(self, secrets: Iterable[SecretStr] = ()) -> None:
        super().__init__()
        self._secrets = tuple(value for secret in secrets if (value := secret.get_secret_value()))

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line = json.dumps(dict(_told(record)), ensure_ascii=False)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, line)


def _worth_saying(record: logging.LogRecord) -> bool:
    return _ours(record) or record.levelno >= logging.WARNING


def _ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def _told(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    yield "at", datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    yield "level", record.levelname.lower()
    yield "logger", record.name
    if _ours(record):
        yield "message", str(record.msg)
        yield from ((name, _safe(value)) for name, value in vars(record).items() if name not in _USUAL)
    else:
        yield "place", f"{record.filename}:{record.lineno}"
    if record.exc_info and record.exc_info[1]:
        yield "error", [_named(error) for error in _chain(record.exc_info[1])]
        yield "trace", [_place(frame.f_code.co_filename, line) for frame, line in walk_tb(record.exc_info[2])]


def _safe(value: object) -> object:
    """The value when it is a number, an id or a code; otherwise a sign that something was left out."""
    plain = value.value if isinstance(value, Enum) else value
    if plain is None or isinstance(plain, bool | int | float):
        return plain
    if isinstance(plain, datetime):
        return plain.isoformat()
    return plain if isinstance(plain, str) and _CODE.fullmatch(plain) else HIDDEN


def _chain(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause:
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _named(error: BaseException) -> str:
    """The error's type, with its code when it is one of ours; its words may quote people."""
    code = getattr(error, "code", "")
    return f"{type(error).__qualname__} {_safe(code)}" if code else type(error).__qualname__


def _place(filename: str, line: int) -> str:
    return f"{'/'.join(PurePath(filename).parts[-2:])}:{line}"
