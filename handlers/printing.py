"""Papers: ordered in a turn, drawn after it, from a snapshot, with the rights their reader has by then.

The order is a row of the outbox like any message, so that a crash forgets none; what it will say is decided
when it is sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from handlers.cards import Attachment, Card
from handlers.reader import reader
from handlers.turn import Turn
from services.policy import Policy
from storage import outbox, people
from storage.outbox import Out
from storage.store import Tx

PAPER: Final = "paper"


@dataclass(frozen=True, slots=True)
class Paper:
    """A card, and where the files lie that it carries, by the name the card has for each."""

    card: Card
    paths: Mapping[str, Path]


def handed_over(card: Card, path: Path, name: str, mime: str) -> Paper:
    """A card that carries one file just made."""
    return Paper(Card(card.title, card.lines, files=(Attachment(path.name, name, mime),)), {path.name: path})


def order(turn: Turn, name: str, *args: str, answer: Card) -> None:
    """Answer now, and owe the paper of this name to the same chat."""
    turn.reply(answer)
    outbox.enqueue(
        turn.tx,
        messenger=turn.incoming.messenger,
        chat=turn.incoming.chat.id,
        person_id=turn.actor.id,
        kind=PAPER,
        body=json.dumps([name, *args], ensure_ascii=False),
    )


def draw(tx: Tx, policy: Policy, out: Out, folder: Path) -> Paper | None:
    """The paper an order asks for, its files in the folder; None for somebody who has left."""
    person = people.get(tx, out.person_id) if out.person_id is not None else None
    if person is None or not person.active:
        return None
    name, *args = json.loads(out.body)
    paper: Paper | None = import_module(f"handlers.papers.{name}").draw(
        reader(tx, policy, person), args, folder
    )
    return paper
