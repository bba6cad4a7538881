"""The ladder: what is owed, when, and to whom, as data a college can read and set.

A ladder is a list of steps. It is written in the settings (`ladder_text` reads it), frozen onto each topic at
issue, weighed by `ladder_due` at every sweep, and addressed to people by `ladder_seats`.
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import NewType

from workflow.ladder_course import Repeat
from workflow.ladder_item import Subject
from workflow.ladder_triggers import Trigger


class Audience(StrEnum):
    """Whom a step tells, by the seat on the item."""

    OWNER = "owner"
    CO_OWNERS = "co_owners"
    UNIT_HEADS = "unit_heads"
    LIAISONS = "liaisons"
    ISSUER = "issuer"
    VERIFIER = "verifier"
    DISCIPLINE = "discipline"
    CHIEF = "chief"
    OFFICE = "office"


Listed = NewType("Listed", str)
"""The head of one unit, named by its code: `unit:xcb`."""

To = Audience | Listed


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: any of the triggers (`when`) tells everybody in `to`.

    `level` is the k of 提醒第k级 and the order of severity. A `single` step is a message now,
    any other a line of the morning's digest. A step that `escalates` pushes upwards: it never collapses after
    an outage, and where it would reach the person in default it goes to the next seat up. `paper` names the
    form it means.
    """

    key: str
    level: int
    on: Subject
    when: tuple[Trigger, ...]
    to: tuple[To, ...]
    single: bool = False
    wants_ack: bool = False
    escalates: bool = False
    repeat: Repeat | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """All steps, the local hour at which they fire on workdays, the longest freeze in workdays (0: none)."""

    steps: tuple[Step, ...]
    at: time = time(9)
    freeze_days: int = 3

    def hour(self, step: Step) -> time:
        """When on its day a step falls due: in time for that morning's digest, unless it speaks alone."""
        return self.at if step.single else time()
