"""Talking to the college: what is said goes the real way in, what is owed is read as if delivered.

People are called by their titles. `say` and `press` run one real turn; every card that is owed gets a message
id and can then be pressed or replied to.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final, TypeVar

from bot.talk import menu
from handlers import router
from handlers.cards import Button, Card
from handlers.incoming import Chat, Fetched, Incoming, Kind, Press
from services import issuing, pushing, reminding
from services.affairs import reminding as affairs
from services.issuing import Draft
from services.policy import Policy
from services.work import Said, Work
from storage import affairs as stored_affairs
from storage import cards, notices, outbox, outbox_asked, people
from storage.outbox import Out
from storage.people import Person
from storage.processes import Epoch
from storage.store import Store, Tx
from tests.fakes import HandClock
from tests.handlers.drawing import LATE, drawn, keyed
from workflow.errors import NotFound
from workflow.roles import PersonId, UnitId
from workflow.topic import Topic

T = TypeVar("T")
GROUP: Final = "-100"
REAL: Final = datetime(2026, 1, 1, tzinfo=UTC)
US: Final = Epoch(1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A card in a chat, as its reader sees it now. `kind` is the outbox's; `edited`: it was redrawn."""

    message_id: str
    card: Card
    key: str
    kind: str
    at: datetime
    edited: bool = False

    @property
    def text(self) -> str:
        """Everything one can read on it, but for the buttons."""
        return "\n".join(part for part in (self.card.title, *self.card.lines) if part)

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.card.buttons for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


