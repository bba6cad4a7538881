"""The error table: what becomes of a message that could not be sent, by what its failure means.

Exactly once is impossible without an idempotency key. An edit in doubt is done again; a person's card in
doubt is sent once more and says so; an announcement in doubt is held for the office.
"""

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import real_now
from bot.messengers.base import (
    Conflict,
    MaybeSent,
    Moved,
    NotSent,
    Refused,
    Throttled,
    Unauthorised,
    Unreachable,
)
from handlers import texts
from handlers.cards import Card, dump
from services.policy import Policy
from storage import notices, outbox, people, people_changes
from storage.outbox import Out
from storage.store import Tx
from workflow.roles import Role

log = logging.getLogger(__name__)

REPEATABLE: Final = frozenset({"edit", "delete", "menu"})
"""Kinds that may be done twice without anybody noticing."""
FIRST_PAUSE: Final = 1.0  # seconds
LONGEST_PAUSE: Final = 300.0
MOST_BLUNDERS: Final = 2


@dataclass(frozen=True, slots=True)
class ErrorTable:
    """Failures by meaning. `shared` tells a chat several people read from one person's."""

    policy: Policy
    shared: Callable[[str], bool]

    def settle(self, tx: Tx, out: Out, problem: Exception) -> None:
        """Write down what a failure means for a message."""
        match problem:
            case Throttled():
                outbox.throttle(tx, out.chat, real_now() + timedelta(seconds=problem.retry_after))
            case MaybeSent():
                self._doubt(tx, out)
            case Moved():
                outbox.move_chat(tx, out.chat, problem.chat)
                people_changes.move_chat(tx, out.messenger, out.chat, problem.chat)
                outbox.retry(tx, out.id, real_now(), "moved")
            case Unreachable():
                self._unreachable(tx, out)
            case Refused():
                outbox.dead(tx, out.id, "refused")
                if out.kind == "delete":
                    self._blank(tx, out)
            case NotSent() | Unauthorised() | Conflict():
                outbox.retry(tx, out.id, pause(out.tries), type(problem).__name__)
            case _:
                _blundered(tx, out, problem)

    def settle_orphans(self, tx: Tx) -> int:
        """Settle what a process that ended, or a lease that did, left on its way; how many messages."""
        outbox.settle_orphans(tx)
        found = outbox.ambiguous(tx)
        for out in found:
            self._doubt(tx, out)
        return len(found)

    def _doubt(self, tx: Tx, out: Out) -> None:
        """It may have arrived."""
        if out.kind in REPEATABLE:
            outbox.retry(tx, out.id, pause(out.tries), "uncertain")
        elif out.repeated or self.shared(out.chat):
            outbox.held(tx, out.id, "uncertain")
        else:
            outbox.repeat(tx, out.id)

    def _blank(self, tx: Tx, out: Out) -> None:
        """What is too old to be taken away is written over."""
        card = Card(lines=(texts.catalogue(self.policy.language)("process.hidden"),))
        outbox.enqueue(
            tx,
            messenger=out.messenger,
            chat=out.chat,
            person_id=out.person_id,
            kind="edit",
            body=dump(card),
            target=out.target,
        )

    def _unreachable(self, tx: Tx, out: Out) -> None:
        """Whoever cannot be reached is the office's business; the ladder goes on past them."""
        outbox.dead(tx, out.id, "unreachable")
        notices.unreached(tx, [notice.id for notice in notices.of_outbox(tx, out.id)])
        if self.shared(out.chat):
            people_changes.end_group(tx, out.messenger, out.chat)
        elif out.person_id is not None:
            people_changes.set_unreachable(tx, out.person_id, tx.now)
        self._tell_office(tx, out)

    def _tell_office(self, tx: Tx, out: Out) -> None:
        day = self.policy.calendar.day(tx.now).isoformat()
        for clerk in people.holding(tx, Role.OFFICE):
            if clerk.id != out.person_id:
                notices.owe(
                    tx,
                    {
                        "dedupe": f"unreachable:{out.chat}:{clerk.id}:{day}",
                        "kind": "group_lost" if self.shared(out.chat) else "unreachable",
                        "person_id": clerk.id,
                        "by_id": out.person_id,
                        "single": False,
                        "due_at": tx.now,
                    },
                )


def pause(tries: int, spread: Callable[[float, float], float] = random.uniform) -> datetime:
    """When to try again after so many tries: twice as long each time, with some chance in it."""
    longest = min(FIRST_PAUSE * 2.0 ** min(tries, 16), LONGEST_PAUSE)
    return real_now() + timedelta(seconds=spread(longest / 2, longest))


def report(out: Out, problem: Exception) -> None:
    """Say it in the log, as loudly as it deserves."""
    told = {"out": out.id, "kind": out.kind, "reason": type(problem).__name__, "tries": out.tries}
    match problem:
        case Unauthorised() | Conflict():
            log.critical("the messenger refuses our account", extra=told)
        case Throttled() | NotSent() | MaybeSent() | Moved() | Unreachable():
            log.warning("a message was not delivered", extra=told)
        case _:
            log.error("a message cannot be delivered", extra=told, exc_info=problem)


def _blundered(tx: Tx, out: Out, problem: Exception) -> None:
    """Our own mistake: tried again, then held until somebody has mended it, since it is still owed."""
    if out.tries >= MOST_BLUNDERS:
        outbox.held(tx, out.id, type(problem).__name__)
    else:
        outbox.retry(tx, out.id, pause(out.tries), type(problem).__name__)
