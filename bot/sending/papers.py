"""Papers on their way: drawn on a reader's thread from one snapshot, sent, and forgotten.

Drawing may take seconds, so no turn waits for it: it happens between claim and send, on no transaction that
writes. The files live in a folder of their own for just as long.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.messengers.base import Outgoing, Refused
from bot.receiving.turns import Conversation
from bot.sending.drawing import honest
from services.policy import Policy
from storage.outbox import Out
from storage.store import Store, Tx


class Papers:
    """Draws what was ordered."""

    def __init__(self, store: Store, policy: Policy, conversation: Conversation) -> None:
        self._store = store
        self._policy = policy
        self._conversation = conversation

    @asynccontextmanager
    async def drawn(self, out: Out) -> AsyncIterator[Outgoing]:
        """The message, its files lying there while the block lasts. Raises Refused: its reader has left."""
        with TemporaryDirectory(prefix="lingti-paper-") as folder:
            outgoing = await self._store.read(lambda tx: self._draw(tx, out, Path(folder)))
            if outgoing is None:
                raise Refused("nobody to hand it to")
            yield outgoing

    def _draw(self, tx: Tx, out: Out, folder: Path) -> Outgoing | None:
        paper = self._conversation.paper(tx, self._policy, out, folder)
        if paper is None:
            return None
        return Outgoing(honest(tx, self._policy, out, paper.card), "", "", paper.paths)
