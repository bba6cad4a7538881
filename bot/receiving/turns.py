"""One update's way: understood, its files fetched, its turn run in one transaction, its press answered."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.messengers.base import Malformed, Messenger, MessengerError, Outgoing, Raw
from bot.receiving.evidence import Depot, refused
from handlers import texts
from handlers.cards import Card, dump
from handlers.incoming import Incoming, Kind
from handlers.printing import Paper
from handlers.turn import Outcome
from services.policy import Policy
from storage import inbox, outbox, people
from storage.failpoints import reached
from storage.inbox import InboxRow
from storage.outbox import Out
from storage.store import Store, Tx

log = logging.getLogger(__name__)

PATIENCE: Final = 2.0  # seconds a press may wait for its commit before it is told to


@dataclass(frozen=True, slots=True)
class Conversation:
    """What `handlers` offer the process.

    `take` serves an event, `render` draws a message when it is sent (None: nothing of it holds any more),
    `menu` lists the commands of whoever a message is for, `paper` draws an ordered paper into a folder (None:
    nobody is left to hand it to).
    """

    take: Callable[[Tx, Policy, Incoming], Outcome]
    render: Callable[[Tx, Policy, Out], Card | None]
    menu: Callable[[Tx, Policy, Out], Sequence[tuple[str, str]]]
    paper: Callable[[Tx, Policy, Out, Path], Paper | None] = lambda *_: None


class Turns:
    """Serves rows of the inbox. `owing` is called when a turn is queued that may owe messages."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        depot: Depot,
        policy: Policy,
        conversation: Conversation,
        owing: Callable[[], None],
        patience: float = PATIENCE,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._depot = depot
        self._policy = policy
        self._conversation = conversation
        self._owing = owing
        self._patience = patience

    async def serve(self, row: InboxRow) -> None:
        """Serve one update. Raises what its turn raised; then nothing of it has happened."""
        try:
            incoming = self._messenger.parse(json.loads(row.raw), row.received_at)
        except Malformed as problem:
            log.error("an update cannot be understood", extra={"update": row.id})
            why = str(problem)
            await self._settle(row, lambda tx: inbox.quarantine(tx, row.id, why))
            return
        if incoming is None:
            await self._settle(row, lambda tx: inbox.done(tx, row.id))
            return
        incoming = await self._with_files(incoming)
        await self._run(row, incoming)

    def apologise(self, tx: Tx, row: InboxRow) -> None:
        """Owe the sender a word about an update that was set aside."""
        try:
            incoming = self._messenger.parse(json.loads(row.raw), row.received_at)
        except Exception:
            log.exception("nobody to apologise to", extra={"update": row.id})
            return
        if incoming is not None and incoming.sender is not None:
            _owe(tx, incoming, self._say(incoming, "process.failed"))

    async def not_saved(self, raws: Sequence[Raw]) -> None:
        """Tell the senders of updates that could not be kept, beside the store. Nothing here may raise."""
        for raw in raws:
            try:
                incoming = self._messenger.parse(raw, self._store.clock.now())
                if incoming is not None and incoming.sender is not None:
                    await self._tell_not_saved(incoming)
            except (Malformed, MessengerError) as problem:
                log.warning("nobody could be told", extra={"reason": type(problem).__name__})

    async def _tell_not_saved(self, incoming: Incoming) -> None:
        words = self._say(incoming, "process.not_saved")
        if incoming.press:
            await self._messenger.answer(incoming.press.id, words, alert=True)
        else:
            await self._messenger.send(incoming.chat.id, Outgoing(Card(lines=(words,)), ""))

    async def _with_files(self, incoming: Incoming) -> Incoming:
        """The files of somebody we know; a stranger's never touch the disk."""
        if not incoming.files or incoming.kind is not Kind.MESSAGE:
            return incoming
        if not await self._store.read(lambda tx: _known(tx, incoming)):
            return incoming
        most = self._policy.most_files
        fetched = [await self._depot.receive(self._messenger, file) for file in incoming.files[:most]]
        left = [refused(file, "too_many") for file in incoming.files[most:]]
        return replace(incoming, fetched=(*fetched, *left))

    async def _settle(self, row: InboxRow, fate: Callable[[Tx], None]) -> None:
        """Without a conversation."""

        def turn(tx: Tx) -> None:
            if inbox.take(tx, row):
                fate(tx)

        await self._store.run(turn)

    async def _run(self, row: InboxRow, incoming: Incoming) -> None:
        def turn(tx: Tx) -> Outcome | None:
            if not inbox.take(tx, row):
                return None
            reached("turn.begun")
            outcome = self._conversation.take(tx, self._policy, incoming)
            inbox.done(tx, row.id)
            reached("turn.before_commit")
            return outcome

        work = self._store.begin(turn)
        self._owing()
        if incoming.press is None or row.tries:
            await work
            reached("turn.committed")
            return
        done, _ = await asyncio.wait({work}, timeout=self._patience)
        if done and not work.exception():
            reached("turn.committed")
            await self._answer(incoming, work.result())
        else:
            await self._answer(incoming, Outcome(self._say(incoming, "process.working")))
            await self._say_after_all(incoming, await work)

    async def _say_after_all(self, incoming: Incoming, outcome: Outcome | None) -> None:
        """The press was answered before its turn ended; a refusal must still be heard."""
        if outcome is not None and outcome.alert and outcome.toast:
            words = outcome.toast
            said = self._store.begin(lambda tx: _owe(tx, incoming, words))
            self._owing()
            await said

    async def _answer(self, incoming: Incoming, outcome: Outcome | None) -> None:
        """Answer a press: once, whatever becomes of it, and only if we served it."""
        if incoming.press is None or outcome is None:
            return
        try:
            await self._messenger.answer(incoming.press.id, outcome.toast, alert=outcome.alert)
        except MessengerError as problem:
            log.info("a press was not answered", extra={"reason": type(problem).__name__})

    def _say(self, incoming: Incoming, key: str) -> str:
        """A sentence for somebody whose own language may be out of reach."""
        return texts.catalogue(language_of(incoming, self._policy))(key)


def language_of(incoming: Incoming, policy: Policy) -> str:
    """The client's language when it is one of ours, else the college's."""
    short = incoming.language.partition("-")[0]
    return short if short in texts.LANGUAGES else policy.language


def _owe(tx: Tx, incoming: Incoming, words: str) -> None:
    outbox.enqueue(
        tx,
        messenger=incoming.messenger,
        chat=incoming.chat.id,
        person_id=None,
        kind="card",
        body=dump(Card(lines=(words,))),
    )


def _known(tx: Tx, incoming: Incoming) -> bool:
    account = people.account(tx, incoming.messenger, incoming.sender or "")
    return account is not None and account.state == "active"
