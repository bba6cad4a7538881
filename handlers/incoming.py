"""What reached us, in the words of no messenger in particular.

A messenger's `parse` turns raw JSON into one of these; handlers never see anything else of the outside.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    EDITED = "edited"
    PRESS = "press"
    MEMBERSHIP = "membership"


class Membership(StrEnum):
    """A change of our own standing in a chat."""

    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    ADDED = "added"
    REMOVED = "removed"
    MIGRATED = "migrated"


@dataclass(frozen=True, slots=True)
class Chat:
    """Where it was said. `id` is the messenger's own id, as text; `thread` is empty outside forums."""

    id: str
    private: bool
    thread: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file as announced by the messenger, not yet fetched. `size` in bytes, 0 when it is not told."""

    id: str
    name: str
    mime: str
    size: int
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched, sniffed and hashed into quarantine.

    `problem` says why it may not be kept: too_large, empty, type_refused, disguised, too_many, unavailable.
    """

    sha256: str
    name: str
    mime: str
    size: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed. `token` is what we put on it; `id` is what the messenger wants back."""

    id: str
    token: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event of the outside.

    `sender` is None for channels, anonymous admins and bots: no identity, no action (fault 37).
    `sent_at` is the messenger's message date, the one timeliness is judged by; for a press it is the
    moment it reached us. Times are aware, UTC. `reply_token` is of a button under the message replied to.
    """

    messenger: str
    event_id: str
    kind: Kind
    sender: str | None
    chat: Chat
    sent_at: datetime
    received_at: datetime
    text: str = ""
    message_id: str = ""
    reply_to: str = ""
    reply_token: str = ""
    press: Press | None = None
    files: tuple[File, ...] = ()
    fetched: tuple[Fetched, ...] = ()
    album: str = ""
    forwarded: bool = False
    membership: Membership | None = None
    migrated_to: str = ""
    language: str = ""
