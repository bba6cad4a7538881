"""Cards that were posted: what a press or a plain reply refers to.

A button carries only its card's key and an index; what it means is looked up here, together with whom the
card was for. A card that is redrawn is superseded: a press on the old one shows the new one.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select, update

from storage.store import Tx
from storage.tables_messages import cards
from storage.upsert import insert
from workflow.roles import PersonId


@dataclass(frozen=True, slots=True)
class Posted:
    """A card in a chat. `person_id` is None in a group; `body` holds its buttons, not its text."""

    key: str
    messenger: str
    chat: str
    person_id: PersonId | None
    body: str
    created_at: datetime
    subject: str = ""
    subject_id: int | None = None
    version: int = 0
    message_id: str = ""
    superseded_at: datetime | None = None


_SELECT = select(*(cards.c[name] for name in Posted.__slots__))
_ADD = insert(cards)
_PUT = _ADD.on_conflict_do_update(
    index_elements=["key"], set_={name: _ADD.excluded[name] for name in ("body", "version")}
)
_BY_KEY = _SELECT.where(cards.c.key == bindparam("key"))
_BY_MESSAGE = _SELECT.where(
    cards.c.messenger == bindparam("messenger"),
    cards.c.chat == bindparam("chat"),
    cards.c.message_id == bindparam("message_id"),
).order_by(cards.c.created_at.desc(), cards.c.superseded_at.is_not(None))
_LEARN = update(cards).where(cards.c.key == bindparam("card")).values(message_id=bindparam("message"))
_RETIRE = (
    update(cards)
    .where(cards.c.key == bindparam("row"), cards.c.superseded_at.is_(None))
    .values(superseded_at=bindparam("moment"))
)
_PRUNE = delete(cards).where(
    or_(
        cards.c.superseded_at < bindparam("before"),
        and_(cards.c.subject_id.is_(None), cards.c.created_at < bindparam("before")),
    )
)


def new_key() -> str:
    """A key nobody can guess: 12 URL-safe characters, 72 random bits."""
    return secrets.token_urlsafe(9)


def add(tx: Tx, card: Posted) -> None:
    """Remember a card that is about to be posted."""
    tx.execute(_ADD, _row(card))


def put(tx: Tx, card: Posted) -> None:
    """Remember a card that may have been drawn before; its buttons are now these."""
    tx.execute(_PUT, _row(card))


def by_key(tx: Tx, key: str) -> Posted | None:
    """The card a button belongs to."""
    row = tx.execute(_BY_KEY, {"key": key}).one_or_none()
    return Posted(*row) if row is not None else None


def by_message(tx: Tx, messenger: str, chat: str, message_id: str) -> Posted | None:
    """The card a message shows; the latest, when it was redrawn under a new key."""
    where = {"messenger": messenger, "chat": chat, "message_id": message_id}
    row = tx.execute(_BY_MESSAGE, where).first()
    return Posted(*row) if row is not None else None


def learn_message(tx: Tx, key: str, message_id: str) -> None:
    """Note the message a card became."""
    learn_messages(tx, {key: message_id})


def learn_messages(tx: Tx, message_ids: Mapping[str, str]) -> None:
    """Note the messages these cards became."""
    tx.execute(_LEARN, [{"card": key, "message": id_} for key, id_ in message_ids.items()])


def retire(tx: Tx, key: str) -> None:
    """This card was redrawn; its buttons no longer count."""
    tx.execute(_RETIRE, {"row": key, "moment": tx.now})


def prune(tx: Tx, before: datetime) -> int:
    """Forget cards superseded before a moment, and those of no item posted before it; how many."""
    return tx.execute(_PRUNE, {"before": before}).rowcount


def _row(card: Posted) -> dict[str, Any]:
    return {name: getattr(card, name) for name in Posted.__slots__}
