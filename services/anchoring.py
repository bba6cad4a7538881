"""Binding reminders to an item: its frozen ladder, its present term, and when to look at it next.

A new deadline, owner or turn of hands makes a new anchor version, so that nothing owed under the old one is
sent under the new one; every other change only recomputes the moment to look again.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from services.work import Work
from storage import firings, measures, requests, topics
from storage.requests import Request, RequestKind
from storage.store import Tx
from workflow.ladder import Ladder
from workflow.ladder_cycle import covered
from workflow.ladder_due import next_at
from workflow.ladder_item import STAGE_OF, Asked, Item, Stage, Subject
from workflow.ladder_text import dumps, loads
from workflow.measure import Measure
from workflow.topic import Cycle, Topic
from workflow.workdays import Calendar


def frozen_ladder(work: Work) -> int:
    """The college's ladder of this day, kept for good under its content."""
    text = dumps(work.policy.ladder)
    return firings.keep_ladder(work.tx, hashlib.sha256(text.encode()).hexdigest(), text)


def topic(work: Work, before: Topic, after: Topic) -> Topic:
    """Re-bind a topic after a change."""
    if _new_term(before, after):
        firings.anchor(work.tx, Subject.TOPIC, after.id)
        after = replace(after, anchor=after.anchor + 1)
    reschedule(work.tx, work.policy.calendar, Subject.TOPIC, [after])
    return after


def measure(work: Work, before: Measure | None, after: Measure) -> Measure:
    """Re-bind a measure after a change; a new one has no `before`."""
    if before is None or before.deadline != after.deadline:
        firings.anchor(work.tx, Subject.MEASURE, after.id)
        after = measures.get(work.tx, after.id)
    reschedule(work.tx, work.policy.calendar, Subject.MEASURE, [after])
    return after


def measures_of(work: Work, changed: Topic) -> None:
    """Measures rest while their topic is not being worked on, and wake with it."""
    found = measures.of_topic(work.tx, changed.id)
    if found:
        reschedule(work.tx, work.policy.calendar, Subject.MEASURE, found)


def reschedule(tx: Tx, calendar: Calendar, subject: Subject, found: Sequence[Topic | Measure]) -> None:
    """Compute and store when to look at each of these items next."""
    seen = items(tx, calendar, subject, found)
    moments: dict[int, datetime | None] = {
        one.id: next_at(ladder, item, calendar) if ladder else None for one, item, ladder in seen
    }
    firings.schedule_all(tx, subject, moments)


def items(
    tx: Tx, calendar: Calendar, subject: Subject, found: Sequence[Topic | Measure]
) -> list[tuple[Topic | Measure, Item, Ladder | None]]:
    """What the ladder needs to know of a slice of items, in a fixed number of queries."""
    ids = [one.id for one in found]
    owner = {one.id: one.topic_id if isinstance(one, Measure) else one.id for one in found}
    ladders = firings.ladders_of(tx, owner.values())
    began = firings.anchored_at(tx, subject, ids)
    fired = firings.fired(tx, subject, {one.id: one.anchor for one in found})
    asked = requests.of_topics(tx, set(owner.values()), RequestKind.EXTENSION)
    busy = _worked_on(tx, [one for one in found if isinstance(one, Measure)])
    result: list[tuple[Topic | Measure, Item, Ladder | None]] = []
    for one in found:
        anchored = began[one.id] or one.created_at
        item = _measure_item(one) if isinstance(one, Measure) else _topic_item(one, anchored)
        if isinstance(one, Measure) and one.topic_id not in busy:
            item = replace(item, stage=Stage.AT_REST)
        mine = [r for r in asked.get(owner[one.id], []) if _about(r, one)]
        item = replace(item, anchored_at=anchored, fired=fired[one.id], asked=_first_asked(mine))
        if item.cycle is not Cycle.NONE:
            item = replace(item, covered=_covered(tx, item, one.id, calendar))
        text = ladders.get(owner[one.id])
        result.append((one, item, loads(text) if text else None))
    return result


def _new_term(before: Topic, after: Topic) -> bool:
    then = (before.deadline, before.owner_id, before.issued_at, before.claim_by)
    now = (after.deadline, after.owner_id, after.issued_at, after.claim_by)
    claimed = before.claimed_at is None and after.claimed_at is not None
    return then != now or claimed


def _topic_item(one: Topic, anchored: datetime) -> Item:
    issued = max(one.issued_at or one.created_at, anchored)  # a rerouted topic is offered anew
    return Item(
        subject=Subject.TOPIC,
        stage=STAGE_OF[one.state],
        offered_at=issued,
        anchored_at=issued,
        deadline=one.deadline,
        claim_by=one.claim_by,
        taken_at=one.claimed_at,
        submitted_at=one.submitted_at,
        last_report_at=one.last_report_at,
        cycle=one.cycle,
    )


def _measure_item(one: Measure) -> Item:
    return Item(
        subject=Subject.MEASURE,
        stage=STAGE_OF[one.state],
        offered_at=one.created_at,
        anchored_at=one.created_at,
        deadline=one.deadline,
        taken_at=one.received_at,
        submitted_at=one.done_at,
        last_report_at=one.last_report_at,
    )


def _worked_on(tx: Tx, found: Sequence[Measure]) -> frozenset[int]:
    if not found:
        return frozenset()
    owners = topics.states(tx, {one.topic_id for one in found})
    return frozenset(i for i, state in owners.items() if STAGE_OF[state] is Stage.UNDER_WAY)


def _about(request: Request, one: Topic | Measure) -> bool:
    measure_id = one.id if isinstance(one, Measure) else None
    return request.measure_id == measure_id and request.anchor == one.anchor


def _first_asked(found: Sequence[Request]) -> Asked | None:
    return Asked(found[0].created_at, found[0].decided_at) if found else None


def _covered(tx: Tx, item: Item, topic_id: int, calendar: Calendar) -> date | None:
    since = calendar.day(item.working_since)
    done: date | None = None
    for sent_at in topics.reported_since(tx, topic_id, item.working_since):
        done = covered(item.cycle, done, since, calendar.day(sent_at))
    return done
