"""What the ladder must know of an item: facts read from the store, nothing derived, nothing of today.

An item is a topic or a measure as a sweep sees it. Because no fact here depends on the present moment, every
instant at which something will be owed can be computed, indexed and waited for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from workflow.measure import MeasureState
from workflow.topic import Cycle, TopicState


class Subject(StrEnum):
    """What a step watches."""

    TOPIC = "topic"
    MEASURE = "measure"


class Stage(StrEnum):
    """Whether an item waits for somebody to take it on, is worked at, waits for a verdict, or rests."""

    OFFERED = "offered"
    UNDER_WAY = "under_way"
    SUBMITTED = "submitted"
    AT_REST = "at_rest"


STAGE_OF: Final[Mapping[TopicState | MeasureState, Stage]] = {
    TopicState.DRAFT: Stage.AT_REST,
    TopicState.CONFIRMING: Stage.AT_REST,
    TopicState.ISSUED: Stage.OFFERED,
    TopicState.IN_PROGRESS: Stage.UNDER_WAY,
    TopicState.SUBMITTED: Stage.SUBMITTED,
    TopicState.CLOSED: Stage.AT_REST,
    TopicState.WITHDRAWN: Stage.AT_REST,
    MeasureState.ASSIGNED: Stage.OFFERED,
    MeasureState.RECEIVED: Stage.UNDER_WAY,
    MeasureState.RETURNED: Stage.UNDER_WAY,
    MeasureState.REPORTED_DONE: Stage.SUBMITTED,
    MeasureState.CONFIRMED: Stage.AT_REST,
    MeasureState.WITHDRAWN: Stage.AT_REST,
}

OWED: Final = frozenset({Stage.OFFERED, Stage.UNDER_WAY})
"""The stages in which the executors' clock runs; it stands still while they wait for a verdict."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The first extension asked for under the present deadline; later ones freeze nothing."""

    at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fired:
    """One occurrence of a step that a sweep recorded, and when somebody who owes the work acknowledged it."""

    occurrence: int
    at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A topic or a measure, as far as the ladder cares. Times are aware.

    `anchored_at`: when the present deadline and owner were set. The term runs from here, and nothing that lay
    before it is owed any more; so neither an import nor a change of hands wakes the past.
    `offered_at`: issued, assigned or rerouted; `taken_at`: claimed or received.
    `covered`: last day of the latest cycle a report counts for (`ladder_cycle.covered`).
    `fired`: what was recorded, by step key; occurrences of earlier anchors may be left in.
    """

    subject: Subject
    stage: Stage
    offered_at: datetime
    anchored_at: datetime
    deadline: datetime | None = None
    claim_by: datetime | None = None
    taken_at: datetime | None = None
    submitted_at: datetime | None = None
    last_report_at: datetime | None = None
    cycle: Cycle = Cycle.NONE
    covered: date | None = None
    asked: Asked | None = None
    fired: Mapping[str, tuple[Fired, ...]] = field(default_factory=dict)

    @property
    def working_since(self) -> datetime:
        """When the present owner could begin: the anchor, or the claim where that came later."""
        return max(self.anchored_at, self.taken_at or self.anchored_at)

    @property
    def reported(self) -> bool:
        """Whether anything was reported within the present term."""
        return self.last_report_at is not None and self.last_report_at > self.anchored_at
