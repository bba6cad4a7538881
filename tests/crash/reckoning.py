"""Reconciling: what was asked of the bot, what its Telegram has, and what stands in the store, side by side.

The store is read beside the program, by plain SQL, so that a mistake of ours is not shared.
"""

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from tests.crash.house import House
from tests.crash.players import WORD, Players

MARK: Final = WORD("process.maybe_twice")
REDONE: Final = frozenset({"edit", "delete", "menu"})
"""Kinds that may be done again without anybody noticing."""
DRAWN_LATE: Final = frozenset({"notice", "bundle", "digest"})
"""Kinds drawn when they are sent, so that a repeated one may read otherwise."""


@dataclass
class Findings:
    """What a house comes to. `problems` say what makes up the counts, for whoever has to look into it."""

    updates: int = 0
    lost: int = 0
    duplicate_effects: int = 0
    uncertain_recorded: int = 0
    undelivered: int = 0
    journal_ok: bool = True
    problems: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is lost, doubled, owed or forged."""
        return self.journal_ok and not (self.lost or self.duplicate_effects or self.undelivered)

    def add(self, other: "Findings") -> None:
        """Count another house's with these."""
        for name in ("updates", "lost", "duplicate_effects", "uncertain_recorded", "undelivered", "problems"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.journal_ok &= other.journal_ok

    def missing(self, what: str) -> None:
        """Something asked for has no effect."""
        self.lost += 1
        self.problems.append(f"lost: {what}")

    def twice(self, what: str) -> None:
        """Something has more than one effect, and no doubt about it is on record."""
        self.duplicate_effects += 1
        self.problems.append(f"doubled: {what}")

    def unsent(self, what: str) -> None:
        """Something owed is not at the messenger."""
        self.undelivered += 1
        self.problems.append(f"undelivered: {what}")


class Row(NamedTuple):
    """A message of the outbox."""

    id: int
    chat: str
    kind: str
    state: str
    message_id: str
    repeated: bool


@dataclass
class Books:
    """A house's store, read only."""

    house: House

    def rows(self, query: str) -> list[Any]:
        """What a query finds now."""
        with closing(sqlite3.connect(f"file:{self.house.data / 'lingti.db'}?mode=ro", uri=True)) as file:
            return file.execute(query).fetchall()

    def open_work(self) -> int:
        """Updates that wait for their turn, and messages that are to be sent now or are on their way."""
        [[updates]] = self.rows("SELECT count(*) FROM inbox WHERE state = 'new'")
        [[messages]] = self.rows(
            "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'uncertain')"
        )
        return int(updates + messages + self.house.telegram.pending())

    def held(self) -> set[int]:
        """Messages in doubt that wait for the office."""
        return {row for (row,) in self.rows("SELECT id FROM outbox WHERE state = 'held'")}


def reckon(house: House, players: Players, held: set[int]) -> Findings:
    """Compare, once everything is quiet. `held`: what the office had to release."""
    books, found = Books(house), Findings(updates=house.telegram.updates)
    _updates(books, found)
    _effects(books, players, found)
    _evidence(books, players, found)
    _messages(books, held, found)
    return found


def _updates(books: Books, found: Findings) -> None:
    states = Counter(state for (state,) in books.rows("SELECT state FROM inbox"))
    for _ in range(found.updates - states.total()):
        found.missing("an update that is in no inbox")
    for state, count in states.items():
        for _ in range(count if state != "done" else 0):
            found.missing(f"an update that is {state}")


def _effects(books: Books, players: Players, found: Findings) -> None:
    said = books.rows("SELECT text FROM reports")
    told = Counter(line for (text,) in said for line in text.splitlines())
    _once(players.reports, told, "report", found)
    set_ = Counter(title for (title,) in books.rows("SELECT title FROM topics WHERE state != 'draft'"))
    _once(players.issued, set_, "topic", found)
    claims = books.rows(
        "SELECT number FROM journal JOIN topics ON topics.id = topic_id WHERE event = 'claim'"
    )
    _once(sorted(players.claimed), Counter(number for (number,) in claims), "claim", found)


def _once(wanted: Sequence[str], there: Counter[str], what: str, found: Findings) -> None:
    for one in wanted:
        if not there[one]:
            found.missing(f"{what} {one}")
        elif there[one] > 1:
            found.twice(f"{what} {one}, {there[one]} times")


def _evidence(books: Books, players: Players, found: Findings) -> None:
    held = Counter(sha256 for (sha256,) in books.rows("SELECT sha256 FROM evidence"))
    _once([file.sha256 for file in players.files], held, "evidence", found)
    for sha256 in held:
        file = books.house.data / "evidence" / sha256[:2] / sha256
        if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
            found.missing(f"the file {sha256}")


def _messages(books: Books, held: set[int], found: Findings) -> None:
    """Every message sent is there, and there once, but for those whose doubt is on record."""
    rows = [
        Row(*row)
        for row in books.rows("SELECT id, chat, kind, state, message_id, repeated FROM outbox ORDER BY id")
    ]
    there = {(str(one.room.chat), str(one.id)): one.text for one in books.house.telegram.said}
    claimed: dict[tuple[str, str], Row] = {}
    for row in rows:
        place = row.chat, row.message_id
        astray = row.state == "sent" and row.message_id and place not in there
        if astray or row.state not in ("sent", "void"):
            found.unsent(f"{row.kind} {row.id}, {row.state}")
        elif row.kind not in REDONE and row.state == "sent":
            if place in claimed:
                found.twice(f"message {row.id} and {claimed[place].id} in one")
            claimed[place] = row
    doubted = [row for row in rows if row.repeated or row.id in held]
    found.uncertain_recorded = len(doubted)
    known = claimed.keys() | {(row.chat, row.message_id) for row in rows if row.kind == "edit"}
    copies = [(chat, text) for (chat, id_), text in there.items() if (chat, id_) not in known]
    _explained(copies, doubted, held, there, found)


def _explained(
    copies: Iterable[tuple[str, str]],
    doubted: Sequence[Row],
    held: set[int],
    there: dict[tuple[str, str], str],
    found: Findings,
) -> None:
    """Each further copy belongs to a message on record as doubtful: same chat, same words."""
    room = [row for row in doubted for _ in range(1 + (row.id in held))]
    for chat, text in copies:
        mine = [row for row in room if row.chat == chat]
        fitting = [row for row in mine if _words(there, row) in ("", _bare(text)) or row.kind in DRAWN_LATE]
        exact = [row for row in fitting if _words(there, row) == _bare(text)]
        if fitting:
            room.remove((exact or fitting)[0])
        else:
            found.twice(f"a message in {chat} nobody doubted: {text[:60]!r}")


def _words(there: dict[tuple[str, str], str], row: Row) -> str:
    return _bare(there.get((row.chat, row.message_id), ""))


def _bare(text: str) -> str:
    return text.removesuffix(MARK).rstrip("\n")
