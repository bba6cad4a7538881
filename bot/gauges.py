"""What a process tells Prometheus. The dashboard and the alerts in ops/ ask for nothing else.

What the store holds is the same whichever process tells it; all the rest is each process's own.
"""

from collections.abc import Iterator
from typing import Final

from bot.metrics import Family, Histogram, each, gauge
from bot.sending.outcomes import OUTCOMES
from bot.vitals import Counts, Doing, Holding, Vitals
from storage.outbox import UNSETTLED

LATENCIES: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)  # seconds
STATUSES: Final = (200, 400, 403, 413, 503)


def latencies() -> Histogram:
    """A histogram for the turns' latencies, in seconds."""
    return Histogram(*LATENCIES)


def families(vitals: Vitals, counts: Counts) -> Iterator[Family]:
    """Every figure there is; what cannot be known just now is left out."""
    yield gauge("lingti_ready", "Whether work may be given to this process.", vitals.ready)
    yield gauge("lingti_store_writable", "Whether the store has just taken a write.", vitals.writer)
    yield from _process(vitals.process)
    yield from _store(vitals.store)
    yield from _counted(counts)


def _process(its: Doing) -> Iterator[Family]:
    yield gauge("lingti_leader", "Whether this process sweeps, keeps the record and polls.", its.leads)
    way = {"posted" if its.posted else "polled": its.heard_ago} if its.heard_ago is not None else {}
    yield Family(
        "lingti_intake_age_seconds",
        "gauge",
        "Seconds since the last successful poll, or the last post kept.",
        each("way", way),
    )
    yield gauge("lingti_sweep_lag_seconds", "Seconds since the last sweep ended.", its.swept_ago)


def _store(held: Holding | None) -> Iterator[Family]:
    if held is None:
        return
    yield gauge("lingti_inbox_waiting", "Updates that wait for their turn.", held.waiting)
    yield gauge("lingti_inbox_quarantined", "Updates set aside.", held.quarantined)
    yield gauge("lingti_inbox_oldest_age_seconds", "Seconds the oldest update waits.", held.oldest or 0)
    states = {state: held.outbox.get(state, 0) for state in UNSETTLED}
    yield Family("lingti_outbox_messages", "gauge", "Messages that have not arrived.", each("state", states))


def _counted(counts: Counts) -> Iterator[Family]:
    turns, sends = counts.turns, {word: counts.sends.get(word, 0) for word in OUTCOMES}
    posts = {f"{status}": counts.posts.get(status, 0) for status in STATUSES}
    yield Family(
        "lingti_turn_latency_seconds",
        "histogram",
        "Seconds from an update's arrival to the end of its turn.",
        tuple(turns.samples()),
    )
    yield Family("lingti_sends_total", "counter", "Sends, by how they ended.", each("outcome", sends))
    yield Family(
        "lingti_webhook_posts_total", "counter", "Posts, by what was answered.", each("status", posts)
    )
