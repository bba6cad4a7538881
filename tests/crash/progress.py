"""How far it is, on standard error: one line that moves, and one that stays per house that is done."""

import sys
from collections import Counter
from collections.abc import Sequence
from math import ceil
from time import monotonic
from typing import Final

from tests.crash.reckoning import Findings
from tests.crash.steps import Step

WIDTH: Final = 24
SHOWN: Final = 5
EVERY: Final = 50  # deaths, where lines cannot move
LIFE: Final = 1.4  # seconds of processor time, more or less; the clock then tells how much longer


class Progress:
    """Counts deaths."""

    def __init__(self, steps: Sequence[Step], kills: int, jobs: int) -> None:
        self._kills = kills
        self._total = kills * len(steps)
        guess = ceil(self._total * LIFE / jobs / 60)
        print(f"{len(steps)} steps, {kills} kills each: about {guess} min", file=sys.stderr, flush=True)
        self._died: Counter[str] = Counter()
        self._began = monotonic()
        self._moves = sys.stderr.isatty()

    @property
    def deaths(self) -> int:
        """All there were so far, each one proven."""
        return self._died.total()

    def died(self, step: Step) -> None:
        """One more death at a step."""
        self._died[step.name] += 1
        if self._moves:
            print(f"\r\033[K{self._line()}", end="", file=sys.stderr, flush=True)
        elif self._died[step.name] == self._kills or self.deaths % EVERY == 0:
            print(self._line(), file=sys.stderr, flush=True)

    def done(self, steps: Sequence[Step], found: Findings) -> None:
        """A house has come to rest."""
        clear = "\r\033[K" if self._moves else ""
        trail = "ok" if found.journal_ok else "BROKEN"
        print(
            f"{clear}{', '.join(step.name for step in steps)}: {found.updates} updates, {found.lost} lost, "
            f"{found.duplicate_effects} doubled, {found.uncertain_recorded} in doubt, "
            f"{found.undelivered} undelivered, trail {trail}",
            file=sys.stderr,
            flush=True,
        )
        for problem in found.problems[:SHOWN]:
            print(f"  {problem}", file=sys.stderr, flush=True)

    def _line(self) -> str:
        done = self.deaths * WIDTH // self._total
        bar = "#" * done + "-" * (WIDTH - done)
        left = ceil((monotonic() - self._began) / self.deaths * (self._total - self.deaths) / 60)
        busy = ", ".join(f"{name} {n}" for name, n in self._died.items() if n < self._kills)
        return f"[{bar}] {self.deaths}/{self._total} kills, about {left} min left  {busy}"
