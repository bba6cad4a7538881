"""Notices: what is owed to whom, and why. What is sent is another matter, and another table.

A notice is unique by its `dedupe` key, so whoever finds the same thing due a second time adds nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, Update, bindparam, cast, distinct, func, select, update

from storage.among import among
from storage.store import Tx
from storage.tables_messages import notices
from storage.upsert import insert
from workflow.roles import PersonId


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing one person is to be told. `data` holds dates, counts and ids; `by_id` is whose act it was."""

    id: int
    dedupe: str
    kind: str
    person_id: PersonId
    topic_id: int | None
    measure_id: int | None
    request_id: int | None
    report_id: int | None
    by_id: PersonId | None
    step: str
    level: int
    occurrence: int
    anchor: int
    audience: str
    data: Mapping[str, Any]
    single: bool
    wants_ack: bool
    late: bool
    due_at: datetime
    state: str
    outbox_id: int | None
    sent_at: datetime | None
    acknowledged_at: datetime | None
    affair_id: int | None


def _among(**values: Any) -> Update:
    return update(notices).where(among(notices.c.id, "ids")).values(**values)


_SELECT = select(*(notices.c[name] for name in Notice.__slots__))
_OWE = insert(notices).on_conflict_do_nothing(index_elements=["dedupe"]).returning(notices.c.id)
_GET_MANY = _SELECT.where(among(notices.c.id, "ids")).order_by(notices.c.id)
_OF_OUTBOX = _SELECT.where(notices.c.outbox_id == bindparam("outbox")).order_by(notices.c.id)
_WAITING = _SELECT.where(
    notices.c.person_id == bindparam("person"),
    notices.c.state == "owed",
    notices.c.single.is_(False),
    notices.c.outbox_id.is_(None),
    notices.c.due_at <= bindparam("now"),
).order_by(notices.c.due_at, notices.c.id)
_SINGLES = (
    _SELECT.where(
        notices.c.person_id == bindparam("person"),
        notices.c.state == "owed",
        notices.c.single.is_(True),
        notices.c.outbox_id.is_(None),
    )
    .order_by(notices.c.id)
    .limit(500)
)
_UNHEARD = _SELECT.where(
    notices.c.person_id == bindparam("person"),
    notices.c.state == "sent",
    notices.c.wants_ack.is_(True),
    notices.c.acknowledged_at.is_(None),
).order_by(notices.c.id)
_OF_TOPIC = _SELECT.where(notices.c.topic_id == bindparam("topic"), notices.c.sent_at.is_not(None)).order_by(
    notices.c.id
)
_ATTACH = _among(outbox_id=bindparam("outbox"))
_STATE = _among(state=bindparam("becomes"))
_SENT = (
    update(notices)
    .where(notices.c.outbox_id == bindparam("outbox"), notices.c.state == "owed")
    .values(state="sent", sent_at=bindparam("moment"))
)
_ACKNOWLEDGE = (
    update(notices)
    .where(notices.c.id == bindparam("row"), notices.c.acknowledged_at.is_(None))
    .values(acknowledged_at=bindparam("moment"))
)
_REMINDED = select(
    func.count(distinct(notices.c.step + ":" + cast(notices.c.occurrence, String))),
    func.min(notices.c.sent_at),
).where(
    notices.c.kind == bindparam("of_kind"),
    notices.c.topic_id == bindparam("topic"),
    notices.c.measure_id.is_not_distinct_from(bindparam("measure", type_=notices.c.measure_id.type)),
    notices.c.anchor == bindparam("of_anchor"),
    notices.c.sent_at.is_not(None),
    notices.c.due_at < bindparam("before"),
    among(notices.c.audience, "audiences"),
)
_DUE_NEXT = select(func.min(notices.c.due_at)).where(
    notices.c.state == "owed", notices.c.outbox_id.is_(None), notices.c.due_at > bindparam("now")
)


def owe(tx: Tx, values: Mapping[str, Any]) -> int | None:
    """Owe a notice; its id, or None when the same one is owed already. `values` are columns."""
    row = {"state": "owed", "data": {}, **values}
    found: int | None = tx.execute(_OWE, row).scalar()
    return found


