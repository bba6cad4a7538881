"""Versions of the three lists: each feedback event keeps how every topic stood, and what changed since.

A version is never changed; the lists themselves are views of the one ledger (S2 art. 25).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.affairs import acting
from services.affairs.seating import Frame, authorise
from services.policy import Policy
from services.work import Work
from storage import affairs, listings, topics
from storage.store import Tx
from workflow.affair import Affair, AffairId, AffairKind, AffairState
from workflow.affair_table import START, AffairEvent
from workflow.errors import Missing, NotFound
from workflow.listing import Difference, Snapshot, difference
from workflow.roles import PersonId
from workflow.topic import OPEN, Topic, TopicState

LISTED: Final = (TopicState.CONFIRMING, *OPEN, TopicState.CLOSED, TopicState.WITHDRAWN)
"""States in which a topic is on the lists: a draft is nobody's yet."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the lists and what it changed. Version 1 has nothing before it, so all of it is new."""

    affair: Affair
    no: int
    snapshot: Snapshot
    since: Difference


def fix(work: Work, reason: str) -> Affair:
    """清单 定版: keep the lists as they are now. Raises NoRight, Missing."""
    authorise(work, Frame(AffairKind.LISTING), START, AffairEvent.BEGIN)
    if not reason.strip():
        raise Missing("reason_missing", event=AffairEvent.RECORD)
    return keep(work.tx, work.policy, by=work.actor.id, words={"reason": reason.strip()})


def keep(
    tx: Tx,
    policy: Policy,
    *,
    cause: AffairId | None = None,
    by: PersonId | None = None,
    words: Mapping[str, str] | None = None,
) -> Affair:
    """A new version because of a feedback event (`cause`: a batch, a campaign); nobody's right is asked."""
    acting.check_lengths(policy, *(words or {}).values())
    last = listings.last(tx)
    facts: dict[str, Any] = {
        "no": (int(last.facts["no"]) if last else 0) + 1,
        "cause": cause,
        "topics": dict(snapshot(tx)),
    }
    return acting.begin_by_rule(
        tx,
        policy,
        AffairKind.LISTING,
        state=AffairState.RECORDED,
        facts=facts,
        words=words,
        parent_id=cause,
        by=by,
    )


def snapshot(tx: Tx) -> Snapshot:
    """How every topic on the lists stands now."""
    found = topics.find(tx, topics.in_states(*LISTED))
    return {str(topic.id): _standing(topic) for topic in sorted(found, key=lambda topic: topic.id)}


def since_last(tx: Tx) -> Difference:
    """What has changed since the last version; everything is new before the first."""
    last = listings.last(tx)
    return difference(last.facts["topics"] if last else {}, snapshot(tx))


def version(tx: Tx, no: int) -> Version:
    """A version by its number. Raises NotFound."""
    found = {int(one.facts["no"]): one for one in versions(tx)}
    if no not in found:
        raise NotFound("no_such_version", no=no)
    before: Snapshot = found[no - 1].facts["topics"] if no - 1 in found else {}
    kept: Snapshot = found[no].facts["topics"]
    return Version(found[no], no, kept, difference(before, kept))


def versions(tx: Tx) -> list[Affair]:
    """Every version, oldest first."""
    return affairs.of_kind(tx, AffairKind.LISTING, AffairState.RECORDED)


def _standing(topic: Topic) -> list[str | int | None]:
    due = topic.deadline.isoformat() if topic.deadline else None
    return [topic.state.value, due, topic.owner_id]
