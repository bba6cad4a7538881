"""What the house does for its own record: heads published, copies made, old words removed.

Nothing here is due to the second, and each looks for itself whether its day's work is done, so that a restart
or a second process does nothing twice.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Final

from bot.clock import real_now
from bot.keeping import copies, heads_file
from bot.keeping.keys import signing_key
from bot.settings import Settings
from services import erasing, heads, pushing
from services.heads import RESTORED, Head
from services.policy import Policy
from storage import erasure, holding, journal
from storage.failpoints import reached
from storage.store import Store, Tx

log = logging.getLogger(__name__)

YEAR: Final = timedelta(days=365)


class Keeper:
    """Looks after the record of one store."""

    def __init__(self, settings: Settings, policy: Policy, store: Store) -> None:
        self._settings = settings
        self._policy = policy
        self._store = store
        self._told: Head | None = None

    async def keep(self) -> None:
        """Do whatever the day still owes; one thing that fails does not keep the others from being done."""
        for duty in (self.publish, self.copy, self.forget):
            try:
                await duty()
            except Exception:
                log.exception("the record is not kept", extra={"duty": duty.__name__})

    async def publish(self) -> None:
        """Sign the day's head, add it to the file outside the database, owe it to who watches."""
        now = self._store.clock.now()
        head = await asyncio.to_thread(lambda: heads_file.last(self._settings))
        if self._day_is_open(now, head):
            head = await self._sign(now, head)
        if head is not None and head != self._told:
            told = head
            await self._store.run(lambda tx: _tell(tx, self._policy, told))
            self._told = head

    async def copy(self) -> None:
        """Make the day's copy, once its hour has come."""
        settings = self._settings
        if settings.backup.keep == 0:
            return
        local = real_now().astimezone(settings.timezone)
        due = local.replace(hour=settings.backup.at.hour, minute=settings.backup.at.minute, second=0)
        due = due if due <= local else due - timedelta(days=1)
        newest = next(iter(copies.found(settings)), None)
        if newest is None or copies.made_at(newest) < due:
            made = await asyncio.to_thread(copies.make, settings)
            log.info("a copy was made", extra={"copy": made.name})

    async def forget(self) -> None:
        """Blank old messages, and the texts of topics whose years are over."""
        kept = self._settings.retention
        before = self._store.clock.now()
        await self._store.run(lambda tx: erasure.blank_messages(tx, before - timedelta(kept.messages_days)))
        while kept.texts_years and await self._store.run(
            lambda tx: erasing.forget_old(tx, before - kept.texts_years * YEAR)
        ):
            log.info("the texts of old topics were removed")

    def _day_is_open(self, now: datetime, last: Head | None) -> bool:
        """Whether the hour has come and today's head is not published yet."""
        local = now.astimezone(self._settings.timezone)
        if local.time() < self._settings.trail.publish_at:
            return False
        return last is None or last.at.astimezone(local.tzinfo).date() < local.date()

    async def _sign(self, now: datetime, last: Head | None) -> Head | None:
        seq, digest = await self._store.read(lambda tx: journal.head(tx.connection))
        if seq == (last.seq if last else 0):
            return last
        if await self._store.read(lambda tx: heads.disagrees(tx, last)):
            log.critical("the trail is not the one whose head was published")
            return last
        key = signing_key(self._settings.trail_key())
        head = heads.sign(key, seq, digest, now)
        reached("keep.signed")
        await asyncio.to_thread(heads_file.append, self._settings.trail_heads(), head)
        return head


def hold_if_older(settings: Settings, store: Store) -> Head | None:
    """At the start: where the trail is not the one last published, nothing is sent until somebody looks.

    Returns the head it misses.
    """
    last = heads_file.last(settings)
    if last is None or not store.read_now(lambda tx: heads.disagrees(tx, last)):
        return None
    if not store.read_now(holding.held):
        store.run_now(holding.hold)
    return last


def mark_restored(settings: Settings, store: Store) -> Head | None:
    """After a copy was put back: hold what is owed, note it, and say so among the heads.

    Returns the published head the copy does not reach; None where nothing is lost.
    """
    last = heads_file.last(settings)
    seq, digest = store.read_now(lambda tx: journal.head(tx.connection))
    lost = last if last and store.read_now(lambda tx: heads.disagrees(tx, last)) else None
    store.run_now(lambda tx: _restored(tx, seq, lost))
    if lost:
        now = store.clock.now()
        head = heads.sign(signing_key(settings.trail_key()), seq, digest, now, RESTORED)
        heads_file.append(settings.trail_heads(), head)
    return lost


def _restored(tx: Tx, seq: int, lost: Head | None) -> None:
    holding.hold(tx)
    tx.record(RESTORED, facts={"rows": seq, "published": lost.seq if lost else seq})


def _tell(tx: Tx, policy: Policy, head: Head) -> None:
    pushing.push(tx, policy, heads.tell(tx, policy, head))
