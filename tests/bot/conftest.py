"""A house per test: the process around a real store and a local Telegram."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.house import House, door, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        yield house


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port somebody else listens on."""
    with door() as (listener, _):
        yield listener.getsockname()[1]
