"""Events from people we do not know, and changes of our own standing in a chat."""

import re
from typing import Final

from handlers import texts
from handlers.cards import Card
from handlers.incoming import Incoming, Kind, Membership
from handlers.turn import Outcome, post
from handlers.verbs import read
from services import inviting
from services.policy import Policy
from storage import people, people_changes
from storage.store import Tx

START: Final = "start"
CODE: Final = re.compile(r"[A-Za-z0-9 \uff0d\u2014-]{1,64}")
"""What may be a code; anything else is answered with how to come in."""


def take(tx: Tx, policy: Policy, incoming: Incoming) -> Outcome:
    """Only an invitation code is heard; a group is not answered at all."""
    say = texts.catalogue(_language(policy, incoming))
    if incoming.kind is Kind.PRESS:
        return Outcome(say("strangers.press"), alert=True)
    if not incoming.chat.private or incoming.kind is not Kind.MESSAGE:
        return Outcome()
    account = people.account(tx, incoming.messenger, incoming.sender or "")
    named = read(incoming.text.strip())
    code = (named.rest if named and named.name == START else incoming.text).strip()
    code = code if CODE.fullmatch(code) else ""
    if account is not None and account.state == "pending":
        key = "strangers.pending"
    elif code:
        redeemed = inviting.redeem(
            tx, policy, incoming.messenger, incoming.sender or "", incoming.chat.id, code
        )
        key = f"strangers.{redeemed.outcome}"
    else:
        key = "strangers.welcome"
    post(tx, incoming, None, Card(lines=(say(key, college=policy.college),)))
    return Outcome()


def membership(tx: Tx, policy: Policy, incoming: Incoming) -> None:
    """Blocked or unblocked, added to or removed from a group, or the group got a new id."""
    if incoming.membership is Membership.MIGRATED:
        people_changes.move_chat(tx, incoming.messenger, incoming.chat.id, incoming.migrated_to)
    elif incoming.membership in (Membership.BLOCKED, Membership.UNBLOCKED) and incoming.sender:
        account = people.account(tx, incoming.messenger, incoming.sender)
        if account is not None:
            blocked = incoming.membership is Membership.BLOCKED
            people_changes.set_unreachable(tx, account.person_id, tx.now if blocked else None)
    elif incoming.membership is Membership.REMOVED:
        people_changes.end_group(tx, incoming.messenger, incoming.chat.id)


def _language(policy: Policy, incoming: Incoming) -> str:
    return "en" if incoming.language.startswith("en") else policy.language
