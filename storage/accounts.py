"""Accounts and the invitations that make them. A code is never stored, only its digest."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from storage.people import Account, account_of
from storage.store import Tx
from storage.tables_people import accounts, guesses, invitations
from storage.upsert import insert as insert_or
from workflow.errors import NotFound
from workflow.roles import PersonId


@dataclass(frozen=True, slots=True)
class Invitation:
    """A way in for one person. `confirm`: the office has to agree before the account counts."""

    id: int
    person_id: PersonId
    invited_by: PersonId | None
    confirm: bool
    expires_at: datetime
    used_at: datetime | None


_BY_DIGEST = select(*(invitations.c[name] for name in Invitation.__slots__)).where(
    invitations.c.digest == bindparam("code_digest")
)
_USE = (
    update(invitations)
    .where(invitations.c.id == bindparam("b_id"), invitations.c.used_at.is_(None))
    .values(used_at=bindparam("at"))
)
_EXPIRE = (
    update(invitations)
    .where(invitations.c.person_id == bindparam("person"), invitations.c.used_at.is_(None))
    .where(invitations.c.expires_at > bindparam("now"))
    .values(expires_at=bindparam("now"))
)
_GUESSES = (
    select(func.count())
    .select_from(guesses)
    .where(
        guesses.c.messenger == bindparam("via"),
        guesses.c.sender == bindparam("who"),
        guesses.c.at > bindparam("since"),
    )
)
_ACCOUNTS = select(accounts).order_by(accounts.c.id)
_INSERT = insert_or(accounts)
_BOUND = ("chat", "person_id", "state", "bound_at", "confirmed_by")
_BIND = _INSERT.on_conflict_do_update(
    index_elements=["messenger", "sender"], set_={name: _INSERT.excluded[name] for name in _BOUND}
).returning(accounts.c.id)
_STATE = (
    update(accounts)
    .where(accounts.c.id == bindparam("b_id"))
    .values(state=bindparam("becomes"), confirmed_by=bindparam("by"))
)
_INVITE = insert(invitations).returning(invitations.c.id)


def invite(tx: Tx, values: dict[str, Any]) -> int:
    """A new invitation; `values` are columns."""
    return int(tx.execute(_INVITE, values).scalar_one())


def invitation(tx: Tx, digest: str) -> Invitation | None:
    """The invitation whose code has this digest."""
    row = tx.execute(_BY_DIGEST, {"code_digest": digest}).one_or_none()
    return Invitation(*row) if row else None


def use(tx: Tx, invitation_id: int) -> bool:
    """Spend an invitation; False when somebody was faster."""
    return tx.execute(_USE, {"b_id": invitation_id, "at": tx.now}).rowcount == 1


def expire(tx: Tx, person_id: PersonId) -> int:
    """Let every invitation of a person lapse now; how many were still good."""
    return tx.execute(_EXPIRE, {"person": person_id, "now": tx.now}).rowcount


def guess(tx: Tx, messenger: str, sender: str) -> None:
    """Note that a sender tried a code nobody was given."""
    tx.execute(insert(guesses), {"messenger": messenger, "sender": sender, "at": tx.now})


def guessed(tx: Tx, messenger: str, sender: str, since: datetime) -> int:
    """How often a sender guessed wrong after a moment."""
    row = {"via": messenger, "who": sender, "since": since}
    return int(tx.execute(_GUESSES, row).scalar_one())


def bind(tx: Tx, values: dict[str, Any]) -> int:
    """Let a sender be a person; a sender that was somebody before is that no longer."""
    row = {"confirmed_by": None, "bound_at": tx.now, **values}
    return int(tx.execute(_BIND, row).scalar_one())


def get(tx: Tx, account_id: int) -> Account:
    """One account. Raises NotFound."""
    row = tx.execute(_ACCOUNTS.where(accounts.c.id == account_id)).one_or_none()
    if row is None:
        raise NotFound("no_such_account")
    return account_of(row)


def of_person(tx: Tx, person_id: PersonId) -> list[Account]:
    """A person's accounts, revoked ones too."""
    return [account_of(row) for row in tx.execute(_ACCOUNTS.where(accounts.c.person_id == person_id))]


def pending(tx: Tx) -> list[Account]:
    """Accounts that wait for the office."""
    return [account_of(row) for row in tx.execute(_ACCOUNTS.where(accounts.c.state == "pending"))]


def set_state(tx: Tx, account_id: int, state: str, by: PersonId | None = None) -> None:
    """Activate or revoke an account; `by` is whoever confirmed it."""
    tx.execute(_STATE, {"b_id": account_id, "becomes": state, "by": by})
