"""Which reminders a person may let rest: never what escalates, one's own that is late, or a request."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from services.reminding import LADDER
from storage import measures, rests, topics
from storage.notices import Notice
from storage.store import Tx
from workflow.ladder import Audience
from workflow.measure import MeasureId
from workflow.roles import PersonId
from workflow.topic import TopicId, TopicState

DOING: Final = frozenset({Audience.OWNER, Audience.CO_OWNERS, Audience.UNIT_HEADS, Audience.LIAISONS})
"""Audiences that are told because they owe the work."""
LATE: Final = frozenset({"After", "Unanswered", "CycleLate"})
"""Reasons of the ladder that say something is late already."""


def rested(tx: Tx, person_id: PersonId, waiting: Iterable[Notice]) -> list[int]:
    """Those of a person's single notices that the next digest is to carry instead."""
    resting = rests.live(tx, person_id)
    return [notice.id for notice in waiting if notice.topic_id in resting and may_rest(tx, notice)]


def may_rest(tx: Tx, notice: Notice) -> bool:
    """Whether this push may wait: a plain step of the ladder about work that is not late."""
    if notice.kind != LADDER or notice.data.get("upwards"):
        return False
    if notice.audience not in DOING:
        return True
    ends = ends_at(tx, notice)
    return notice.data.get("why") not in LATE and (ends is None or tx.now <= ends)


def ends_at(tx: Tx, notice: Notice) -> datetime | None:
    """The deadline of what a notice is about: to do it, or to claim it; None where there is none."""
    if notice.measure_id is not None:
        return measures.get(tx, MeasureId(notice.measure_id)).deadline
    topic = topics.get(tx, TopicId(notice.topic_id or 0))
    return topic.claim_by if topic.state is TopicState.ISSUED else topic.deadline
