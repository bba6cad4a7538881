"""Every test talks to a college of its own, copied from one that was founded once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from storage import replay
from storage.store import Store
from tests.databases import Databases
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, found, policy
from tests.handlers.conversation import Conversation


@pytest.fixture(scope="session")
def founded(databases: Databases) -> URL:
    return found(databases.migrated())


@pytest.fixture
def college(founded: URL, databases: Databases, request: pytest.FixtureRequest) -> Iterator[Conversation]:
    """The college on a Monday morning, 08:30; nothing has been said yet.

    Whatever is done in it must follow from its trail afterwards.
    """
    url = databases.copy(founded)
    clock = HandClock(MONDAY)
    college = Conversation(Store(url, clock), clock, policy())
    yield college
    if "forged" not in request.keywords:
        assert college.store.read_now(replay.differences) == []
    college.store.close()
    databases.drop(url)
