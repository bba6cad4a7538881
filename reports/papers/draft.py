"""述责述廉, and the same for the 民主生活会: a leader's draft under the four headings of art. 21.

What goes under which heading follows the records' own tags: ideology is political discipline, the main duty
governing the Party, integrity the fight against corruption; honesty is known by registers and self-checks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.papers.meeting import people_in
from reports.papers.year import (
    ENTERED,
    HANDED,
    SEEN_OFF,
    Year,
    duties_of,
    numbers_of,
    told_closed,
    told_duty,
    told_meetings,
    told_open,
)
from services.affairs.marking import SORT, Mark
from services.affairs.self_checking import problem_of
from services.papers import Occasion
from services.seats import owners
from storage import affairs, periods, topics
from workflow.affair import Affair, AffairKind
from workflow.measure import SETTLED, Measure
from workflow.roles import PersonId
from workflow.topic import OPEN, Duty, Topic, TopicId, TopicState
from workflow.transitions import Event


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: sentences by heading, and what stands where there is none."""

    college: str
    title: str
    person: str
    politics: tuple[str, ...]
    governing: tuple[str, ...]
    integrity: tuple[str, ...]
    honesty: tuple[str, ...]
    problems: tuple[str, ...]
    measures: tuple[str, ...]
    plans: tuple[str, ...]
    hint: str


def draft(year: Year, person: PersonId, occasion: Occasion) -> Draft:
    """What the year's records say of a person."""
    scribe = year.scribe
    own = _Own(year, person)
    return Draft(
        college=scribe.policy.college,
        title=scribe.words(f"paper.draft.{occasion}", year=year.period.first.year),
        person=scribe.words("paper.draft.person", title=scribe.names.titles([person])),
        politics=tuple(own.politics()),
        governing=tuple(own.governing()),
        integrity=tuple(own.integrity()),
        honesty=tuple(own.honesty()),
        problems=tuple(own.problems()),
        measures=tuple(own.measures()),
        plans=tuple(own.plans()),
        hint=scribe.words("paper.hint"),
    )


