"""A measure (措施): one step of the work, for a unit, with its own deadline."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from workflow.roles import UnitId
from workflow.topic import TopicId

MeasureId = NewType("MeasureId", int)


class MeasureState(StrEnum):
    """Where a measure stands."""

    ASSIGNED = "assigned"
    RECEIVED = "received"
    REPORTED_DONE = "reported_done"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


SETTLED = frozenset({MeasureState.CONFIRMED, MeasureState.WITHDRAWN})
"""States in which nothing more is owed."""

WORKING = frozenset({MeasureState.ASSIGNED, MeasureState.RECEIVED, MeasureState.RETURNED})
"""States in which the unit owes something."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the measure list. Times are aware, UTC; a deadline is the last instant it is kept."""

    id: MeasureId
    topic_id: TopicId
    no: int
    state: MeasureState
    version: int
    text: str
    deliverable: str
    lead_units: tuple[UnitId, ...]
    assist_units: tuple[UnitId, ...]
    deadline: datetime
    first_deadline: datetime
    extensions: int
    anchor: int
    created_at: datetime
    received_at: datetime | None = None
    done_at: datetime | None = None
    confirmed_at: datetime | None = None
    last_report_at: datetime | None = None
    percent: int | None = None

    def overdue(self, now: datetime) -> bool:
        """Whether the deadline has passed while the unit still owes the work."""
        return self.state in WORKING and now > self.deadline
