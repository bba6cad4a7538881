"""What became of everything that was owed within some days, counted; and when we ourselves stood still."""

from bisect import bisect_left
from datetime import datetime
from typing import Any, Final, NamedTuple

from pydantic_core import from_json
from sqlalchemy import and_, bindparam, false, func, or_, select

from storage import journal
from storage.store import Tx
from storage.tables_journal import journal as journal_table
from storage.tables_messages import notices, outbox
from storage.tables_people import accounts
from storage.tables_work import topics
from workflow.roles import PersonId


class Tally(NamedTuple):
    """Notices alike: their state and their message's (None: no message), whose, and how many.

    `hidden`: about a confidential topic; `late`: owed late through a standstill of ours.
    """

    state: str
    message: str | None
    person_id: PersonId
    hidden: bool
    late: bool
    notices: int


class Window(NamedTuple):
    """Moments: messages are owed in [since, until], lines of a digest in [lines_since, lines_until)."""

    since: datetime
    until: datetime
    lines_since: datetime
    lines_until: datetime


_GROUPS: Final = (
    notices.c.state,
    outbox.c.state.label("message"),
    notices.c.person_id,
    func.coalesce(topics.c.confidential, false()).label("hidden"),
    notices.c.late,
)
_TALLY = (
    select(*_GROUPS, func.count().label("notices"))
    .select_from(
        notices.outerjoin(outbox, outbox.c.id == notices.c.outbox_id).outerjoin(
            topics, topics.c.id == notices.c.topic_id
        )
    )
    .where(
        notices.c.kind != bindparam("except_kind"),
        or_(
            and_(
                notices.c.single.is_(True),
                notices.c.due_at >= bindparam("since"),
                notices.c.due_at <= bindparam("until"),
            ),
            and_(
                notices.c.single.is_(False),
                notices.c.due_at >= bindparam("lines_since"),
                notices.c.due_at < bindparam("lines_until"),
            ),
        ),
    )
    .group_by(notices.c.state, outbox.c.state, notices.c.person_id, topics.c.confidential, notices.c.late)
    .order_by(notices.c.person_id)
)
_REACHED = select(accounts.c.person_id).where(accounts.c.state == "active")
_AT = (
    select(journal_table.c.at)
    .where(journal_table.c.seq >= bindparam("row"))
    .order_by(journal_table.c.seq)
    .limit(1)
)
_OUTAGES = (
    select(journal_table.c.body)
    .where(
        journal_table.c.seq > bindparam("after"),
        journal_table.c.seq <= bindparam("last"),
        journal_table.c.event == "outage",
    )
    .order_by(journal_table.c.seq)
)


def tally(tx: Tx, window: Window, except_kind: str) -> list[Tally]:
    """What was owed in a window, alike with alike; one kind is left out."""
    bound = {**window._asdict(), "except_kind": except_kind}
    return [Tally(*row) for row in tx.execute(_TALLY, bound)]


def reached(tx: Tx) -> frozenset[PersonId]:
    """Everybody who can be written to."""
    return frozenset(PersonId(person) for (person,) in tx.execute(_REACHED))


def outages(tx: Tx, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """Our standstills that the trail noted between two moments: from when to when.

    The trail grows with time, so both ends are found by halving and only the rows between are read.
    """
    rows = range(1, journal.head(tx.connection)[0] + 1)

    def at(row: int) -> datetime:
        found: datetime = tx.execute(_AT, {"row": row}).scalar()
        return found

    ends = (bisect_left(rows, moment, key=at) for moment in (since, until))
    bound = dict(zip(("after", "last"), ends, strict=True))
    return [_span(from_json(body)[5]) for (body,) in tx.execute(_OUTAGES, bound)]


def _span(facts: dict[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(facts["since"]), datetime.fromisoformat(facts["until"])
