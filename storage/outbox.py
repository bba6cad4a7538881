"""What is to be sent. The row is the queue: whatever is committed here is sent, and nothing else is.

A chat hears one message at a time, in the order they were written, whoever sends them. `not_before` is on the
people's clock; back-off and a messenger's retry-after are on the machine's, leases on the database's, and no
sandbox moves those.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Float, Update, and_, bindparam, func, insert, or_, select, union, update

from storage.among import among
from storage.database_time import database_time
from storage.processes import LIVE, Epoch
from storage.store import Tx
from storage.tables_messages import outbox
from workflow.roles import PersonId

LONGEST_ERROR: Final = 255
WINDOW: Final = 4
"""How many messages are looked at for each that may be claimed."""
UNSETTLED: Final = ("pending", "sending", "uncertain", "held", "dead")


@dataclass(frozen=True, slots=True)
class Out:
    """A message on its way. `repeated`: it may have arrived before, and says so. `owner` sends it."""

    id: int
    messenger: str
    chat: str
    person_id: PersonId | None
    kind: str
    body: str
    card_key: str
    target: str
    state: str
    not_before: datetime
    created_at: datetime
    tries: int
    repeated: bool
    owner: Epoch | None


def _ends(*where: Any, **values: Any) -> Update:
    """A change that also lets go of the lease."""
    return update(outbox).where(*where).values(**values, owner=None, lease_until=None)


_this = outbox.c.id == bindparam("row")
_now = bindparam("now", type_=outbox.c.not_before.type)
_arrived: Final[Mapping[str, Any]] = {
    "state": "sent",
    "body": "",
    "message_id": bindparam("message"),
    "sent_at": bindparam("moment"),
    "error": "",
}
_SELECT = select(*(outbox.c[name] for name in Out.__slots__))
_GET = _SELECT.where(_this)
_AMBIGUOUS = _SELECT.where(outbox.c.state == "uncertain").order_by(outbox.c.id).limit(bindparam("most"))
_ENQUEUE = insert(outbox).returning(outbox.c.id)
_BUSY = union(
    select(outbox.c.chat).where(outbox.c.state == "sending"),
    select(outbox.c.chat).where(outbox.c.state == "pending", outbox.c.retry_at > bindparam("real_now")),
)
_OLDEST = (
    select(outbox.c.id, outbox.c.chat)
    .where(
        outbox.c.state == "pending",
        func.coalesce(outbox.c.not_before, _now) <= _now,  # read along the way, not looked up
        ~among(outbox.c.chat, "busy"),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
_LEASE = (
    update(outbox)
    .where(among(outbox.c.id, "ids"))
    .values(
        state="sending",
        owner=bindparam("holder"),
        lease_until=database_time(bindparam("seconds", type_=Float())),
    )
    .returning(*_SELECT.selected_columns)
)
_theirs = and_(outbox.c.state == "sending", outbox.c.owner == bindparam("holder"))
_HOLDS = select(outbox.c.id).where(_this, _theirs)
_LET_GO = _ends(_this, _theirs, state="pending")
_LET_GO_REST = _ends(_theirs, ~among(outbox.c.id, "in_hand"), state="pending")
_SENT = _ends(_this, **_arrived)
_PROVEN = _ends(
    outbox.c.card_key == bindparam("card"),
    or_(outbox.c.state == "uncertain", and_(outbox.c.state == "pending", outbox.c.repeated.is_(True))),
    **_arrived,
)
_SETTLE = _ends(_this, state=bindparam("becomes"), error=bindparam("why"))
_RETRY = _ends(
    _this,
    state="pending",
    tries=outbox.c.tries + 1,
    retry_at=bindparam("until"),
    error=bindparam("why"),
)
_REPEAT = _ends(_this, state="pending", tries=outbox.c.tries + 1, repeated=True)
_THROTTLE = _ends(
    outbox.c.chat == bindparam("in_chat"),
    outbox.c.state.in_(("sending", "pending")),
    state="pending",
    retry_at=bindparam("until"),
)
_ORPHAN = _ends(
    outbox.c.state == "sending",
    or_(outbox.c.lease_until < database_time(), outbox.c.owner.not_in(LIVE)),
    state="uncertain",
    error="orphaned",
)
_MOVE = (
    update(outbox)
    .where(outbox.c.chat == bindparam("old"), outbox.c.state.in_(UNSETTLED))
    .values(chat=bindparam("new"))
)
_RELEASE_HELD = update(outbox).where(outbox.c.state == "held").values(state="pending")
_DRAWN = update(outbox).where(_this).values(card_key=bindparam("key"))


def enqueue(
    tx: Tx,
    *,
    messenger: str,
    chat: str,
    person_id: PersonId | None,
    kind: str,
    body: str = "",
    card_key: str = "",
    target: str = "",
    not_before: datetime | None = None,
) -> int:
    """Owe a message, from now on or from `not_before` on (people's clock); its id."""
    values = {
        "messenger": messenger,
        "chat": chat,
        "person_id": person_id,
        "kind": kind,
        "body": body,
        "card_key": card_key,
        "target": target,
        "state": "pending",
        "not_before": not_before or tx.now,
        "created_at": tx.now,
    }
    return int(tx.execute(_ENQUEUE, values).scalar_one())


def claim(
    tx: Tx, owner: Epoch, limit: int, lease_seconds: float, real_now: datetime, now: datetime
) -> list[Out]:
    """Take due messages for sending: at most one per chat, and none where one is on its way or must wait.

    The lease ends after `lease_seconds` of the database's time; `now` is the people's clock.
    """
    heads = _heads(tx, limit, real_now, now)
    if not heads:
        return []
    leased = tx.execute(_LEASE, {"ids": heads, "holder": owner, "seconds": lease_seconds})
    return sorted((Out(*row) for row in leased), key=attrgetter("id"))


def _heads(tx: Tx, limit: int, real_now: datetime, now: datetime) -> list[int]:
    """The oldest message of each chat that may hear one, a window at a time; each finds another chat."""
    busy = set(tx.execute(_BUSY, {"real_now": real_now}).scalars())
    heads: list[int] = []
    most = WINDOW * limit
    while len(heads) < limit:
        rows = tx.execute(_OLDEST, {"now": now, "busy": [*busy], "most": most}).all()
        first: dict[str, int] = {}
        for id_, chat in rows:
            first.setdefault(chat, id_)
        heads += first.values()
        busy |= first.keys()
        if len(rows) < most:
            break
    return heads[:limit]


def holds(tx: Tx, out: Out) -> bool:
    """Whether whoever claimed a message still has it to send."""
    return tx.execute(_HOLDS, {"row": out.id, "holder": out.owner}).first() is not None


def let_go(tx: Tx, out: Out) -> None:
    """It was claimed and certainly not sent: it waits again, for anybody."""
    tx.execute(_LET_GO, {"row": out.id, "holder": out.owner})


def let_go_rest(tx: Tx, owner: Epoch, in_hand: Collection[int]) -> int:
    """The same for whatever stands under an owner who does not know of it; how many."""
    return tx.execute(_LET_GO_REST, {"holder": owner, "in_hand": list(in_hand)}).rowcount


def get(tx: Tx, out_id: int) -> Out:
    """One message. Raises the database's NoResultFound when there is none."""
    return Out(*tx.execute(_GET, {"row": out_id}).one())


def sent(tx: Tx, out_id: int, message_id: str, at: datetime) -> None:
    """It arrived. Right even after the lease was lost: knowledge that comes late is still knowledge."""
    sent_all(tx, {out_id: message_id}, at)


def sent_all(tx: Tx, message_ids: Mapping[int, str], at: datetime) -> None:
    """These arrived, as these messages."""
    tx.execute(_SENT, [{"row": row, "message": id_, "moment": at} for row, id_ in message_ids.items()])


def proven(tx: Tx, card_key: str, message_id: str, at: datetime) -> bool:
    """A press or reply proves that a doubtful card had arrived; False when there was no doubt."""
    bound = {"card": card_key, "message": message_id, "moment": at}
    return tx.execute(_PROVEN, bound).rowcount > 0


def uncertain(tx: Tx, out_id: int, error: str = "") -> None:
    """It may have arrived; what follows depends on its kind."""
    _settle(tx, out_id, "uncertain", error)


def dead(tx: Tx, out_id: int, error: str) -> None:
    """It never will be accepted."""
    _settle(tx, out_id, "dead", error)


def held(tx: Tx, out_id: int, error: str = "") -> None:
    """It waits for a person's decision."""
    _settle(tx, out_id, "held", error)


def void(tx: Tx, out_id: int) -> None:
    """What it would have said no longer holds."""
    _settle(tx, out_id, "void", "")


def retry(tx: Tx, out_id: int, retry_at: datetime, error: str) -> None:
    """It certainly did not arrive: try again at `retry_at` (real time). Its chat waits with it."""
    tx.execute(_RETRY, {"row": out_id, "until": retry_at, "why": error[:LONGEST_ERROR]})


def repeat(tx: Tx, out_id: int) -> None:
    """Send a doubtful message once more, marked as possibly a second copy."""
    tx.execute(_REPEAT, {"row": out_id})


def throttle(tx: Tx, chat: str, until: datetime) -> None:
    """Keep silent in one chat until `until` (real time). Not counted as a try."""
    tx.execute(_THROTTLE, {"in_chat": chat, "until": until})


def settle_orphans(tx: Tx) -> int:
    """Doubt what nobody finishes: its lease has ended, or its owner; how many."""
    return tx.execute(_ORPHAN).rowcount


def ambiguous(tx: Tx, limit: int = 100) -> list[Out]:
    """Messages in doubt, oldest first."""
    return [Out(*row) for row in tx.execute(_AMBIGUOUS, {"most": limit})]


def move_chat(tx: Tx, old: str, new: str) -> None:
    """Follow a chat to its new id."""
    tx.execute(_MOVE, {"old": old, "new": new})


def release_held(tx: Tx) -> int:
    """Let held messages go; how many."""
    return tx.execute(_RELEASE_HELD).rowcount


def drawn(tx: Tx, out_id: int, card_key: str) -> None:
    """A message got its card when it was about to be sent."""
    tx.execute(_DRAWN, {"row": out_id, "key": card_key})


def _settle(tx: Tx, out_id: int, state: str, error: str) -> None:
    tx.execute(_SETTLE, {"row": out_id, "becomes": state, "why": error[:LONGEST_ERROR]})
