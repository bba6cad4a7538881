"""What happened in a stretch of time: conditions on topics, and whose acts were on which of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, or_, select

from storage.among import among
from storage.store import Tx
from storage.tables_journal import journal
from storage.tables_work import reports, topics
from workflow.roles import PersonId
from workflow.topic import OPEN, TopicId, TopicState
from workflow.transitions import Event

_ACTS: Final = (
    select(reports.c.topic_id)
    .where(
        or_(reports.c.author_id == bindparam("person"), reports.c.principal_id == bindparam("person")),
        reports.c.event == bindparam("event"),
        reports.c.sent_at >= bindparam("since"),
        reports.c.sent_at < bindparam("until"),
        reports.c.withdrawn_at.is_(None),
        reports.c.supersedes_id.is_(None),
    )
    .order_by(reports.c.id)
)


_CLOSED_BY: Final = (
    select(journal.c.topic_id)
    .where(
        among(journal.c.topic_id, "ids"),
        journal.c.actor_id == bindparam("person"),
        journal.c.event == Event.CLOSE,
        journal.c.at >= bindparam("since"),
        journal.c.at < bindparam("until"),
    )
    .order_by(journal.c.seq)
)


def issued(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Issued in [since, until)."""
    return and_(topics.c.issued_at >= since, topics.c.issued_at < until)


def closed(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Closed in [since, until), and still closed."""
    return and_(topics.c.closed_at >= since, topics.c.closed_at < until)


def in_hand(at: datetime) -> ColumnElement[bool]:
    """Issued before a moment and not closed by then; withdrawn ones no more."""
    later = and_(topics.c.state == TopicState.CLOSED, topics.c.closed_at >= at)
    return and_(topics.c.issued_at < at, or_(topics.c.state.in_(OPEN), later))


def live(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Somebody's work at some time of [since, until)."""
    return or_(closed(since, until), in_hand(until))


def acts(tx: Tx, person: PersonId, event: str, since: datetime, until: datetime) -> list[TopicId]:
    """The topics on which a person (or a deputy for that person) did something in [since, until).

    Each act counts: a topic stands there as often as it was done.
    """
    bound = {"person": person, "event": event, "since": since, "until": until}
    return [TopicId(i) for i in tx.execute(_ACTS, bound).scalars()]


def closed_by(
    tx: Tx, person: PersonId, ids: Iterable[TopicId], since: datetime, until: datetime
) -> list[TopicId]:
    """Which of these topics a person verified and closed in [since, until), once for each time."""
    bound = {"person": person, "ids": list(ids), "since": since, "until": until}
    return [TopicId(i) for i in tx.execute(_CLOSED_BY, bound).scalars()]
