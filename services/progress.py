"""报进展: a plain reply is a report; it can be taken back for a while, and an edit makes a new version."""

from typing import Final

from services import acting
from services.authorising import authorise
from services.telling import responsible, tell, verifying, working
from services.work import EnteredFor, Work
from storage import measures, reports, topics
from storage.reports import Report, ReportId
from workflow.errors import Invalid, Missing, NoRight
from workflow.measure import Measure, MeasureId
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

SPOKEN: Final = frozenset({Event.REPORT, Event.COMMENT})
"""What may be told anew or taken back; a decision stays as it was made."""


def report(
    work: Work,
    topic_id: TopicId,
    text: str,
    *,
    measure_id: MeasureId | None = None,
    percent: int | None = None,
) -> ReportId:
    """Progress on a topic or a measure, in words, files or both."""
    if not text.strip() and not work.said.files:
        raise Missing("report_empty")
    if percent is not None and not 0 <= percent <= 100:
        raise Invalid("percent", percent=percent)
    topic = topics.get(work.tx, topic_id)
    measure = measures.get(work.tx, measure_id) if measure_id else None
    made = acting.say(work, topic, Event.REPORT, text, measure=measure, percent=percent)
    values = {"last_report_at": work.said.sent_at} | ({} if percent is None else {"percent": percent})
    facts = {"report": made, "files": [f.sha256 for f in work.said.files] or None}
    if measure is not None:
        received = {"received_at": measure.received_at or work.now}
        acting.on_measure(
            work, topic, measure, Event.REPORT, {**values, **received}, texts={"text": text}, facts=facts
        )
        acting.touch(work, topic, {"last_report_at": work.said.sent_at})
    else:
        acting.on_topic(work, topic, Event.REPORT, values, texts={"text": text}, facts=facts)
    tell(work, responsible(topic), "reported", topic, measure=measure, report_id=made, single=False)
    _tell_entered(work, topic_id, made)
    return made


def comment(work: Work, topic_id: TopicId, text: str, *, measure_id: MeasureId | None = None) -> ReportId:
    """A word on an item that is no report: those concerned read of it in the digest."""
    if not text.strip() and not work.said.files:
        raise Missing("report_empty")
    topic = topics.get(work.tx, topic_id)
    made = acting.say(work, topic, Event.COMMENT, text)
    acting.on_topic(
        work, topic, Event.COMMENT, texts={"text": text}, facts={"report": made, "on_measure": measure_id}
    )
    concerned = (*responsible(topic), topic.issuer_id, *working(work, topic))
    tell(work, concerned, "commented", topic, report_id=made, single=False)
    return made


def opine(work: Work, topic_id: TopicId, text: str, *, passed: bool) -> ReportId:
    """初核: discipline staff or a committee member gives the verifier an opinion."""
    topic = topics.get(work.tx, topic_id)
    made = acting.say(work, topic, Event.OPINE, text)
    acting.on_topic(work, topic, Event.OPINE, texts={"text": text}, facts={"report": made, "passed": passed})
    tell(work, verifying(work, topic), "opined", topic, report_id=made, data={"passed": passed})
    return made


def join(work: Work) -> Report | None:
    """The report an earlier part of this album made, now with this part's files; None when there is none."""
    said = work.said
    earlier = reports.by_album(work.tx, said.chat, said.album) if said.album else None
    if earlier is None or earlier.author_id != work.actor.id or earlier.withdrawn_at is not None:
        return None
    authorise(work, topics.get(work.tx, earlier.topic_id), Event.COMMENT)
    before = reports.evidence_of(work.tx, [earlier.id]).get(earlier.id, [])
    acting.within_files(work, len(before) + len(said.files))
    reports.attach(work.tx, earlier.id, said.files)
    facts = {"report": earlier.id, "files": [f.sha256 for f in said.files]}
    work.tx.record("evidence", topic_id=earlier.topic_id, actor_id=work.actor.id, facts=facts)
    return earlier


