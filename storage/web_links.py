"""Links to the web page and the sessions they open, each known by the SHA-256 digest of its secret alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from storage.store import Tx
from storage.tables_affairs import web_links
from workflow.roles import PersonId

LINK: Final = "link"
SESSION: Final = "session"


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link or a session of a person. A link is used once; `used_at` says when, or that it was withdrawn."""

    person_id: PersonId
    expires_at: datetime
    used_at: datetime | None


_GET = select(*(web_links.c[name] for name in WebLink.__slots__)).where(
    web_links.c.digest == bindparam("of"), web_links.c.part == bindparam("as_part")
)
_ADD = insert(web_links)
_OPEN = (web_links.c.part == LINK, web_links.c.used_at.is_(None))
_USE = update(web_links).where(web_links.c.digest == bindparam("of"), *_OPEN).values(used_at=bindparam("at"))
_WITHDRAW = (
    update(web_links)
    .where(web_links.c.person_id == bindparam("person"), *_OPEN)
    .values(used_at=bindparam("at"))
)
_DROP = delete(web_links).where(web_links.c.digest == bindparam("of"), web_links.c.part == SESSION)
_END = delete(web_links).where(web_links.c.person_id == bindparam("person"))
_END_SESSIONS = _END.where(web_links.c.part == SESSION)
_PRUNE = delete(web_links).where(web_links.c.expires_at < bindparam("before"))


def add(tx: Tx, digest: str, part: str, person_id: PersonId, expires_at: datetime) -> None:
    """A new link or session."""
    row: Mapping[str, Any] = {
        "digest": digest,
        "part": part,
        "person_id": person_id,
        "created_at": tx.now,
        "expires_at": expires_at,
    }
    tx.execute(_ADD, row)


def get(tx: Tx, digest: str, part: str) -> WebLink | None:
    """The link or session of a digest, whether it still holds or not."""
    row = tx.execute(_GET, {"of": digest, "as_part": part}).one_or_none()
    return WebLink(*row) if row else None


def use(tx: Tx, digest: str) -> bool:
    """Use a link up; False when it was, or never existed."""
    return tx.execute(_USE, {"of": digest, "at": tx.now}).rowcount == 1


def withdraw(tx: Tx, person_id: PersonId) -> None:
    """Use up every link of a person that nobody has opened."""
    tx.execute(_WITHDRAW, {"person": person_id, "at": tx.now})


def drop(tx: Tx, digest: str) -> bool:
    """End one session; False when there is none."""
    return tx.execute(_DROP, {"of": digest}).rowcount == 1


def end_sessions(tx: Tx, person_id: PersonId) -> int:
    """End every session of a person; how many there were."""
    return tx.execute(_END_SESSIONS, {"person": person_id}).rowcount


def end(tx: Tx, person_id: PersonId) -> None:
    """Forget every link and session of a person."""
    tx.execute(_END, {"person": person_id})


def prune(tx: Tx, before: datetime) -> None:
    """Forget what expired before a moment."""
    tx.execute(_PRUNE, {"before": before})
