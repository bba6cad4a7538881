"""报进展: a plain reply is a report; it can be taken back for a while, and an edit makes a new version."""

from services import acting
from services.telling import responsible, tell, verifying
from services.work import EnteredFor, Work
from storage import measures, reports, topics
from storage.reports import Evidence, Report, ReportId
from workflow.errors import Invalid, Missing, NoRight
from workflow.measure import MeasureId
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event


def report(
    work: Work,
    topic_id: TopicId,
    text: str,
    *,
    measure_id: MeasureId | None = None,
    percent: int | None = None,
) -> ReportId:
    """Progress on a topic or a measure, in words, files or both. Parts of an album join one report."""
    if joined := _album(work):
        reports.attach(work.tx, joined, work.said.files)
        _journal_files(work, topic_id, joined)
        return joined
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
    """What a seat that neither owns nor executes says about an item."""
    if not text.strip() and not work.said.files:
        raise Missing("report_empty")
    topic = topics.get(work.tx, topic_id)
    made = acting.say(work, topic, Event.COMMENT, text)
    acting.on_topic(
        work, topic, Event.COMMENT, texts={"text": text}, facts={"report": made, "measure": measure_id}
    )
    tell(work, responsible(topic), "commented", topic, report_id=made, single=False)
    return made


def opine(work: Work, topic_id: TopicId, text: str, *, passed: bool) -> ReportId:
    """初核: discipline staff or a committee member gives the verifier an opinion."""
    topic = topics.get(work.tx, topic_id)
    made = acting.say(work, topic, Event.OPINE, text)
    acting.on_topic(work, topic, Event.OPINE, texts={"text": text}, facts={"report": made, "passed": passed})
    tell(work, verifying(work, topic), "opined", topic, report_id=made, data={"passed": passed})
    return made


def take_back(work: Work, report_id: ReportId) -> Report:
    """撤回: within the college's undo time, by the one who said it. It stays in the trail, struck through."""
    report = reports.get(work.tx, report_id)
    if report.author_id != work.actor.id:
        raise NoRight("not_your_report")
    if work.now - report.recorded_at > work.policy.undo:
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    topic = topics.get(work.tx, report.topic_id)
    if topic.state not in (TopicState.IN_PROGRESS, TopicState.SUBMITTED):
        raise Invalid("undo_settled", number=topic.number)
    if reports.withdraw(work.tx, report_id):
        work.tx.record(
            "take_back", topic_id=report.topic_id, actor_id=work.actor.id, facts={"report": report_id}
        )
        _forget(work, topic)
    return report


def correct(work: Work, chat: str, message_id: str, text: str) -> ReportId | None:
    """The sender edited the message: a new version beside the original. None when it made no report."""
    old = reports.by_message(work.tx, chat, message_id)
    if old is None or old.author_id != work.actor.id or old.withdrawn_at or old.text == text:
        return None
    topic = topics.get(work.tx, old.topic_id)
    measure = measures.get(work.tx, old.measure_id) if old.measure_id else None
    event = Event(old.event)
    made = acting.say(work, topic, event, text, measure=measure, percent=old.percent, supersedes=old.id)
    _carry_files(work, old, made)
    work.tx.record(
        "correct",
        topic_id=topic.id,
        actor_id=work.actor.id,
        facts={"report": made, "supersedes": old.id},
        texts={"text": text},
    )
    return made


def enter_for(work: Work, entered: EnteredFor) -> Work:
    """代录: the same work, with the words of somebody who told the office."""
    if not entered.source.strip():
        raise Missing("source_missing")
    work.entered_for = entered
    return work


def _forget(work: Work, topic: Topic) -> None:
    """The topic's last report is again the one before."""
    left = [r for r in reports.of_topic(work.tx, topic.id) if r.event == Event.REPORT and not r.withdrawn_at]
    acting.touch(work, topic, {"last_report_at": max((r.sent_at for r in left), default=None)})


def _album(work: Work) -> ReportId | None:
    if not work.said.album:
        return None
    earlier = reports.by_album(work.tx, work.said.chat, work.said.album)
    return earlier.id if earlier and earlier.author_id == work.actor.id else None


def _journal_files(work: Work, topic_id: TopicId, report_id: ReportId) -> None:
    files = [f.sha256 for f in work.said.files]
    work.tx.record(
        "evidence", topic_id=topic_id, actor_id=work.actor.id, facts={"report": report_id, "files": files}
    )


def _carry_files(work: Work, old: Report, made: ReportId) -> None:
    kept: list[Evidence] = reports.evidence_of(work.tx, [old.id]).get(old.id, [])
    reports.attach(work.tx, made, kept)


def _tell_entered(work: Work, topic_id: TopicId, report_id: ReportId) -> None:
    if work.entered_for:
        topic = topics.get(work.tx, topic_id)
        tell(work, [work.entered_for.person_id], "entered_for_you", topic, report_id=report_id)
