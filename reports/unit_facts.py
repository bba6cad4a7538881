"""部门事实: what the records hold of one unit and one year, for whoever appraises it; facts, no scores.

Nothing is added up, weighed or compared with another unit. Of a confidential topic a row says the number,
its leaders, dates and state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from reports.naming import Naming
from reports.words import Words
from reports.workbook import A3, Cell, Column, Plan, Style, printed, workbook
from services.policy import Policy
from services.telling import responsible
from storage import firings, periods, topics, unit_facts
from storage.ledger_slices import Standing, slices
from storage.store import Tx
from workflow.dates_period import Period
from workflow.ladder_item import Subject
from workflow.measure import Measure, MeasureState
from workflow.roles import UnitId
from workflow.topic import Topic
from workflow.transitions import Event

_TEXT, _SHORT, _DATE, _COUNT = Style.TEXT, Style.SHORT, Style.DATE, Style.COUNT
_ENDS: Final = (
    *(("first_deadline", 12, _DATE), ("deadline", 12, _DATE), ("extensions", 9, _COUNT)),
    *(("reminders", 9, _COUNT), ("nudges", 9, _COUNT), ("returned", 9, _COUNT)),
)
COLUMNS: Final = {
    "topics": (
        *(("serial", 6, _COUNT), ("number", 10, _SHORT), ("title", 32, _TEXT), ("part", 9, _SHORT)),
        *(("owners", 13, _SHORT), ("issued_on", 12, _DATE), ("claimed_on", 12, _DATE)),
        *_ENDS,
        *(("state", 10, _SHORT), ("submitted_on", 12, _DATE), ("closed_on", 12, _DATE)),
    ),
    "measures": (
        *(("serial", 6, _COUNT), ("number", 10, _SHORT), ("measure_no", 9, _COUNT), ("measure", 36, _TEXT)),
        *(("part", 9, _SHORT), ("received_on", 12, _DATE)),
        *_ENDS,
        *(("state", 10, _SHORT), ("done_on", 12, _DATE), ("confirmed_on", 12, _DATE)),
    ),
}
"""The sheets and their columns."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose facts, of when, under which further conditions of `storage.topics`."""

    unit: UnitId
    name: str
    period: Period
    where: tuple[Any, ...] = ()


def write(tx: Tx, policy: Policy, words: Words, path: Path, asked: Asked) -> int:
    """Write the facts to a new .xlsx file; how many topics it holds."""
    rows, count, today = _Rows(tx, policy, words, asked), 0, policy.calendar.day(tx.now).isoformat()
    with workbook(path, [_plan(policy, words, asked, sheet, today) for sheet in COLUMNS]) as (matters, steps):
        for found in slices(tx, rows.live, topics.of_unit(asked.unit), *asked.where):
            rows.read(found)
            for one in found:
                matters.add(rows.topic(one.topic))
                for step in rows.own(one):
                    steps.add(rows.measure(one.topic, step))
            count += len(found)
    return count


def _plan(policy: Policy, words: Words, asked: Asked, sheet: str, today: str) -> Plan:
    title = words("unit_facts.heading", college=policy.college, unit=asked.name, year=asked.period.first.year)
    columns = tuple(
        Column(words(f"unit_facts.column.{n}"), width, style) for n, width, style in COLUMNS[sheet]
    )
    return Plan(
        words(f"unit_facts.sheet.{sheet}"),
        heading=words("ledger.heading", title=printed(title), today=today),
        footing=words("ledger.footing"),
        columns=columns,
        paper=A3,
    )


class _Rows:
    """Rows of one unit."""

    def __init__(self, tx: Tx, policy: Policy, words: Words, asked: Asked) -> None:
        self._tx, self._policy, self._words, self._asked = tx, policy, words, asked
        self._names = Naming(tx, words)
        calendar, second = policy.calendar, timedelta(seconds=1)
        first, last = asked.period.first - timedelta(days=1), asked.period.last
        self._span = (calendar.end_of(first) + second, calendar.end_of(last) + second)
        self.live = periods.live(*self._span)
        self._said: unit_facts.Said = unit_facts.said(tx, (), *self._span)
        self._reminded: dict[tuple[Subject, int], int] = {}

    def read(self, found: Sequence[Standing]) -> None:
        """What was said of a slice of topics in the year."""
        ids = [one.topic.id for one in found]
        steps = [step.id for one in found for step in one.measures]
        self._said = unit_facts.said(self._tx, ids, *self._span)
        self._reminded = {}
        since, until = self._span
        for subject, items in ((Subject.TOPIC, ids), (Subject.MEASURE, steps)):
            for item, _, _, at in firings.passed(self._tx, subject, items):
                if since <= at < until:
                    self._reminded[subject, item] = self._reminded.get((subject, item), 0) + 1

    def own(self, one: Standing) -> list[Measure]:
        """The measures of a topic the unit works on."""
        unit = self._asked.unit
        theirs = [step for step in one.measures if unit in (*step.lead_units, *step.assist_units)]
        return [step for step in theirs if step.state is not MeasureState.WITHDRAWN]

    def topic(self, topic: Topic) -> tuple[Cell, ...]:
        """A topic's row."""
        return (
            topic.number,
            self._words("ledger.confidential") if topic.confidential else topic.title,
            self._part(topic),
            self._names.titles(responsible(topic)),
            self._on(topic.issued_at),
            self._on(topic.claimed_at),
            *self._ends(Subject.TOPIC, topic),
            self._said[topic.id, None, Event.NUDGE],
            self._said[topic.id, None, Event.RETURN],
            self._words(f"topic_state.{topic.state}"),
            self._on(topic.submitted_at),
            self._on(topic.closed_at),
        )

    def measure(self, topic: Topic, step: Measure) -> tuple[Cell, ...]:
        """A measure's row."""
        return (
            topic.number,
            step.no,
            self._words("ledger.confidential") if topic.confidential else step.text,
            self._part(step),
            self._on(step.received_at),
            *self._ends(Subject.MEASURE, step),
            self._said[topic.id, step.id, Event.NUDGE],
            self._said[topic.id, step.id, Event.RETURN_DONE],
            self._words(f"measure_state.{step.state}"),
            self._on(step.done_at),
            self._on(step.confirmed_at),
        )

    def _part(self, item: Topic | Measure) -> str:
        unit = self._asked.unit
        return self._words(f"unit_facts.part.{'lead' if unit in item.lead_units else 'assist'}")

    def _ends(self, subject: Subject, item: Topic | Measure) -> tuple[Cell, ...]:
        reminded = self._reminded.get((subject, item.id), 0)
        return (self._on(item.first_deadline), self._on(item.deadline), item.extensions, reminded)

    def _on(self, at: datetime | None) -> date | None:
        return self._policy.calendar.day(at) if at else None
