"""A topic (题): a problem set for rectification, and everything the rules need to know of it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, Protocol

from workflow.roles import PersonId, UnitId

TopicId = NewType("TopicId", int)

SHORT_TITLE: Final = 12
"""The longest short title, in Chinese characters (MECHANISM, Restraint); of Latin letters, twice as many."""
_WORD: Final = re.compile(r"[A-Za-z0-9'’-]+\Z")


class TopicState(StrEnum):
    """Where a topic stands. Overdue is derived from the deadline, never a state."""

    DRAFT = "draft"
    CONFIRMING = "confirming"
    ISSUED = "issued"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({TopicState.ISSUED, TopicState.IN_PROGRESS, TopicState.SUBMITTED})
"""States in which a topic is somebody's work."""


class Kind(StrEnum):
    """Kind of rectification."""

    AT_ONCE = "at_once"  # 立行立改
    DATED = "dated"  # 限期整改
    STANDING = "standing"  # 长期坚持: reports on a cycle, is never overdue for ever


class Duty(StrEnum):
    """责任制 tag (S2 art. 20)."""

    MAIN = "main"
    INTEGRITY = "integrity"
    IDEOLOGY = "ideology"


class Cycle(StrEnum):
    """How often feedback is owed beside the deadline."""

    NONE = ""
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@dataclass(frozen=True, slots=True)
class Topic:
    """One row of the ledger. Times are aware, UTC; a deadline is the last instant it is kept."""

    id: TopicId
    number: str
    state: TopicState
    version: int
    title: str
    short_title: str
    problem: str
    goal: str
    source: str
    category: str
    duty: Duty | None
    kind: Kind
    cycle: Cycle
    confidential: bool
    verifier: str
    issuer_id: PersonId
    drafter_id: PersonId | None
    owner_id: PersonId | None
    eligible: tuple[PersonId, ...]
    co_owners: tuple[PersonId, ...]
    lead_units: tuple[UnitId, ...]
    assist_units: tuple[UnitId, ...]
    deadline: datetime | None
    first_deadline: datetime | None
    extensions: int
    claim_by: datetime | None
    anchor: int
    created_at: datetime
    issued_at: datetime | None = None
    claimed_at: datetime | None = None
    submitted_at: datetime | None = None
    closed_at: datetime | None = None
    last_report_at: datetime | None = None
    percent: int | None = None

    @property
    def open(self) -> bool:
        """Whether it is somebody's work now."""
        return self.state in OPEN

    def overdue(self, now: datetime) -> bool:
        """Whether the deadline has passed while the work was not yet handed in."""
        working = self.state in (TopicState.ISSUED, TopicState.IN_PROGRESS)
        return working and self.deadline is not None and now > self.deadline

    def missing(self) -> tuple[str, ...]:
        """Mandatory fields still empty."""
        return missing(self.title, self.goal, bool(self.owner_id or self.eligible), self)


class Term(Protocol):
    """What says until when, or how often, a topic is owed."""

    @property
    def kind(self) -> Kind: ...
    @property
    def cycle(self) -> Cycle: ...
    @property
    def deadline(self) -> datetime | None: ...


def missing(title: str, goal: str, owned: bool, term: Term) -> tuple[str, ...]:
    """Mandatory fields still empty (S2 art. 10: goal, duty-holder, item, deadline)."""
    standing = term.kind is Kind.STANDING
    checks = {
        "title": bool(title.strip()),
        "goal": bool(goal.strip()),
        "owner": owned,
        "cycle" if standing else "deadline": bool(term.cycle) if standing else term.deadline is not None,
    }
    return tuple(name for name, present in checks.items() if not present)


def short_title(title: str) -> str:
    """A title cut to what a push has room for, between words; within one only if there is no other."""
    room = _room(title)
    kept = title[:room]
    if _WORD.match(title[room : room + 1]):
        kept = _WORD.sub("", kept) or kept
    return kept.rstrip()


def fits_short_title(text: str) -> bool:
    """Whether a short title is short enough."""
    return len(text) <= _room(text)


def _room(text: str) -> int:
    wide = any(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return SHORT_TITLE if wide else 2 * SHORT_TITLE
