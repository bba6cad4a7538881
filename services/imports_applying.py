"""A running ledger comes in: every topic straight into its state, its reminders bound to this moment.

So the past does not wake: only steps still to come are owed, and a dry run says what the first of them will
send, and to whom. The trail gets each topic whole, so that it replays like one issued here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from services import anchoring, reminding
from services.administering import Act, note, require
from services.imports import Assumed, Ledger
from services.imports_checking import Entry, check
from services.imports_register import register
from services.sheets import CellProblem
from services.work import Work
from storage import ledger, measures, reports, topics
from storage.ledger import Waiting
from storage.rehearsal import rehearsal
from storage.rows import of, split
from storage.store import Tx
from workflow.ladder_item import Subject
from workflow.measure import MeasureState
from workflow.topic import OPEN, TopicId, TopicState
from workflow.transitions import Event

IMPORT: Final = "import"
SLICE: Final = 500
MEASURE_OF: Final[Mapping[TopicState, MeasureState]] = {
    TopicState.ISSUED: MeasureState.ASSIGNED,
    TopicState.IN_PROGRESS: MeasureState.RECEIVED,
    TopicState.SUBMITTED: MeasureState.REPORTED_DONE,
    TopicState.CLOSED: MeasureState.CONFIRMED,
    TopicState.WITHDRAWN: MeasureState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class FirstSweep:
    """When the imported items will first be looked at with something to say, and what each person gets."""

    at: datetime
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a ledger, or would. With problems nothing was written; `first` belongs to a dry run."""

    problems: tuple[CellProblem, ...] = ()
    ignored: tuple[str, ...] = ()
    topics: int = 0
    measures: int = 0
    states: Mapping[TopicState, int] | None = None
    first: FirstSweep | None = None


def import_ledger(
    work: Work, sheet: Ledger, assumed: Assumed | None = None, *, dry_run: bool = False
) -> Imported:
    """Check a ledger and write it whole, or say what would be written and what the first sweep would send."""
    require(work, Act.LEDGER)
    given = assumed or Assumed()
    entries, problems = check(register(work), sheet, given)
    if problems:
        return Imported(problems, sheet.ignored)
    if not dry_run:
        return _write(work, sheet, entries, given)[0]
    with rehearsal(work.tx) as tx:
        done, ids = _write(replace(work, tx=tx), sheet, entries, given)
        return replace(done, first=_first_sweep(replace(work, tx=tx), ids))


def _write(
    work: Work, sheet: Ledger, entries: Sequence[Entry], assumed: Assumed
) -> tuple[Imported, list[TopicId]]:
    rows = _topic_rows(work, entries)
    ids = ledger.add_topics(work.tx, rows)
    steps = [
        row for topic, entry in zip(ids, entries, strict=True) for row in _measure_rows(work, topic, entry)
    ]
    made = ledger.add_measures(work.tx, steps)
    note(work, "ledger", {"topics": len(ids), "measures": len(made)}, _reasons(sheet, assumed))
    for topic, row, entry in zip(ids, rows, entries, strict=True):
        _journal(work, "topics", topic, row, {"row": entry.record.row})
        _keep_remark(work, topic, entry)
    for measure, step in zip(made, steps, strict=True):
        _journal(work, "measures", step["topic_id"], step, {"measure": measure})
    _schedule(work, ids)
    states = {state: sum(row["state"] is state for row in rows) for state in TopicState}
    counted = {state: count for state, count in states.items() if count}
    return Imported((), sheet.ignored, len(ids), len(made), counted), ids


