"""A house per test: the process around a real store and a local Telegram; or a college to talk to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.handlers.conftest import college, founded
from tests.house import House, open_house

__all__ = ["college", "founded", "house"]


@pytest.fixture
async def house(tmp_path: Path, database: URL) -> AsyncIterator[House]:
    async with open_house(tmp_path, database) as house:
        yield house
