"""What happened to a topic, as marks on a line: acts, words, steps of the ladder, deadlines."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Final

from handlers import names, topic_beside
from handlers.reader import Reader
from reports.drawing.timeline import Mark, Shape
from storage import firings, measures, reports, requests
from storage.reports import Report
from storage.requests import RequestKind, RequestState
from workflow import ladder_text
from workflow.ladder_item import Subject
from workflow.measure import Measure, MeasureState
from workflow.topic import Topic
from workflow.transitions import Event

EXCERPT: Final = 30  # characters of a report
_SHAPES: Final = {
    Event.SUBMIT: Shape.MILESTONE,
    Event.RETURN: Shape.RETURN,
    Event.RETURN_DONE: Shape.RETURN,
    Event.REOPEN: Shape.RETURN,
    Event.DECLINE: Shape.RETURN,
    Event.NUDGE: Shape.PRESS,
    Event.INQUIRE: Shape.PRESS,
    Event.ASK_EXTENSION: Shape.EXTENSION,
    Event.REFUSE_EXTENSION: Shape.EXTENSION,
}


def marks(reader: Reader, topic: Topic) -> list[Mark]:
    """All of it, in no order."""
    steps: dict[int, Measure] = {measure.id: measure for measure in measures.of_topic(reader.tx, topic.id)}
    return [
        *_milestones(reader, topic),
        *_measures(reader, list(steps.values())),
        *_said(reader, topic, steps),
        *_extended(reader, topic, steps),
        *_ladder(reader, topic, steps),
        *_beside(reader, topic),
        *_days(reader, topic),
    ]


def _mark(reader: Reader, at: datetime, shape: Shape, text: str, note: str = "") -> Mark:
    return Mark(at, shape, reader.dates.short(at), text, note)


def _milestones(reader: Reader, topic: Topic) -> Iterator[Mark]:
    issuer, owner = names.title(reader.tx, topic.issuer_id), ""
    if topic.owner_id:
        owner = names.title(reader.tx, topic.owner_id)
    acts = (
        (topic.issued_at, Event.ISSUE, issuer, Shape.MILESTONE),
        (topic.claimed_at, Event.CLAIM, owner, Shape.MILESTONE),
        (topic.closed_at, Event.CLOSE, "", Shape.CLOSED),
    )
    for at, event, who, shape in acts:
        if at is not None:
            yield _mark(reader, at, shape, _act(reader, who, event))


def _measures(reader: Reader, steps: list[Measure]) -> Iterator[Mark]:
    kept = [step for step in steps if step.state is not MeasureState.WITHDRAWN]
    for at, made in groupby(sorted(kept, key=lambda s: (s.created_at, s.no)), key=lambda s: s.created_at):
        found = list(made)
        units = dict.fromkeys(unit for step in found for unit in step.lead_units)
        text = reader.say("timeline.measures", count=len(found))
        yield _mark(reader, at, Shape.MEASURE, text, names.units(reader.tx, reader.say, units))
    for step in kept:
        if step.confirmed_at:
            text = reader.say("timeline.of_measure", no=step.no, what=reader.say("event.confirm_done"))
            yield _mark(reader, step.confirmed_at, Shape.MEASURE, text)


def _said(reader: Reader, topic: Topic, steps: dict[int, Measure]) -> Iterator[Mark]:
    found = reports.of_topic(reader.tx, topic.id)
    replaced = {report.supersedes_id for report in found}
    for report in found:
        if report.id not in replaced and report.withdrawn_at is None:
            who = names.spoken_by(reader.tx, reader.say, report.author_id, report.principal_id)
            text = _act(reader, who, report.event)
            shape = _SHAPES.get(Event(report.event), Shape.REPORT)
            yield _mark(
                reader, report.sent_at, shape, _of(reader, steps, report.measure_id, text), _words(report)
            )


def _extended(reader: Reader, topic: Topic, steps: dict[int, Measure]) -> Iterator[Mark]:
    for request in requests.of_topic(reader.tx, topic.id):
        granted = request.kind is RequestKind.EXTENSION and request.state is RequestState.GRANTED
        if granted and request.decided_at and request.decided_by:
            who = names.title(reader.tx, request.decided_by)
            text = _of(reader, steps, request.measure_id, _act(reader, who, Event.GRANT_EXTENSION))
            yield _mark(reader, request.decided_at, Shape.EXTENSION, text)


def _ladder(reader: Reader, topic: Topic, steps: dict[int, Measure]) -> Iterator[Mark]:
    frozen = firings.ladders_of(reader.tx, [topic.id]).get(topic.id)
    upwards = {step.key for step in ladder_text.loads(frozen).steps if step.escalates} if frozen else set()
    for subject, ids in ((Subject.TOPIC, [topic.id]), (Subject.MEASURE, [*steps])):
        for item, step, level, at in firings.passed(reader.tx, subject, ids):
            up = step in upwards
            text = reader.say("timeline.escalated" if up else "timeline.reminded", level=level)
            measure = item if subject is Subject.MEASURE else None
            shape = Shape.ESCALATION if up else Shape.PRESS
            yield _mark(reader, at, shape, _of(reader, steps, measure, text))


def _beside(reader: Reader, topic: Topic) -> Iterator[Mark]:
    for word in topic_beside.words(reader, topic):
        yield _mark(reader, word.at, Shape.BESIDE, word.text)


def _days(reader: Reader, topic: Topic) -> Iterator[Mark]:
    """The first deadline stays visible beside the present one; today, while the topic is somebody's work."""
    first, last = topic.first_deadline, topic.deadline
    if first and first != last:
        yield _mark(reader, first, Shape.DEADLINE, reader.say("timeline.first_deadline"))
    if last:
        yield _mark(reader, last, Shape.DEADLINE, reader.say("timeline.deadline"))
    if topic.open:
        yield _mark(reader, reader.tx.now, Shape.TODAY, reader.say("timeline.today"))


def _act(reader: Reader, who: str, event: str) -> str:
    what = reader.say(f"event.{event}")
    return reader.say("timeline.act", who=who, what=what) if who else what


def _of(reader: Reader, steps: dict[int, Measure], measure_id: int | None, text: str) -> str:
    """Of a measure, its number goes before."""
    step = steps.get(measure_id or 0)
    return reader.say("timeline.of_measure", no=step.no, what=text) if step else text


def _words(report: Report) -> str:
    text = " ".join(report.text.split())
    return text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")
