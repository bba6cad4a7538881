"""What a message says is decided when it is sent: is it still true, in whose language, with which buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.messengers.base import Outgoing
from bot.receiving.turns import Conversation
from handlers import texts
from handlers.cards import Card, dump, load
from handlers.printing import PAPER
from services.policy import Policy
from storage import cards, outbox, people
from storage.cards import Posted
from storage.outbox import Out
from storage.store import Tx

DRAWN_LATE: Final = frozenset({"notice", "bundle", "digest", "announcement", "account_moved", "web_link"})


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready for the messenger: a card, or (for `menu`) commands; a paper is drawn as it is sent."""

    out: Out
    outgoing: Outgoing
    commands: Sequence[tuple[str, str]] = ()


def draw(
    tx: Tx, policy: Policy, conversation: Conversation, path: Callable[[str], Path], out: Out
) -> Drawn | None:
    """Draw a message; None, and the row is void, when nothing of it holds any more."""
    if out.kind == "delete":
        return Drawn(out, Outgoing(Card(), ""))
    if out.kind == "menu":
        return Drawn(out, Outgoing(Card(), ""), tuple(conversation.menu(tx, policy, out)))
    if _left(tx, out):
        outbox.void(tx, out.id)
        return None
    if out.kind == PAPER:
        return Drawn(out, Outgoing(Card(), ""))
    late = out.kind in DRAWN_LATE
    card = conversation.render(tx, policy, out) if late else load(out.body)
    if card is None:
        outbox.void(tx, out.id)
        return None
    key = _with_key(tx, out, card) if late else out.card_key
    reply_to = out.target if out.kind == "card" else ""
    return Drawn(out, Outgoing(honest(tx, policy, out, card), key, reply_to, _paths(card, path)))


def _left(tx: Tx, out: Out) -> bool:
    """Whether it is for somebody who has left meanwhile. What blanks an old card is still said."""
    if out.person_id is None or (out.kind == "edit" and not out.card_key):
        return False
    return not people.get(tx, out.person_id).active


def honest(tx: Tx, policy: Policy, out: Out, card: Card) -> Card:
    """The card; one that may have arrived before says so."""
    if not out.repeated:
        return card
    return card.with_lines(texts.catalogue(_language(tx, policy, out))("process.maybe_twice"))


def _with_key(tx: Tx, out: Out, card: Card) -> str:
    """Remember the buttons under the message's key, so that presses can be looked up."""
    key = out.card_key or cards.new_key()
    about = card.about
    posted = Posted(
        key=key,
        messenger=out.messenger,
        chat=out.chat,
        person_id=out.person_id,
        body=dump(Card(buttons=card.buttons)),
        created_at=tx.now,
        subject=about.subject if about else "",
        subject_id=about.id if about else None,
        version=about.version if about else 0,
    )
    cards.put(tx, posted)
    outbox.drawn(tx, out.id, key)
    return key


def _paths(card: Card, path: Callable[[str], Path]) -> Mapping[str, Path]:
    return {file.sha256: path(file.sha256) for file in card.files}


def _language(tx: Tx, policy: Policy, out: Out) -> str:
    person = people.get(tx, out.person_id) if out.person_id is not None else None
    return (person.language if person else "") or policy.language
