"""Telegram's rates, in real time: 30 messages a second in all, 1/s in one chat, 20/min in one group.

Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this. Off unless asked for.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.errors import too_many


@dataclass(slots=True)
class Pacing:
    """Counts what was sent; the call that would be too many is refused with the seconds to wait."""

    on: bool
    real_time: Callable[[], float]
    _sent: defaultdict[tuple[int, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def admit(self, bot: int, chat: int) -> None:
        """Count one message of `bot` to `chat`, or raise 429."""
        if not self.on:
            return
        now = self.real_time()
        rates = [((bot, 0), 30, 1.0), ((bot, chat), 20, 60.0) if chat < 0 else ((bot, chat), 1, 1.0)]
        for key, most, span in rates:
            self._check(self._sent[key], most, span, now)
        for key, _, _ in rates:
            self._sent[key].append(now)

    @staticmethod
    def _check(sent: deque[float], most: int, span: float, now: float) -> None:
        while sent and sent[0] <= now - span:
            sent.popleft()
        if len(sent) >= most:
            raise too_many(max(1, math.ceil(sent[0] + span - now)))
