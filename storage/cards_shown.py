"""What people had before them: the cards they would press next."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from storage.among import among
from storage.cards import Posted
from storage.store import Tx
from storage.tables_messages import cards
from workflow.roles import PersonId

_SHOWN: Final = (
    select(*(cards.c[name] for name in Posted.__slots__))
    .where(
        cards.c.person_id.is_not(None),
        among(cards.c.subject, "subjects"),
        cards.c.superseded_at.is_(None),
        cards.c.created_at >= bindparam("since"),
    )
    .order_by(cards.c.created_at)
)


def latest(tx: Tx, subjects: list[str], since: datetime) -> dict[PersonId, Posted]:
    """The newest card each person got in private since a moment, of those that still count."""
    shown = (Posted(*row) for row in tx.execute(_SHOWN, {"subjects": subjects, "since": since}))
    return {card.person_id: card for card in shown if card.person_id is not None}
