"""What the auditor looks at: slices of items, and the rows that should agree with one another.

Each query goes along an index or is limited; none walks through all there is.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from pydantic_core import from_json
from sqlalchemy import and_, bindparam, null, or_, select

from storage.among import among
from storage.store import Tx
from storage.tables_affairs import affairs
from storage.tables_journal import journal
from storage.tables_messages import inbox, notices, outbox
from storage.tables_people import accounts, people
from storage.tables_reminders import firings
from storage.tables_work import measures, topics
from workflow.ladder_item import Subject
from workflow.roles import PersonId


class Planned(NamedTuple):
    """An item, where it stands, and when the sweep means to look at it."""

    id: int
    state: str
    next_at: datetime | None


class Occurrence(NamedTuple):
    """One occurrence of a step on an item; `measure` is None for the topic itself."""

    topic: int
    measure: int | None
    step: str
    anchor: int
    number: int


class Astray(NamedTuple):
    """An owed notice that no message carries, or one whose message is over."""

    id: int
    person_id: PersonId
    outbox_id: int | None
    state: str | None
    sent_at: datetime | None


_TABLES: Final = {Subject.TOPIC: topics, Subject.MEASURE: measures}
_SLICE: Final = {
    subject: select(table.c.id, table.c.state, table.c.next_at)
    .where(table.c.id > bindparam("after"))
    .order_by(table.c.id)
    .limit(bindparam("most"))
    for subject, table in _TABLES.items()
}
_PLANNED: Final = {
    subject: select(table.c.id, table.c.state, table.c.next_at).where(among(table.c.id, "ids"))
    for subject, table in _TABLES.items()
}
_OVERDUE: Final = {
    subject: select(table.c.id)
    .where(table.c.next_at < bindparam("before"))
    .order_by(table.c.next_at)
    .limit(bindparam("most"))
    for subject, table in _TABLES.items()
}
_OVERDUE_AFFAIRS = (
    select(affairs.c.id)
    .where(affairs.c.next_at < bindparam("before"))
    .order_by(affairs.c.next_at)
    .limit(bindparam("most"))
)
_WAITING = (
    select(inbox.c.id)
    .where(inbox.c.state == "new", inbox.c.received_at < bindparam("before"))
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
)
_DOUBTFUL = (
    select(outbox.c.id)
    .where(
        or_(
            outbox.c.state == "uncertain",
            and_(
                outbox.c.state == "sending",
                or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < bindparam("real_before")),
            ),
        )
    )
    .limit(bindparam("most"))
)
_REACHED = select(accounts.c.person_id).where(accounts.c.state == "active")
_NO_DIGEST = select(people.c.id).where(
    people.c.state == "active",
    people.c.id.in_(_REACHED),
    or_(people.c.next_digest_at.is_(None), people.c.next_digest_at > bindparam("latest")),
)
_LATE_DIGESTS = (
    select(people.c.id)
    .where(people.c.state == "active", people.c.next_digest_at < bindparam("before"))
    .limit(bindparam("most"))
)
_ASTRAY = (
    select(
        notices.c.id,
        notices.c.person_id,
        notices.c.outbox_id,
        outbox.c.state.label("message_state"),
        outbox.c.sent_at.label("message_sent_at"),
    )
    .select_from(
        people.join(notices, notices.c.person_id == people.c.id).outerjoin(
            outbox, outbox.c.id == notices.c.outbox_id
        )
    )
    .where(
        people.c.state == "active",
        notices.c.state == "owed",
        or_(
            and_(
                notices.c.single.is_(True),
                notices.c.outbox_id.is_(None),
                notices.c.due_at < bindparam("before"),
            ),
            outbox.c.state.in_(("sent", "void")),
        ),
    )
    .limit(bindparam("most"))
)
_TOLD = (
    select(journal.c.topic_id, journal.c.body)
    .where(among(journal.c.topic_id, "ids"), journal.c.event == "ladder")
    .order_by(journal.c.topic_id, journal.c.seq)
)
_NOTICED = select(
    notices.c.topic_id,
    notices.c.measure_id,
    notices.c.step,
    notices.c.anchor,
    notices.c.occurrence,
    notices.c.person_id,
).where(among(notices.c.topic_id, "ids"), notices.c.kind == "ladder")
_ANCHORS: Final = (
    select(topics.c.id, null(), topics.c.anchor).where(among(topics.c.id, "ids")),
    select(measures.c.topic_id, measures.c.id, measures.c.anchor).where(among(measures.c.topic_id, "ids")),
)
_OCCURRENCE: Final = (firings.c.step, firings.c.anchor, firings.c.occurrence)
_FIRED: Final = (
    select(firings.c.item_id, null(), *_OCCURRENCE).where(
        firings.c.subject == Subject.TOPIC, among(firings.c.item_id, "ids")
    ),
    select(measures.c.topic_id, measures.c.id, *_OCCURRENCE)
    .join(firings, and_(firings.c.subject == Subject.MEASURE, firings.c.item_id == measures.c.id))
    .where(among(measures.c.topic_id, "ids")),
)
_LAST_ROW = select(journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)


def items_after(tx: Tx, subject: Subject, after: int, most: int) -> list[Planned]:
    """The next items by id, whatever their state: the primary key leads, so a slice costs what it holds."""
    return [Planned(*row) for row in tx.execute(_SLICE[subject], {"after": after, "most": most})]


def planned(tx: Tx, subject: Subject, ids: Iterable[int]) -> list[Planned]:
    """The same of items that are known."""
    return [Planned(*row) for row in tx.execute(_PLANNED[subject], {"ids": list(ids)})]


def overdue(tx: Tx, subject: Subject, before: datetime, most: int) -> list[int]:
    """Items a sweep should have looked at before a moment, the longest waiting first."""
    return _ids(tx, _OVERDUE[subject], before=before, most=most)


def overdue_affairs(tx: Tx, before: datetime, most: int) -> list[int]:
    """The same for affairs."""
    return _ids(tx, _OVERDUE_AFFAIRS, before=before, most=most)


def waiting(tx: Tx, before: datetime, most: int) -> list[int]:
    """Updates taken in before a moment that no turn has settled."""
    return _ids(tx, _WAITING, before=before, most=most)


def doubtful(tx: Tx, real_before: datetime, most: int) -> list[int]:
    """Messages in doubt, and those whose sender's lease ended before a moment (real time)."""
    return _ids(tx, _DOUBTFUL, real_before=real_before, most=most)


