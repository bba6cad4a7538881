"""The machine's clock, watched: it must go as fast as the machine's own counter, which nobody sets.

Where it jumped, nothing is owed by it until it has been steady for a while: a clock that runs ahead would
call everything overdue, and what was said cannot be unsaid. The sandbox's clock is moved by a person.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.clock import SystemClock
from workflow.clock import Clock

TOLERANCE: Final = timedelta(minutes=2)
STEADY: Final = 600.0  # seconds the clock must be steady before it is believed again


class ClockWatch:
    """Compares a clock with a counter of seconds, look by look."""

    def __init__(self, clock: Clock, counter: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counter = counter
        self._now, self._count = clock.now(), counter()
        self._believed_at = self._count

    def jumped(self) -> timedelta | None:
        """By how much the clock has jumped since the last look; None when it went as time does."""
        now, count = self._clock.now(), self._counter()
        drift = now - self._now - timedelta(seconds=count - self._count)
        self._now, self._count = now, count
        if not isinstance(self._clock, SystemClock) or abs(drift) <= TOLERANCE:
            return None
        self._believed_at = count + STEADY
        return drift

    @property
    def steady(self) -> bool:
        """Whether the clock may be believed."""
        return self._counter() >= self._believed_at
