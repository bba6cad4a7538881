"""One process of `turn-pg`: it says when it is ready, waits for the word, and tells what CPU it took."""

import asyncio
import logging
import sys
import warnings
from pathlib import Path
from time import process_time
from typing import Final

from sqlalchemy import URL, make_url

from bench import town
from bench.turn_orm import Orm
from bench.turn_ours import Ours
from storage import inbox
from storage.store import Store

LOOK: Final = 0.005  # seconds


def main() -> None:
    """`ours|orm URL FOLDER LANES REPORTS NUMBER OF`: serve the chats whose number modulo OF is NUMBER."""
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    kind, url, folder, *numbers = sys.argv[1:]
    lanes, reports, number, processes = map(int, numbers)
    waves = [[town.text(raw) for raw in wave[number::processes]] for wave in town.updates(lanes, reports)]
    serve = _ours(make_url(url), Path(folder), waves) if kind == "ours" else _orm(make_url(url), waves)
    asyncio.run(serve)


async def _ours(url: URL, folder: Path, waves: list[list[str]]) -> None:
    async with Ours(url, folder) as side:
        _ready()
        began = process_time()
        for wave in waves:
            await side.feed(wave)
        await _served(side.store)
        print(process_time() - began, flush=True)


async def _served(store: Store) -> None:
    """What this process took in may be served by another."""
    while (await store.read(inbox.backlog)).new:  # noqa: ASYNC110
        await asyncio.sleep(LOOK)


async def _orm(url: URL, waves: list[list[str]]) -> None:
    async with Orm(url) as side:
        _ready()
        began = process_time()
        for wave in waves:
            await side.feed(wave)
        print(process_time() - began, flush=True)


def _ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
