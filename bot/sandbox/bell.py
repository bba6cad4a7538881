"""The bell: whoever watches hears each event once, from the moment they began to listen."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.sandbox.shapes import Json

BACKLOG = 1000


@dataclass(slots=True)
class Bell:
    """Events fan out to every listener; one that is a thousand events behind is dropped rather than fed."""

    _ears: set[asyncio.Queue[tuple[str, Json]]] = field(default_factory=set)

    def ring(self, event: str, data: Json) -> None:
        """Tell every listener."""
        for ear in list(self._ears):
            try:
                ear.put_nowait((event, data))
            except asyncio.QueueFull:
                self._ears.discard(ear)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[tuple[str, Json]]]:
        """A queue that fills with `(event, data)` for as long as the block lasts."""
        ear: asyncio.Queue[tuple[str, Json]] = asyncio.Queue(BACKLOG)
        self._ears.add(ear)
        try:
            yield ear
        finally:
            self._ears.discard(ear)
