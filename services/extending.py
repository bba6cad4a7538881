"""延期: asked by whoever does the work, decided by the seat above, never by the asker.

The first deadline and the number of extensions stay visible.
"""

from datetime import datetime
from typing import Any

from services import acting, authorising
from services.authorising import authorise
from services.telling import responsible, tell, working
from services.work import Work
from storage import measures, requests, topics
from storage.requests import Request, RequestId, RequestKind, RequestState
from workflow.errors import Invalid, Missing, Stale
from workflow.measure import Measure, MeasureId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


def ask(
    work: Work, topic_id: TopicId, wanted: datetime, reason: str, measure_id: MeasureId | None = None
) -> Request:
    """Ask for a later deadline, with a reason."""
    topic, measure = _items(work, topic_id, measure_id)
    may_ask(work, topic, measure)
    check(work, topic, measure, wanted)
    if not reason.strip():
        raise Missing("reason_missing", event=Event.ASK_EXTENSION)
    report = acting.say(work, topic, Event.ASK_EXTENSION, reason, measure=measure)
    item = measure or topic
    request = requests.add(
        work.tx,
        {
            "kind": RequestKind.EXTENSION,
            "topic_id": topic.id,
            "measure_id": measure_id,
            "asker_id": work.actor.id,
            "report_id": report,
            "wanted": wanted,
            "anchor": item.anchor,
        },
    )
    facts = {"request": request, "report": report, "wanted": wanted}
    _do(work, topic, measure, Event.ASK_EXTENSION, {}, facts, reason)
    deciding = responsible(topic) if measure else [topic.issuer_id]
    tell(work, deciding, "extension_wanted", topic, measure=measure, request_id=request, report_id=report)
    return requests.get(work.tx, request)


def may_ask(work: Work, topic: Topic, measure: Measure | None) -> None:
    """Refuse whoever may not ask, what has no deadline, and what waits for a decision already."""
    authorise(work, topic, Event.ASK_EXTENSION, measure)
    if (measure or topic).deadline is None:
        raise Invalid("no_deadline", number=topic.number)
    if requests.open_of(work.tx, topic.id, RequestKind.EXTENSION, measure.id if measure else None):
        raise Stale("already_asked")


def check(work: Work, topic: Topic, measure: Measure | None, wanted: datetime) -> None:
    """Refuse a date that is no extension, or reaches beyond the topic's. Raises Invalid."""
    now_due = (measure or topic).deadline
    if wanted <= max(now_due or work.now, work.now):
        raise Invalid("not_later", wanted=wanted, deadline=now_due)
    if measure and topic.deadline and wanted > topic.deadline:
        raise Invalid("after_topic", deadline=wanted, topic_deadline=topic.deadline)


def grant(work: Work, request_id: RequestId, until: datetime | None = None) -> Topic | Measure:
    """同意延期: to the date asked for, or to another one."""
    request, topic, measure = _open(work, request_id)
    until = until or request.wanted
    if until is None or until <= work.now:
        raise Invalid("deadline_past", deadline=until)
    if measure and topic.deadline and until > topic.deadline:
        raise Invalid("after_topic", deadline=until, topic_deadline=topic.deadline)
    item = measure or topic
    if item.deadline is not None and until <= item.deadline:
        raise Invalid("not_later", wanted=until, deadline=item.deadline)
    requests.decide(work.tx, request_id, RequestState.GRANTED, work.actor.id)
    values = {"deadline": until, "extensions": item.extensions + 1}
    changed = _do(work, topic, measure, Event.GRANT_EXTENSION, values, {"request": request_id})
    _tell_all(work, topic, measure, request, "extension_granted", until)
    return changed


def refuse(work: Work, request_id: RequestId, reason: str = "") -> Topic | Measure:
    """不同意: the ladder resumes where it would be."""
    request, topic, measure = _open(work, request_id)
    requests.decide(work.tx, request_id, RequestState.REFUSED, work.actor.id)
    report = acting.say(work, topic, Event.REFUSE_EXTENSION, reason, measure=measure)
    facts = {"request": request_id, "report": report}
    changed = _do(work, topic, measure, Event.REFUSE_EXTENSION, {}, facts, reason)
    _tell_all(work, topic, measure, request, "extension_refused", None)
    return changed


def _open(work: Work, request_id: RequestId) -> tuple[Request, Topic, Measure | None]:
    request = authorising.asked(work, request_id, RequestKind.EXTENSION)
    return request, *_items(work, request.topic_id, request.measure_id)


def _items(work: Work, topic_id: TopicId, measure_id: MeasureId | None) -> tuple[Topic, Measure | None]:
    return topics.get(work.tx, topic_id), measures.get(work.tx, measure_id) if measure_id else None


def _do(
    work: Work,
    topic: Topic,
    measure: Measure | None,
    event: Event,
    values: dict[str, Any],
    facts: dict[str, Any],
    text: str = "",
) -> Topic | Measure:
    texts = {"text": text} if text else {}
    if measure is not None:
        return acting.on_measure(work, topic, measure, event, values, facts=facts, texts=texts)
    return acting.on_topic(work, topic, event, values, facts=facts, texts=texts)


def _tell_all(
    work: Work, topic: Topic, measure: Measure | None, request: Request, kind: str, until: datetime | None
) -> None:
    data = {"until": until.isoformat()} if until else {}
    tell(work, [request.asker_id], kind, topic, measure=measure, request_id=request.id, data=data)
    others = [p for p in working(work, measure or topic) if p != request.asker_id]
    tell(work, others, kind, topic, measure=measure, request_id=request.id, data=data, single=False)
