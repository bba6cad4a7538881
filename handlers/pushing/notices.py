"""What a push is about, and whether it still holds now that it is to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.pushing.affair_words import affair_holds
from handlers.reader import Reader
from handlers.turn import Turn
from services.pushing import ASSIGNED
from services.reminding import LADDER, still_holds
from services.returning import PRESS_AGAIN
from services.telling import responsible
from storage import affairs, measures, requests, topics
from storage import notices as owed
from storage.notices import Notice
from storage.requests import Request, RequestId, RequestState
from storage.store import Tx
from workflow.affair import Affair
from workflow.errors import NoRight
from workflow.measure import Measure, MeasureId, MeasureState
from workflow.topic import Topic, TopicId, TopicState

WAITS_IN: Final[Mapping[str, TopicState | MeasureState]] = {
    "confirm_wanted": TopicState.CONFIRMING,
    "issued": TopicState.ISSUED,
    "submitted": TopicState.SUBMITTED,
    "submitted_fyi": TopicState.SUBMITTED,
    "returned": TopicState.IN_PROGRESS,
    "measure_done": MeasureState.REPORTED_DONE,
}
"""Calls to act and word of them, and the state in which they are one."""

ASKS: Final = frozenset({"extension_wanted", "declined", "declined_office", "inquired"})
"""Calls to decide a request; they hold while it is open."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A notice with the items it names, as they are now."""

    notice: Notice
    topic: Topic | None
    measure: Measure | None
    request: Request | None
    affair: Affair | None = None

    @property
    def item(self) -> Topic | Measure | None:
        """The measure it is about, or else the topic."""
        return self.measure or self.topic

    @property
    def waits(self) -> bool:
        """Whether it asks for a decision on an open request."""
        return self.request is not None and self.request.state is RequestState.OPEN


def matter(tx: Tx, notice: Notice) -> Matter:
    """Load what a notice is about."""
    return Matter(
        notice,
        topics.get(tx, TopicId(notice.topic_id)) if notice.topic_id else None,
        measures.get(tx, MeasureId(notice.measure_id)) if notice.measure_id else None,
        requests.get(tx, RequestId(notice.request_id)) if notice.request_id else None,
        affairs.get(tx, notice.affair_id) if notice.affair_id else None,
    )


def carried(turn: Turn, outbox_id: int) -> list[Notice]:
    """What a message carries, for whom it was. Raises NoRight for anybody else."""
    found = owed.of_outbox(turn.tx, outbox_id)
    if any(notice.person_id != turn.actor.id for notice in found):
        raise NoRight("not_your_notice")
    return found


def holds(reader: Reader, found: Matter) -> bool:
    """Whether it is still true and still this person's business."""
    notice = found.notice
    if found.affair:
        return affair_holds(reader, notice, found.affair)
    if notice.kind == LADDER:
        return still_holds(reader.tx, reader.policy, notice)
    if notice.kind == PRESS_AGAIN:
        return found.item is not None and found.item.state == notice.data["state"]
    if notice.kind == ASSIGNED:
        return found.measure is not None and found.measure.state is not MeasureState.WITHDRAWN
    if notice.kind in ASKS:
        return found.waits
    if notice.kind == "issued" and found.topic and notice.person_id not in responsible(found.topic):
        return False
    wanted = WAITS_IN.get(notice.kind)
    return wanted is None or (found.item is not None and found.item.state is wanted)
