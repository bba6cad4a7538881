"""What other rooms say and offer on a topic's card, timeline and pushes, without the card knowing them.

A room registers `@told(kind)` for what an affair of a topic says there, `@offered` for buttons of its card,
`@pushed` for buttons of a push about it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handlers.cards import Button
from handlers.reader import Reader
from storage import affairs
from storage.notices import Notice
from workflow.affair import Affair, AffairKind
from workflow.topic import Topic


@dataclass(frozen=True, slots=True)
class Word:
    """Something beside the topic, in a line; `live` while it is not over, and then the card shows it too."""

    at: datetime
    text: str
    live: bool


Telling = Callable[[Reader, Affair], Word | None]
Offering = Callable[[Reader, Topic], Iterable[Button]]
Pushing = Callable[[Reader, Notice, Topic], Iterable[Button]]

TOLD: Final[dict[AffairKind, Telling]] = {}
OFFERED: Final[list[Offering]] = []
PUSHED: Final[list[Pushing]] = []


def told(*kinds: AffairKind) -> Callable[[Telling], Telling]:
    """Register what affairs of these kinds say of their topic; None where it is not the reader's to know."""

    def register(tell: Telling) -> Telling:
        TOLD.update(dict.fromkeys(kinds, tell))
        return tell

    return register


def offered(offer: Offering) -> Offering:
    """Register what a room offers on a topic's card, in private."""
    OFFERED.append(offer)
    return offer


def pushed(offer: Pushing) -> Pushing:
    """Register what a room offers on a push about a topic."""
    PUSHED.append(offer)
    return offer


def words(reader: Reader, topic: Topic) -> list[Word]:
    """Everything that is told of a topic."""
    found = [one for one in affairs.of_topic(reader.tx, topic.id) if one.kind in TOLD]
    said = (TOLD[one.kind](reader, one) for one in found)
    return [word for word in said if word is not None]


def buttons(reader: Reader, topic: Topic) -> list[Button]:
    """Everything that is offered on its card."""
    return [button for offer in OFFERED for button in offer(reader, topic)]


def push_buttons(reader: Reader, notice: Notice, topic: Topic) -> list[Button]:
    """Everything that is offered on a push."""
    return [button for offer in PUSHED for button in offer(reader, notice, topic)]
