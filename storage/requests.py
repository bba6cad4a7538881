"""What one seat asked of another and still owes or got an answer: extensions, adjustments, inquiries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType

from sqlalchemy import bindparam, insert, or_, select, update

from storage.among import among
from storage.reports import ReportId
from storage.store import Tx
from storage.tables_work import requests, topic_people, topics
from workflow.errors import NotFound, Stale
from workflow.measure import MeasureId
from workflow.roles import PersonId
from workflow.topic import TopicId

RequestId = NewType("RequestId", int)


class RequestKind(StrEnum):
    """What is asked."""

    EXTENSION = "extension"
    REROUTE = "reroute"
    INQUIRY = "inquiry"


class RequestState(StrEnum):
    """What became of it."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    ANSWERED = "answered"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Request:
    """A question between seats. `wanted` is a proposed deadline; `anchor` the deadline version it was for."""

    id: RequestId
    kind: RequestKind
    state: RequestState
    topic_id: TopicId
    measure_id: MeasureId | None
    asker_id: PersonId
    report_id: ReportId | None
    wanted: datetime | None
    anchor: int
    created_at: datetime
    decided_by: PersonId | None
    decided_at: datetime | None


_COLUMNS: Final = tuple(requests.c)
_GET = select(*_COLUMNS).where(requests.c.id == bindparam("id"))
_OF_TOPIC = select(*_COLUMNS).where(requests.c.topic_id == bindparam("topic")).order_by(requests.c.id)
_OF_TOPICS = (
    select(*_COLUMNS)
    .where(among(requests.c.topic_id, "topics"), requests.c.kind == bindparam("kind"))
    .order_by(requests.c.id)
)
_OPEN = select(*_COLUMNS).where(requests.c.state == RequestState.OPEN).order_by(requests.c.id)
_AWAITING = (
    select(*_COLUMNS)
    .join(topics, topics.c.id == requests.c.topic_id)
    .where(
        requests.c.state == RequestState.OPEN,
        or_(
            among(topics.c.issuer_id, "people"),
            among(topics.c.owner_id, "people"),
            topics.c.id.in_(select(topic_people.c.topic_id).where(among(topic_people.c.person_id, "people"))),
        ),
    )
    .order_by(requests.c.id)
)
_DECIDE = (
    update(requests)
    .where(requests.c.id == bindparam("b_id"), requests.c.state == RequestState.OPEN)
    .values(state=bindparam("to_state"), decided_by=bindparam("by"), decided_at=bindparam("at"))
)
_ADD = insert(requests).returning(requests.c.id)


def add(tx: Tx, values: Mapping[str, Any]) -> RequestId:
    """A new request."""
    row = {**values, "state": RequestState.OPEN, "created_at": tx.now}
    return RequestId(tx.execute(_ADD, row).scalar_one())


def get(tx: Tx, request_id: RequestId) -> Request:
    """One request. Raises NotFound."""
    row = tx.execute(_GET, {"id": request_id}).one_or_none()
    if row is None:
        raise NotFound("no_such_request")
    return _request(row)


def of_topic(tx: Tx, topic_id: TopicId) -> list[Request]:
    """All requests about a topic and its measures, oldest first."""
    return [_request(row) for row in tx.execute(_OF_TOPIC, {"topic": topic_id})]


def of_topics(tx: Tx, ids: Iterable[int], kind: RequestKind) -> dict[int, list[Request]]:
    """All requests of a kind about several topics and their measures, oldest first."""
    found: dict[int, list[Request]] = {}
    for row in tx.execute(_OF_TOPICS, {"topics": list(ids), "kind": kind}):
        found.setdefault(row.topic_id, []).append(_request(row))
    return found


def open_of(
    tx: Tx, topic_id: TopicId, kind: RequestKind, measure_id: MeasureId | None = None
) -> Request | None:
    """The open request of a kind on an item, if there is one."""
    same = [r for r in of_topic(tx, topic_id) if (r.kind, r.measure_id) == (kind, measure_id)]
    return next((r for r in same if r.state is RequestState.OPEN), None)


def all_open(tx: Tx) -> list[Request]:
    """Every open request."""
    return [_request(row) for row in tx.execute(_OPEN)]


def awaiting(tx: Tx, people: Iterable[PersonId]) -> list[Request]:
    """Open requests about topics these people issued, own or may own: what they may have to answer."""
    return [_request(row) for row in tx.execute(_AWAITING, {"people": list(people)})]


def decide(tx: Tx, request_id: RequestId, state: RequestState, by: PersonId | None) -> None:
    """Settle an open request. Raises Stale when it was settled before."""
    bound = {"b_id": request_id, "to_state": state, "by": by, "at": tx.now}
    if tx.execute(_DECIDE, bound).rowcount != 1:
        raise Stale("already_decided")


def _request(row: Any) -> Request:
    return Request(
        row.id,
        RequestKind(row.kind),
        RequestState(row.state),
        row.topic_id,
        row.measure_id,
        row.asker_id,
        row.report_id,
        row.wanted,
        row.anchor,
        row.created_at,
        row.decided_by,
        row.decided_at,
    )
