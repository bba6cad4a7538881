"""Back after a standstill of ours: whoever may have pressed or written in vain hears of it from us.

A press not answered in time is lost to its presser, and what was sent is kept for a day and no longer.
After the first the card one had before one comes again; after the second everybody is asked to send again.
Source: https://core.telegram.org/bots/api#getupdates
"""

from datetime import datetime, timedelta
from typing import Any, Final

from services.authorising import open_events
from services.informing import inform, keepers
from services.policy import Policy
from services.pushing import push
from services.telling import opening
from services.work import Said, Work
from storage import cards_shown, measures, notices, people, requests, topics
from storage.cards import Posted
from storage.people import Person
from storage.requests import RequestId, RequestState
from storage.store import Tx
from workflow.measure import Measure, MeasureId
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

PRESS_LIVES: Final = timedelta(seconds=150)
MESSAGE_LIVES: Final = timedelta(hours=24)
BEFORE: Final = timedelta(days=1)
"""How old a card may be that somebody was perhaps pressing when we stopped."""
LOOKING: Final = frozenset({Event.VIEW, Event.COMMENT})
SUBJECTS: Final = ["topic", "measure", "request"]
PRESS_AGAIN: Final = "press_again"
AWAY: Final = "away"
CLOCK_JUMPED: Final = "clock_jumped"


def back(tx: Tx, policy: Policy, since: datetime) -> None:
    """We did nothing from `since` until now."""
    gap = tx.now - since
    if gap > MESSAGE_LIVES:
        _ask_to_send_again(tx, policy, since)
    elif gap > PRESS_LIVES:
        _ask_to_press_again(tx, policy, since)


def clock_jumped(tx: Tx, policy: Policy, by: timedelta) -> None:
    """The machine's clock went another way than time: noted, and whoever looks after us is told."""
    seconds = int(by.total_seconds())
    tx.record(CLOCK_JUMPED, facts={"seconds": seconds})
    admins = [person.id for person in people.holding(tx, Role.ADMIN)]
    data = {"items": abs(seconds) // 60}
    push(tx, policy, inform(tx, policy, [*keepers(tx), *admins], CLOCK_JUMPED, tx.now.isoformat(), data=data))


def _ask_to_send_again(tx: Tx, policy: Policy, since: datetime) -> None:
    everybody = [person.id for person in people.active(tx) if people.reach(tx, person.id)]
    data = {"since": since.isoformat(), "until": tx.now.isoformat()}
    push(tx, policy, inform(tx, policy, everybody, AWAY, since.isoformat(), data=data))


def _ask_to_press_again(tx: Tx, policy: Policy, since: datetime) -> None:
    shown = cards_shown.latest(tx, SUBJECTS, since - BEFORE)
    known = people.many(tx, shown)
    told = [
        known[person].id for person, card in shown.items() if _owe(tx, policy, known[person], card, since)
    ]
    push(tx, policy, told)


def _owe(tx: Tx, policy: Policy, person: Person, card: Posted, since: datetime) -> bool:
    """Owe a person the card again, if there is anything on it to press."""
    work = Work(tx, policy, person, Said(tx.now))
    topic, measure, about = _item(tx, card)
    decided = card.subject == "request" and about["state"] is not RequestState.OPEN
    if decided or not {*open_events(work, topic, measure)} - LOOKING:
        return False
    row = {
        "dedupe": f"{PRESS_AGAIN}:{since.isoformat()}:{person.id}",
        "kind": PRESS_AGAIN,
        "person_id": person.id,
        "topic_id": topic.id,
        "measure_id": measure.id if measure else None,
        "request_id": about["request"],
        "anchor": (measure or topic).anchor,
        "data": {"state": (measure or topic).state},
        "single": True,
        "due_at": opening(work, person),
    }
    return notices.owe(tx, row) is not None


def _item(tx: Tx, card: Posted) -> tuple[Topic, Measure | None, dict[str, Any]]:
    """What a card is about, and the request on it if it is about one."""
    about: dict[str, Any] = {"request": None, "state": None}
    item = card.subject_id or 0
    if card.subject == "topic":
        return topics.get(tx, TopicId(item)), None, about
    if card.subject == "request":
        request = requests.get(tx, RequestId(item))
        about = {"request": request.id, "state": request.state}
        measure = measures.get(tx, MeasureId(request.measure_id)) if request.measure_id else None
        return topics.get(tx, request.topic_id), measure, about
    measure = measures.get(tx, MeasureId(item))
    return topics.get(tx, measure.topic_id), measure, about
