"""自评 (S2 art. 24): each seat speaks of its whole list, topics claimed and standing duties, line by line.

The list is read anew while the assessment is open, so that nothing claimed since is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.affairs.acting import act, begin, change_item, put, tell
from services.affairs.seating import Frame, authorise, frame_of
from services.seats import owners
from services.work import Work
from storage import affairs, people, topics
from storage.assessments import GIVEN_AT, covered
from storage.store import Tx
from workflow.affair import Affair, AffairId, AffairItem, AffairKind, AffairState
from workflow.affair_table import START, AffairEvent
from workflow.errors import Barred, Invalid, Missing, NotFound
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId, TopicState

TOPIC, DUTY = "topic", "duty"
STATES: Final = ("done", "going", "short")
"""已落实, 推进中, 未落实."""
OPENED, DROPPED, GIVEN = "assessing.opened", "assessing.dropped", "assessing.given"
_CLAIMED: Final = (TopicState.IN_PROGRESS, TopicState.SUBMITTED, TopicState.CLOSED)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of somebody's list: a topic or a duty, and what was said of it, if anything."""

    topic: Topic | None
    duty: Affair | None
    item: AffairItem | None = None

    @property
    def key(self) -> str:
        """What names it on a button."""
        return f"t{self.topic.id}" if self.topic else f"d{self.duty.id if self.duty else 0}"

    @property
    def state(self) -> str:
        """done, going, short, or nothing yet."""
        return self.item.state if self.item else ""


def archived(tx: Tx, topic: Topic) -> bool:
    """Whether a topic is verified and covered by a self-assessment submitted after it was closed."""
    if topic.state is not TopicState.CLOSED or topic.closed_at is None:
        return False
    at = covered(tx, [topic.id]).get(topic.id)
    return at is not None and at >= topic.closed_at


def list_of(tx: Tx, person: PersonId) -> list[Line]:
    """What a person has claimed and not yet archived, then the standing duties of person and units."""
    own = topics.find(tx, topics.owned_by(person), topics.in_states(*_CLAIMED))
    spoken = covered(tx, [topic.id for topic in own])
    held = [one for one in own if person in owners(one) and not _over(one, spoken.get(one.id))]
    units = {m.unit_id for m in people.units_of(tx, person) if m.role is Role.UNIT_HEAD}
    duties = [a for a in affairs.of_kind(tx, AffairKind.DUTY) if a.person_id == person or a.unit_id in units]
    by_number = sorted(held, key=lambda one: one.number)
    return [*(Line(topic, None) for topic in by_number), *(Line(None, duty) for duty in duties)]


def lines(tx: Tx, affair: Affair) -> list[Line]:
    """An assessment's lines: the whole list while it is open, what was said once it is submitted."""
    said = {_key(item): item for item in affairs.items(tx, affair.id, TOPIC, DUTY)}
    if affair.state is not AffairState.OPEN:
        return [_line(tx, item) for item in said.values()]
    whole = list_of(tx, PersonId(affair.person_id or 0))
    return [replace(line, item=said.get(line.key)) for line in whole]


def whom(tx: Tx) -> list[PersonId]:
    """Everybody in office whose list is not empty, in the order of the roster."""
    return [person.id for person in people.active(tx) if list_of(tx, person.id)]


def open_period(work: Work, title: str, by: datetime) -> list[Affair]:
    """Ask every seat for its self-assessment. Raises Invalid for a date past or while one period is open."""
    authorise(work, Frame(AffairKind.ASSESSMENT), START, AffairEvent.BEGIN)
    if by <= work.now:
        raise Invalid("deadline_past", deadline=by)
    if affairs.of_kind(work.tx, AffairKind.ASSESSMENT, AffairState.OPEN):
        raise Invalid("assessment_open")
    asked = whom(work.tx)
    if not asked:
        raise Missing("nobody_to_assess")
    year = work.policy.calendar.day(work.now).year
    period = f"{year}-{topics.next_number(work.tx, f'assessment-period-{year}')}"
    return [_opened(work, person, title, period, by) for person in asked]


