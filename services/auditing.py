"""The auditor: what ought to be owed, reckoned anew and held against what is recorded and sent.

It looks at a snapshot beside the writer, a slice of the items at a time: a college of some hundred topics is
gone through every minute, a million of them in a day or two, and never in one go. What can be mended without
saying anything twice is mended; the rest is said aloud, once a day for each kind.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from services import anchoring, pushing
from services.informing import inform, keepers
from services.policy import Policy
from services.reckoning import INSTANT, unmet
from storage import audits, facts, journal, measures, people, topics
from storage.audits import Planned
from storage.people import Person
from storage.store import Tx
from workflow.ladder_item import STAGE_OF, Stage, Subject
from workflow.measure import Measure, MeasureState
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId, TopicState

SLICE: Final = 500
MOST: Final = 100
GRACE: Final = timedelta(minutes=5)
"""How late anything may be before it is late: a sweep on its way is not accused."""
STUCK: Final = timedelta(minutes=10)
HORIZON: Final = timedelta(days=400)
"""How far ahead an item is looked at that says it will never owe anything."""
AUDIT: Final = "audit"


class Fault(StrEnum):
    """What may be amiss."""

    MISPLANNED = "misplanned"
    """The sweep would come too late to an item, or never."""
    BEHIND = "behind"
    """The sweep, or a digest, should have come by now."""
    LOST = "lost"
    """The trail tells of a reminder that stands in no book any more."""
    UNCARRIED = "uncarried"
    """Something is owed that no message carries, or only one that is over."""
    UNPLANNED = "unplanned"
    """Somebody who can be written to will get no digest."""
    DOUBTFUL = "doubtful"
    """Nobody decides about a message in doubt."""
    WAITING = "waiting"
    """Nobody serves an update."""
    HEAD = "head"
    """The trail's last row is not the one its head names."""


PASSING: Final = frozenset({Fault.BEHIND, Fault.DOUBTFUL, Fault.WAITING})
"""What a busy moment looks like, too: it counts when the same row is seen round after round."""

MENDABLE: Final = frozenset({Fault.MISPLANNED, Fault.UNCARRIED, Fault.UNPLANNED})
"""What can be put right without saying anything twice."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault, and where it was seen: the kind of row, and its id."""

    fault: Fault
    what: str
    row: int


@dataclass(frozen=True, slots=True)
class Place:
    """How far the slices have come: the last ids looked at."""

    topic: int = 0
    measure: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """One round: what is amiss, and where the next one begins."""

    troubles: frozenset[Trouble] = frozenset()
    after: Place = field(default_factory=Place)


def look(tx: Tx, policy: Policy, place: Place, real_now: datetime, most: int = SLICE) -> Seen:
    """One round over a snapshot: the next `most` items of each kind, and all that waits. Writes nothing."""
    planned = {
        Subject.TOPIC: audits.items_after(tx, Subject.TOPIC, place.topic, most),
        Subject.MEASURE: audits.items_after(tx, Subject.MEASURE, place.measure, most),
    }
    late = tx.now - GRACE
    found = [
        *(_mark(Fault.MISPLANNED, s, misplanned(tx, policy, s, rows)) for s, rows in planned.items()),
        *(_mark(Fault.BEHIND, s, audits.overdue(tx, s, late, MOST)) for s in Subject),
        _mark(Fault.BEHIND, "affair", audits.overdue_affairs(tx, late, MOST)),
        _mark(Fault.BEHIND, "digest", audits.late_digests(tx, late, MOST)),
        _mark(Fault.LOST, Subject.TOPIC, _lost(tx, _working(Subject.TOPIC, planned[Subject.TOPIC]))),
        _mark(Fault.UNCARRIED, "notice", uncarried(tx)),
        _mark(Fault.UNPLANNED, "person", [person.id for person in undigested(tx, policy)]),
        _mark(Fault.DOUBTFUL, "message", audits.doubtful(tx, real_now - GRACE, MOST)),
        _mark(Fault.WAITING, "update", audits.waiting(tx, tx.now - STUCK, MOST)),
        _mark(Fault.HEAD, "row", _beheaded(tx)),
    ]
    after = Place(_end(planned[Subject.TOPIC], most), _end(planned[Subject.MEASURE], most))
    return Seen(frozenset().union(*found), after)


