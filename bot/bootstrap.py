"""One place wires everything: settings become a policy, a store, a messenger and the process around them.

`lingti run` and `lingti sandbox` start the same App; only the clock, the messenger's address and pace, and
the data folder differ.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot import heartbeat
from bot.auditing import Auditor
from bot.beating import Among
from bot.clock import real_now
from bot.gauges import latencies
from bot.keeping.keeper import Keeper
from bot.leading import Reign
from bot.membership import Alone, Membership
from bot.messengers.base import Messenger, NotSent, Throttled
from bot.policy import policy_of
from bot.pulse import awake, beat
from bot.receiving.evidence import Depot
from bot.receiving.intake import Intake
from bot.receiving.lanes import Lanes
from bot.receiving.turns import Conversation, Turns
from bot.receiving.webhook import Door
from bot.scheduler import Scheduler
from bot.sending.delivery import Delivery
from bot.settings import Settings
from bot.sweeping import sweep
from bot.vitals import Counts, Doing, Vitals, ago, look
from bot.watching import ClockWatch
from services.inviting import LINK
from services.returning import clock_jumped
from storage import cards, dialogues, facts, inbox, reports, standby, web_links
from storage.engine import shared
from storage.failpoints import reached
from storage.inbox import InboxRow
from storage.store import Store, Tx

log = logging.getLogger(__name__)

OPEN_SECONDS: Final = 5.0
SWEEP_SECONDS: Final = 60.0
AUDIT_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 2.0
PULSE_SECONDS: Final = 20.0
DOUBT_SECONDS: Final = 20.0
KEEP_SECONDS: Final = 300.0
PRUNE_SECONDS: Final = 6 * 3600.0
LEADING: Final = "leading"
MEMBER: Final = "member"
DRAIN_SECONDS: Final = 20.0
SEEN_FOR: Final = timedelta(days=5)  # longer than Telegram repeats itself, shorter than its ids live
CARDS_FOR: Final = timedelta(days=60)
LINKS_FOR: Final = timedelta(days=7)  # so long a link that opens no more is still known as one


class App:
    """The running bot: intake, lanes and delivery around one store and one messenger.

    Where several processes share the store all of them serve and send, and one leads.
    """

    def __init__(
        self, settings: Settings, store: Store, messenger: Messenger, conversation: Conversation
    ) -> None:
        self.settings = settings
        self.policy = policy_of(settings)
        self.store = store
        self.messenger = messenger
        self.depot = Depot(settings.data, settings.evidence.max_bytes, settings.evidence.types)
        self.member: Membership = Among(store) if shared(store.url) else Alone(store)
        self.delivery = Delivery(
            store,
            self.member,
            messenger,
            self.depot,
            self.policy,
            conversation,
            settings.telegram.connections,
        )
        self._turns = Turns(store, messenger, self.depot, self.policy, conversation, self.delivery.hasten)
        self.lanes = Lanes(store, self.member.heads, self._serve, self._turns.apologise)
        self.intake = Intake(store, self.member, messenger, self.lanes.wake, self._turns.not_saved)
        self.door = Door(settings.telegram.webhook, messenger, self.intake.keep)
        self.keeper = Keeper(settings, self.policy, store)
        self.auditor = Auditor(store, self.policy, self.delivery.settle_doubts)
        self.counts = Counts(latencies(), self.delivery.outcomes, self.door.answers)
        self._watch = ClockWatch(store.clock)
        self._scheduler = Scheduler()
        self._reign = Reign(self.member, self._take_over, self._rule)
        self._loops: dict[str, asyncio.Task[None]] = {}
        self._serving = False
        self._swept_at: datetime | None = None

    async def start(self) -> None:
        """Begin: what a dead process left comes first, then what waits, then what arrives."""
        await self.door.open()
        await self._open()
        if await self.store.read(standby.synchronous) is False:
            log.info("no second database server is waited for")
        await self.member.join()
        self._loop(MEMBER, self.member.run)
        await self._reign.start()
        self._loop("lanes", self.lanes.run)
        self._loop("delivery", self.delivery.run)
        self._loop(LEADING, self._reign.run)
        self._schedule()
        self._serving = True

    async def broken(self) -> None:
        """Return when a loop has ended by itself, which none should."""
        await asyncio.wait(self._loops.values(), return_when=asyncio.FIRST_COMPLETED)

    async def stop(self) -> None:
        """Take nothing in any more, finish what was begun, close."""
        self._serving = False
        self._scheduler.stop()
        await self.door.close()
        self.lanes.close()
        self.delivery.close()
        member = self._loops.pop(MEMBER, None)
        if leading := self._loops.get(LEADING):
            leading.cancel()
        reached("stop.begun")
        if self._loops:
            await asyncio.wait(self._loops.values(), timeout=DRAIN_SECONDS)
        await self.lanes.drain(DRAIN_SECONDS)
        await self.delivery.drain(DRAIN_SECONDS)
        reached("stop.drained")
        if member:
            member.cancel()
            await asyncio.wait({member})
            await self.member.leave()
        await self.messenger.close()

    async def sweep(self) -> None:
        """Owe what is due and send it, and say outside that we live; not by a clock that has just jumped."""
        if drift := self._watch.jumped():
            log.critical("the clock jumped", extra={"seconds": int(drift.total_seconds())})
            await self.store.run(lambda tx: clock_jumped(tx, self.policy, drift))
        if self._watch.steady:
            await sweep(self.store, self.policy)
            self._swept_at = real_now()
            if self.auditor.well:
                await heartbeat.beat(self.settings.health.heartbeat_url)
        self.delivery.wake()

    async def audit(self) -> None:
        """Compare what is owed with what should be; not by a clock that has just jumped."""
        if self._watch.steady:
            await self.auditor.audit()

    async def quiet(self) -> None:
        """Return when every update taken in is served and every message due is sent."""
        await self.lanes.quiet()
        await self.delivery.quiet()

    async def vitals(self) -> Vitals:
        """How we are."""
        posted, leads = self.door.hook is not None, self.member.leads
        heard_at = self.door.heard_at if posted else self.intake.polled_at
        process = Doing(
            serving=self._serving,
            member=self.member.certain(self.member.epoch),
            leads=leads,
            posted=posted,
            heard_ago=ago(heard_at) if posted or leads else None,
            swept_ago=ago(self._swept_at) if leads else None,
        )
        return await look(self.store, process)

    async def _serve(self, row: InboxRow) -> None:
        await self._turns.serve(row)
        self.counts.turns.observe((self.store.clock.now() - row.received_at).total_seconds())

    async def _take_over(self) -> None:
        """What a leader begins with: what the one before it, or we ourselves, left."""
        gap = await self.store.run(lambda tx: awake(tx, self.policy))
        if gap:
            log.warning("we stood still", extra={"minutes": int(gap.total_seconds() // 60)})
        reached("start.awake")
        await self.delivery.settle_doubts()
        reached("start.settled")
        await self.sweep()

    async def _rule(self) -> None:
        """Take updates in while we lead, unless they are posted to us: then any process hears them."""
        await (self.member.deposed() if self.door.hook else self.intake.run())

    async def _open(self) -> None:
        """Reach the messenger, however long that takes. Time mends neither Unauthorised nor Refused."""
        while True:
            try:
                await self.messenger.open()
                await self.messenger.subscribe(self.door.hook)
            except (NotSent, Throttled) as problem:
                log.warning("the messenger cannot be reached", extra={"reason": type(problem).__name__})
                await asyncio.sleep(OPEN_SECONDS)
            else:
                await self.store.run(lambda tx: facts.put(tx, LINK, self.messenger.link))
                return

    def _schedule(self) -> None:
        only = self._reign.only
        self._scheduler.every(LOOK_SECONDS, self._look)
        self._scheduler.every(LOOK_SECONDS, only(self._look_after))
        self._scheduler.every(SWEEP_SECONDS, only(self.sweep))
        self._scheduler.every(AUDIT_SECONDS, only(self.audit))
        self._scheduler.every(PULSE_SECONDS, only(self._beat))
        self._scheduler.every(DOUBT_SECONDS, only(self.delivery.settle_doubts))
        self._scheduler.every(PRUNE_SECONDS, only(self._prune))
        self._scheduler.every(KEEP_SECONDS, only(self.keeper.keep))
        self._scheduler.start()

    def _loop(self, name: str, loop: Callable[[], Awaitable[None]]) -> None:
        self._loops[name] = asyncio.create_task(_surely(loop, name), name=name)

    async def _look(self) -> None:
        """Time makes messages due, and others take updates in: nobody else would wake the crews for those."""
        self.lanes.wake()
        self.delivery.wake()

    async def _look_after(self) -> None:
        """Whoever has gone may have left something on its way."""
        if self.member.news():
            await self.delivery.settle_doubts()

    async def _beat(self) -> None:
        await self.store.run(beat)

    async def _prune(self) -> None:
        await self.store.run(_prune)
        await asyncio.to_thread(self.depot.collect, self._wanted)

    def _wanted(self, names: list[str]) -> set[str]:
        """Files that prove something, or wait in an open dialogue to do so."""
        return self.store.read_now(lambda tx: reports.held(tx, names) | dialogues.mentioned(tx, names))


def _prune(tx: Tx) -> None:
    inbox.prune(tx, tx.now - SEEN_FOR)
    cards.prune(tx, tx.now - CARDS_FOR)
    web_links.prune(tx, tx.now - LINKS_FOR)


async def _surely(loop: Callable[[], Awaitable[None]], name: str) -> None:
    """A loop that ends by itself is the end of us: say so before the silence."""
    try:
        await loop()
    except Exception:
        log.critical("a loop broke", extra={"loop": name}, exc_info=True)
        raise