def get(tx: Tx, notice_id: int) -> Notice | None:
    """One notice, if it exists."""
    return next(iter(get_many(tx, [notice_id])), None)


def get_many(tx: Tx, ids: Iterable[int]) -> list[Notice]:
    """Several notices, by id."""
    return _notices(tx.execute(_GET_MANY, {"ids": list(ids)}))


def of_outbox(tx: Tx, outbox_id: int) -> list[Notice]:
    """What a message carries."""
    return _notices(tx.execute(_OF_OUTBOX, {"outbox": outbox_id}))


def sent_about(tx: Tx, topic_id: int) -> list[Notice]:
    """What was sent to anybody about a topic, its measures and its affairs, oldest first."""
    return _notices(tx.execute(_OF_TOPIC, {"topic": topic_id}))


def attach(tx: Tx, ids: Iterable[int], outbox_id: int | None) -> None:
    """Let a message carry these notices; None takes them off again."""
    tx.execute(_ATTACH, {"ids": list(ids), "outbox": outbox_id})


def waiting_digest(tx: Tx, person_id: PersonId, now: datetime) -> list[Notice]:
    """What a person's next digest must say: due, not single, carried by no message yet."""
    return _notices(tx.execute(_WAITING, {"person": person_id, "now": now}))


def waiting_singles(tx: Tx, person_id: PersonId) -> list[Notice]:
    """What a person is owed as messages of their own and that no message carries yet."""
    return _notices(tx.execute(_SINGLES, {"person": person_id}))


def last(tx: Tx) -> int:
    """The last notice's id; 0 where there is none."""
    return int(tx.execute(select(func.max(notices.c.id))).scalar() or 0)


def done_since(tx: Tx, by_id: PersonId, kind: str, after: int) -> list[Notice]:
    """What somebody's acts of a kind owed to others after a notice, oldest first."""
    mine = notices.c.by_id == by_id, notices.c.kind == kind, notices.c.id > after
    return _notices(tx.execute(_SELECT.where(*mine).order_by(notices.c.id)))


def unheard(tx: Tx, person_id: PersonId) -> list[Notice]:
    """What was sent to a person and waits for a 知悉, oldest first."""
    return _notices(tx.execute(_UNHEARD, {"person": person_id}))


def unreached(tx: Tx, ids: Iterable[int]) -> None:
    """Nobody could be written to: kept as owed and not delivered."""
    tx.execute(_STATE, {"ids": list(ids), "becomes": "unreached"})


def sent(tx: Tx, outbox_id: int, at: datetime) -> None:
    """The message arrived, and what it carried with it."""
    tx.execute(_SENT, {"outbox": outbox_id, "moment": at})


def void(tx: Tx, ids: Iterable[int]) -> None:
    """These no longer hold."""
    tx.execute(_STATE, {"ids": list(ids), "becomes": "void"})


def collapsed(tx: Tx, ids: Iterable[int]) -> None:
    """A later notice says all these would have said."""
    tx.execute(_STATE, {"ids": list(ids), "becomes": "collapsed"})


def acknowledge(tx: Tx, notice_id: int, at: datetime) -> bool:
    """Note the answer 知悉; False when it had been given before."""
    return tx.execute(_ACKNOWLEDGE, {"row": notice_id, "moment": at}).rowcount == 1


def reminded(tx: Tx, notice: Notice, to: Iterable[str]) -> tuple[int, datetime | None]:
    """How many earlier steps under the same anchor reached these audiences, and when the first did."""
    bound = {
        "of_kind": notice.kind,
        "topic": notice.topic_id,
        "measure": notice.measure_id,
        "of_anchor": notice.anchor,
        "before": notice.due_at,
        "audiences": list(to),
    }
    count, first = tx.execute(_REMINDED, bound).one()
    return int(count), first


def due_next(tx: Tx) -> datetime | None:
    """When the next notice falls due that is owed but carried by no message yet."""
    due: datetime | None = tx.execute(_DUE_NEXT, {"now": tx.now}).scalar()
    return due


def _notices(rows: Iterable[Any]) -> list[Notice]:
    return [Notice(*row) for row in rows]
