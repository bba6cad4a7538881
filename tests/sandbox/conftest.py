"""One sandbox per test: a real server on 127.0.0.1, three seats, nothing on disk."""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.model import Telegram
from tests.sandbox.local_telegram import DEAN, OFFICE, SECRETARY, Process, Sandbox, opened


@pytest.fixture
def process() -> Process:
    return Process()


@pytest.fixture
async def sandbox(process: Process) -> AsyncIterator[Sandbox]:
    telegram = Telegram(process)
    telegram.add_person(SECRETARY, "党委书记", ["CHIEF"])
    telegram.add_person(DEAN, "外事副院长", ["LEADER"])
    telegram.add_person(OFFICE, "党办主任", ["OFFICE"], started=False)
    async with opened(telegram, process) as sandbox:
        yield sandbox