def note(tx: Tx, policy: Policy, healed: Iterable[Trouble], standing: Iterable[Trouble]) -> None:
    """Enter in the trail what was healed, and raise what stands, each kind once a day."""
    today = policy.calendar.day(tx.now).isoformat()
    raised = {kind: count for kind, count in counts(standing).items() if _first(tx, kind, today)}
    secretaries = [person.id for person in people.holding(tx, Role.DISCIPLINE_SECRETARY)]
    told: set[PersonId] = set()
    for kind, count in raised.items():
        data = {"kind": kind, "items": count}
        told |= inform(tx, policy, [*keepers(tx), *secretaries], "audit", f"{kind}:{today}", data=data)
    pushing.push(tx, policy, told)
    mended = counts(healed)
    if mended or raised:
        tx.record(AUDIT, facts={"healed": mended, "raised": raised})


def counts(troubles: Iterable[Trouble]) -> Mapping[str, int]:
    """How many rows of each fault."""
    return dict(sorted(Counter(str(trouble.fault) for trouble in troubles).items()))


def misplanned(tx: Tx, policy: Policy, subject: Subject, rows: Sequence[Planned]) -> list[int]:
    """Items of which something falls due before the sweep means to look at them."""
    looks = {row.id: row.next_at for row in rows}
    found = load(tx, subject, _working(subject, rows))
    return [
        one.id
        for one, item, ladder in anchoring.items(tx, policy.calendar, subject, found)
        if ladder and unmet(ladder, item, policy.calendar, (looks[one.id] or tx.now + HORIZON) - INSTANT)
    ]


def uncarried(tx: Tx) -> list[int]:
    """Owed notices that no message is about to say."""
    return [one.id for one in audits.astray(tx, tx.now - GRACE, MOST)]


def undigested(tx: Tx, policy: Policy) -> list[Person]:
    """Whom the next workday morning would pass over."""
    found = people.many(tx, audits.without_digest(tx, tx.now)).values()
    return [
        person
        for person in found
        if person.next_digest_at is None
        or person.next_digest_at > pushing.next_digest(policy, person, tx.now)
    ]


def load(tx: Tx, subject: Subject, ids: Sequence[int]) -> list[Topic] | list[Measure]:
    """These items."""
    if subject is Subject.MEASURE:
        return measures.by_ids(tx, ids)
    return topics.by_ids(tx, [TopicId(i) for i in ids])


def _lost(tx: Tx, topic_ids: Sequence[int]) -> list[int]:
    """Topics with a reminder under the present anchor, told in the trail, that was fired or owed nowhere."""
    present, fired = audits.anchors(tx, topic_ids), audits.fired(tx, topic_ids)
    noticed = audits.noticed(tx, topic_ids)
    return [
        one.topic
        for one, persons in audits.told(tx, topic_ids)
        if present[one.topic, one.measure] == one.anchor
        and (one not in fired or any((one, person) not in noticed for person in persons))
    ]


def _beheaded(tx: Tx) -> list[int]:
    head = journal.head(tx.connection)
    return [] if head == (audits.last_row(tx) or (0, journal.GENESIS)) else [head[0]]


def _working(subject: Subject, rows: Iterable[Planned]) -> list[int]:
    states = TopicState if subject is Subject.TOPIC else MeasureState
    return [row.id for row in rows if STAGE_OF[states(row.state)] is not Stage.AT_REST]


def _end(rows: Sequence[Planned], most: int) -> int:
    """Where the next slice begins: at the start again once the end is reached."""
    return rows[-1].id if len(rows) == most else 0


def _mark(fault: Fault, what: str, rows: Iterable[int]) -> frozenset[Trouble]:
    return frozenset(Trouble(fault, what, row) for row in rows)


def _first(tx: Tx, kind: str, today: str) -> bool:
    """Whether this kind is raised for the first time today; from now on it was."""
    name = f"{AUDIT}:{kind}"
    known = facts.get(tx, name)
    facts.put(tx, name, today)
    return known is None or known.value != today
