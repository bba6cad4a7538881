"""A topic's page: its facts, its measures, what happened, and the files that prove it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from handlers import names
from handlers.pages.frame import Page, Place, draw
from handlers.pages.ledger import left
from handlers.reader import Reader
from handlers.topic_card import deadline_of, topic_fields
from services.authorising import authorise
from storage import measures, reports, topics
from storage.reports import Evidence, Report, ReportId
from workflow.errors import NotFound
from workflow.measure import Measure, MeasureState
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

KILO: Final = 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """A measure as a line."""

    no: int
    text: str
    units: str
    deadline: str
    left: str
    state: str
    late: bool
    percent: int | None
    deliverable: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that proves something; `href` downloads it."""

    name: str
    href: str
    size: str
    said: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, in full."""

    at: datetime
    when: str
    who: str
    what: str
    text: str = ""
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = ()


def topic_page(reader: Reader, place: Place, number: str) -> Page:
    """Everything on record of a topic. Raises NotFound, or the table's refusal of whoever may not view it."""
    topic = topics.by_number(reader.tx, number)
    authorise(reader.work, topic, Event.VIEW)
    told = [*_moments(reader, place, topic)][::-1]
    moments = sorted(told, key=lambda moment: moment.at, reverse=True)
    body = draw(
        reader,
        place,
        "topic",
        topic=topic,
        late=topic.overdue(reader.tx.now),
        left=left(reader, topic),
        facts=[(reader.say(f"field.{name}"), value) for name, value in topic_fields(reader, topic)],
        steps=[_step(reader, m) for m in measures.of_topic(reader.tx, topic.id) if _kept(m)],
        moments=moments,
        files=[file for moment in moments for file in moment.files],
    )
    return Page(body, topic.id if topic.confidential else None)


def evidence(reader: Reader, report_id: int, sha256: str) -> tuple[Evidence, TopicId | None]:
    """A file of a report, and the topic if that is confidential. Raises NotFound, or the table's refusal."""
    report = reports.get(reader.tx, ReportId(report_id))
    topic = topics.get(reader.tx, report.topic_id)
    authorise(reader.work, topic, Event.VIEW)
    for file in reports.evidence_of(reader.tx, [report.id]).get(report.id, ()):
        if file.sha256 == sha256 and report.withdrawn_at is None:
            return file, topic.id if topic.confidential else None
    raise NotFound("no_such_report")


def _kept(measure: Measure) -> bool:
    return measure.state is not MeasureState.WITHDRAWN


def _step(reader: Reader, measure: Measure) -> Step:
    units = names.units(reader.tx, reader.say, (*measure.lead_units, *measure.assist_units))
    state = reader.say(f"measure_state.{measure.state}")
    late = measure.overdue(reader.tx.now)
    return Step(
        measure.no,
        measure.text,
        units,
        deadline_of(reader, measure),
        left(reader, measure),
        state,
        late,
        measure.percent,
        measure.deliverable,
    )


def _moments(reader: Reader, place: Place, topic: Topic) -> Iterator[Moment]:
    found = reports.of_topic(reader.tx, topic.id)
    replaced = {report.supersedes_id for report in found}
    latest = [report for report in found if report.id not in replaced]
    kept = reports.evidence_of(reader.tx, [report.id for report in latest if report.withdrawn_at is None])
    steps = {measure.id: measure.no for measure in measures.of_topic(reader.tx, topic.id)}
    for report in latest:
        no = steps.get(report.measure_id) if report.measure_id else None
        moment = _told(reader, report, no)
        files = tuple(_file(reader, place, moment, report, file) for file in kept.get(report.id, ()))
        yield replace(moment, files=files)
    yield from _milestones(reader, topic)


def _milestones(reader: Reader, topic: Topic) -> Iterator[Moment]:
    """What was done without a word."""
    owner = names.titles(reader.tx, reader.say, [topic.owner_id])
    known = (
        (topic.issued_at, Event.ISSUE, names.title(reader.tx, topic.issuer_id)),
        (topic.claimed_at, Event.CLAIM, owner),
        (topic.closed_at, Event.CLOSE, ""),
    )
    for at, event, who in known:
        if at is not None:
            yield Moment(at, reader.dates.clock(at), who, reader.say(f"event.{event}"))


def _told(reader: Reader, report: Report, no: int | None) -> Moment:
    say = reader.say
    what = [say(f"event.{report.event}")]
    what += [say("web.topic.measure_no", no=no)] if no else []
    what += [f"{report.percent}%"] if report.percent is not None else []
    return Moment(
        at=report.sent_at,
        when=reader.dates.clock(report.sent_at),
        who=names.spoken_by(reader.tx, say, report.author_id, report.principal_id),
        what=" · ".join(what),
        text=report.text,
        notes=tuple(_notes(reader, report)),
    )


def _notes(reader: Reader, report: Report) -> Iterator[str]:
    if report.entered_for_id:
        person = names.title(reader.tx, report.entered_for_id)
        yield reader.say("web.topic.entered_for", person=person, source=report.entry_source)
    if report.supersedes_id:
        yield reader.say("web.topic.corrected")
    if report.withdrawn_at:
        yield reader.say("web.topic.taken_back")


def _file(reader: Reader, place: Place, moment: Moment, report: Report, file: Evidence) -> File:
    href = place.to(f"/files/{report.id}/{file.sha256}")
    return File(file.name, href, _size(reader, file.size), f"{moment.when} {moment.who} {moment.what}")


def _size(reader: Reader, size: int) -> str:
    if size < KILO:
        return reader.say("web.topic.bytes", size=size)
    if size < KILO * KILO:
        return reader.say("web.topic.kilobytes", size=round(size / KILO))
    return reader.say("web.topic.megabytes", size=round(size / KILO / KILO, 1))
