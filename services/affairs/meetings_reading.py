"""What the papers of a meeting need, only read: the agenda's rows, who was there, what was decided.

Titles and names are the roster's, numbers the ledger's. Of a confidential topic the number alone is handed
out, without a title or words, whoever asks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.affairs.meetings import AWAY, LEAVE, OBSERVER, PRESENT, sort_of
from services.affairs.seating import ASKED
from storage import affairs, people, topics
from storage.store import Tx
from workflow.affair import Affair, AffairItem, AffairState
from workflow.meeting import MINUTES, Act, Sort, Why
from workflow.roles import PersonId, UnitId
from workflow.topic import Topic

DROPPED: Final = "dropped"
_APPROVED: Final = frozenset(
    {AffairState.APPROVED, AffairState.CALLED, AffairState.HELD, AffairState.GIVEN, AffairState.DONE}
)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """序号、议题、汇报人、列席单位、时长、材料. `minutes` is how long; `number` is a topic's, or empty."""

    no: int
    number: str
    title: str
    words: str
    why: Why
    reporter: str
    units: tuple[str, ...]
    minutes: int
    material: str

    @property
    def item(self) -> str:
        """Number, title and words, as far as there are any."""
        return " ".join(part for part in (self.number, self.title, self.words) if part)


@dataclass(frozen=True, slots=True)
class Agenda:
    """时间、地点、会议类型、参会人员、列席人员、审核人, and the rows. `approved_by` may be empty."""

    number: str
    sort: Sort
    title: str
    at: datetime | None
    place: str
    chair: str
    asked: tuple[str, ...]
    observers: tuple[str, ...]
    approved_by: str
    rows: tuple[AgendaRow, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """议定事项、责任领导、责任单位、时限、对应编号. `state` is done, owed (waits for somebody) or empty."""

    no: int
    act: Act
    words: str
    leader: str
    unit: str
    due: datetime | None
    number: str
    title: str
    state: str

    @property
    def item(self) -> str:
        """The topic's title where there is one, and the words; said once where they are the same."""
        parts = (self.title, self.words if self.words != self.title else "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Minutes:
    """主持、出席、列席、请假、缺席、记录, and what was decided. `confirmed`: by who presides."""

    agenda: Agenda
    chair: str
    present: tuple[str, ...]
    sitting_in: tuple[str, ...]
    on_leave: tuple[str, ...]
    absent: tuple[str, ...]
    recorder: str
    confirmed: bool
    decisions: tuple[DecisionRow, ...]


def agenda(tx: Tx, affair: Affair) -> Agenda:
    """The agenda as it stands, in order."""
    parts = affairs.parts(tx, affair.id)
    observers = [part.person_id for part in parts if part.part == OBSERVER]
    asked = [part.person_id for part in parts if part.part == ASKED and part.person_id not in observers]
    chair = _title(tx, affair.person_id)
    items = [item for item in affairs.items(tx, affair.id, "agenda") if item.state != DROPPED]
    order = sorted(items, key=lambda item: (item.facts.get("place", item.no), item.no))
    return Agenda(
        number=affair.number,
        sort=sort_of(affair),
        title=affair.title,
        at=affair.due_at,
        place=affair.words.get("place", ""),
        chair=chair,
        asked=_titles(tx, asked),
        observers=_titles(tx, observers),
        approved_by=chair if affair.state in _APPROVED else "",
        rows=tuple(_agenda_row(tx, no, item) for no, item in enumerate(order, 1)),
    )


def minutes(tx: Tx, affair: Affair) -> Minutes:
    """Who was there and what was decided, in order."""
    parts = affairs.parts(tx, affair.id)
    here = [part.person_id for part in parts if part.part == PRESENT and part.answer != AWAY]
    observers = {part.person_id for part in parts if part.part == OBSERVER}
    missing = [part for part in parts if part.part == ASKED and part.person_id not in here]
    items = [item for item in affairs.items(tx, affair.id, "decision") if item.state != DROPPED]
    return Minutes(
        agenda=agenda(tx, affair),
        chair=_title(tx, affair.person_id),
        present=_titles(tx, [one for one in here if one not in observers]),
        sitting_in=_titles(tx, [one for one in here if one in observers]),
        on_leave=_titles(tx, [part.person_id for part in missing if part.answer == LEAVE]),
        absent=_titles(tx, [part.person_id for part in missing if part.answer != LEAVE]),
        recorder=_title(tx, affair.opened_by),
        confirmed=affair.state is AffairState.DONE,
        decisions=tuple(_decision_row(tx, no, item) for no, item in enumerate(items, 1)),
    )


def _agenda_row(tx: Tx, no: int, item: AffairItem) -> AgendaRow:
    topic = topics.get(tx, item.topic_id) if item.topic_id else None
    hidden = topic is not None and topic.confidential
    units = topic.lead_units if topic else ()
    return AgendaRow(
        no=no,
        number=topic.number if topic else "",
        title=_shown(topic),
        words="" if hidden else item.words,
        why=Why(item.facts.get("why", Why.PROPOSED)),
        reporter=_title(tx, item.person_id),
        units=() if hidden else _units(tx, units),
        minutes=int(item.facts.get("minutes", MINUTES)),
        material="",
    )


def _decision_row(tx: Tx, no: int, item: AffairItem) -> DecisionRow:
    topic = topics.get(tx, item.topic_id) if item.topic_id else None
    hidden = topic is not None and topic.confidential
    units = [item.unit_id] if item.unit_id and not hidden else []
    due = item.facts.get("due")
    return DecisionRow(
        no=no,
        act=Act(item.facts.get("act", Act.NOTE)),
        words="" if hidden else item.words,
        leader=_title(tx, item.person_id),
        unit="".join(_units(tx, units)),
        due=datetime.fromisoformat(due) if due else None,
        number=topic.number if topic else "",
        title=_shown(topic),
        state=item.state,
    )


def _shown(topic: Topic | None) -> str:
    return "" if topic is None or topic.confidential else topic.title


def _title(tx: Tx, person: PersonId | None) -> str:
    return people.get(tx, person).title if person else ""


def _titles(tx: Tx, wanted: Iterable[PersonId]) -> tuple[str, ...]:
    """Titles in the order of the roster: nobody is put before another."""
    known = people.many(tx, wanted)
    return tuple(known[one].title for one in sorted(known))


def _units(tx: Tx, wanted: Iterable[UnitId]) -> tuple[str, ...]:
    known = set(wanted)
    return tuple(unit.name for unit in people.all_units(tx) if unit.id in known)