def mark(work: Work, affair: Affair, key: str, *, state: str | None = None, words: str | None = None) -> None:
    """Say of a line how it stands, or add words to it. Raises NotFound for what is not on the list."""
    act(work, affair, AffairEvent.ADD)
    if state is not None and state not in STATES:
        raise Invalid("no_such_answer")
    line = next((one for one in lines(work.tx, affair) if one.key == key), None)
    if line is None:
        raise NotFound("not_on_the_list")
    given = {name: value for name, value in (("state", state), ("words", words)) if value is not None}
    if line.item:
        change_item(work, affair, line.item, **given)
    elif line.topic:
        put(work, affair, TOPIC, words or "", state=state or "", topic_id=line.topic.id)
    else:
        put(work, affair, DUTY, words or "", state=state or "", facts={"duty": int(line.key[1:])})


def lacking(tx: Tx, affair: Affair) -> list[Line]:
    """The lines nothing was said of yet."""
    return [line for line in lines(tx, affair) if not line.state]


def give(work: Work, affair: Affair) -> Affair:
    """Submit it. Raises Missing while a line is without an answer."""
    frame = frame_of(affair)
    authorise(work, frame, affair.state, AffairEvent.GIVE)
    if left := lacking(work.tx, affair):
        raise Missing("assessment_incomplete", count=len(left))
    facts = {**affair.facts, GIVEN_AT: work.said.sent_at.isoformat()}
    given = act(work, affair, AffairEvent.GIVE, {"facts": facts})
    tell(work, [affair.opened_by], GIVEN, given, single=False)
    return given


def period(tx: Tx) -> list[Affair]:
    """The assessments of the latest period, in the order of the roster."""
    found = affairs.find(tx, affairs.COLUMNS.kind == AffairKind.ASSESSMENT)
    latest = found[-1].facts["period"] if found else ""
    same = [one for one in found if one.facts["period"] == latest]
    return sorted(same, key=lambda one: one.person_id or 0)


def close_period(work: Work) -> tuple[int, int]:
    """End the latest period: how many were given, how many fall away ungiven. One's own stays."""
    authorise(work, Frame(AffairKind.ASSESSMENT), START, AffairEvent.BEGIN)
    found = period(work.tx)
    given = sum(_finished(work, one) for one in found if one.state is AffairState.GIVEN)
    return given, len(_dropped(work, found))


def undo(work: Work, ids: Iterable[AffairId]) -> list[Affair]:
    """Take an opening back within the college's time, while nobody has submitted. Raises Invalid."""
    found = [affairs.get(work.tx, one) for one in ids]
    late = any(work.now - one.opened_at > work.policy.undo for one in found)
    if late or any(one.state is not AffairState.OPEN for one in found):
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    return _dropped(work, found)


def _dropped(work: Work, found: Iterable[Affair]) -> list[Affair]:
    left = [one for one in found if one.state is AffairState.OPEN]
    for one in left:
        tell(work, [one.person_id], DROPPED, act(work, one, AffairEvent.DROP))
    return left


def _finished(work: Work, affair: Affair) -> bool:
    try:
        act(work, affair, AffairEvent.FINISH)
    except Barred:
        return False
    return True


def _opened(work: Work, person: PersonId, title: str, of: str, by: datetime) -> Affair:
    affair = begin(
        work, AffairKind.ASSESSMENT, title=title, person_id=person, due_at=by, facts={"period": of}
    )
    count = len(list_of(work.tx, person))
    tell(work, [person], OPENED, affair, data={"while": AffairState.OPEN, "count": count})
    return affair


def _over(topic: Topic, at: datetime | None) -> bool:
    return at is not None and topic.closed_at is not None and at >= topic.closed_at


def _key(item: AffairItem) -> str:
    return f"t{item.topic_id}" if item.topic_id else f"d{item.facts['duty']}"


def _line(tx: Tx, item: AffairItem) -> Line:
    if item.topic_id:
        return Line(topics.get(tx, TopicId(item.topic_id)), None, item)
    return Line(None, affairs.get(tx, item.facts["duty"]), item)