def _topic_rows(work: Work, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    ladder = anchoring.frozen_ladder(work)
    numbers = _numbers(work, entries)
    return [
        {
            **entry.values,
            "number": number,
            "version": 1,
            "drafter_id": None,
            "claim_by": _claim_by(work, entry),
            "anchor": 1,
            "anchored_at": work.now,
            "ladder_id": ladder,
            "last_report_at": None,
            "percent": None,
        }
        for entry, number in zip(entries, numbers, strict=True)
    ]


def _numbers(work: Work, entries: Sequence[Entry]) -> list[str]:
    """Numbers given are kept and the series goes on behind them; the others come from the series."""
    highest: dict[str, int] = {}
    for entry in entries:
        if entry.number:
            year, _, figures = entry.number.partition("-")
            highest[year] = max(highest.get(year, 0), int(figures))
    for year, count in highest.items():
        ledger.advance(work.tx, f"topic-{year}", count)
    return [entry.number or _next_number(work, entry) for entry in entries]


def _next_number(work: Work, entry: Entry) -> str:
    year = work.policy.calendar.day(entry.values["created_at"]).year
    return f"{year}-{topics.next_number(work.tx, f'topic-{year}'):03d}"


def _claim_by(work: Work, entry: Entry) -> datetime | None:
    if entry.values["state"] is not TopicState.ISSUED:
        return None
    calendar = work.policy.calendar
    last = calendar.end_of(calendar.add_workdays(calendar.day(work.now), work.policy.claim_workdays))
    deadline: datetime | None = entry.values["deadline"]
    return min(last, deadline) if deadline and deadline > work.now else last


def _measure_rows(work: Work, topic: TopicId, entry: Entry) -> list[dict[str, Any]]:
    topic_values = entry.values
    state = MEASURE_OF[topic_values["state"]]
    done = state in (MeasureState.REPORTED_DONE, MeasureState.CONFIRMED)
    shared = {
        "topic_id": topic,
        "state": state,
        "version": 1,
        "deliverable": "",
        "deadline": topic_values["deadline"],
        "first_deadline": topic_values["first_deadline"],
        "extensions": topic_values["extensions"],
        "anchor": 1,
        "anchored_at": work.now,
        "created_at": topic_values["created_at"],
        "received_at": topic_values["claimed_at"],
        "done_at": (topic_values["closed_at"] or work.now) if done else None,
        "confirmed_at": topic_values["closed_at"],
        "last_report_at": None,
        "percent": None,
        "lead_units": topic_values["lead_units"],
        "assist_units": topic_values["assist_units"],
    }
    return [{**shared, "no": no, "text": text} for no, text in enumerate(entry.steps, 1)]


def _keep_remark(work: Work, topic: TopicId, entry: Entry) -> None:
    """What the ledger said beside: progress, who has it in hand, remarks; kept as the importer's comment."""
    if not entry.remark:
        return
    report = reports.add(
        work.tx,
        {
            "topic_id": topic,
            "event": Event.COMMENT,
            "author_id": work.actor.id,
            "text": entry.remark,
            "sent_at": work.said.sent_at,
            "recorded_at": work.now,
        },
    )
    facts = {"report": report, "version": 1}
    work.tx.record(
        Event.COMMENT, topic_id=topic, actor_id=work.actor.id, facts=facts, texts={"text": entry.remark}
    )


def _journal(
    work: Work, table: str, topic: TopicId, row: Mapping[str, Any], facts: Mapping[str, Any]
) -> None:
    plain, texts = split(of(table), {name: value for name, value in row.items() if name != "anchored_at"})
    work.tx.record(IMPORT, topic_id=topic, actor_id=work.actor.id, facts={**facts, "set": plain}, texts=texts)


def _reasons(sheet: Ledger, assumed: Assumed) -> dict[str, str]:
    return {"file": sheet.name} | ({"let_pass": assumed.let_pass} if assumed.let_pass else {})


def _schedule(work: Work, ids: Sequence[TopicId]) -> None:
    calendar = work.policy.calendar
    for start in range(0, len(ids), SLICE):
        found = [one for one in topics.by_ids(work.tx, ids[start : start + SLICE]) if one.state in OPEN]
        anchoring.reschedule(work.tx, calendar, Subject.TOPIC, found)
        steps = measures.of_topics(work.tx, [one.id for one in found])
        anchoring.reschedule(work.tx, calendar, Subject.MEASURE, steps)


def _first_sweep(work: Work, ids: Sequence[TopicId]) -> FirstSweep | None:
    """Sweep at the first moment any of it is due; within a rehearsal, so nothing of it stays."""
    at = ledger.next_at(work.tx, ids)
    if at is None:
        return None
    then = Tx(work.tx.connection, at)
    while reminding.sweep(then, work.policy).items:
        pass
    return FirstSweep(at, tuple(ledger.owed(then, ids)))
