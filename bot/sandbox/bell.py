"""The bell: whoever watches hears each event once, from the moment they began to listen."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from bot.sandbox.shapes import Json

BACKLOG = 1000
Ear = Callable[[str, Json], None]


class Bell:
    """Events fan out to every listener at once."""

    def __init__(self) -> None:
        self._ears: list[Ear] = []

    @property
    def heard(self) -> bool:
        """Whether anybody listens, so that nobody prepares what nobody hears."""
        return bool(self._ears)

    def ring(self, event: str, data: Json) -> None:
        """Tell every listener."""
        for ear in list(self._ears):
            ear(event, data)

    @contextmanager
    def _heard_by(self, ear: Ear) -> Iterator[None]:
        self._ears.append(ear)
        try:
            yield
        finally:
            self._ears.remove(ear)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[tuple[str, Json]]]:
        """A queue that fills while the block lasts; a listener a thousand events behind misses the rest."""
        queue: asyncio.Queue[tuple[str, Json]] = asyncio.Queue(BACKLOG)

        def ear(event: str, data: Json) -> None:
            with suppress(asyncio.QueueFull):
                queue.put_nowait((event, data))

        with self._heard_by(ear):
            yield queue

    @contextmanager
    def collecting(self, wanted: str) -> Iterator[list[Json]]:
        """A list that gathers one kind of event while the block lasts."""
        gathered: list[Json] = []

        def ear(event: str, data: Json) -> None:
            if event == wanted:
                gathered.append(data)

        with self._heard_by(ear):
            yield gathered
