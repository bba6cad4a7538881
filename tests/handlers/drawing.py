"""What a message of the outbox says when it is sent, as the process would draw it."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers import printing
from handlers.cards import Card, dump, load
from handlers.render import render
from services.policy import Policy
from storage import cards, outbox
from storage.cards import Posted
from storage.outbox import Out
from storage.store import Tx

LATE = ("notice", "bundle", "digest", "announcement", "account_moved", "web_link")


def drawn(tx: Tx, policy: Policy, out: Out, files: dict[str, bytes]) -> Card | None:
    """Its card; what a paper carries is kept among the files."""
    if out.kind == printing.PAPER:
        return _paper(tx, policy, out, files)
    return render(tx, policy, out) if out.kind in LATE else load(out.body)


def _paper(tx: Tx, policy: Policy, out: Out, files: dict[str, bytes]) -> Card | None:
    with TemporaryDirectory() as folder:
        paper = printing.draw(tx, policy, out, Path(folder))
        files |= {name: path.read_bytes() for name, path in (paper.paths if paper else {}).items()}
        return paper and paper.card


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
