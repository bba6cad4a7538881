"""Questions about what is to be sent: how much, when, to whom. Nothing here changes a message."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from storage.outbox import UNSETTLED
from storage.store import Tx
from storage.tables_messages import outbox
from workflow.roles import PersonId

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)

_COUNTS = select(outbox.c.state, func.count()).where(outbox.c.state.in_(UNSETTLED)).group_by(outbox.c.state)
_DUE_NEXT = select(func.min(outbox.c.not_before)).where(
    outbox.c.state == "pending", outbox.c.not_before > bindparam("after")
)
_RESUMES = select(func.min(outbox.c.retry_at)).where(
    outbox.c.state == "pending",
    outbox.c.retry_at > bindparam("real_now"),
    outbox.c.not_before <= bindparam("now"),
)
_WAITS = select(outbox.c.id).where(
    outbox.c.chat == bindparam("of_chat"), outbox.c.kind == bindparam("of_kind"), outbox.c.state == "pending"
)
_PUSHED = (
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.person_id == bindparam("person"),
        outbox.c.kind == "notice",
        outbox.c.not_before >= bindparam("since"),
        outbox.c.state.not_in(("void", "dead")),
    )
)


def counts(tx: Tx) -> dict[str, int]:
    """How many messages are in each unsettled state."""
    return dict(tx.execute(_COUNTS).all())


def waits(tx: Tx, chat: str, kind: str) -> bool:
    """Whether a message of this kind waits for a chat."""
    return tx.execute(_WAITS, {"of_chat": chat, "of_kind": kind}).first() is not None


def due_next(tx: Tx, after: datetime = BEGINNING) -> datetime | None:
    """When the earliest pending message may go that must wait until after a moment (people's clock)."""
    due: datetime | None = tx.execute(_DUE_NEXT, {"after": after}).scalar()
    return due


def resumes_at(tx: Tx, real_now: datetime) -> datetime | None:
    """When (real time) the first message that is due but has to rest may be tried again."""
    found: datetime | None = tx.execute(_RESUMES, {"now": tx.now, "real_now": real_now}).scalar()
    return found


def pushed_today(tx: Tx, person_id: PersonId, since: datetime) -> int:
    """How many single pushes a person got, or will get, from `since` on."""
    return int(tx.execute(_PUSHED, {"person": person_id, "since": since}).scalar_one())
