"""What python-telegram-bot raises, in the few words delivery decides by.

The Bot API tells most refusals apart by their English description only, so the descriptions stand in
one table.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from telegram import error as ptb

from bot.messengers.base import (
    Conflict,
    Gone,
    MaybeSent,
    MessengerError,
    Moved,
    NotSent,
    Refused,
    Throttled,
    Unauthorised,
    Unreachable,
)
from bot.messengers.telegram_request import NoSuchFile, NotWritten

os.environ.setdefault("PTB_TIMEDELTA", "true")  # else every RetryAfter costs a deprecation warning

UNTOLD_WAIT: Final = 5.0  # seconds, when a 429 does not say how long


class Unchanged(Refused):
    """An edit that changes nothing."""


class BadMarkup(Refused):
    """The markup was not understood; the same words without it may be."""


_REFUSALS: Final[tuple[tuple[str, type[MessengerError]], ...]] = (
    ("message is not modified", Unchanged),
    ("can't parse entities", BadMarkup),
    ("message to edit not found", Gone),
    ("message can't be edited", Gone),
    ("there is no text in the message to edit", Gone),
    ("message to delete not found", Gone),
    ("message_id_invalid", Gone),
    ("message identifier is not specified", Gone),
    ("query is too old", Gone),
    ("query_id_invalid", Gone),
    ("chat not found", Unreachable),
    ("peer_id_invalid", Unreachable),
    ("chat_write_forbidden", Unreachable),
    ("not enough rights to send", Unreachable),
    ("have no rights to send", Unreachable),
    ("need administrator rights", Unreachable),
)


@contextmanager
def in_our_words(*, reading: bool = False) -> Iterator[None]:
    """Whatever a call fails with leaves as a MessengerError.

    A `reading` call (updates, files, who we are) delivers nothing, so an unclear end of it is a NotSent.
    """
    try:
        yield
    except ptb.TelegramError as error:
        problem = meaning(error)
    except (AttributeError, KeyError, TypeError, ValueError):  # an answer of 200 that is none
        problem = MaybeSent("the answer was not understood")
    else:
        return
    raise NotSent(str(problem)) if reading and isinstance(problem, MaybeSent) else problem


def meaning(error: ptb.TelegramError) -> MessengerError:
    """The failure in our words. BadRequest stands before NetworkError, whose subclass it is."""
    words = str(error)
    match error:
        case ptb.InvalidToken():
            return Unauthorised(words)
        case ptb.Conflict():
            return Conflict(words)
        case ptb.RetryAfter():
            return Throttled(_seconds(error.retry_after))
        case ptb.ChatMigrated():
            return Moved(str(error.new_chat_id))
        case ptb.Forbidden():
            return Unreachable(words)
        case ptb.BadRequest():
            return _refusal(words)
        case NoSuchFile():
            return Refused(words)
        case NotWritten():
            return NotSent(words)
        case _:
            return _untyped(words)


def _refusal(words: str) -> MessengerError:
    lower = words.lower()
    kind = next((kind for fragment, kind in _REFUSALS if fragment in lower), Refused)
    return kind(words)


def _untyped(words: str) -> MessengerError:
    """Statuses python-telegram-bot has no type for, by how their description begins; then all the rest."""
    if words.startswith("Too Many Requests"):
        told = re.search(r"retry after (\d{1,6})", words)
        return Throttled(float(told[1]) if told else UNTOLD_WAIT)
    if words.startswith("Request Entity Too Large"):
        return Refused(words)
    return MaybeSent(words)


def _seconds(wait: int | float | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
