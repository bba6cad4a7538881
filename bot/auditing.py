"""The auditor as the process runs it: one round a minute beside the writer, mending in short turns.

Whether its last round is recent and left nothing standing decides about the sign of life outside: who watches
must not be the only one to know that the watching has stopped.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.clock import real_now
from services.auditing import MENDABLE, PASSING, Fault, Place, Seen, Trouble, counts, look, note
from services.mending import mends
from services.policy import Policy
from storage.store import Store

log = logging.getLogger(__name__)

FRESH: Final = 300.0  # seconds a round counts for
ROUNDS: Final = 3  # in a row, before what may pass by itself is trouble


class Auditor:
    """Compares round by round; `settle` decides about messages in doubt."""

    def __init__(
        self,
        store: Store,
        policy: Policy,
        settle: Callable[[], Awaitable[None]],
        counter: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store, self._policy = store, policy
        self._settle = settle
        self._counter = counter
        self._place = Place()
        self._rounds: Mapping[Trouble, int] = {}
        self._ended = counter()
        self._standing: frozenset[Trouble] = frozenset()

    @property
    def well(self) -> bool:
        """Whether a round has ended lately, and all is right that it could not put right itself."""
        return not self._standing and self._counter() - self._ended < FRESH

    async def audit(self) -> None:
        """One round: look, mend, say what stands."""
        seen = await self._store.read(lambda tx: look(tx, self._policy, self._place, real_now()))
        self._place = seen.after
        healed = await self._mend(seen)
        standing = self._lasting(seen.troubles - healed)
        if healed or standing:
            await self._store.run(lambda tx: note(tx, self._policy, healed, standing))
        for told, troubles, level in (
            ("the audit mended", healed, logging.WARNING),
            ("the audit found what it cannot mend", standing, logging.CRITICAL),
        ):
            if troubles:
                log.log(level, told, extra={"found": counts(troubles)})
        self._standing, self._ended = standing, self._counter()

    async def _mend(self, seen: Seen) -> frozenset[Trouble]:
        """Put right what can be; what is right now."""
        left: set[Trouble] = set()
        for mend in mends(self._policy, seen):
            left |= await self._store.run(mend)
        if any(trouble.fault is Fault.DOUBTFUL for trouble in seen.troubles):
            await self._settle()
        return frozenset(t for t in seen.troubles - left if t.fault in MENDABLE)

    def _lasting(self, troubles: frozenset[Trouble]) -> frozenset[Trouble]:
        """Those that are no passing matter, or no longer are."""
        self._rounds = {trouble: self._rounds.get(trouble, 0) + 1 for trouble in troubles}
        return frozenset(
            t for t, rounds in self._rounds.items() if t.fault not in PASSING or rounds >= ROUNDS
        )
