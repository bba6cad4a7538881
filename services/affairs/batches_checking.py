"""What the rows of a feedback batch mean, or everything that is wrong with them.

A row with a new title begins a topic; a row below it without one, or with the same title or number, is one
more measure of it. Nothing is guessed but the leader, who follows from the units.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from services.affairs.batches_reading import BatchSheet
from services.imports_checking import unnumbered
from services.imports_register import Register
from services.issuing import LONGEST_TITLE, Draft, propose_owners
from services.measuring import Step
from services.sheets import CellProblem
from services.sheets_tables import Record
from storage import topics
from workflow.gate import found as gated
from workflow.roles import PersonId, UnitId
from workflow.topic import Cycle, Duty, Kind, TopicState, short_title

MOST_TOPICS: Final = 200
MOST_STEPS: Final = 2_000
GATED: Final = "gate"
_TEXTS: Final = ("title", "problem", "goal", "step", "deliverable", "remark")
_OF_TOPIC: Final = ("goal", "owners", "problem")
"""Columns that only the first row of a topic fills."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic to come and its measures. `proposed`: its leader follows from its units."""

    draft: Draft
    steps: tuple[Step, ...]
    proposed: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The topics of a batch, and everything wrong with it in the order of the file."""

    entries: tuple[Entry, ...]
    problems: tuple[CellProblem, ...]


@dataclass(slots=True)
class _Group:
    head: Record
    more: list[Record] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Check:
    """A batch being looked at, with what every question about a row needs."""

    register: Register
    sheet: BatchSheet
    issuer: PersonId
    let_pass: bool
    waiting: frozenset[tuple[str, PersonId | None]]

    @property
    def now(self) -> datetime:
        return self.register.work.now

    def text(self, record: Record, name: str, *, needed: bool = False, longest: int = 0) -> str:
        limit = longest or self.register.work.policy.longest_text
        return record.text(name, needed=needed, longest=limit)

    def word(self, record: Record, name: str, kind: str | None = None) -> str | None:
        return record.word(name, kind or name, self.sheet.vocabulary)


def check_batch(register: Register, sheet: BatchSheet, issuer: PersonId, *, let_pass: bool) -> Checked:
    """Look at every row. Nothing is written."""
    confirming = topics.find(register.work.tx, topics.in_states(TopicState.CONFIRMING))
    waiting = frozenset((topic.title, topic.owner_id) for topic in confirming)
    check = _Check(register, sheet, issuer, let_pass, waiting)
    rows = [record.again() for record in sheet.rows]
    for row in rows:
        _gate(check, row)
    groups = _groups(rows)
    entries = tuple(_entry(check, group) for group in groups)
    _bounded(groups, entries)
    return Checked(entries, (*sheet.problems, *(one for row in rows for one in row.problems)))


def _gate(check: _Check, row: Record) -> None:
    policy = check.register.work.policy
    for name in _TEXTS:
        said = str(row.values.get(name, ""))
        if not check.let_pass and gated(said, policy.gate_words, policy.gate_exceptions):
            row.refuse(name, GATED)


def _groups(rows: list[Record]) -> list[_Group]:
    """Topics with the rows that belong to them; a row that belongs to none is refused."""
    found: list[_Group] = []
    known: dict[str, _Group] = {}
    above: dict[str, _Group] = {}
    for row in rows:
        number, title = row.text("number"), row.text("title")
        keys = [key for key in (f"#{number}" if number else "", title) if key]
        group = next((known[key] for key in keys if key in known), None)
        if group is None and not keys:
            group = above.get(row.sheet)
        if group is not None:
            _joined(group, row, title)
        elif title:
            group = _Group(row)
            found.append(group)
        else:
            row.refuse("number" if number else "title", "no_such_row" if number else "missing")
            continue
        known |= dict.fromkeys(keys, group)
        above[row.sheet] = group
    return found


def _joined(group: _Group, row: Record, title: str) -> None:
    """One more row of a topic: it brings a measure and nothing that contradicts the first."""
    if title and title != group.head.text("title"):
        row.refuse("number", "number_twice")
    elif "step" not in row.values or any(_differs(group.head, row, name) for name in _OF_TOPIC):
        row.refuse("title", "duplicate")
    group.more.append(row)


def _differs(head: Record, row: Record, name: str) -> bool:
    return name in row.values and row.values[name] != head.values.get(name)


def _entry(check: _Check, group: _Group) -> Entry:
    draft, proposed = _draft(check, group.head)
    _once(check, group.head, draft)
    rows = [group.head] if "step" in group.head.values else []
    steps = [step for row in (*rows, *group.more) for step in _steps(check, draft, row, row is group.head)]
    return Entry(draft, tuple(steps), proposed)


def _draft(check: _Check, row: Record) -> tuple[Draft, bool]:
    register, kind = check.register, Kind(check.word(row, "kind") or Kind.DATED)
    owners, leads = register.owners(row), register.unit_ids(row, "lead_units")
    title = check.text(row, "title", needed=True, longest=LONGEST_TITLE)
    duty = check.word(row, "duty")
    given: dict[str, Any] = {
        "title": title,
        "short_title": short_title(title),
        "problem": check.text(row, "problem"),
        "goal": check.text(row, "goal", needed=True),
        "category": _category(check, row),
        "duty": Duty(duty) if duty else None,
        "kind": kind,
        "cycle": _cycle(check, row, kind),
        "confidential": check.word(row, "confidential", "answer") == "yes",
        "issuer_id": check.issuer,
        "lead_units": leads,
        "assist_units": register.unit_ids(row, "assist_units"),
        "deadline": _deadline(check, row, kind),
    }
    if owners or "owners" in row.values:
        return Draft(**given, owner_id=next(iter(owners), None), co_owners=owners[1:]), False
    likely = propose_owners(register.work, leads)
    if not likely:
        row.refuse("owners", "missing")
    one = likely[0] if len(likely) == 1 else None
    return Draft(**given, owner_id=one, eligible=() if one else tuple(likely)), bool(likely)


def _category(check: _Check, row: Record) -> str:
    said = row.text("category")
    code = check.register.categories.get(said, "")
    if said and not code:
        row.refuse("category", "unknown_category")
    return code


def _cycle(check: _Check, row: Record, kind: Kind) -> Cycle:
    """What is standing reports every quarter unless the row says otherwise."""
    said = check.word(row, "cycle")
    return Cycle(said or (Cycle.QUARTERLY if kind is Kind.STANDING else Cycle.NONE))


def _deadline(check: _Check, row: Record, kind: Kind) -> datetime | None:
    if kind is Kind.STANDING:
        return None
    found = check.register.day(row, "deadline")
    if found is None:
        row.refuse("deadline", "missing")
    elif found <= check.now:
        row.refuse("deadline", "date_past")
    return found


def _once(check: _Check, row: Record, draft: Draft) -> None:
    key = (draft.title, draft.owner_id)
    if key in check.register.known.items or key in check.waiting:
        row.refuse("title", "already_there")


def _steps(check: _Check, topic: Draft, row: Record, first: bool) -> list[Step]:
    """The measures of one row. Below the first row the topic's own columns speak of the measure."""
    lead = _units(check, row, "step_lead", "" if first else "lead_units") or topic.lead_units
    assist = _units(check, row, "step_assist", "" if first else "assist_units")
    own = "step_deadline" if first or "step_deadline" in row.values else "deadline"
    due = check.register.day(row, own) or topic.deadline
    if not lead:
        row.refuse("step_lead" if "step_lead" in row else "lead_units", "missing")
    _due(check, topic, row, own, due)
    lines = [line for said in check.text(row, "step").split("\n") if (line := unnumbered(said))]
    deliverable = check.text(row, "deliverable").replace("\n", " ")
    return [Step(line, lead, due, assist, deliverable) for line in lines if due]


def _units(check: _Check, row: Record, name: str, other: str) -> tuple[UnitId, ...]:
    chosen = name if name in row.values or not other else other
    return check.register.unit_ids(row, chosen)


def _due(check: _Check, topic: Draft, row: Record, name: str, due: datetime | None) -> None:
    if due is None and name not in row.values:
        row.refuse(name, "missing")
    if due is None or name not in row.values:
        return
    if due <= check.now:
        row.refuse(name, "date_past")
    elif topic.deadline is not None and due > topic.deadline:
        row.refuse(name, "after_topic")


def _bounded(groups: list[_Group], entries: tuple[Entry, ...]) -> None:
    """One batch is one short commit: what is longer comes in parts."""
    if len(entries) > MOST_TOPICS:
        groups[MOST_TOPICS].head.refuse("title", "too_many_topics")
    if sum(len(entry.steps) for entry in entries) > MOST_STEPS:
        groups[-1].head.refuse("step", "too_many_steps")
