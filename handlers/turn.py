"""A turn: one event, one person, one transaction; what handlers are given and how they answer.

Answers are rows of the outbox, written in the same transaction as what was done; a press's toast is the one
thing that travels beside it, after the commit.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers import texts
from handlers.cards import Card, Subject, dump
from handlers.incoming import Incoming
from handlers.reader import Reader
from handlers.sight import seen
from services.work import Work
from storage import cards, dialogues, outbox
from storage.cards import Posted
from storage.dialogues import Dialogue
from storage.store import Tx

DRAFT_VERSION = 1
"""Raised whenever the form of any draft changes: questions left open by the older program are closed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a press is answered with once the turn is committed."""

    toast: str = ""
    alert: bool = False


@dataclass(slots=True)
class Turn(Reader):
    """What a handler works with: a reader who spoke.

    `pressed` is the card a press came from, `replied` the card replied to.
    """

    incoming: Incoming
    pressed: Posted | None = None
    replied: Posted | None = None
    dialogue: Dialogue | None = None
    outcome: Outcome = field(default_factory=Outcome)

    def reply(self, card: Card) -> None:
        """Answer with a new card in this chat."""
        post(self.tx, self.incoming, self.actor.id, card)

    def tell(self, key: str, **values: Any) -> None:
        """Answer with one plain line."""
        self.reply(Card(lines=(self.say(key, **values),)))

    def edit(self, card: Card) -> None:
        """Redraw the card that was pressed; a message is answered by a new card instead."""
        if self.pressed is None or not self.pressed.message_id:
            self.reply(card)
            return
        post(self.tx, self.incoming, self.actor.id, card, over=self.pressed)

    def toast(self, key: str, *, alert: bool = False, **values: Any) -> None:
        """What the press itself is answered with."""
        self.outcome = Outcome(self.say(key, **values), alert)

    def ask(self, name: str, step: str, draft: Mapping[str, Any], card: Card) -> None:
        """Open (or go on with) a dialogue and put its next question."""
        self.keep(name, step, draft)
        self.reply(card)

    def keep(self, name: str, step: str, draft: Mapping[str, Any]) -> None:
        """Remember where the dialogue stands."""
        chat = self.incoming.chat
        self.dialogue = Dialogue(
            self.actor.id, chat.id, chat.thread, name, step, DRAFT_VERSION, dict(draft), self.tx.now
        )
        dialogues.put(self.tx, self.dialogue)

    def done(self) -> None:
        """Close the open dialogue."""
        dialogues.drop(self.tx, self.actor.id, self.incoming.chat.id, self.incoming.chat.thread)
        self.dialogue = None


def post(tx: Tx, incoming: Incoming, person: Any, card: Card, over: Posted | None = None) -> None:
    """Owe a card to a chat, over an earlier one if given, with a row its buttons are looked up by."""
    seen(tx, person, card)
    chat = incoming.chat
    key = cards.new_key()
    about = card.about
    posted = Posted(
        key=key,
        messenger=incoming.messenger,
        chat=chat.id,
        person_id=person if chat.private else None,
        body=dump(Card(buttons=card.buttons)),
        created_at=tx.now,
        subject=about.subject if about else "",
        subject_id=about.id if about else None,
        version=about.version if about else 0,
        message_id=over.message_id if over else "",
    )
    cards.add(tx, posted)
    if over is not None:
        cards.retire(tx, over.key)
    outbox.enqueue(
        tx,
        messenger=incoming.messenger,
        chat=chat.id,
        person_id=person,
        kind="edit" if over else "card",
        body=dump(card),
        card_key=key,
        target=over.message_id if over else _reply_target(incoming, card),
    )


def open_turn(work: Work, incoming: Incoming, language: str) -> Turn:
    """A turn in the actor's language."""
    return Turn(work, texts.catalogue(language), incoming.chat.private, incoming)


def _reply_target(incoming: Incoming, card: Card) -> str:
    quotes = card.about is not None and card.about.subject is Subject.REPORT
    return incoming.message_id if quotes else ""
