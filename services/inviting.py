"""邀请: how a person of the roster gets an account: a code, used once, then the office's word.

A code is shown once and kept only as a digest. It is made of signs nobody mixes up, in groups, so that it can
be read over a telephone as well as travel in a link.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services import menus, web_links
from services.administering import OPERATOR, Act, note, require
from services.informing import inform, keepers
from services.policy import Policy
from services.pushing import next_digest, push
from services.work import Work
from storage import accounts, outbox, people, people_changes
from storage.accounts import Invitation
from storage.people import Account
from storage.store import Tx
from storage.withdrawing import withdraw
from workflow.errors import Invalid, NoRight, Stale
from workflow.roles import PersonId

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, O, 1, I, L or U: 16 of these are 78 bits."""
GROUPS: Final = 4
HOUR: Final = timedelta(hours=1)
LINK: Final = "bot_link"
"""The fact that holds how a link to us begins; a code follows it. "" where the messenger has none."""
MOVED: Final = "account_moved"
"""A message to where somebody was reached before."""


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What came of a code: active, bound (the office has to agree first), or why it was refused.

    A refusal is a result and not an exception, because the guess it counts must be committed.
    """

    outcome: str
    person_id: PersonId | None = None


def invite(work: Work, person_id: PersonId, *, confirm: bool = True) -> str:
    """A new code for a person; codes given before lapse. Only the operator may spare the confirmation."""
    require(work, Act.INVITE)
    person = people.get(work.tx, person_id)
    if not person.active:
        raise Invalid("person_left", title=person.title)
    if not confirm and work.actor.code != OPERATOR:
        raise NoRight("only_the_operator")
    accounts.expire(work.tx, person_id)
    code = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(GROUPS))
    expires = work.now + work.policy.invitation
    made = accounts.invite(
        work.tx,
        {
            "digest": _digest(code),
            "person_id": person_id,
            "invited_by": work.actor.id,
            "confirm": confirm,
            "expires_at": expires,
        },
    )
    facts = {"invitation": made, "person": person_id, "expires": expires, "confirm": confirm}
    note(work, "invited", facts)
    return code


def redeem(tx: Tx, policy: Policy, messenger: str, sender: str, chat: str, code: str) -> Redeemed:
    """Let whoever sent the code be the person it was made for.

    Refusals: guesses_exceeded, invitation_unknown, invitation_used, invitation_expired, account_taken.
    """
    if accounts.guessed(tx, messenger, sender, tx.now - HOUR) >= policy.guesses_per_hour:
        return Redeemed("guesses_exceeded")
    invitation = accounts.invitation(tx, _digest(code))
    if invitation is None:
        accounts.guess(tx, messenger, sender)
        return Redeemed("invitation_unknown")
    before = people.account(tx, messenger, sender)
    if problem := _problem(tx, invitation, before) or _spend(tx, invitation):
        return Redeemed(problem)
    return _bind(tx, policy, invitation, (messenger, sender, chat), before)


def confirm_account(work: Work, account_id: int) -> Account:
    """The office agrees that this account is that person's; one the person had before is revoked."""
    require(work, Act.CONFIRM)
    account = _waiting(work, account_id)
    accounts.set_state(work.tx, account_id, "active", work.actor.id)
    note(work, "account_confirmed", {"account": account_id, "person": account.person_id})
    _welcome(work.tx, work.policy, accounts.get(work.tx, account_id), work.actor.id)
    work.told |= inform(
        work.tx, work.policy, [account.person_id], "account_confirmed", str(account_id), by=work.actor.id
    )
    return accounts.get(work.tx, account_id)


def refuse_account(work: Work, account_id: int) -> Account:
    """The office does not agree."""
    require(work, Act.CONFIRM)
    account = _waiting(work, account_id)
    accounts.set_state(work.tx, account_id, "revoked")
    note(work, "account_refused", {"account": account_id, "person": account.person_id})
    return account


def revoke_account(work: Work, account_id: int) -> Account:
    """Take an account away from its person, for a lost telephone; invite again to bind another.

    Nothing that waits for it is sent there any more: it is owed anew.
    """
    require(work, Act.CONFIRM)
    account = accounts.get(work.tx, account_id)
    if account.state == "revoked":
        raise Stale("already_revoked")
    accounts.set_state(work.tx, account_id, "revoked")
    withdraw(work.tx, account.messenger, account.chat)
    web_links.end(work.tx, account.person_id, work.actor.id)
    note(work, "account_revoked", {"account": account_id, "person": account.person_id})
    work.told.add(account.person_id)
    return account


def plain(code: str) -> str:
    """A code as it was made: upper case, half width, without dashes and blanks."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", code).upper() if sign.isalnum())


def _digest(code: str) -> str:
    return hashlib.sha256(plain(code).encode()).hexdigest()


def _problem(tx: Tx, invitation: Invitation, before: Account | None) -> str:
    if invitation.expires_at <= tx.now or not people.get(tx, invitation.person_id).active:
        return "invitation_expired"
    held = before is not None and before.state != "revoked"
    return "account_taken" if before and held and before.person_id != invitation.person_id else ""


def _spend(tx: Tx, invitation: Invitation) -> str:
    return "" if accounts.use(tx, invitation.id) else "invitation_used"


def _bind(
    tx: Tx, policy: Policy, invitation: Invitation, where: tuple[str, str, str], before: Account | None
) -> Redeemed:
    person = invitation.person_id
    known = before is not None and before.state == "active"
    pending = invitation.confirm and not known
    messenger, sender, chat = where
    values = {"messenger": messenger, "sender": sender, "chat": chat, "person_id": person}
    account = accounts.get(tx, accounts.bind(tx, {**values, "state": "pending" if pending else "active"}))
    facts = {"account": account.id, "person": person, "invitation": invitation.id, "state": account.state}
    tx.record("account_bound", actor_id=person, facts=facts)
    if not pending:
        _welcome(tx, policy, account, person)
        return Redeemed("active", person)
    data = {"account": account.id, "person": person}
    told = inform(tx, policy, keepers(tx), "account_pending", str(invitation.id), by=person, data=data)
    push(tx, policy, told)
    return Redeemed("bound", person)


def _welcome(tx: Tx, policy: Policy, account: Account, by: PersonId) -> None:
    """The person is reached here from now on, and gets a digest in the mornings."""
    for other in accounts.of_person(tx, account.person_id):
        if other.messenger == account.messenger and other.id != account.id and other.state != "revoked":
            accounts.set_state(tx, other.id, "revoked")
            facts = {"account": other.id, "person": other.person_id, "for": account.id}
            tx.record("account_revoked", actor_id=by, facts=facts)
            if other.state == "active" and other.chat != account.chat:
                withdraw(tx, other.messenger, other.chat)
                outbox.enqueue(tx, messenger=other.messenger, chat=other.chat, person_id=None, kind=MOVED)
    person = people.get(tx, account.person_id)
    people_changes.set_person(tx, person.id, {"unreachable_at": None})
    people.schedule_digest(tx, person.id, next_digest(policy, person, tx.now))
    push(tx, policy, {person.id})
    menus.owe(tx, person.id)


def _waiting(work: Work, account_id: int) -> Account:
    account = accounts.get(work.tx, account_id)
    if account.state != "pending":
        raise Stale("already_decided")
    return account
