"""A canary sings in every place a log could pick it up from; no log line may repeat its song."""

import io
import json
import logging
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
from pydantic import SecretStr

from bot import logs
from workflow.errors import NotFound

TOKEN = "123456789:" + "Canary" * 6
PASSWORD = "canary-password"
NAME = "金丝雀"
TEXT = "the canary reports progress"


class Verb(StrEnum):
    CLAIM = "claim"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """What the process logs at DEBUG while a test runs; afterwards logging is as it was."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    root.handlers.clear()
    written = io.StringIO()
    logs.start("debug", [SecretStr(TOKEN), SecretStr(PASSWORD), SecretStr("")], written)
    yield written
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


def told(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_record_of_ours_is_one_line_of_fields(stream: io.StringIO) -> None:
    at = datetime(2026, 3, 2, tzinfo=UTC)
    fields = {"topic": 17, "verb": Verb.CLAIM, "ms": 4.2, "due": at, "late": False, "chat": None}
    logging.getLogger("bot.receiving.intake").info("turn done", extra=fields)
    (line,) = told(stream)
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "bot.receiving.intake",
        "message": "turn done",
        "topic": 17,
        "verb": "claim",
        "ms": 4.2,
        "due": "2026-03-02T00:00:00+00:00",
        "late": False,
        "chat": None,
    }


def test_names_and_texts_do_not_pass_as_fields_or_arguments(stream: io.StringIO) -> None:
    log = logging.getLogger("services.claiming")
    log.debug("claimed", extra={"who": NAME, "text": TEXT, "raw": {"text": TEXT}})
    log.debug("claimed by %s", NAME)
    assert NAME not in stream.getvalue()
    assert TEXT not in stream.getvalue()
    assert told(stream)[0]["text"] == logs.HIDDEN


def test_secrets_are_struck_out_wherever_they_stand(stream: io.StringIO) -> None:
    log = logging.getLogger("bot.messengers.telegram")
    log.info(f"polling /bot{TOKEN}/getUpdates", extra={"url": f"/bot{TOKEN}/getMe", "db": PASSWORD})  # noqa: G004
    log.info(f"unknown token 987654321:{'x' * 35}")  # noqa: G004
    assert TOKEN not in stream.getvalue()
    assert PASSWORD not in stream.getvalue()
    assert "987654321" not in stream.getvalue()


def test_other_libraries_are_heard_from_warning_on_and_never_quoted(stream: io.StringIO) -> None:
    for library in (
        "telegram.ext.Updater",
        "httpcore.http11",
        "aiohttp.access",
        "sqlalchemy.engine",
        "asyncio",
    ):
        log = logging.getLogger(library)
        log.debug("got %s", {"text": TEXT, "token": TOKEN})
        log.warning(f"cannot process {TEXT} of {NAME}")  # noqa: G004
    lines = told(stream)
    assert [line["level"] for line in lines] == ["warning"] * 5
    assert all(line["place"].startswith("test_logs.py:") for line in lines)
    assert TEXT not in stream.getvalue()
    assert NAME not in stream.getvalue()


def test_an_error_gives_its_type_its_code_and_its_place_but_not_its_words(stream: io.StringIO) -> None:
    try:
        try:
            raise ValueError(f"{NAME} said {TEXT}")
        except ValueError as error:
            raise NotFound("no_such_topic", words=TEXT) from error
    except NotFound:
        logging.getLogger("handlers.router").exception("turn failed")
    (line,) = told(stream)
    assert line["error"] == ["NotFound no_such_topic", "ValueError"]
    assert line["trace"][0].startswith("bot/test_logs.py:")
    assert TEXT not in stream.getvalue()


def test_a_warning_becomes_a_line_without_its_words(stream: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn(TEXT, stacklevel=1)
    assert told(stream)[0]["logger"] == "py.warnings"
    assert TEXT not in stream.getvalue()
