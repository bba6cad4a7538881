"""How often work was pressed and sent back in a stretch of time: facts of a unit, no judgement."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, func, select

from storage.among import among
from storage.store import Tx
from storage.tables_work import reports
from workflow.topic import TopicId
from workflow.transitions import Event

SAID = (Event.NUDGE, Event.RETURN, Event.RETURN_DONE)
"""催办, and what was sent back: a whole topic, or one measure."""

Said = Counter[tuple[int, int | None, str]]
"""How often, by topic, measure (None: the topic itself) and event."""

_SAID = (
    select(reports.c.topic_id, reports.c.measure_id, reports.c.event, func.count())
    .where(
        among(reports.c.topic_id, "ids"),
        reports.c.event.in_(SAID),
        reports.c.sent_at >= bindparam("since"),
        reports.c.sent_at < bindparam("until"),
        reports.c.withdrawn_at.is_(None),
        reports.c.supersedes_id.is_(None),
    )
    .group_by(reports.c.topic_id, reports.c.measure_id, reports.c.event)
)


def said(tx: Tx, ids: Iterable[TopicId], since: datetime, until: datetime) -> Said:
    """How often each of these topics and their measures was pressed or returned in [since, until)."""
    rows = tx.execute(_SAID, {"ids": list(ids), "since": since, "until": until})
    return Counter({(topic, measure, event): count for topic, measure, event, count in rows})
