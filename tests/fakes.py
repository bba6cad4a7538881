"""Named stand-ins for what a test must hold in its own hand."""

from datetime import datetime, timedelta
from typing import Final

from bot.messengers.base import NotSent, Outgoing
from bot.messengers.telegram import Telegram
from bot.receiving.turns import Conversation
from handlers.cards import Card
from handlers.incoming import Incoming, Kind
from handlers.turn import Outcome, post
from services.policy import Policy
from storage import people
from storage.store import Tx

MENU: Final = [("help", "what to do")]


class HandClock:
    """A clock that moves only when told to."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        self._now += by
        return self._now


class Parrot:
    """A conversation that repeats what it hears, and stumbles over the words it is told to stumble over."""

    def __init__(self, *stumbles: str) -> None:
        self.heard: list[Incoming] = []
        self.stumbles = set(stumbles)
        self.told: Card | None = Card(lines=("reminder",))

    @property
    def conversation(self) -> Conversation:
        return Conversation(self.take, lambda tx, policy, out: self.told, lambda tx, policy, out: MENU)

    def take(self, tx: Tx, policy: Policy, incoming: Incoming) -> Outcome:
        self.heard.append(incoming)
        if incoming.text in self.stumbles:
            raise RuntimeError("stumbled")
        if incoming.kind is not Kind.MESSAGE:
            return Outcome("pressed")
        account = people.account(tx, incoming.messenger, incoming.sender or "")
        said = [incoming.text, *(f"{f.name}: {f.problem or f.size}" for f in incoming.fetched)]
        post(tx, incoming, account and account.person_id, Card(lines=(f"heard {' '.join(said).strip()}",)))
        return Outcome()

    def texts(self) -> list[str]:
        return [incoming.text for incoming in self.heard]


class Unplugged(Telegram):
    """A messenger whose first sends never leave the machine."""

    def __init__(self, real: Telegram, times: int) -> None:
        self.__dict__.update(real.__dict__)
        self._times = times

    async def send(self, chat: str, out: Outgoing) -> str:
        if self._times:
            self._times -= 1
            raise NotSent("unplugged")
        return await super().send(chat, out)
