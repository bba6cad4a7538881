"""From a chat to the web page: a link that opens once and for minutes only, and the session it opens.

Whoever holds the link is let in, so it is made as it is sent and stands nowhere: the store knows the digest
of its secret, and the trail that somebody came in. A session ends with its hours, with its person's office or
account, or when the person says so.
"""

import hashlib
import secrets
from enum import StrEnum
from typing import Final

from services.policy import Policy
from storage import people, web_links
from storage.people import Person
from storage.store import Tx
from storage.web_links import LINK, SESSION
from workflow.roles import PersonId

BYTES: Final = 32
ENTERED: Final = "web_entered"
ENDED: Final = "web_ended"


class Fate(StrEnum):
    """What has become of a link: it opens, it did or is too old, or nobody ever gave it."""

    OPENS = "opens"
    SPENT = "spent"
    UNKNOWN = "unknown"


def offer(tx: Tx, policy: Policy, person_id: PersonId) -> str:
    """The address of a new link of a person's; those nobody has opened open no more."""
    web_links.withdraw(tx, person_id)
    secret = secrets.token_urlsafe(BYTES)
    web_links.add(tx, _digest(secret), LINK, person_id, tx.now + policy.web_link)
    return f"{policy.web}/enter/{secret}"


def look(tx: Tx, secret: str) -> Fate:
    """Whether a link would open; looking does not use it up."""
    link = web_links.get(tx, _digest(secret), LINK)
    if link is None or not people.get(tx, link.person_id).active:
        return Fate.UNKNOWN
    return Fate.OPENS if link.used_at is None and link.expires_at > tx.now else Fate.SPENT


def enter(tx: Tx, policy: Policy, secret: str, before: str = "") -> str:
    """Use a link up: the secret of the session it opens, or "" where it does not open (`look` says why).

    `before` is the secret of the session the same browser had; it ends.
    """
    if look(tx, secret) is not Fate.OPENS or not web_links.use(tx, _digest(secret)):
        return ""
    link = web_links.get(tx, _digest(secret), LINK)
    assert link is not None, "it was there a moment ago"
    session = secrets.token_urlsafe(BYTES)
    web_links.add(tx, _digest(session), SESSION, link.person_id, tx.now + policy.web_session)
    web_links.drop(tx, _digest(before))
    tx.record(ENTERED, actor_id=link.person_id)
    return session


def who(tx: Tx, session: str) -> Person | None:
    """Whose session a secret is, while it holds and its person is in office."""
    found = web_links.get(tx, _digest(session), SESSION)
    if found is None or found.expires_at <= tx.now:
        return None
    person = people.get(tx, found.person_id)
    return person if person.active else None


def leave(tx: Tx, session: str) -> None:
    """End one session."""
    found = web_links.get(tx, _digest(session), SESSION)
    if found is not None and web_links.drop(tx, _digest(session)):
        tx.record(ENDED, actor_id=found.person_id)


def end(tx: Tx, person_id: PersonId, by: PersonId) -> int:
    """End every session of a person, and every link nobody has opened; how many sessions there were."""
    web_links.withdraw(tx, person_id)
    ended = web_links.end_sessions(tx, person_id)
    if ended:
        tx.record(ENDED, actor_id=by, facts={"person": person_id})
    return ended


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