class _Own:
    """The records of one person, and the sentences made from them."""

    def __init__(self, year: Year, person: PersonId) -> None:
        self._year, self._person, self._scribe = year, person, year.scribe
        self._owned = [one for one in year.live if person in owners(one.topic)]

    def politics(self) -> Iterator[str]:
        """执行政治纪律和政治规矩."""
        yield from self._tagged(Duty.IDEOLOGY)
        yield from self._registered("major", "opened_by", "person_id")
        yield from self._attended("thematic", "committee")

    def governing(self) -> Iterator[str]:
        """履行管党治党责任."""
        issued = [one.topic for one in self._year.live if self._issued(one.topic)]
        if issued:
            yield self._scribe.sentence("draft.issued", numbers_of(issued), count=len(issued))
        yield from self._acts(Event.INQUIRE)
        yield from self._marked()
        yield from self._presided()
        yield from self._tagged(Duty.MAIN, None)
        yield from self._attended("joint", "analysis", "democratic")

    def integrity(self) -> Iterator[str]:
        """推进党风廉政建设和反腐败工作."""
        yield from self._tagged(Duty.INTEGRITY)
        for event in (Event.NUDGE, Event.RETURN):
            yield from self._acts(event)
        closed = periods.closed_by(
            self._scribe.tx, self._person, [one.topic.id for one in self._year.live], *self._year.span
        )
        yield from self._done(Event.CLOSE, closed)
        yield from self._registered("talk", "opened_by", "person_id")
        yield from self._talked()
        yield from self._attended("integrity")

    def honesty(self) -> Iterator[str]:
        """执行廉洁纪律."""
        yield from self._registered("opinion", "person_id")
        checks = [one for one in self._mine(AffairKind.SELF_CHECK) if one.state in HANDED]
        if checks:
            yield self._counted("draft.self_checks", checks)

    def problems(self) -> Iterator[str]:
        """存在问题: what was late, moved, returned, relapsed; what the person found short."""
        scribe, found = self._scribe, [one.topic for one in self._owned]
        late = [topic for topic in found if scribe.late(topic)]
        closed_late = [t for t in found if t.closed_at and t.deadline and t.closed_at > t.deadline]
        moved = [topic for topic in found if topic.extensions]
        for key, some in (("late", late), ("closed_late", closed_late), ("moved", moved)):
            if some:
                yield scribe.sentence(f"draft.{key}", numbers_of(some), count=len(some))
        yield from self._relapsed()
        yield from self._found_short()
        heard = [one for one in self._mine(AffairKind.ADMONITION, "talked_on") if one.state in ENTERED]
        if heard:
            yield self._counted("draft.admonished", heard)

    def measures(self) -> Iterator[str]:
        """整改措施: what is still being done under one's topics."""
        for one in self._owned:
            left = [step for step in one.measures if step.state not in SETTLED]
            if one.topic.state in OPEN and left:
                yield self._under_way(one.topic, left)
        for check in self._mine(AffairKind.SELF_CHECK):
            for item in affairs.items(self._scribe.tx, check.id) if check.state in HANDED else ():
                _, measure = problem_of(item)
                if item.state == "no" and measure:
                    values = {"text": _ended(measure), "date": self._scribe.day(item.facts.get("by"))}
                    yield self._scribe.sentence("draft.corrected", [check.number], **values)

    def plans(self) -> Iterator[str]:
        """下一步打算: what is in hand, with its deadline."""
        yield from (told_open(self._scribe, one.topic) for one in self._owned if one.topic.state in OPEN)

    def _under_way(self, topic: Topic, steps: list[Measure]) -> str:
        scribe = self._scribe
        text = scribe.words("paper.between").join(_ended(step.text) for step in steps)
        values = {"topic": scribe.called(topic), "count": len(steps), "text": text}
        numbers = [f"{topic.number}-{step.no}" for step in steps]
        return scribe.sentence(
            "draft.untold_steps" if topic.confidential else "draft.steps", numbers, **values
        )

    def _tagged(self, *tags: Duty | None) -> Iterator[str]:
        """Topics owned and duties held under some tags."""
        for one in self._owned:
            if one.topic.duty in tags:
                done = one.topic.state is TopicState.CLOSED and self._year.within(one.topic.closed_at)
                yield (told_closed if done else told_open)(self._scribe, one.topic)
        for duty in duties_of(self._year, self._person):
            if duty.facts.get("duty") in tags:
                yield told_duty(self._year, duty)

    def _issued(self, topic: Topic) -> bool:
        return topic.issuer_id == self._person and self._year.within(topic.issued_at)

    def _acts(self, event: Event) -> Iterator[str]:
        """Acts on topics that leave words behind: questions, pushes, returns."""
        yield from self._done(event, periods.acts(self._scribe.tx, self._person, event, *self._year.span))

    def _done(self, event: Event, ids: list[TopicId]) -> Iterator[str]:
        if ids:
            numbers = numbers_of(topics.by_ids(self._scribe.tx, set(ids)))
            yield self._scribe.sentence(f"draft.{event}", numbers, count=len(ids), topics=len(numbers))

    def _held(self) -> list[Affair]:
        return self._year.of(AffairKind.MEETING, SEEN_OFF, "at")

    def _presided(self) -> Iterator[str]:
        yield from self._by_sort([one for one in self._held() if one.person_id == self._person], "presided")

    def _attended(self, *sorts: str) -> Iterator[str]:
        """Meetings at which the person was present; those presided are told elsewhere."""
        held = [one for one in self._held() if one.person_id != self._person]
        there = [one for one in held if one.facts.get("sort") in sorts and self._has(one, "present")]
        yield from self._by_sort(there, "attended")

    def _by_sort(self, held: list[Affair], key: str) -> Iterator[str]:
        for sort in sorted({str(one.facts.get("sort")) for one in held}):
            some = [one for one in held if one.facts.get("sort") == sort]
            yield told_meetings(self._year, sort, some, f"meetings.{key}")

    def _marked(self) -> Iterator[str]:
        """What the person marked: 亲自部署, 过问, 协调; the four 同步 (art. 7, 9)."""
        marks = [one for one in self._mine(AffairKind.REGISTER, "on") if one.facts.get("sort") == SORT]
        for what in Mark:
            ids = {one.topic_id for one in marks if one.facts["mark"] == what and one.topic_id}
            if ids:
                found = topics.by_ids(self._scribe.tx, ids)
                yield self._scribe.sentence(f"draft.marked.{what}", numbers_of(found), count=len(found))

    def _registered(self, sort: str, *parts: str) -> Iterator[str]:
        found = [
            one
            for one in self._year.of(AffairKind.REGISTER, ENTERED, "on")
            if one.facts.get("sort") == sort and self._person in [getattr(one, part) for part in parts]
        ]
        if found:
            yield self._counted(f"draft.register_{sort}", found)

    def _talked(self) -> Iterator[str]:
        given = self._year.of(AffairKind.ADMONITION, ENTERED, "talked_on")
        mine = [one for one in given if self._has(one, "asked")]
        if mine:
            yield self._counted("draft.talked", mine)

    def _relapsed(self) -> Iterator[str]:
        of = {one.topic.id: one.topic for one in self._owned}
        rechecks = [
            one
            for one in self._year.of(AffairKind.RECHECK, HANDED)
            if one.topic_id in of and one.facts.get("result") == "relapse"
        ]
        if rechecks:
            yield self._counted("draft.relapsed", rechecks)

    def _found_short(self) -> Iterator[str]:
        """What the person oneself wrote down as short of the mark."""
        for kind, state in ((AffairKind.ASSESSMENT, "short"), (AffairKind.SELF_CHECK, "no")):
            for one in self._mine(kind):
                for item in affairs.items(self._scribe.tx, one.id) if one.state in HANDED else ():
                    said = problem_of(item)[0] if kind is AffairKind.SELF_CHECK else item.words
                    if item.state == state and said:
                        yield self._scribe.sentence("draft.short", [one.number], text=_ended(said))

    def _mine(self, kind: AffairKind, fact: str = "") -> list[Affair]:
        states = ENTERED | HANDED
        return [one for one in self._year.of(kind, states, fact) if one.person_id == self._person]

    def _has(self, affair: Affair, part: str) -> bool:
        return self._person in people_in(self._scribe, affair, part)

    def _counted(self, key: str, found: Iterable[Affair]) -> str:
        numbers = [one.number for one in found]
        return self._scribe.sentence(key, numbers, count=len(numbers))


def _ended(text: str) -> str:
    """Somebody's words without the full stop, which comes after the records."""
    return text.strip().rstrip("。.；;")
