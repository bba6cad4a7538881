"""Named steps at which the power may go: `LINGTI_FAILPOINT=turn.before_commit:3` dies there the third time.

SIGKILL leaves no time for anything: no handler, no `finally`, no flush. What must survive is in the store.
`make crash` and the tests of faults arm a process through its environment; unarmed, a step is a call of a
function that does nothing.
"""

import os
import signal
from collections.abc import Callable, Mapping
from itertools import count
from typing import Final

ARMED_BY: Final = "LINGTI_FAILPOINT"

STEPS: Final[Mapping[str, str]] = {
    "migrate.stepped": "the schema's steps are taken, their one transaction is not committed",
    "start.awake": "our standstill is noted, what the dead process was sending is not looked at",
    "start.settled": "what was in doubt is decided, nothing is swept or taken in",
    "intake.received": "updates are read, none of them is committed",
    "intake.kept": "updates are committed, the messenger has not been told",
    "turn.begun": "the update is taken, nothing of its turn is done",
    "turn.before_commit": "all of the turn is done, nothing of it is committed",
    "commit.done": "a group of turns is committed, none of them has heard of it",
    "turn.committed": "the turn is committed and known, its press is not answered, nothing is sent",
    "file.fetched": "a file lies in quarantine, nobody has looked at it",
    "file.kept": "a file lies under its hash, the turn that accepts it has not begun",
    "outbox.claimed": "messages are claimed for sending, none is on its way",
    "send.before": "a message is about to be sent",
    "send.after": "a message has arrived, it is not marked as sent",
    "send.marked": "a message is marked as sent",
    "sweep.owed": "notices are owed and in the outbox, the sweep's turn is not committed",
    "sweep.between": "one slice of the sweep is committed, the next has not begun",
    "keep.signed": "the day's head is signed, the file outside the database has not got it",
    "keep.copied": "the database is copied, the copy has not got its name",
    "stop.begun": "told to stop: nothing more is taken in, what was begun goes on",
    "stop.drained": "what was begun has ended, the messenger and the store are still open",
}
"""Every step and what is and is not done there, in the order of a process's life."""

Reached = Callable[[str], None]


def _nothing(_step: str) -> None:
    """Nobody is to die."""


def _die(step: str) -> None:  # pragma: no cover  (nobody is left to count it)
    """Say where, past every buffer, and end."""
    os.write(2, obituary(step))
    os.kill(os.getpid(), signal.SIGKILL)


def armed(wish: str, die: Reached = _die) -> Reached:
    """What a step does: `wish` is a step's name and, after a colon, which time it is fatal (the first)."""
    name, _, nth = wish.partition(":")
    passed, fatal = count(1), int(nth or 1)

    def reached(step: str) -> None:
        if step == name and next(passed) == fatal:
            die(step)

    return reached if name else _nothing


def obituary(step: str) -> bytes:
    """The last line a process writes that dies at a step."""
    return f"killed at {step}\n".encode()


reached: Final = armed(os.environ.get(ARMED_BY, ""))
"""Called with a step's name wherever it is."""