def take_back(work: Work, report_id: ReportId) -> Report:
    """撤回: within the college's undo time, by the one who said it. It stays in the trail, struck through."""
    report = reports.get(work.tx, report_id)
    if report.author_id != work.actor.id:
        raise NoRight("not_your_report")
    if report.event not in SPOKEN:
        raise Invalid("already_done", event=report.event)
    if work.now - report.recorded_at > work.policy.undo:
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    topic = topics.get(work.tx, report.topic_id)
    if topic.state not in (TopicState.IN_PROGRESS, TopicState.SUBMITTED):
        raise Invalid("undo_settled", number=topic.number)
    authorise(work, topic, Event.COMMENT)
    gone = [i for i in _versions(work, report) if reports.withdraw(work.tx, i)]
    if gone:
        facts = {"report": report_id, "versions": gone[1:] or None}
        work.tx.record("take_back", topic_id=topic.id, actor_id=work.actor.id, facts=facts)
        _refresh(work, topic, measures.get(work.tx, report.measure_id) if report.measure_id else None)
    return report


def correct(work: Work, chat: str, message_id: str, text: str, percent: int | None = None) -> ReportId | None:
    """The sender edited the message: a new version beside the original. None when it made no report.

    Only what was told can be told anew: a decision stays as it was made.
    """
    old = reports.by_message(work.tx, chat, message_id)
    if old is None or old.author_id != work.actor.id or old.withdrawn_at or old.text == text:
        return None
    if old.event not in SPOKEN:
        raise Invalid("already_done", event=old.event)
    if old.entered_for_id is not None:
        work.entered_for = EnteredFor(old.entered_for_id, old.entry_source)
    topic = topics.get(work.tx, old.topic_id)
    measure = measures.get(work.tx, old.measure_id) if old.measure_id else None
    made = acting.say(
        work,
        topic,
        Event(old.event),
        text,
        measure=measure,
        percent=old.percent if percent is None else percent,
        supersedes=old.id,
    )
    reports.attach(work.tx, made, reports.evidence_of(work.tx, [old.id]).get(old.id, []))
    facts = {"report": made, "supersedes": old.id}
    work.tx.record("correct", topic_id=topic.id, actor_id=work.actor.id, facts=facts, texts={"text": text})
    if percent not in (None, old.percent):
        _refresh(work, topic, measure)
    return made


def enter_for(work: Work, entered: EnteredFor) -> Work:
    """代录: the same work, with the words of somebody who told the office."""
    if not entered.source.strip():
        raise Missing("source_missing")
    work.entered_for = entered
    return work


def standing(work: Work, topic_id: TopicId) -> list[Report]:
    """What was said of a topic and still stands, oldest first: the newest version, and not taken back."""
    said = reports.of_topic(work.tx, topic_id)
    replaced = {r.supersedes_id for r in said}
    return [r for r in said if r.id not in replaced and r.withdrawn_at is None]


def _versions(work: Work, report: Report) -> list[ReportId]:
    """A report and its later versions, oldest first."""
    chain = [report.id]
    for later in reports.of_topic(work.tx, report.topic_id):
        if later.supersedes_id in chain:
            chain.append(later.id)
    return chain


def _refresh(work: Work, topic: Topic, measure: Measure | None) -> None:
    """What an item knows of its reports, read anew from those that still stand."""
    told = [r for r in standing(work, topic.id) if r.event == Event.REPORT]
    own = [r for r in told if r.measure_id is None]
    last = max((r.sent_at for r in told), default=None)
    acting.touch(work, topic, {"last_report_at": last, "percent": _percent(own)})
    if measure is not None:
        mine = [r for r in told if r.measure_id == measure.id]
        values = {"last_report_at": max((r.sent_at for r in mine), default=None), "percent": _percent(mine)}
        acting.touch_measure(work, measure, values)


def _percent(told: list[Report]) -> int | None:
    return next((r.percent for r in reversed(told) if r.percent is not None), None)


def _tell_entered(work: Work, topic_id: TopicId, report_id: ReportId) -> None:
    if work.entered_for:
        topic = topics.get(work.tx, topic_id)
        tell(work, [work.entered_for.person_id], "entered_for_you", topic, report_id=report_id)
