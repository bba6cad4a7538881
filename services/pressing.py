"""督办: nudges (催办), inquiries (过问) and their answers, and saying "received, I am on it" (知悉)."""

from datetime import datetime, timedelta
from typing import Final

from services import acting, anchoring, authorising
from services.authorising import authorise
from services.telling import responsible, tell, working
from services.work import Work
from storage import firings, measures, notices, reports, requests, topics
from storage.notices import Notice
from storage.reports import ReportId
from storage.requests import Request, RequestId, RequestKind, RequestState
from workflow.errors import Invalid, Missing, NoRight, NotFound, Stale
from workflow.ladder_item import Subject
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

NUDGED: Final = "nudged"
AGAIN: Final = timedelta(hours=1)
"""How long after a push the same one is not sent again."""


def nudge(
    work: Work, topic_id: TopicId, by: datetime, text: str = "", measure_id: MeasureId | None = None
) -> list[PersonId]:
    """催办: a person's own push, now, to whoever owes the next step. Returns whom it reaches."""
    topic = topics.get(work.tx, topic_id)
    measure = measures.get(work.tx, measure_id) if measure_id else None
    if by <= work.now:
        raise Invalid("deadline_past", deadline=by)
    authorise(work, topic, Event.NUDGE, measure)
    _not_just_now(work, topic, measure_id, text)
    whom = _owes(work, topic, measure)
    if not whom:
        raise Missing("nobody_to_nudge", number=topic.number)
    report = acting.say(work, topic, Event.NUDGE, text, measure=measure)
    facts = {"report": report, "by": by}
    if measure:
        acting.on_measure(work, topic, measure, Event.NUDGE, facts=facts, texts={"text": text})
    else:
        acting.on_topic(work, topic, Event.NUDGE, facts=facts, texts={"text": text})
    data = {"by": by.isoformat()}
    tell(work, whom, "nudged", topic, measure=measure, report_id=report, data=data, wants_ack=True)
    return whom


def take_back(work: Work, after: int) -> int:
    """Take back the actor's pushes owed since a notice, as long as none has been sent; how many there were.

    Raises Stale when there is none, Invalid when somebody has one already.
    """
    mine = [n for n in notices.done_since(work.tx, work.actor.id, NUDGED, after) if n.state != "void"]
    if not mine:
        raise Stale("already_so")
    if any(notice.state != "owed" for notice in mine):
        raise Invalid("undo_sent")
    ids = [notice.id for notice in mine]
    notices.void(work.tx, ids)
    notices.attach(work.tx, ids, None)
    for report in dict.fromkeys(ReportId(n.report_id) for n in mine if n.report_id is not None):
        reports.withdraw(work.tx, report)
    work.tx.record("nudges_undone", actor_id=work.actor.id, facts={"notices": ids})
    return len(ids)


def inquire(work: Work, topic_id: TopicId, question: str) -> Request:
    """过问 (S2 art. 7): a chief asks; an answer is owed."""
    if not question.strip():
        raise Missing("question_missing")
    topic = topics.get(work.tx, topic_id)
    report = acting.say(work, topic, Event.INQUIRE, question)
    request = requests.add(
        work.tx,
        {
            "kind": RequestKind.INQUIRY,
            "topic_id": topic.id,
            "asker_id": work.actor.id,
            "report_id": report,
            "anchor": topic.anchor,
        },
    )
    acting.on_topic(
        work, topic, Event.INQUIRE, facts={"request": request, "report": report}, texts={"text": question}
    )
    tell(work, responsible(topic), "inquired", topic, request_id=request, report_id=report)
    return requests.get(work.tx, request)


def answer(work: Work, request_id: RequestId, text: str) -> ReportId:
    """Answer an inquiry."""
    if not text.strip():
        raise Missing("report_empty")
    request = authorising.asked(work, request_id, RequestKind.INQUIRY)
    topic = topics.get(work.tx, request.topic_id)
    report = acting.say(work, topic, Event.ANSWER, text)
    requests.decide(work.tx, request_id, RequestState.ANSWERED, work.actor.id)
    acting.on_topic(
        work, topic, Event.ANSWER, facts={"request": request_id, "report": report}, texts={"text": text}
    )
    tell(work, [request.asker_id], "answered", topic, request_id=request_id, report_id=report)
    return report


def acknowledge(work: Work, notice_id: int) -> Topic | None:
    """知悉: the receiver has it. Only the receiver's own press counts. Returns the topic it was about."""
    notice = notices.get(work.tx, notice_id)
    if notice is None:
        raise NotFound("no_such_notice")
    if notice.person_id != work.actor.id:
        raise NoRight("not_your_notice")
    first = notices.acknowledge(work.tx, notice_id, work.now)
    if first:
        facts = {"notice": notice_id, "step": notice.step, "level": notice.level}
        work.tx.record("acknowledge", topic_id=notice.topic_id, actor_id=work.actor.id, facts=facts)
    if notice.topic_id is None:
        return None
    topic = topics.get(work.tx, TopicId(notice.topic_id))
    if first and notice.step and work.actor.id in _owing(work, topic, notice):
        _answer(work, topic, notice)
    return topic


def _not_just_now(work: Work, topic: Topic, measure_id: MeasureId | None, text: str) -> None:
    """Refuse the same push by the same person within the hour; new words or a report make it another."""
    said = [r for r in reports.of_topic(work.tx, topic.id) if r.measure_id == measure_id]
    mine = [r for r in said if r.event == Event.NUDGE and r.author_id == work.actor.id]
    mine = [r for r in mine if r.withdrawn_at is None]
    if (
        not mine
        or work.now - mine[-1].recorded_at >= AGAIN
        or text.strip() not in ("", mine[-1].text.strip())
    ):
        return
    if not any(r.event == Event.REPORT and r.id > mine[-1].id for r in said):
        raise Stale("just_nudged", number=topic.number)


def _owes(work: Work, topic: Topic, measure: Measure | None) -> list[PersonId]:
    """Who owes the next step, the pusher excepted: an owner who pushes pushes the units."""
    first = working(work, measure) if measure else responsible(topic)
    both = (first, working(work, measure or topic))
    return next((left for whom in both if (left := [p for p in whom if p != work.actor.id])), [])


def _owing(work: Work, topic: Topic, notice: Notice) -> list[PersonId]:
    if notice.measure_id is None:
        return [*responsible(topic), *working(work, topic)]
    return working(work, measures.get(work.tx, MeasureId(notice.measure_id)))


def _answer(work: Work, topic: Topic, notice: Notice) -> None:
    """Who owes the work has answered this step; steps that wait for silence do not follow."""
    subject = Subject.MEASURE if notice.measure_id else Subject.TOPIC
    item = measures.get(work.tx, MeasureId(notice.measure_id)) if notice.measure_id else topic
    firings.answer(work.tx, subject, item.id, notice.anchor, notice.step, notice.occurrence)
    anchoring.reschedule(work.tx, work.policy.calendar, subject, [item])
