"""How fast we may speak: the messenger's own rates, kept in memory, since a lost count only costs a 429."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic
from typing import Final

from bot.messengers.base import Rates

REMEMBERED: Final = 10_000  # chats
MINUTE: Final = 60.0
AHEAD: Final = 0.25  # seconds; what would be held longer than that is not taken yet


class Pace:
    """When a chat may hear its next message. `clock` gives real seconds."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = monotonic) -> None:
        self._all = _gap(rates.per_second)
        self._private = _gap(rates.per_chat_second)
        self._shared = _gap(rates.per_group_minute, MINUTE)
        self._clock = clock
        self._next = 0.0
        self._chats: OrderedDict[str, float] = OrderedDict()

    def room(self, most: int) -> int:
        """How many of at most so many messages the overall rate lets go soon; always one."""
        if not self._all:
            return most
        soon = self._clock() + AHEAD - self._next
        return max(1, min(most, int(min(soon, AHEAD) / self._all)))

    def wait_for(self, chat: str) -> float:
        """Seconds until this chat may hear something; 0 when it may now."""
        return max(self._chats.get(chat, 0.0) - self._clock(), 0.0)

    def spoke(self, chat: str, *, shared: bool) -> float:
        """Count a message to a chat about to be sent; seconds to hold it for the sake of the overall rate."""
        now = self._clock()
        if gap := self._shared if shared else self._private:
            self._chats[chat] = now + gap
            self._chats.move_to_end(chat)
            if len(self._chats) > REMEMBERED:
                self._chats.popitem(last=False)
        hold = max(self._next - now, 0.0)
        self._next = now + hold + self._all
        return hold


def _gap(rate: float, per: float = 1.0) -> float:
    return per / rate if rate else 0.0