def without_digest(tx: Tx, latest: datetime) -> list[PersonId]:
    """People who can be written to and whose next digest is not planned, or after `latest`."""
    return [PersonId(i) for i in _ids(tx, _NO_DIGEST, latest=latest)]


def late_digests(tx: Tx, before: datetime, most: int) -> list[int]:
    """People whose digest should have been called before a moment."""
    return _ids(tx, _LATE_DIGESTS, before=before, most=most)


def astray(tx: Tx, before: datetime, most: int) -> list[Astray]:
    """Owed notices that nobody is about to send, of those due before a moment."""
    return [Astray(*row) for row in tx.execute(_ASTRAY, {"before": before, "most": most})]


def told(tx: Tx, topic_ids: Iterable[int]) -> list[tuple[Occurrence, frozenset[PersonId]]]:
    """What the trail says was owed on these topics and their measures, and to whom."""
    found: list[tuple[Occurrence, frozenset[PersonId]]] = []
    for topic, body in tx.execute(_TOLD, {"ids": list(topic_ids)}):
        facts = from_json(body)[5]
        step, anchor, number = facts["step"], facts["anchor"], facts["occurrence"]
        found.append((Occurrence(topic, facts["measure"], step, anchor, number), frozenset(facts["told"])))
    return found


def noticed(tx: Tx, topic_ids: Iterable[int]) -> set[tuple[Occurrence, PersonId]]:
    """The reminders that stand in the book of what is owed, whatever became of them."""
    rows = tx.execute(_NOTICED, {"ids": list(topic_ids)})
    return {(Occurrence(*occurrence), person) for *occurrence, person in rows}


def fired(tx: Tx, topic_ids: Iterable[int]) -> set[Occurrence]:
    """What is recorded as fired on these topics and their measures."""
    ids = list(topic_ids)
    return {Occurrence(*row) for statement in _FIRED for row in tx.execute(statement, {"ids": ids})}


def anchors(tx: Tx, topic_ids: Iterable[int]) -> dict[tuple[int, int | None], int]:
    """The present anchor of each of these topics, and of each of their measures."""
    ids = list(topic_ids)
    rows = (row for statement in _ANCHORS for row in tx.execute(statement, {"ids": ids}))
    return {(topic, measure): anchor for topic, measure, anchor in rows}


def last_row(tx: Tx) -> tuple[int, bytes] | None:
    """Number and hash of the journal's last row."""
    row = tx.execute(_LAST_ROW).first()
    return (row[0], row[1]) if row else None


def _ids(tx: Tx, statement: Any, **bound: Any) -> list[int]:
    return [row for (row,) in tx.execute(statement, bound)]
