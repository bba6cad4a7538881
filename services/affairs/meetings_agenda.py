"""拟定议程: what the ledger and the proposers put on a meeting's agenda, and how it is put in order.

An item never vanishes: what is struck out stays as `dropped`, so that who proposed it can be told.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from services.affairs import acting
from services.affairs.meetings import sort_of, window_of
from services.affairs.seating import open_to
from services.work import Work
from storage import affairs, measures, requests, topics
from storage.requests import RequestKind
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, Missing, NotFound
from workflow.meeting import FROM_LEDGER, MINUTES, Why, moved, propose
from workflow.roles import PersonId
from workflow.topic import OPEN, Topic, TopicId, TopicState

AGENDA: Final = "agenda"
DROPPED: Final = "dropped"
MOST_MINUTES: Final = 240


def standing(work: Work, affair: Affair) -> list[AffairItem]:
    """The agenda as it stands, in order."""
    found = [item for item in affairs.items(work.tx, affair.id, AGENDA) if item.state != DROPPED]
    return sorted(found, key=lambda item: (item.facts.get("place", item.no), item.no))


def draw_up(work: Work, affair: Affair) -> list[AffairItem]:
    """Put on it what the ledger shows; what stands there or was struck out is not proposed again."""
    known = {item.topic_id for item in affairs.items(work.tx, affair.id, AGENDA)}
    found = propose(_found(work, affair)) if sort_of(affair) in FROM_LEDGER else []
    new = [(topic, why) for topic, why in found if topic not in known]
    changed = acting.act(work, affair, AffairEvent.EDIT, _anew(affair), facts={"proposed": len(new)})
    return [_on_topic(work, changed, topics.get(work.tx, topic), why) for topic, why in new]


def offer(work: Work, affair: Affair, text: str, topic_id: TopicId | None = None) -> AffairItem:
    """提交议题: somebody's item. Raises Invalid once the window closed, but for who keeps the meeting."""
    if not text.strip() and topic_id is None:
        raise Missing("meeting_item_empty")
    if work.now > window_of(affair) and AffairEvent.EDIT not in open_to(work, affair):
        raise Invalid("meeting_window_over", until=window_of(affair))
    changed = acting.act(work, affair, AffairEvent.ADD, _anew(affair))
    if topic_id is not None and (double := _standing_of(work, affair, topic_id)):
        raise Invalid("meeting_already_listed", no=_place(work, affair, double))
    facts = {"why": Why.PROPOSED, "minutes": MINUTES, "by": work.actor.id}
    reporter = topics.get(work.tx, topic_id).owner_id if topic_id else None
    return acting.put(
        work,
        changed,
        AGENDA,
        text.strip(),
        topic_id=topic_id,
        person_id=reporter or work.actor.id,
        facts=facts,
    )


def strike(work: Work, affair: Affair, place: int) -> AffairItem:
    """Take the item at a place off the agenda."""
    return _change(work, affair, place, state=DROPPED)


def entrust(work: Work, affair: Affair, place: int, reporter: PersonId) -> AffairItem:
    """Another person reports on the item."""
    return _change(work, affair, place, person_id=reporter)


def allot(work: Work, affair: Affair, place: int, minutes: int) -> AffairItem:
    """Another time for the item, in minutes. Raises Invalid for what is no time."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid("meeting_minutes", most=MOST_MINUTES)
    return _change(work, affair, place, facts={"minutes": minutes})


def reorder(work: Work, affair: Affair, place: int, to: int) -> list[AffairItem]:
    """Move the item at a place to another one."""
    order = standing(work, affair)
    item = _at(order, place)
    changed = acting.act(work, affair, AffairEvent.EDIT, _anew(affair))
    of = {one.no: one for one in order}
    for at, no in enumerate(moved([one.no for one in order], item.no, to), 1):
        acting.change_item(work, changed, of[no], facts={**of[no].facts, "place": at})
    return standing(work, changed)


def _change(
    work: Work, affair: Affair, place: int, facts: Mapping[str, Any] | None = None, **values: Any
) -> AffairItem:
    item = _at(standing(work, affair), place)
    changed = acting.act(work, affair, AffairEvent.EDIT, _anew(affair))
    return acting.change_item(work, changed, item, facts={**item.facts, **(facts or {})}, **values)


def _anew(affair: Affair) -> Mapping[str, Any]:
    """A change of the items raises the version, so that nobody agrees to an agenda not seen; only in draft.

    Raises Invalid once it was approved: it must be taken back first.
    """
    if affair.state is not AffairState.OPEN:
        raise Invalid("meeting_agenda_fixed")
    return {"facts": dict(affair.facts)}


def _at(order: list[AffairItem], place: int) -> AffairItem:
    if not 1 <= place <= len(order):
        raise NotFound("meeting_no_item", no=place)
    return order[place - 1]


def _standing_of(work: Work, affair: Affair, topic_id: TopicId) -> AffairItem | None:
    return next((item for item in standing(work, affair) if item.topic_id == topic_id), None)


def _place(work: Work, affair: Affair, item: AffairItem) -> int:
    return [one.no for one in standing(work, affair)].index(item.no) + 1


def _on_topic(work: Work, affair: Affair, topic: Topic, why: Why) -> AffairItem:
    facts = {"why": why, "minutes": MINUTES}
    reporter = topic.owner_id or next(iter(topic.eligible), None) or topic.issuer_id
    return acting.put(work, affair, AGENDA, topic_id=topic.id, person_id=reporter, facts=facts)


def _found(work: Work, affair: Affair) -> Mapping[Why, list[TopicId]]:
    """What of the ledger is new since the last meeting of this sort, disputed, overdue, unclaimed."""
    tx, now = work.tx, work.now
    live = topics.find(tx, topics.in_states(*OPEN))
    since = last_held(work, affair)
    disputed = {r.topic_id for r in requests.all_open(tx) if r.kind is not RequestKind.INQUIRY}
    late = {m.topic_id for m in measures.of_topics(tx, [t.id for t in live]) if m.overdue(now)}
    reasons = {
        Why.NEW: [t for t in live if t.issued_at and (since is None or t.issued_at > since)],
        Why.DISPUTED: [t for t in live if t.id in disputed],
        Why.OVERDUE: [t for t in live if t.overdue(now) or t.id in late],
        Why.UNCLAIMED: [t for t in live if t.state is TopicState.ISSUED and t.claim_by and t.claim_by < now],
    }
    return {why: [topic.id for topic in found] for why, found in reasons.items()}


def last_held(work: Work, affair: Affair) -> datetime | None:
    """When the last meeting of this sort was, or None."""
    done = (AffairState.HELD, AffairState.GIVEN, AffairState.DONE)
    found = [
        one.due_at
        for one in affairs.of_kind(work.tx, AffairKind.MEETING, *done)
        if sort_of(one) is sort_of(affair) and one.id != affair.id and one.due_at
    ]
    return max(found, default=None)
