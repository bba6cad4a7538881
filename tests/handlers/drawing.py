"""What a message of the outbox says when it is sent, as the process would draw it."""

from dataclasses import replace
from pathlib import Path

from handlers import printing
from handlers.cards import Card, dump, load
from handlers.render import render
from services.policy import Policy
from storage import cards, outbox
from storage.cards import Posted
from storage.outbox import Out
from storage.store import Tx

LATE = ("notice", "bundle", "digest", "announcement")


def drawn(tx: Tx, policy: Policy, out: Out, folder: Path) -> Card | None:
    """Its card; a paper's files are written into the folder."""
    if out.kind == printing.PAPER:
        paper = printing.draw(tx, policy, out, folder)
        return paper and paper.card
    return render(tx, policy, out) if out.kind in LATE else load(out.body)


def keyed(tx: Tx, out: Out, card: Card) -> str:
    """The key its buttons are looked up by."""
    if out.card_key:
        return out.card_key
    key, about = cards.new_key(), card.about
    body = dump(Card(buttons=card.buttons))
    posted = Posted(key, out.messenger, out.chat, out.person_id, body, created_at=tx.now)
    if about:
        posted = replace(posted, subject=about.subject, subject_id=about.id, version=about.version)
    cards.put(tx, posted)
    outbox.drawn(tx, out.id, key)
    return key
