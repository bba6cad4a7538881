"""Trying something out: pressed or said in a turn of its own, looked at, and undone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from sqlalchemy import select

from handlers import router
from handlers.cards import Button, Card, Subject, dump
from handlers.incoming import Chat, Incoming, Kind, Press
from handlers.stamps import stamp
from storage import cards, dialogues, measures, topics
from storage.cards import Posted
from storage.dialogues import Dialogue
from storage.store import Tx
from storage.tables import METADATA
from storage.tables_messages import dialogues as dialogues_table
from storage.tables_messages import outbox
from tests.handlers.access_town import SECRET, TITLE, WORDS, Town
from workflow.measure import MeasureId
from workflow.roles import PersonId
from workflow.topic import TopicId

SPOKEN: Final = frozenset(
    {"cards", "dialogues", "outbox", "inbox", "facts", "journal", "journal_head", "salts"}
)
"""Tables of what is said; the others hold what is so."""
TRUTH: Final = [table for table in METADATA.sorted_tables if table.name not in SPOKEN]
OURS: Final = "~"
ABOUT: Final = Subject.TOPIC
GROUP: Final = Chat("-7", private=False)


class _Undo(Exception):
    """Carries what was seen out of a turn that must leave nothing behind."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of it. `alert`: the press was refused aloud; `said`: every word that would be sent."""

    alert: bool
    toast: str
    events: tuple[str, ...]
    changed: frozenset[str]
    dialogue: bool
    said: str

    @property
    def shows(self) -> frozenset[str]:
        """Which of the words that not everybody may read were shown."""
        return frozenset(words for words in (TITLE, SECRET, WORDS) if words in self.said + self.toast)


@dataclass(slots=True)
class Trial:
    """Tries things out in a town."""

    town: Town

    def __post_init__(self) -> None:
        self.town.college.store.run_now(_watch)

    def press(
        self,
        who: str,
        verb: str,
        args: tuple[int | str, ...] = (),
        *,
        about: tuple[Subject, int] | None = None,
        dialogue: tuple[str, str, Mapping[str, Any]] | None = None,
        token: str = "fresh",
        group: bool = False,
    ) -> Seen:
        """A button of this verb on a card of one's own; `token` says what is wrong with the card."""
        person = self.town.college.id(who)
        chat = GROUP if group else Chat(f"c{person}", private=True)

        def turn(tx: Tx) -> None:
            _open(tx, person, chat, dialogue)
            posted = _posted(tx, person, chat, Button("x", verb, args), about)
            other = PersonId(person % 5 + 1 if person % 5 + 1 != person else person + 1)
            if token == "foreign":
                posted = replace(posted, person_id=other)
            elif token == "stale":
                posted = replace(posted, version=posted.version + 1, superseded_at=tx.now)
            elif token == "forwarded":
                posted = replace(posted, chat=f"c{other}")
            cards.add(tx, posted)
            press = Press("p", f"{'nokey' if token == 'forged' else posted.key}:0")
            self._see(
                tx,
                person,
                chat,
                Incoming(**_event(tx, Kind.PRESS, person, chat), message_id="m", press=press),
            )

        return self._tried(turn)

    def say(
        self,
        who: str,
        text: str,
        *,
        dialogue: tuple[str, str, Mapping[str, Any]] | None = None,
        group: bool = False,
    ) -> Seen:
        """A message."""
        person = self.town.college.id(who)
        chat = GROUP if group else Chat(f"c{person}", private=True)

        def turn(tx: Tx) -> None:
            _open(tx, person, chat, dialogue)
            self._see(
                tx,
                person,
                chat,
                Incoming(**_event(tx, Kind.MESSAGE, person, chat), message_id="m", text=text),
            )

        return self._tried(turn)

    def _tried(self, turn: Any) -> Seen:
        try:
            self.town.college.store.run_now(turn)
        except _Undo as undone:
            seen: Seen = undone.args[0]
            return seen
        raise AssertionError("a trial ends in its undoing")

    def _see(self, tx: Tx, person: PersonId, chat: Chat, incoming: Incoming) -> None:
        before, open_ = _last(tx), _dialogue(tx, person, chat)
        outcome = router.take(tx, self.town.college.policy, incoming)
        raise _Undo(
            Seen(
                outcome.alert,
                outcome.toast,
                tuple(entry.event for entry in tx.entries),
                _touched(tx),
                _dialogue(tx, person, chat) != open_,
                _said(tx, before, person),
            )
        )


def _open(tx: Tx, person: PersonId, chat: Chat, given: tuple[str, str, Mapping[str, Any]] | None) -> None:
    if given:
        name, step, draft = given
        dialogues.put(tx, Dialogue(person, chat.id, chat.thread, name, step, 1, draft, tx.now))


def _posted(
    tx: Tx, person: PersonId, chat: Chat, button: Button, about: tuple[Subject, int] | None
) -> Posted:
    subject, item = about or ("", None)
    version = 0
    if subject is Subject.TOPIC and item:
        version = stamp(topics.get(tx, TopicId(item)))
    elif subject is Subject.MEASURE and item:
        version = stamp(measures.get(tx, MeasureId(item)))
    return Posted(
        cards.new_key(),
        "telegram",
        chat.id,
        person if chat.private else None,
        dump(Card(buttons=((button,),))),
        tx.now,
        subject,
        item,
        version,
        "m",
    )


def _event(tx: Tx, kind: Kind, person: PersonId, chat: Chat) -> dict[str, Any]:
    return {
        "messenger": "telegram",
        "event_id": "trial",
        "kind": kind,
        "sender": f"u{person}",
        "chat": chat,
        "sent_at": tx.now,
        "received_at": tx.now,
    }


def _watch(tx: Tx) -> None:
    """From now on every row written to a table of what is so leaves that table's name."""
    run = tx.connection.exec_driver_sql
    run("CREATE TEMP TABLE touched (name TEXT)")
    for table, deed in product(TRUTH, ("INSERT", "UPDATE", "DELETE")):
        name = table.name
        then = f"BEGIN INSERT INTO touched VALUES ('{name}'); END"
        run(f"CREATE TEMP TRIGGER {name}_{deed} AFTER {deed} ON main.{name} {then}")


def _touched(tx: Tx) -> frozenset[str]:
    return frozenset(tx.connection.exec_driver_sql("SELECT DISTINCT name FROM touched").scalars())


def _last(tx: Tx) -> int:
    ids = tx.execute(select(outbox.c.id)).scalars()
    return max(ids, default=0)


def _dialogue(tx: Tx, person: PersonId, chat: Chat) -> Any:
    where = (dialogues_table.c.person_id == person, dialogues_table.c.chat == chat.id)
    return tx.execute(select(dialogues_table).where(*where)).all()


def _said(tx: Tx, after: int, person: PersonId) -> str:
    """What is sent to this person; pushes to others are theirs to read."""
    where = (outbox.c.id > after, outbox.c.person_id == person)
    return "\n".join(tx.execute(select(outbox.c.body).where(*where)).scalars())
