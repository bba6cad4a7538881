"""From owed to sent: notices become messages, singly, in a bundle over the day's cap, or in a digest."""

from collections.abc import Hashable, Iterable
from datetime import datetime, time
from typing import Final

from services.policy import Policy
from services.resting import rested
from services.telling import quiet_hours
from storage import notices, outbox, outbox_asked, people, rests
from storage.notices import Notice
from storage.people import Account, Person
from storage.store import Tx
from workflow.roles import PersonId, Role

NOTICE: Final = "notice"
BUNDLE: Final = "bundle"
DIGEST: Final = "digest"
ASSIGNED: Final = "assigned"


def push(tx: Tx, policy: Policy, whom: Iterable[PersonId]) -> None:
    """Put what these people are singly owed into the outbox, at a time they may be disturbed.

    Over a person's daily cap what is owed becomes one bundle; nothing is dropped.
    """
    for person in people.many(tx, whom).values():
        waiting = _not_rested(tx, person, notices.waiting_singles(tx, person.id))
        account = people.reach(tx, person.id) if waiting else None
        if account is not None:
            _send(tx, policy, person, account, waiting)
        elif waiting:
            _unreached(tx, policy, person, waiting)


def digests(tx: Tx, policy: Policy, most: int = 100) -> int:
    """Morning digests whose moment has come; a person with nothing to read gets none. How many were due."""
    due = people.digests_due(tx, most)
    for person in due:
        account = people.reach(tx, person.id)
        if account is not None and policy.calendar.is_workday(policy.calendar.day(tx.now)):
            outbox.enqueue(
                tx,
                messenger=account.messenger,
                chat=account.chat,
                person_id=person.id,
                kind=DIGEST,
                not_before=tx.now,
            )
        people.schedule_digest(tx, person.id, next_digest(policy, person, tx.now))
    return len(due)


def next_digest(policy: Policy, person: Person, after: datetime) -> datetime:
    """The next workday morning's digest time of a person, strictly after a moment."""
    at = time.fromisoformat(person.digest_at) if person.digest_at else policy.digest_at
    calendar = policy.calendar
    today = calendar.workday_on_or_after(calendar.day(after))
    first = calendar.at(today, at)
    return first if first > after else calendar.at(calendar.next_workday(today), at)


def _send(tx: Tx, policy: Policy, person: Person, account: Account, waiting: list[Notice]) -> None:
    opens = policy.calendar.next_open(tx.now, quiet_hours(person))
    since = policy.calendar.at(policy.calendar.day(opens), time())
    room = policy.cap - outbox_asked.pushed_today(tx, person.id, since)
    alike = _alike(waiting)
    for group in alike if len(alike) <= max(room, 1) else [waiting]:
        out = outbox.enqueue(
            tx,
            messenger=account.messenger,
            chat=account.chat,
            person_id=person.id,
            kind=BUNDLE if len(group) > 1 else NOTICE,
            not_before=opens,
        )
        notices.attach(tx, [n.id for n in group], out)


def _not_rested(tx: Tx, person: Person, waiting: list[Notice]) -> list[Notice]:
    """What may not wait for the digest; a topic at rest is said there."""
    resting = rested(tx, person.id, waiting) if waiting else []
    if resting:
        rests.to_digest(tx, resting)
    return [notice for notice in waiting if notice.id not in resting]


def _alike(waiting: Iterable[Notice]) -> list[list[Notice]]:
    """What says the same of several items goes as one message."""
    found: dict[Hashable, list[Notice]] = {}
    for notice in waiting:
        found.setdefault(_theme(notice), []).append(notice)
    return list(found.values())


def _theme(notice: Notice) -> Hashable:
    """A topic's measures are handed down together; a step that reports upwards reports all it found."""
    if notice.kind == ASSIGNED:
        return notice.kind, notice.topic_id
    return (notice.kind, notice.step) if notice.data.get("upwards") else notice.id


def _unreached(tx: Tx, policy: Policy, person: Person, waiting: list[Notice]) -> None:
    """Without an account nothing can be sent: the office hears of it once a day, in its digest."""
    notices.unreached(tx, [n.id for n in waiting])
    for clerk in people.holding(tx, Role.OFFICE):
        notices.owe(
            tx,
            {
                "dedupe": f"unreached:{person.id}:{clerk.id}:{policy.calendar.day(tx.now).isoformat()}",
                "kind": "unreached",
                "person_id": clerk.id,
                "by_id": person.id,
                "single": False,
                "due_at": tx.now,
            },
        )
