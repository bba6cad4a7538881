"""Fault 50: whoever checks dies too. A sign of life goes outside after each sweep that was audited; its
absence calls.
"""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy.exc import DatabaseError

from bot import heartbeat
from bot.auditing import FRESH, Auditor
from bot.bootstrap import App
from bot.settings import Settings, load
from tests.house import House, door


@dataclass
class Outside:
    """A monitoring service that counts."""

    url: str
    heard: list[str] = field(default_factory=list)
    answer: int = 200


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    with door() as (listener, address):
        found = Outside(f"{address}/ping/secret-key")

        async def ping(request: web.Request) -> web.Response:
            found.heard.append(request.path)
            return web.Response(status=found.answer)

        app = web.Application()
        app.router.add_get("/ping/{key}", ping)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        yield found
        await runner.cleanup()


def watched(house: House, url: str) -> App:
    health = house.settings.health.model_copy(update={"heartbeat_url": SecretStr(url)})
    settings: Settings = house.settings.model_copy(update={"health": health})
    return App(settings, house.store, house.messenger(), house.parrot.conversation)


async def test_f50_each_sweep_that_succeeds_is_heard_outside(house: House, outside: Outside) -> None:
    async with house.running(watched(house, outside.url)) as app:
        before = len(outside.heard)
        await app.sweep()

    assert before == 1
    assert outside.heard == ["/ping/secret-key"] * 2


async def test_f50_a_sweep_that_fails_is_not(house: House, outside: Outside) -> None:
    app = watched(house, outside.url)
    house.store.run_now(lambda tx: tx.connection.exec_driver_sql("ALTER TABLE topics RENAME TO lost"))
    with pytest.raises(DatabaseError):
        await app.sweep()

    assert outside.heard == []


async def test_f50_neither_is_a_sweep_nobody_audits_any_more(house: House, outside: Outside) -> None:
    app, seconds = watched(house, outside.url), [0.0]
    app.auditor = Auditor(house.store, app.policy, app.delivery.settle_doubts, lambda: seconds[0])
    seconds[0] = FRESH
    async with house.running(app):
        assert outside.heard == [], "the last audit ended too long ago"
        await app.audit()
        await app.sweep()
        assert len(outside.heard) == 1
        house.store.run_now(lambda tx: tx.connection.exec_driver_sql("UPDATE journal_head SET seq = seq + 1"))
        await app.audit()
        await app.sweep()

    assert len(outside.heard) == 1, "the last audit found what it cannot mend"


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9/ping/secret-key"])
async def test_f50_nobody_outside_is_no_reason_to_stop(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await heartbeat.beat(SecretStr(url))

    assert ("the heartbeat was not heard" in caplog.text) is bool(url)
    assert "secret-key" not in caplog.text


async def test_f50_what_is_answered_is_only_told(outside: Outside, caplog: pytest.LogCaptureFixture) -> None:
    outside.answer = 500
    await heartbeat.beat(SecretStr(outside.url))

    assert "the heartbeat was not heard" in caplog.text
    assert "secret-key" not in caplog.text


def test_f50_nobody_is_called_unless_it_is_set() -> None:
    assert load(None, {}).health.heartbeat_url.get_secret_value() == ""
