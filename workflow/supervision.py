"""Gap-filling and admonition (S2 art. 26, 27): which step fell short, until when one answers, who talks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from workflow.measure import Measure
from workflow.roles import Role
from workflow.topic import Topic, TopicState
from workflow.workdays import Calendar

BEYOND: Final = ""
"""In the table of who may talk: nobody here, the superior body does."""
STAFF: Final = "staff"
"""Everybody below the leaders: heads of units, liaisons, the staff of the office and of the committee."""


class CoverStep(StrEnum):
    """The step of the work that fell short (环节)."""

    CLAIM = "claim"
    DECOMPOSE = "decompose"
    CARRY_OUT = "carry_out"
    REPORT = "report"
    SUBMIT = "submit"
    VERIFY = "verify"
    CORRECT = "correct"


class TalkForm(StrEnum):
    """How an admonition was given (FORMS, 约谈方式)."""

    INDIVIDUAL = "individual"
    GROUP = "group"


class TalkResult(StrEnum):
    """What the follow-up found, as a code: no content of the talk is ever kept."""

    CORRECTED = "corrected"
    GOING = "going"
    UNHEEDED = "unheeded"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something a person was sent: when, whether 知悉 was answered, and which step's occurrence it was."""

    at: datetime
    acknowledged: bool
    occurrence: str


def likely_step(topic: Topic, measure: Measure | None = None) -> CoverStep:
    """Where a late item is most likely stuck: shown first, and easily changed."""
    if measure is None and topic.state is TopicState.ISSUED:
        return CoverStep.CLAIM
    if measure is None and topic.state is TopicState.SUBMITTED:
        return CoverStep.VERIFY
    return CoverStep.CARRY_OUT


def answer_term(calendar: Calendar, heard: datetime, workdays: int) -> datetime:
    """Until when the person concerned may answer: so many workdays after hearing, at the same hour."""
    local = heard.astimezone(calendar.tz)
    return calendar.at(calendar.add_workdays(local.date(), workdays), local.time())


def who_talks(table: Mapping[str, str], held: Collection[Role]) -> str:
    """The role that may talk to somebody of these roles by 干部管理权限; BEYOND where it is nobody's here."""
    ranks = (Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY)
    return table[next((str(rank) for rank in ranks if rank in held), STAFF)]


def unheeded(heard: Iterable[Heard], last_report: datetime | None) -> int:
    """How many steps were neither acknowledged nor followed by a report."""
    kept = list(heard)
    answered = {one.occurrence for one in kept if one.acknowledged}
    late = {one.occurrence for one in kept if last_report is None or one.at > last_report}
    return len(late - answered)