class Conversation:
    """The college, and everybody's chats."""

    def __init__(self, store: Store, clock: HandClock, policy: Policy) -> None:
        self.store, self.clock, self.policy = store, clock, policy
        self._ids = count(1)
        self._chats: dict[str, list[Shown]] = {}
        self._latest: dict[str, Shown] = {}
        self._said: dict[str, str] = {}
        self.menus: dict[str, list[tuple[str, str]]] = {}
        self.files: dict[str, bytes] = {}

    def say(
        self,
        who: str,
        text: str = "",
        reply_to: Shown | None = None,
        files: Sequence[str | Fetched] = (),
        *,
        album: str = "",
        group: bool = False,
        sent_at: datetime | None = None,
    ) -> Shown:
        """Somebody writes; the card that answers. `sent_at`: when, if it took its time to reach us."""
        self._said[who] = f"in{next(self._ids)}"
        message = Incoming(
            **self._event(who, Kind.MESSAGE, group) | ({"sent_at": sent_at} if sent_at else {}),
            text=text,
            message_id=self._said[who],
            reply_to=reply_to.message_id if reply_to else "",
            reply_token=f"{reply_to.key}:0" if reply_to else "",
            fetched=tuple(file(one) if isinstance(one, str) else one for one in files),
            album=album,
        )
        self._take(message)
        return self.last(GROUP if group else who)

    def knock(self, sender: str, text: str) -> Shown:
        """Somebody nobody knows writes; the card that answers."""
        chat, now = Chat(f"c-{sender}", private=True), self.clock.now()
        self._take(Incoming("telegram", f"k{now}{text}", Kind.MESSAGE, sender, chat, now, now, text=text))
        return self._latest[chat.id]

    def correct(self, who: str, text: str) -> Shown:
        """Somebody edits the last message they sent; the card that answers."""
        self._take(Incoming(**self._event(who, Kind.EDITED, False), text=text, message_id=self._said[who]))
        return self.last(who)

    def press(self, who: str, label: str, on: Shown | None = None, *, group: bool = False) -> str:
        """Somebody presses the newest button of this label (or the one on a card); the toast."""
        place = GROUP if group else who
        shown = on or next(s for s in reversed(self.cards(place)) if label in s.labels)
        token = f"{shown.key}:{shown.labels.index(label)}"
        event = self._event(who, Kind.PRESS, group)
        pressed = Incoming(**event, message_id=shown.message_id, press=Press(str(next(self._ids)), token))
        return self._take(pressed)

    def cards(self, who: str) -> list[Shown]:
        """What stands in somebody's private chat now, oldest first."""
        return self._chats.get(self._chat(who), [])

    def last(self, who: str) -> Shown:
        """The card that came (or was redrawn) last."""
        return self._latest.get(self._chat(who), NOTHING)

    def pushed(self, who: str) -> list[Shown]:
        """What came unasked: notices, bundles, digests."""
        return [shown for shown in self.cards(who) if shown.kind in LATE]

    def pass_to(self, at: datetime) -> None:
        """Let time pass: every due instant is visited in order, swept and delivered."""
        self.settle()
        while (due := self.store.read_now(_next_due)) is not None and due <= at:
            self._move(due)
            self.settle()
        self._move(at)
        self.settle()

    def pass_(self, **by: float) -> None:
        """Let so much time pass (arguments of timedelta)."""
        self.pass_to(self.clock.now() + timedelta(**by))

    def settle(self) -> None:
        """Sweep, call the digests, deliver."""
        while self.store.run_now(self._sweep):
            pass
        while self.store.run_now(lambda tx: pushing.digests(tx, self.policy)):
            pass
        self.deliver()

    def do(self, who: str, act: Callable[[Work], T]) -> T:
        """Somebody does something past the conversation, pushes included."""

        def turn(tx: Tx) -> T:
            work = Work(tx, self.policy, _person(tx, who), Said(sent_at=tx.now))
            result = act(work)
            pushing.push(tx, self.policy, work.told)
            return result

        result = self.store.run_now(turn)
        self.deliver()
        return result

    def ask(self, query: Callable[[Tx], T]) -> T:
        """Look something up."""
        return self.store.read_now(query)

    def id(self, title: str) -> PersonId:
        """Whom a title means."""
        return self.ask(lambda tx: _person(tx, title).id)

    def unit(self, name: str) -> UnitId:
        """Which unit a name means."""
        found = self.ask(lambda tx: people.unit_named(tx, name))
        if found is None:
            raise NotFound("no_such_unit")
        return found.id

    def issued(self, owner: str = "外事副院长", by: str = "党委书记", **more: Any) -> Topic:
        """A topic of a chief's for a leader, due at the end of June."""
        values: dict[str, Any] = {
            "title": "因公出国管理内控制度不完善",
            "short_title": "因公出国内控",
            "problem": "制度不闭环",
            "goal": "闭环管理",
            "owner_id": self.id(owner),
            "lead_units": (self.unit("国际处"),),
            "deadline": datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC),
            **more,
        }
        return self.do(by, lambda work: issuing.publish(work, issuing.draft(work, Draft(**values)).id))

    def deliver(self) -> None:
        """Give every message that is due its place in a chat, as the messenger would."""
        while claimed := self.store.run_now(self._claim):
            for out in claimed:
                self.store.run_now(lambda tx, out=out: self._arrive(tx, out))

    def _take(self, incoming: Incoming) -> str:
        outcome = self.store.run_now(lambda tx: router.take(tx, self.policy, incoming))
        self.deliver()
        return outcome.toast

    def _event(self, who: str, kind: Kind, group: bool) -> dict[str, Any]:
        chat = Chat(GROUP, private=False) if group else Chat(self._chat(who), private=True)
        now, event = self.clock.now(), str(next(self._ids))
        sender = f"u{self.ask(lambda tx: _person(tx, who).id)}"
        return {
            "messenger": "telegram",
            "event_id": event,
            "kind": kind,
            "sender": sender,
            "chat": chat,
            "sent_at": now,
            "received_at": now,
        }

    def _chat(self, who: str) -> str:
        return who if who == GROUP else f"c{self.id(who)}"

    def _sweep(self, tx: Tx) -> int:
        swept = reminding.sweep(tx, self.policy)
        looked, told = affairs.sweep(tx, self.policy)
        pushing.push(tx, self.policy, swept.told | told)
        return swept.items + looked

    def _claim(self, tx: Tx) -> list[Out]:
        return outbox.claim(tx, US, 100, 60, REAL, tx.now)

    def _arrive(self, tx: Tx, out: Out) -> None:
        chat = self._chats.setdefault(out.chat, [])
        if out.kind == "delete":
            chat[:] = [shown for shown in chat if shown.message_id != out.target]
            outbox.sent(tx, out.id, out.target, tx.now)
            return
        if out.kind == "menu":
            self.menus[out.chat] = menu(tx, self.policy, out)
            outbox.sent(tx, out.id, "", tx.now)
            return
        card = drawn(tx, self.policy, out, self.files)
        if card is None:
            outbox.void(tx, out.id)
            return
        key = keyed(tx, out, card)
        old = next((s for s in chat if s.message_id == out.target), None) if out.kind == "edit" else None
        message_id = old.message_id if old else f"m{out.id}"
        shown = Shown(message_id, card, key, out.kind, tx.now, edited=old is not None)
        chat[:] = [shown if s is old else s for s in chat] if old else [*chat, shown]
        self._latest[out.chat] = shown
        cards.learn_message(tx, key, message_id)
        outbox.sent(tx, out.id, message_id, tx.now)
        notices.sent(tx, out.id, tx.now)
        if card.vanish is not None:
            outbox.enqueue(
                tx,
                messenger=out.messenger,
                chat=out.chat,
                person_id=out.person_id,
                kind="delete",
                target=message_id,
                not_before=tx.now + card.vanish,
            )

    def _move(self, at: datetime) -> None:
        if at > self.clock.now():
            self.clock.advance(at - self.clock.now())


NOTHING: Final = Shown("", Card(), "", "", REAL)


def file(name: str, problem: str = "") -> Fetched:
    """A file that was fetched; its content is its name."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Fetched(digest, name, "application/pdf", len(name), problem)


def _person(tx: Tx, title: str) -> Person:
    found = people.by_title(tx, title)
    if not found:
        raise NotFound("no_such_person")
    return found[0]


def _next_due(tx: Tx) -> datetime | None:
    later = outbox_asked.due_next(tx, tx.now)
    due = (
        reminding.next_due(tx),
        stored_affairs.due_next(tx),
        people.next_digest(tx),
        later,
        notices.due_next(tx),
    )
    return min((at for at in due if at is not None), default=None)
