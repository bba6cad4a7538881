"""The day's duties as a process of their own, which a bot that serves would come to within five minutes."""

import asyncio
import os

from bot.clock import SystemClock
from bot.keeping.keeper import Keeper
from bot.policy import policy_of
from bot.settings import load
from storage.store import Store


def main() -> None:
    """Do whatever the day still owes, once."""
    settings = load(None, os.environ)
    store = Store(settings.database_url(), SystemClock())
    asyncio.run(Keeper(settings, policy_of(settings), store).keep())
    store.close()


if __name__ == "__main__":
    main()
