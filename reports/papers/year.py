"""What a year's records say of one person or of a duty: every sentence is made from them and cites them.

Nothing is invented: where there is no record there is a line to write on. Of a confidential topic a sentence
says the number alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from reports.papers.circular import bounds
from reports.papers.scribe import Scribe
from storage import affairs, periods
from storage.ledger_slices import Standing, slices
from workflow.affair import Affair, AffairKind, AffairState
from workflow.dates_period import Period
from workflow.roles import PersonId
from workflow.topic import Duty, Topic, TopicState

SEEN_OFF: Final = frozenset({AffairState.HELD, AffairState.DONE})
ENTERED: Final = frozenset({AffairState.RECORDED, AffairState.DONE})
HANDED: Final = frozenset({AffairState.GIVEN, AffairState.DONE})


@dataclass(frozen=True, slots=True)
class Year:
    """The records of one year as one reader may see them, read once for every paper of a pack."""

    scribe: Scribe
    period: Period
    live: tuple[Standing, ...]
    by_kind: Mapping[AffairKind, tuple[Affair, ...]]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first moment, and the first after it."""
        return bounds(self.scribe, self.period)

    def within(self, at: datetime | None) -> bool:
        """Whether a moment lies in it."""
        since, until = self.span
        return at is not None and since <= at < until

    def of(self, kind: AffairKind, states: Iterable[AffairState], fact: str = "") -> list[Affair]:
        """Affairs of a kind and in some states whose date (`fact`, or their opening) lies in the year."""
        found = (one for one in self.by_kind.get(kind, ()) if one.state in states)
        return [one for one in found if self._dated(one, fact)]

    def _dated(self, affair: Affair, fact: str) -> bool:
        if not fact:
            return self.within(affair.opened_at)
        said = str(affair.facts.get(fact) or "")
        if len(said) > len("2026-01-01"):
            return self.within(datetime.fromisoformat(said))
        return said.startswith(f"{self.period.first.year}-")


def read(scribe: Scribe, period: Period, where: Sequence[Any]) -> Year:
    """The year's records, of the topics under some conditions of `storage.topics`."""
    since, until = bounds(scribe, period)
    live = tuple(one for some in slices(scribe.tx, periods.live(since, until), *where) for one in some)
    kinds: dict[AffairKind, list[Affair]] = {}
    opened = affairs.COLUMNS.opened_at
    around = timedelta(days=366)
    for one in affairs.find(scribe.tx, opened >= since - around, opened < until + around):
        kinds.setdefault(one.kind, []).append(one)
    return Year(scribe, period, live, {kind: tuple(found) for kind, found in kinds.items()})


@dataclass(frozen=True, slots=True)
class Summary:
    """What was done under one duty."""

    college: str
    title: str
    overall: tuple[str, ...]
    closed: tuple[str, ...]
    in_hand: tuple[str, ...]
    duties: tuple[str, ...]
    hint: str


def summary(year: Year, duty: Duty) -> Summary:
    """The year under one of the three duties; what bears no tag belongs to the main one."""
    scribe, words = year.scribe, year.scribe.words
    tags = (duty, None) if duty is Duty.MAIN else (duty,)
    found = [one.topic for one in year.live if one.topic.duty in tags]
    done = [topic for topic in found if topic.state is TopicState.CLOSED and year.within(topic.closed_at)]
    open_ = [topic for topic in found if topic not in done]
    return Summary(
        college=scribe.policy.college,
        title=words("paper.summary.title", year=year.period.first.year, duty=words(f"duty.{duty}")),
        overall=tuple(_overall(scribe, duty, found, done, open_)),
        closed=tuple(told_closed(scribe, topic) for topic in done),
        in_hand=tuple(told_open(scribe, topic) for topic in open_),
        duties=(*_duties(year, duty), *_meetings(year, duty)),
        hint=words("paper.hint"),
    )


def told_closed(scribe: Scribe, topic: Topic) -> str:
    """A topic that was closed, in a sentence."""
    owner = scribe.names.titles([topic.owner_id] if topic.owner_id else ())
    values = {"topic": scribe.called(topic), "owner": owner, "date": scribe.day(topic.closed_at)}
    return scribe.sentence("topic.closed", [topic.number], **values)


def told_open(scribe: Scribe, topic: Topic) -> str:
    """A topic in hand, in a sentence: until when, and how far it is where that was reported."""
    owner = scribe.names.titles([topic.owner_id] if topic.owner_id else topic.eligible)
    late = scribe.late(topic)
    values = {
        "topic": scribe.called(topic),
        "owner": owner,
        "date": scribe.day(topic.deadline),
        "state": scribe.words(f"topic_state.{topic.state}"),
        "percent": topic.percent,
        "days": late,
    }
    key = "standing" if topic.deadline is None else "late" if late else "open"
    return scribe.sentence(f"topic.{key}{'' if topic.percent is None else '_at'}", [topic.number], **values)


def _overall(
    scribe: Scribe, duty: Duty, found: list[Topic], done: list[Topic], open_: list[Topic]
) -> Iterator[str]:
    if found:
        yield scribe.sentence(
            "summary.overall", numbers_of(found), count=len(found), closed=len(done), open=len(open_)
        )
    late = [topic for topic in open_ if scribe.late(topic)]
    if late:
        yield scribe.sentence("summary.late", numbers_of(late), count=len(late))
    untagged = [topic for topic in found if topic.duty is None]
    if duty is Duty.MAIN and untagged:
        yield scribe.sentence("summary.untagged", numbers_of(untagged), count=len(untagged))


def _duties(year: Year, duty: Duty) -> list[str]:
    """The standing duties under a tag, a sentence each."""
    return [told_duty(year, one) for one in duties_of(year) if one.facts.get("duty") == duty]


def duties_of(year: Year, person: PersonId | None = None) -> list[Affair]:
    """Standing duties of the year, of one person or of all."""
    found = year.by_kind.get(AffairKind.DUTY, ())
    kept = [one for one in found if one.facts.get("year") == year.period.first.year]
    return [one for one in kept if not person or one.person_id == person]


def told_duty(year: Year, duty: Affair) -> str:
    """A standing duty, in a sentence."""
    scribe = year.scribe
    holder = scribe.names.titles([duty.person_id] if duty.person_id else ())
    holder = holder or (scribe.names.units([duty.unit_id]) if duty.unit_id else "")
    return scribe.sentence("duty", [duty.number], title=duty.title, holder=holder)


MEETINGS: Final[Mapping[Duty, tuple[str, ...]]] = {
    Duty.MAIN: ("joint", "thematic", "committee", "analysis"),
    Duty.INTEGRITY: ("integrity", "democratic"),
    Duty.IDEOLOGY: (),
}
"""Which meetings speak of which duty."""


def _meetings(year: Year, duty: Duty) -> Iterator[str]:
    held = year.of(AffairKind.MEETING, SEEN_OFF, "at")
    for sort in MEETINGS[duty]:
        some = [one for one in held if one.facts.get("sort") == sort]
        if some:
            yield told_meetings(year, sort, some, "meetings.held")


def told_meetings(year: Year, sort: str, held: Sequence[Affair], key: str) -> str:
    """How many meetings of a sort there were."""
    words = year.scribe.words
    called = words(f"paper.meeting.{sort}")
    return year.scribe.sentence(key, [one.number for one in held], sort=called, count=len(held))


def numbers_of(found: Iterable[Topic]) -> list[str]:
    """Their numbers."""
    return [topic.number for topic in found]
