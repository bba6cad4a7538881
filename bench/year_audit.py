"""Was everything owed delivered, once? Worked out from the ladder, the trail and what the chats show.

It shares the rules with the bot (`workflow.ladder_due`), and nothing of how the bot finds what is due, when
it looks again, or how it sends.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from bot.sandbox.run import Opened
from bot.sandbox.world import private
from services import anchoring
from services.policy import Policy
from services.reminding import LADDER
from storage import journal, measures, topics
from storage.store import Tx
from workflow.ladder_due import due
from workflow.ladder_item import Subject
from workflow.topic import OPEN

_NOTICES: Final = text(
    "SELECT n.dedupe, n.state, n.topic_id, o.state AS sending, o.chat, o.message_id "
    "FROM notices n LEFT JOIN outbox o ON o.id = n.outbox_id WHERE n.kind = :kind"
)
_SHOWN: Final = text("SELECT chat, message_id FROM outbox WHERE state = 'sent' AND message_id <> ''")
_CALLED_OFF: Final = ("void", "collapsed")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`owed` is how many reminders and escalations people were due in the year."""

    owed: int
    called_off: int
    missed: int
    double: int


def overlooked(tx: Tx, policy: Policy) -> int:
    """Occurrences that are due, looked for in every open item, and that no sweep has found."""
    open_ = topics.find(tx, topics.in_states(*OPEN))
    steps = measures.of_topics(tx, [topic.id for topic in open_])
    return sum(
        len(due(ladder, item, policy.calendar, tx.now))
        for subject, found in ((Subject.TOPIC, open_), (Subject.MEASURE, steps))
        for _, item, ladder in anchoring.items(tx, policy.calendar, subject, found)
        if ladder is not None
    )


def judge(it: Opened, overlooked_: int) -> Verdict:
    """What became of everything the ladder asked for; a later act on its topic calls a reminder off."""
    return it.app.store.read_now(lambda tx: _judge(tx, it, overlooked_))


def _judge(tx: Tx, it: Opened, overlooked_: int) -> Verdict:
    known = {row.dedupe: row for row in tx.connection.execute(_NOTICES, {"kind": LADDER})}
    shown = _shown(it)
    owed = called_off = missed = 0
    last_act = _last_acts(tx)
    for seq, topic, key in _owed(tx):
        owed += 1
        row = known.get(key)
        if row is not None and row.state in _CALLED_OFF and last_act[topic] > seq:
            called_off += 1
        elif row is None or row.sending != "sent" or row.message_id not in shown[row.chat]:
            missed += 1
    return Verdict(owed, called_off, missed + overlooked_, _unaccounted(tx, shown))


def _owed(tx: Tx) -> Iterator[tuple[int, int, str]]:
    """Who was to be told of what, from the trail: its row, the topic, the name of the notice."""
    for row in journal.of_event(tx.connection, LADDER, 0):
        facts = journal.facts_of(row)
        item = f"m{facts['measure']}" if facts["measure"] else f"t{row.topic_id}"
        step = f"{item}:{facts['step']}:{facts['anchor']}:{facts['occurrence']}"
        yield from ((row.seq, row.topic_id or 0, f"{step}:{person}") for person in facts["told"])


def _last_acts(tx: Tx) -> Mapping[int, int]:
    """The last row of the trail in which somebody did something to a topic."""
    rows = tx.connection.execute(
        text("SELECT topic_id, MAX(seq) AS seq FROM journal WHERE event <> :ladder GROUP BY topic_id"),
        {"ladder": LADDER},
    )
    return defaultdict(int, {row.topic_id: row.seq for row in rows if row.topic_id})


def _shown(it: Opened) -> Mapping[str, set[str]]:
    """The ids of what the bot has said, by chat, as Telegram knows them."""
    bot = it.telegram.bot.id
    found: defaultdict[str, set[str]] = defaultdict(set)
    for person in it.telegram.registry.people:
        said = it.telegram.rooms.since(private(bot, person))
        found[str(person)] = {str(message.id) for message in said if message.sender == bot}
    return found


def _unaccounted(tx: Tx, shown: Mapping[str, set[str]]) -> int:
    """Messages in the chats that the outbox knows nothing of: each was sent once more than it should."""
    known: Any = defaultdict(set)
    for row in tx.connection.execute(_SHOWN):
        known[row.chat].add(row.message_id)
    return sum(len(ids - known[chat]) for chat, ids in shown.items())
