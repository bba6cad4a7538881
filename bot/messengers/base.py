"""What any messenger must be able to do, and how it may fail.

Capabilities are data, so that a fallback is a decision made once (edit or resend, toast or line in the card)
and not an `if` in a dialogue. Failures are few and mean one thing each: delivery decides by their type.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from handlers.cards import Card
from handlers.incoming import Incoming

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast a messenger lets us speak; 0 means no limit."""

    per_second: float = 0
    per_chat_second: float = 0
    per_group_minute: float = 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a messenger can show. Lengths in UTF-16 units, sizes in bytes."""

    buttons: int
    label: int
    text: int
    caption: int
    token: int
    edits: bool
    toasts: bool
    deletes: bool
    download: int
    upload: int
    rates: Rates


class Malformed(Exception):
    """A raw update cannot be understood; it is kept and quarantined."""


class MessengerError(Exception):
    """A call to the messenger failed."""


class NotSent(MessengerError):
    """It certainly did not arrive; try again later."""


class MaybeSent(MessengerError):
    """It may have arrived: the connection broke after the request was written."""


class Throttled(MessengerError):
    """Too fast for this chat; wait `retry_after` seconds. Not counted as a try."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class Refused(MessengerError):
    """It never will be accepted in this form."""


class Unreachable(MessengerError):
    """The person blocked us or is gone; or we were removed from the group."""


class Gone(MessengerError):
    """The message to edit, delete or answer no longer exists."""


class Moved(MessengerError):
    """The chat has a new id."""

    def __init__(self, chat: str) -> None:
        super().__init__("chat moved")
        self.chat = chat


class Unauthorised(MessengerError):
    """The token is not, or no longer, valid."""


class Conflict(MessengerError):
    """Somebody else receives this account's updates."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A card on its way: its key makes the buttons' tokens (`key:index`).

    `paths` holds the local file of each attachment by its sha256; `reply_to` a message id or "".
    """

    card: Card
    key: str
    reply_to: str = ""
    paths: Mapping[str, Path] | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """Where updates are to be posted, the secret each post must show, and how many may come at once."""

    url: str
    secret: str
    connections: int


class Messenger(Protocol):
    """One enterprise messenger."""

    name: str
    capabilities: Capabilities
    link: str = ""
    """How a link begins that opens a chat with us and brings a code along; "" where there is none."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def subscribe(self, hook: Hook | None) -> None:
        """Have updates posted to us from now on, or (None) be asked for them. Whatever waits is kept.

        Raises Refused for an address the messenger will not post to.
        """
        ...

    def genuine(self, headers: Mapping[str, str], secret: str) -> bool:
        """Whether a post shows the secret. Takes as long for a near miss as for any other."""
        ...

    async def receive(self, offset: int | None) -> Sequence[Raw]:
        """The next raw updates (a long poll). Telegram confirms everything below `offset`."""
        ...

    def offset_after(self, raws: Sequence[Raw]) -> int | None:
        """The offset that confirms these updates, or None when nothing can be confirmed."""
        ...

    def event_id(self, raw: Raw) -> str:
        """What makes an update itself: the id duplicates are known by."""
        ...

    def lane(self, raw: Raw) -> str:
        """The chat whose order this update belongs to; must not raise on malformed updates."""
        ...

    def shared(self, chat: str) -> bool:
        """Whether a chat of this id is read by several people."""
        ...

    def parse(self, raw: Raw, received_at: datetime) -> Incoming | None:
        """The update in our words; None when it is nothing to us. Raises Malformed."""
        ...

    async def send(self, chat: str, out: Outgoing) -> str:
        """Send a card; the id of its (last) message."""
        ...

    async def edit(self, chat: str, message_id: str, out: Outgoing) -> None:
        """Redraw a card in place. "Not modified" is success. Raises Gone when there is no such message."""
        ...

    async def delete(self, chat: str, message_id: str) -> None: ...

    async def answer(self, press_id: str, text: str, *, alert: bool = False) -> None:
        """Answer a press, once. Never retried."""
        ...

    async def fetch(self, file_id: str, into: Path, limit: int) -> int:
        """Download a file; its size in bytes. Raises Refused when it is larger than `limit`."""
        ...

    async def set_menu(self, chat: str, commands: Sequence[tuple[str, str]], language: str) -> None:
        """The command menu of one private chat."""
        ...
