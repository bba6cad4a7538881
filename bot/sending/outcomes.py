"""How a send ends, in one word for whoever counts."""

from collections.abc import Mapping
from typing import Final

from bot.messengers.base import (
    Gone,
    MaybeSent,
    Moved,
    NotSent,
    Refused,
    Throttled,
    Unauthorised,
    Unreachable,
)

SENT: Final = "sent"
FAILED: Final = "failed"
_WORDS: Final[Mapping[type[Exception], str]] = {
    NotSent: "not_sent",
    MaybeSent: "uncertain",
    Throttled: "throttled",
    Refused: "refused",
    Unreachable: "unreachable",
    Gone: "gone",
    Moved: "moved",
    Unauthorised: "unauthorised",
}
OUTCOMES: Final = (SENT, *_WORDS.values(), FAILED)


def outcome(problem: Exception) -> str:
    """What a send came to that failed with this."""
    return next((word for kind, word in _WORDS.items() if isinstance(problem, kind)), FAILED)
