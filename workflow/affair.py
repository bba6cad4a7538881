"""Affairs: what the mechanism does beside topics, each a small case with states, persons asked and items.

A meeting, a cover notice, a proposed admonition, a self-check: all are opened by somebody, wait for somebody,
and end. What may be done to each kind stands in `workflow/affair_table.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType

from workflow.roles import PersonId, UnitId
from workflow.topic import TopicId

AffairId = NewType("AffairId", int)


class AffairKind(StrEnum):
    """What an affair is (MECHANISM, Article by article)."""

    RISK = "risk"  # 风险(问题), S2 art. 10¶1
    DUTY = "duty"  # 责任清单, a standing duty of a seat
    LISTING = "listing"  # a version of the three lists, S2 art. 25
    BATCH = "batch"  # 反馈批次: inspection, audit, special check, S2 art. 16, 25
    MEETING = "meeting"  # 联席会议, 专题会议, 党委会, 民主生活会, 纪律教育会, 阶段性分析会
    TEMPLATE = "template"  # a recurring topic, S2 art. 12–14
    CAMPAIGN = "campaign"  # January's claims, S2 art. 10¶2
    COVER = "cover"  # 补漏补缺, S2 art. 26
    ADMONITION = "admonition"  # 约谈提醒, S2 art. 27
    TOLERANCE = "tolerance"  # 容错纠错, S2 art. 15, 22
    CLARIFICATION = "clarification"  # 澄清保护, S2 art. 22
    REGISTER = "register"  # registers by date only, S2 art. 15, 17, 18
    RECHECK = "recheck"  # 回头看
    ASSESSMENT = "assessment"  # 自评 over a seat's whole list, S2 art. 24
    SELF_CHECK = "self_check"  # 自查自纠, S2 art. 19
    APPRAISAL = "appraisal"  # 述责述廉评议, S2 art. 21


class AffairState(StrEnum):
    """Where an affair stands."""

    OPEN = "open"
    WAITING = "waiting"
    APPROVED = "approved"
    CALLED = "called"
    RELEASED = "released"
    HELD = "held"
    GIVEN = "given"
    RECORDED = "recorded"
    GRANTED = "granted"
    REFUSED = "refused"
    DONE = "done"
    CANCELLED = "cancelled"
    VOID = "void"


SETTLED: Final = frozenset(
    {AffairState.GRANTED, AffairState.REFUSED, AffairState.DONE, AffairState.CANCELLED, AffairState.VOID}
)
"""States in which nobody is waited for any more."""


@dataclass(frozen=True, slots=True)
class Affair:
    """One affair. `facts` holds ids, dates (ISO), numbers and codes; `words` what people wrote, erasable.

    `person_id` is whom it is about or who presides; `opened_by` is nobody where a rule opened it.
    """

    id: AffairId
    kind: AffairKind
    number: str
    state: AffairState
    version: int
    topic_id: TopicId | None
    unit_id: UnitId | None
    person_id: PersonId | None
    parent_id: AffairId | None
    opened_by: PersonId | None
    opened_at: datetime
    due_at: datetime | None
    settled_by: PersonId | None
    settled_at: datetime | None
    facts: Mapping[str, Any]
    title: str
    words: Mapping[str, str]

    @property
    def settled(self) -> bool:
        """Whether it has ended."""
        return self.state in SETTLED


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in an affair (asked, invited, present …), and the answer if one came."""

    affair_id: AffairId
    person_id: PersonId
    part: str
    answer: str
    answered_at: datetime | None
    words: str


@dataclass(frozen=True, slots=True)
class AffairItem:
    """A line of an affair: an item on the agenda, a question answered, a decision, a count."""

    affair_id: AffairId
    no: int
    kind: str
    state: str
    topic_id: TopicId | None
    unit_id: UnitId | None
    person_id: PersonId | None
    facts: Mapping[str, Any]
    words: str
