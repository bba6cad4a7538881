"""Sending what is owed: claimed from the table, drawn when it is sent, marked when it has arrived.

No more is claimed than goes on the wire now, so that a crash leaves little in doubt; what a dead process left
is found within a minute. Whoever stood still between the claim and the wire sends nothing.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Sequence
from contextlib import nullcontext
from datetime import timedelta
from typing import Final

from bot.clock import real_now
from bot.crew import Crew, Found
from bot.membership import Membership
from bot.messengers.base import Gone, Messenger
from bot.receiving.evidence import Depot
from bot.receiving.turns import Conversation
from bot.sending.drawing import DRAWN_LATE, Drawn, draw
from bot.sending.failures import ErrorTable, report
from bot.sending.noting import Ended, note
from bot.sending.outcomes import SENT, outcome
from bot.sending.pace import Pace
from bot.sending.papers import Papers
from services.policy import Policy
from storage import holding, outbox, outbox_asked
from storage.failpoints import reached
from storage.outbox import Out
from storage.store import Store, Tx

log = logging.getLogger(__name__)

SLOTS: Final = 32
"""As many as the wire has connections. Where a messenger wants to be paced, `Pace.room` takes far fewer."""
GATHER: Final = 0.005  # seconds; a commit costs as much, and half of the messages share one
LEASE: Final = 400.0  # seconds by the database: longer than the longest upload may take


class Delivery:
    """Sends the outbox of one messenger, `slots` messages at once, one at a time in each chat."""

    def __init__(
        self,
        store: Store,
        member: Membership,
        messenger: Messenger,
        depot: Depot,
        policy: Policy,
        conversation: Conversation,
        slots: int = SLOTS,
    ) -> None:
        self.outcomes: Counter[str] = Counter()
        self._store = store
        self._member = member
        self._messenger = messenger
        self._depot = depot
        self._policy = policy
        self._conversation = conversation
        self._papers = Papers(store, policy, conversation)
        self._failures = ErrorTable(policy, messenger.shared)
        self._pace = Pace(messenger.capabilities.rates)
        self._in_hand: set[int] = set()
        self._ended: list[Ended] = []
        self._unsure = False
        self._crew: Crew[Drawn] = Crew(slots, self._fetch, self._serve, GATHER)
        self.wake = self._crew.wake
        self.hasten = self._crew.hasten
        self.run = self._crew.run
        self.quiet = self._crew.quiet
        self.close = self._crew.close

    async def settle_doubts(self) -> None:
        """Decide about messages whose sender died or whose lease is over."""
        if await self._store.run(lambda tx: self._failures.settle_orphans(tx)):
            self.wake()

    async def drain(self, within: float) -> None:
        """Let what was begun end, for at most `within` seconds, and write down how it did."""
        await self._crew.drain(within)
        ended = tuple(self._ended)
        if ended:
            await self._store.run(lambda tx: note(tx, self._failures, ended))
            self._noted(ended)

    def _fetch(self, free: int) -> Awaitable[Found[Drawn]]:
        ended, free = tuple(self._ended), self._pace.room(free)
        return self._fetched(ended, self._store.begin(lambda tx: self._turn(tx, ended, free)))

    async def _fetched(self, ended: Sequence[Ended], turn: Awaitable[Found[Drawn]]) -> Found[Drawn]:
        try:
            found = await turn
        except Exception:
            self._unsure = True  # for all we know it was committed
            raise
        self._unsure = False
        self._in_hand.update(drawn.out.id for drawn in found.work)
        self._noted(ended)
        if found.work:
            reached("outbox.claimed")
        return found

    def _noted(self, ended: Sequence[Ended]) -> None:
        del self._ended[: len(ended)]
        self._in_hand.difference_update(one.id for one in ended)
        for one in ended:
            if one.message_id is not None:
                reached("send.marked")

    def _turn(self, tx: Tx, ended: Sequence[Ended], free: int) -> Found[Drawn]:
        """Note what has ended, then claim and draw. What is void takes no slot, the next is looked for."""
        note(tx, self._failures, ended)
        if holding.held(tx) or not self._member.lives(tx):
            return Found(())
        owner = self._member.epoch
        if self._unsure:
            outbox.let_go_rest(tx, owner, self._in_hand)
        claimed = outbox.claim(tx, owner, free, LEASE, real_now(), tx.now)
        ready = [drawn for out in claimed if (drawn := self._draw(tx, out))]
        if len(ready) < len(claimed):
            return Found(ready, 0.0)
        if len(claimed) == free:
            return Found(ready)  # whoever ends first looks again
        resumes = outbox_asked.resumes_at(tx, real_now())
        return Found(ready, (resumes - real_now()).total_seconds() if resumes else None)

    def _draw(self, tx: Tx, out: Out) -> Drawn | None:
        """The message as it is to be sent now; None when it must wait, is void, or cannot be drawn."""
        if wait := self._pace.wait_for(out.chat):
            outbox.throttle(tx, out.chat, real_now() + timedelta(seconds=wait))
            return None
        try:
            with tx.attempt() if out.kind in DRAWN_LATE else nullcontext():
                return draw(tx, self._policy, self._conversation, self._depot.path, out)
        except Exception as problem:
            report(out, problem)
            self._failures.settle(tx, out, problem)
            return None

    async def _serve(self, drawn: Drawn) -> None:
        out = drawn.out
        if hold := self._pace.spoke(out.chat, shared=self._messenger.shared(out.chat)):
            await asyncio.sleep(hold)
        if self._member.certain(out.owner):
            self._ended.append(await self._send(drawn))
        else:
            self._ended.append(Ended(drawn))

    async def _send(self, drawn: Drawn) -> Ended:
        try:
            reached("send.before")
            said = await self._speak(drawn)
            reached("send.after")
        except Exception as problem:
            report(drawn.out, problem)
            self.outcomes[outcome(problem)] += 1
            return Ended(drawn, problem=problem)
        self.outcomes[SENT] += 1
        return said

    async def _speak(self, drawn: Drawn) -> Ended:
        """Say it: under which id it stands now, and for how long its content may.

        What must vanish is a message of its own: an old one can be redrawn, but no longer taken away.
        """
        out = drawn.out
        match out.kind:
            case "delete":
                await self._messenger.delete(out.chat, out.target)
                return Ended(drawn, out.target)
            case "menu":
                await self._messenger.set_menu(out.chat, drawn.commands, "")
                return Ended(drawn, "")
            case "edit" if self._messenger.capabilities.edits and not drawn.outgoing.card.vanish:
                return Ended(drawn, await self._redraw(drawn))
            case "paper":
                async with self._papers.drawn(out) as outgoing:
                    sent = await self._messenger.send(out.chat, outgoing)
                    return Ended(drawn, sent, vanish=outgoing.card.vanish)
            case _:
                sent = await self._messenger.send(out.chat, drawn.outgoing)
                return Ended(drawn, sent, vanish=drawn.outgoing.card.vanish)

    async def _redraw(self, drawn: Drawn) -> str:
        """Redraw in place; a message that is gone is posted anew."""
        out = drawn.out
        try:
            await self._messenger.edit(out.chat, out.target, drawn.outgoing)
        except Gone:
            return await self._messenger.send(out.chat, drawn.outgoing)
        return out.target
