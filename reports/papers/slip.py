"""督办单 with its tear-off receipt, and the three coloured papers: what is printed on them of one topic."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from reports.papers.scribe import Scribe
from services.papers import Number, behind, warned
from services.telling import responsible
from storage import measures, people
from workflow.measure import Measure, MeasureState
from workflow.roles import PersonId
from workflow.topic import Kind, Topic

LISTED: Final = 5
"""Measures a slip has room for; more are an attachment."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on a 督办单. Whoever is not known yet and what is not told is ""."""

    college: str
    number: str
    matter: str
    content: str
    issuer: str
    issued_on: str
    owners: str
    co_owners: str
    attachments: str
    deadline: str
    cycle: str
    lead_units: str
    assist_units: str
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class Warning:
    """What stands on a coloured paper."""

    college: str
    number: str
    topic: str
    matter: str
    owners: str
    lead_units: str
    deadline: str
    late: str
    reminders: str
    basis: str
    issued_on: str
    contact: str


def slip(scribe: Scribe, topic: Topic, number: Number, by: PersonId) -> Slip:
    """The facts of a 督办单; `by` is whom to ask."""
    names, told = scribe.names, not topic.confidential
    steps = _steps(scribe, topic)
    attached = len(steps) > LISTED
    return Slip(
        college=scribe.policy.college,
        number=reference(scribe, number),
        matter=f"{topic.number} {scribe.matter(topic)}",
        content=_content(scribe, topic, [] if attached else steps),
        issuer=names.titles([topic.issuer_id]),
        issued_on=scribe.day(number.at),
        owners=names.titles([topic.owner_id] if topic.owner_id else topic.eligible),
        co_owners=names.titles(topic.co_owners),
        attachments=scribe.words("paper.slip.attached", count=len(steps)) if attached and told else "",
        deadline=until(scribe, topic),
        cycle=scribe.words(f"cycle.{topic.cycle or 'none'}"),
        lead_units=names.units(topic.lead_units) if told else "",
        assist_units=names.units(topic.assist_units) if told else "",
        contact=people.get(scribe.tx, by).title,
        phone="",
    )


def warning(scribe: Scribe, topic: Topic, number: Number, by: PersonId) -> Warning:
    """The facts of a coloured paper; what is asked is written by hand.

    Where only measures of the topic are late, it is theirs: their units, the earliest of their days.
    """
    past, late = warned(scribe.tx, topic), scribe.late(topic)
    steps = [] if late else behind(scribe.tx, topic)
    matter, units, by_day = scribe.matter(topic), topic.lead_units, until(scribe, topic)
    if steps:
        first = min(step.deadline for step in steps)
        late, by_day = scribe.workdays_late(first), scribe.day(first)
        units = tuple(dict.fromkeys(unit for step in steps for unit in step.lead_units))
        matter = matter if topic.confidential else "\n".join([matter, *map(partial(_step, scribe), steps)])
    key = "late" if late else "near"
    return Warning(
        college=scribe.policy.college,
        number=reference(scribe, number),
        topic=topic.number,
        matter=matter,
        owners=scribe.names.titles(responsible(topic)),
        lead_units="" if topic.confidential else scribe.names.units(units),
        deadline=by_day,
        late=scribe.words(f"paper.warning.{key}", days=late),
        reminders=scribe.words("paper.warning.reminded", times=past.times),
        basis=scribe.words(f"paper.warning.{'ladder' if past.paper else 'by_hand'}", level=past.level),
        issued_on=scribe.day(number.at),
        contact=people.get(scribe.tx, by).title,
    )


def reference(scribe: Scribe, number: Number) -> str:
    """校督〔2026〕17号."""
    mark = scribe.policy.short or scribe.policy.college
    return scribe.words("paper.slip.number", mark=mark, year=number.year, no=number.no)


def until(scribe: Scribe, topic: Topic) -> str:
    """The deadline, the first one too where it was moved; of a standing topic that it is one."""
    if topic.kind is Kind.STANDING:
        return scribe.words("kind.standing")
    if topic.first_deadline is None or topic.first_deadline == topic.deadline:
        return scribe.day(topic.deadline)
    now, first = scribe.day(topic.deadline), scribe.day(topic.first_deadline)
    return scribe.words("paper.moved", now=now, first=first)


def _content(scribe: Scribe, topic: Topic, steps: list[str]) -> str:
    if topic.confidential:
        return scribe.words("ledger.confidential")
    parts = (("problem", topic.problem), ("goal", topic.goal))
    said = [scribe.words(f"paper.slip.{name}", text=text) for name, text in parts if text]
    return "\n".join([*said, *steps])


def _steps(scribe: Scribe, topic: Topic) -> list[str]:
    """The measures, a line each."""
    return [
        _step(scribe, step)
        for step in measures.of_topic(scribe.tx, topic.id)
        if step.state is not MeasureState.WITHDRAWN
    ]


def _step(scribe: Scribe, step: Measure) -> str:
    units, date = scribe.names.units(step.lead_units), scribe.day(step.deadline)
    return scribe.words("paper.slip.measure", no=step.no, text=step.text, units=units, date=date)
