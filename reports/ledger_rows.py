"""What stands in a ledger's rows, sheet by sheet, a slice of topics at a time.

A file does not vanish as a card does: of a confidential topic it says numbers, leaders, dates and states.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from reports.ledger_columns import CLOSED, DUTIES, MEASURES, OVERDUE, TOPICS
from reports.naming import Naming
from reports.words import Words
from reports.workbook import Cell
from services.affairs.recheck_planning import results
from services.policy import Policy
from services.telling import responsible
from storage.ledger_slices import Standing, slices
from storage.store import Tx
from workflow.measure import Measure, MeasureState
from workflow.rechecks import Result
from workflow.topic import Topic, TopicState

Cells = tuple[Cell, ...]
Part = Mapping[str, list[Cells]]
"""The rows of some topics, by sheet."""

BLANK: Final = None
"""Filled in by hand."""


def parts(tx: Tx, policy: Policy, words: Words, *where: Any) -> Iterator[Part]:
    """The ledger under some conditions of `storage.topics`, by number, in slices."""
    rows = Rows(tx, policy, words)
    for found in slices(tx, *where):
        yield rows.of([rows.veiled(one) for one in found])


class Rows:
    """Rows of one snapshot."""

    def __init__(self, tx: Tx, policy: Policy, words: Words) -> None:
        self._now = tx.now
        self._policy = policy
        self._words = words
        self._names = Naming(tx, words)
        self._tx = tx
        self._rechecked: Mapping[int, Result] = {}

    def veiled(self, one: Standing) -> Standing:
        """A confidential topic without its words and units; any other as it is."""
        if not one.topic.confidential:
            return one
        no_units: dict[str, Any] = {"lead_units": (), "assist_units": ()}
        no_texts: dict[str, Any] = dict.fromkeys(("problem", "goal", "source", "category"), "")
        title = self._words("ledger.confidential")
        topic = replace(one.topic, title=title, duty=None, **no_texts, **no_units)
        steps = tuple(replace(step, text="", deliverable="", **no_units) for step in one.measures)
        return Standing(topic, steps, "", one.files)

    def of(self, found: list[Standing]) -> Part:
        """The rows of some topics."""
        self._rechecked = results(self._tx, [one.topic.id for one in found])
        return {
            TOPICS: [self._topic(one) for one in found],
            DUTIES: [self._claim(one) for one in found if responsible(one.topic)],
            MEASURES: [self._measure(one.topic, step) for one in found for step in _kept(one)],
            OVERDUE: [row for one in found for row in self._overdue(one)],
            CLOSED: [self._closed(one) for one in found if one.topic.state is TopicState.CLOSED],
        }

    def _topic(self, one: Standing) -> Cells:
        topic, names = one.topic, self._names
        return (
            topic.number,
            topic.source,
            self._category(topic.category),
            topic.title,
            topic.problem,
            self._words(f"kind.{topic.kind}"),
            topic.goal,
            "\n".join(f"{step.no}. {step.text}" for step in _kept(one)),
            names.titles([topic.issuer_id]),
            self._day(topic.issued_at),
            self._words(f"duty.{topic.duty}") if topic.duty else "",
            names.titles(responsible(topic)),
            names.units(topic.lead_units),
            names.units(topic.assist_units),
            names.heads(topic.lead_units),
            *self._deadlines(topic),
            self._words(f"cycle.{topic.cycle}") if topic.cycle else "",
            _share(topic.percent),
            one.said,
            one.files or BLANK,
            self._words(f"topic_state.{topic.state}"),
            self._day(topic.closed_at),
            self._recheck(topic),
            BLANK,
        )

    def _claim(self, one: Standing) -> Cells:
        """What a leader claimed, or is to claim, as a line of that seat's duties."""
        topic, owners = one.topic, self._names.titles(responsible(one.topic))
        due = self._day(topic.deadline)
        return (
            owners,
            self._words(f"duty.{topic.duty}") if topic.duty else "",
            topic.problem or topic.title,
            f"{topic.number} {topic.title}",
            topic.goal,
            "\n".join(f"{step.no}. {step.text}" for step in _kept(one)),
            owners,
            due.isoformat() if due else "",
            self._words(f"topic_state.{topic.state}"),
            BLANK,
        )

    def _measure(self, topic: Topic, step: Measure) -> Cells:
        names = self._names
        return (
            topic.number,
            topic.title,
            step.no,
            step.text,
            names.units(step.lead_units),
            names.units(step.assist_units),
            names.heads(step.lead_units),
            *self._deadlines(step),
            step.deliverable,
            _share(step.percent),
            self._words(f"measure_state.{step.state}"),
        )

    def _overdue(self, one: Standing) -> Iterator[Cells]:
        topic = one.topic
        owners = self._names.titles(responsible(topic))
        if topic.overdue(self._now):
            yield (topic.number, topic.title, BLANK, BLANK, owners, *self._lateness(topic))
        if topic.state is TopicState.IN_PROGRESS:
            for step in one.measures:
                if step.overdue(self._now):
                    yield (topic.number, topic.title, step.no, step.text, owners, *self._lateness(step))

    def _lateness(self, item: Topic | Measure) -> Cells:
        calendar = self._policy.calendar
        due = self._day(item.deadline)
        late = calendar.workdays_between(due, calendar.day(self._now)) if due else 0
        return (self._names.units(item.lead_units), due, max(1, late), _share(item.percent))

    def _closed(self, one: Standing) -> Cells:
        topic, names = one.topic, self._names
        return (
            topic.number,
            topic.title,
            names.titles(responsible(topic)),
            names.units(topic.lead_units),
            self._day(topic.deadline),
            topic.extensions or BLANK,
            one.files or BLANK,
            self._day(topic.closed_at),
            self._recheck(topic),
            BLANK,
        )

    def _deadlines(self, item: Topic | Measure) -> Cells:
        """The first deadline, and the present one where it was moved."""
        first, now = self._day(item.first_deadline), self._day(item.deadline)
        return (first or now, now if first and now != first else BLANK)

    def _day(self, at: datetime | None) -> date | None:
        return self._policy.calendar.day(at) if at else None

    def _recheck(self, topic: Topic) -> str | None:
        """What the last recheck found."""
        found = self._rechecked.get(topic.id)
        return self._words(f"rechecking.result.{found}") if found else BLANK

    def _category(self, code: str) -> str:
        known = self._policy.categories.get(code)
        return known.name if known else code


def _kept(one: Standing) -> list[Measure]:
    return [step for step in one.measures if step.state is not MeasureState.WITHDRAWN]


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / 100
