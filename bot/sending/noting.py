"""What became of messages, written down in the turn that claims the next ones.

Whatever has ended while a commit was under way shares the one after it, so that the disk is waited for once a
round and not twice a message.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.sending.drawing import DRAWN_LATE, Drawn
from bot.sending.failures import ErrorTable
from storage import cards, notices, outbox
from storage.store import Tx

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ended:
    """A message no longer on its way: it arrived as `message_id`, or why it did not, if it was tried.

    `vanish`: how long its content may stay; of a paper that is known once it was drawn.
    """

    drawn: Drawn
    message_id: str | None = None
    problem: Exception | None = None
    vanish: timedelta | None = None

    @property
    def id(self) -> int:
        """Which message of the outbox."""
        return self.drawn.out.id


def note(tx: Tx, failures: ErrorTable, ended: Sequence[Ended]) -> None:
    """Write down how these ended. A second time changes nothing."""
    arrived = [(one.drawn, one.message_id) for one in ended if one.message_id is not None]
    for one in ended:
        _owe_deletion(tx, one)
    if arrived:
        outbox.sent_all(tx, {drawn.out.id: message_id for drawn, message_id in arrived}, tx.now)
    if shown := {drawn.outgoing.key: message_id for drawn, message_id in arrived if drawn.outgoing.key}:
        cards.learn_messages(tx, shown)
    for drawn, _ in arrived:
        if drawn.out.kind in DRAWN_LATE:
            notices.sent(tx, drawn.out.id, tx.now)
    for one in ended:
        if one.message_id is None:
            _note_failure(tx, failures, one)


def _owe_deletion(tx: Tx, ended: Ended) -> None:
    """What must vanish is deleted in time: owed once, when its arrival is first written down."""
    out, vanish = ended.drawn.out, ended.vanish
    if ended.message_id is None or vanish is None or outbox.get(tx, out.id).state == "sent":
        return
    outbox.enqueue(
        tx,
        messenger=out.messenger,
        chat=out.chat,
        person_id=out.person_id,
        kind="delete",
        target=ended.message_id,
        not_before=tx.now + vanish,
    )


def _note_failure(tx: Tx, failures: ErrorTable, ended: Ended) -> None:
    """What was taken from us meanwhile is not ours to judge; what cannot be judged is left to its lease."""
    out = ended.drawn.out
    if ended.problem is None:
        outbox.let_go(tx, out)
    elif outbox.holds(tx, out):
        try:
            with tx.attempt():
                failures.settle(tx, out, ended.problem)
        except Exception:
            log.exception("what became of a message cannot be noted", extra={"out": out.id})
