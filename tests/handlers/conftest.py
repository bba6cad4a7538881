"""Every test talks to a college of its own, copied from one that was founded once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import sqlite_url
from storage.store import Store
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, found, policy
from tests.handlers.conversation import Conversation


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("college") / "lingti.db")


@pytest.fixture
def college(founded: Path, tmp_path: Path) -> Iterator[Conversation]:
    """The college on a Monday morning, 08:30; nothing has been said yet."""
    clock = HandClock(MONDAY)
    store = Store(sqlite_url(Path(shutil.copy(founded, tmp_path))), clock)
    yield Conversation(store, clock, policy())
    store.close()
