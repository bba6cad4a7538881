"""The card of an affair, whatever its kind: each room draws its own, and hears what is replied to it.

A room registers `@drawn(kind)` for the card and `@heard(kind)` for a plain reply; everything else (pushes,
lists, stale cards, deep links) comes here and knows no kind by name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeVar

from handlers.asking.listing import Entry
from handlers.cards import MOST_BUTTONS, About, Button, Card, Subject, rows
from handlers.office.affair_papers import paper_buttons
from handlers.reader import Reader
from handlers.registry import button
from handlers.turn import Turn
from services.affairs.seating import concerned
from services.affairs.waiting import waits_for
from storage import affairs, topics
from workflow.affair import Affair, AffairKind
from workflow.errors import NotFound
from workflow.topic import short_title

Drawing = Callable[[Reader, Affair], Card]
Hearing = Callable[[Turn, Affair, str], None]
Wording = Callable[[Reader, Affair], dict[str, str]]
D = TypeVar("D", bound=Drawing)

DRAWN: Final[dict[AffairKind, Drawing]] = {}
HEARD: Final[dict[AffairKind, Hearing]] = {}
WORDED: Final[dict[AffairKind, Wording]] = {}


def drawn(*kinds: AffairKind) -> Callable[[D], D]:
    """Register who draws the card of these kinds."""

    def register(draw: D) -> D:
        DRAWN.update(dict.fromkeys(kinds, draw))
        return draw

    return register


def heard(*kinds: AffairKind) -> Callable[[Hearing], Hearing]:
    """Register who hears a plain reply to the card of these kinds."""

    def register(hear: Hearing) -> Hearing:
        HEARD.update(dict.fromkeys(kinds, hear))
        return hear

    return register


def worded(*kinds: AffairKind) -> Callable[[Wording], Wording]:
    """Register what the pushes of these kinds say besides what every push knows."""

    def register(word: Wording) -> Wording:
        WORDED.update(dict.fromkeys(kinds, word))
        return word

    return register


def affair_card(reader: Reader, affair: Affair) -> Card:
    """The whole card, as this reader may see it. Raises NotFound for who has no part in it.

    What belongs to a confidential topic vanishes from the chat like the topic itself.
    """
    if not concerned(reader.work, affair):
        raise NotFound("no_such_affair")
    draw = DRAWN.get(affair.kind)
    card = draw(reader, affair) if draw else Card(name_of(reader, affair))
    vanish = lasting(reader, affair) or card.vanish
    buttons = (*card.buttons, *_papers(reader, affair, card))
    return replace(card, buttons=buttons, about=card.about or affair_about(affair), vanish=vanish)


def lasting(reader: Reader, affair: Affair) -> timedelta | None:
    """How long a card that shows its content may stand in a chat; None where nothing about it is secret."""
    return reader.policy.vanish if _secret(reader, affair) else None


def _papers(reader: Reader, affair: Affair, card: Card) -> tuple[tuple[Button, ...], ...]:
    """What may be printed of it, as far as its card has room."""
    room = MOST_BUTTONS - sum(map(len, card.buttons))
    return rows(*paper_buttons(reader, affair)[: max(room, 0)])


def affair_about(affair: Affair) -> About:
    """What a reply to its card is about; another version of the affair makes the card stale."""
    return About(Subject.AFFAIR, affair.id, affair.version)


def name_of(reader: Reader, affair: Affair) -> str:
    """How lists and pushes call it: its kind, number, and title cut short; no title of a secret topic's."""
    title = "" if _secret(reader, affair) else short_title(affair.title)
    key = f"affairs.kind.{affair.facts.get('sort') or affair.kind}"
    kind = reader.say(key if key in reader.say else f"affairs.kind.{affair.kind}")
    return reader.say(
        "affairs.name" if title else "affairs.name_bare", kind=kind, number=affair.number, title=title
    )


def _secret(reader: Reader, affair: Affair) -> bool:
    return affair.topic_id is not None and topics.get(reader.tx, affair.topic_id).confidential


def waiting_entries(reader: Reader) -> list[Entry]:
    """Affairs that wait for this person, as lines of a list."""
    heading = reader.say("affairs.waiting")
    return [
        Entry(_line(reader, affair), "affair.open", (affair.id,), heading=heading)
        for affair in waits_for(reader.work)
    ]


def _line(reader: Reader, affair: Affair) -> str:
    name = name_of(reader, affair)
    if affair.due_at is None:
        return name
    return reader.say("queries.due", name=name, date=reader.dates.short(affair.due_at))


def open_buttons(reader: Reader, affair: Affair) -> tuple[Button, ...]:
    """What the affair's own card offers this reader; nothing where it is not theirs to see."""
    if not concerned(reader.work, affair):
        return ()
    return tuple(button for row in affair_card(reader, affair).buttons for button in row)


@button("affair.open")
def affair_open(turn: Turn, affair_id: int) -> None:
    """The card of an affair, as a message of its own."""
    turn.reply(affair_card(turn, affairs.get(turn.tx, affair_id)))


def hear(turn: Turn, affair: Affair, text: str) -> None:
    """A plain reply to an affair's card."""
    if not concerned(turn.work, affair):
        raise NotFound("no_such_affair")
    if affair.kind in HEARD:
        HEARD[affair.kind](turn, affair, text)
    else:
        turn.tell("affairs.press")


def choices(reader: Reader, buttons: Iterable[Button | None]) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of two: an affair's acts have longer names than a topic's."""
    return rows(*buttons, width=2)
