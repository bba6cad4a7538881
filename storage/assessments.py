"""Which topics a submitted self-assessment spoke of, and when it was submitted last."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import select

from storage.among import among
from storage.store import Tx
from storage.tables_affairs import affair_items, affairs
from workflow.affair import AffairKind, AffairState
from workflow.topic import TopicId

GIVEN_AT: Final = "given_at"
"""In an assessment's facts: when it was submitted, ISO."""
_COVERED = (
    select(affair_items.c.topic_id, affairs.c.facts)
    .join(affairs, affairs.c.id == affair_items.c.affair_id)
    .where(
        affairs.c.kind == AffairKind.ASSESSMENT,
        affairs.c.state.in_([AffairState.GIVEN, AffairState.DONE]),
        among(affair_items.c.topic_id, "ids"),
    )
)


def covered(tx: Tx, ids: Iterable[TopicId]) -> dict[TopicId, datetime]:
    """When each of some topics was last spoken of in a self-assessment that was submitted."""
    found: dict[TopicId, datetime] = {}
    for topic, facts in tx.execute(_COVERED, {"ids": list(ids)}):
        at = datetime.fromisoformat(facts[GIVEN_AT])
        found[topic] = max(at, found.get(topic, at))
    return found
