"""Meetings: their sorts, who is called to each, and what of the ledger belongs on an agenda (S1; art. 24).

Pure rules: what is new, overdue, disputed or unclaimed is found elsewhere; here it is put in order.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflow.roles import Role
from workflow.topic import TopicId


class Sort(StrEnum):
    """What a meeting is."""

    JOINT = "joint"  # 联席会议, S1
    THEMATIC = "thematic"  # 专题会议, S2 art. 10, 16
    COMMITTEE = "committee"  # 党委会
    DEMOCRATIC = "democratic"  # 民主生活会, S2 art. 20
    INTEGRITY = "integrity"  # 纪律教育会
    ANALYSIS = "analysis"  # 阶段性分析, S2 art. 24


class Why(StrEnum):
    """Why an item stands on an agenda; in the order in which they are heard."""

    NEW = "new"
    DISPUTED = "disputed"
    OVERDUE = "overdue"
    UNCLAIMED = "unclaimed"
    PROPOSED = "proposed"


class Act(StrEnum):
    """What a decision does."""

    TOPIC = "topic"
    EXTENSION = "extension"
    WITHDRAWAL = "withdrawal"
    NOTE = "note"


class Heads(StrEnum):
    """Which units' heads are called to sit in."""

    NONE = "none"
    CONCERNED = "concerned"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called to a sort of meeting unless it is changed."""

    roles: frozenset[Role]
    heads: Heads


_TEAM: Final = frozenset({Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY})
_COMMITTEE: Final = frozenset({Role.CHIEF, Role.COMMITTEE_MEMBER, Role.DISCIPLINE_SECRETARY})
CALLED: Final[Mapping[Sort, Called]] = {
    Sort.JOINT: Called(_TEAM, Heads.CONCERNED),
    Sort.THEMATIC: Called(_TEAM, Heads.CONCERNED),
    Sort.COMMITTEE: Called(_COMMITTEE, Heads.CONCERNED),
    Sort.DEMOCRATIC: Called(_TEAM, Heads.NONE),
    Sort.INTEGRITY: Called(_TEAM, Heads.ALL),
    Sort.ANALYSIS: Called(_TEAM | _COMMITTEE, Heads.CONCERNED),
}
FROM_LEDGER: Final = frozenset({Sort.JOINT, Sort.THEMATIC, Sort.COMMITTEE, Sort.ANALYSIS})
"""Sorts that take up what the ledger shows; the others hear only what somebody proposed."""
MINUTES: Final = 10
"""How long an item is given unless it is changed, in minutes."""
_STRONGEST: Final = (Why.DISPUTED, Why.OVERDUE, Why.UNCLAIMED, Why.NEW)


def propose(found: Mapping[Why, Collection[TopicId]]) -> list[tuple[TopicId, Why]]:
    """Each topic once, for the strongest of its reasons; in the order in which reasons are heard."""
    why: dict[TopicId, Why] = {}
    for reason in _STRONGEST:
        for topic in found.get(reason, ()):
            why.setdefault(topic, reason)
    heard = list(Why)
    return sorted(why.items(), key=lambda pair: (heard.index(pair[1]), pair[0]))


def moved(order: Sequence[int], item: int, place: int) -> list[int]:
    """The same items with one at another place, counted from 1; beyond the ends means the end."""
    rest = [one for one in order if one != item]
    at = min(max(place, 1), len(order)) - 1
    return [*rest[:at], item, *rest[at:]]


def present_by_default(accepted: Iterable[int], presiding: int | None) -> list[int]:
    """Who is put down as present when a meeting is recorded: who presides, and everybody who accepted."""
    first = () if presiding is None else (presiding,)
    return list(dict.fromkeys((*first, *accepted)))
