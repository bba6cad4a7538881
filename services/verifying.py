"""核验与销号: submitted by the owner, verified by a seat that neither owned nor carried it out."""

from datetime import datetime

from services import acting
from services.affairs import recheck_planning
from services.affairs.timing import FIRES
from services.authorising import authorise
from services.telling import responsible, tell, verifying, working
from services.work import Work
from storage import measures, topics
from workflow.errors import Invalid, Missing
from workflow.measure import SETTLED, Measure
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


def unsettled(work: Work, topic_id: TopicId) -> list[Measure]:
    """Measures that are neither confirmed nor withdrawn."""
    return [m for m in measures.of_topic(work.tx, topic_id) if m.state not in SETTLED]


def submit(work: Work, topic_id: TopicId, reason: str = "") -> Topic:
    """申请销号: the owner says it is done. Open measures need a reason."""
    topic = topics.get(work.tx, topic_id)
    authorise(work, topic, Event.SUBMIT)
    waiting = unsettled(work, topic_id)
    if waiting and not reason.strip():
        raise Missing("open_measures", count=len(waiting), nos=[m.no for m in waiting])
    report = acting.say(work, topic, Event.SUBMIT, reason)
    handed = acting.on_topic(
        work,
        topic,
        Event.SUBMIT,
        {"submitted_at": work.said.sent_at},
        facts={"report": report, "open_measures": [m.id for m in waiting] or None},
        texts={"text": reason},
    )
    tell(work, verifying(work, handed), "submitted", handed, report_id=report)
    tell(work, [handed.issuer_id], "submitted_fyi", handed, single=False)
    return handed


def recall(work: Work, topic_id: TopicId) -> Topic:
    """The owner takes the submission back before it is decided."""
    topic = topics.get(work.tx, topic_id)
    back = acting.on_topic(work, topic, Event.RECALL, {"submitted_at": None})
    tell(work, verifying(work, back), "recalled", back, single=False)
    return back


def close(work: Work, topic_id: TopicId) -> Topic:
    """核验通过并销号."""
    topic = topics.get(work.tx, topic_id)
    closed = acting.on_topic(work, topic, Event.CLOSE, {"closed_at": work.now, "percent": 100})
    concerned = (*responsible(closed), *working(work, closed), closed.issuer_id)
    planned = recheck_planning.plan(work, closed)
    on = {"kind": "recheck", "until": planned.facts[FIRES]} if planned else {}
    tell(work, concerned, "closed", closed, data=on)
    return closed


def send_back(work: Work, topic_id: TopicId, points: list[str], by: datetime) -> Topic:
    """退回补正: with numbered points and a date; the first deadline stays visible."""
    if not points:
        raise Missing("points_missing")
    if by <= work.now:
        raise Invalid("deadline_past", deadline=by)
    topic = topics.get(work.tx, topic_id)
    text = "\n".join(f"{no}. {point}" for no, point in enumerate(points, 1))
    report = acting.say(work, topic, Event.RETURN, text)
    values = {"submitted_at": None, "deadline": by}
    back = acting.on_topic(
        work,
        topic,
        Event.RETURN,
        values,
        facts={"report": report, "points": len(points)},
        texts={"text": text},
    )
    data = {"points": len(points), "by": by.isoformat()}
    tell(work, responsible(back), "returned", back, report_id=report, data=data)
    tell(
        work,
        (*working(work, back), back.issuer_id),
        "returned",
        back,
        report_id=report,
        data=data,
        single=False,
    )
    return back


def reopen(work: Work, topic_id: TopicId, reason: str, by: datetime) -> Topic:
    """A relapse, or a closing that was wrong: the same topic goes on with its history."""
    if not reason.strip():
        raise Missing("reason_missing", event=Event.REOPEN)
    if by <= work.now:
        raise Invalid("deadline_past", deadline=by)
    topic = topics.get(work.tx, topic_id)
    report = acting.say(work, topic, Event.REOPEN, reason)
    values = {"closed_at": None, "submitted_at": None, "deadline": by, "percent": None}
    again = acting.on_topic(
        work, topic, Event.REOPEN, values, facts={"report": report}, texts={"text": reason}
    )
    recheck_planning.cancel(work, again)
    concerned = (*responsible(again), *working(work, again), again.issuer_id)
    tell(work, concerned, "reopened", again, report_id=report, data={"by": by.isoformat()})
    return again
