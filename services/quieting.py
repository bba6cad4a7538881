"""静音, 稍后: a person lets one topic's reminders rest for a few workdays, or puts one off until the next.

Bounded by the college's number of workdays and by the deadline, on the trail, and never for what escalates.
The morning's digest lists the topic all the same.
"""

from datetime import datetime
from typing import Final

from services.authorising import authorise
from services.pushing import NOTICE
from services.resting import ends_at, may_rest
from services.work import Work
from storage import notices, outbox, people, rests, topics
from storage.notices import Notice
from workflow.errors import Invalid, NoRight, NotFound, Stale
from workflow.topic import OPEN, Topic, TopicId, TopicState
from workflow.transitions import Event

PUT_OFF: Final = "put_off"


def mute(work: Work, topic_id: TopicId, until: datetime | None = None) -> datetime:
    """Let a topic rest for the actor; until when it does. Raises Invalid beyond the bound or when late."""
    topic = topics.get(work.tx, topic_id)
    authorise(work, topic, Event.VIEW)
    if topic.state not in OPEN:
        raise Invalid("mute_nothing_open", number=topic.number)
    last = latest(work, topic)
    if last <= work.now:
        raise Invalid("mute_late", number=topic.number)
    if until is not None and not work.now < until <= last:
        raise Invalid("mute_too_long", latest=last)
    rests.put(work.tx, work.actor.id, topic.id, until or last)
    facts = {"person": work.actor.id, "until": until or last}
    work.tx.record("mute", topic_id=topic.id, actor_id=work.actor.id, facts=facts)
    return until or last


def unmute(work: Work, topic_id: TopicId) -> None:
    """It rests no longer. Raises Stale when it did not."""
    if rests.until(work.tx, work.actor.id, topic_id) is None:
        raise Stale("already_so")
    rests.end(work.tx, work.actor.id, topic_id)
    work.tx.record("unmute", topic_id=topic_id, actor_id=work.actor.id, facts={"person": work.actor.id})


def latest(work: Work, topic: Topic) -> datetime:
    """The last moment a topic may rest till: the college's bound, or what is due first."""
    calendar = work.policy.calendar
    bound = calendar.end_of(calendar.add_workdays(calendar.day(work.now), work.policy.rest_days))
    due = topic.claim_by if topic.state is TopicState.ISSUED else topic.deadline
    bound = min(bound, due) if due else bound
    return bound if work.policy.rest_days else work.now


def may_put_off(work: Work, notice: Notice) -> bool:
    """Whether the actor may hear this reminder a workday later."""
    ends, again = ends_at(work.tx, notice), _again(work)
    within = notice.data.get(PUT_OFF, 0) < work.policy.rest_days and (ends is None or again < ends)
    return within and notice.single and may_rest(work.tx, notice)


def put_off(work: Work, notice_id: int) -> datetime:
    """稍后: the same reminder again on the next workday, if it still holds then."""
    notice = notices.get(work.tx, notice_id)
    if notice is None:
        raise NotFound("no_such_notice")
    if notice.person_id != work.actor.id:
        raise NoRight("not_your_notice")
    if not may_put_off(work, notice):
        raise Invalid("not_put_off")
    again, times = _again(work), notice.data.get(PUT_OFF, 0) + 1
    copy = {name: getattr(notice, name) for name in _SAME}
    owed = notices.owe(
        work.tx,
        {
            **copy,
            "dedupe": f"{notice.dedupe}:later{times}",
            "data": {**notice.data, PUT_OFF: times},
            "due_at": again,
        },
    )
    account = people.reach(work.tx, work.actor.id)
    if owed is None or account is None:
        raise Stale("already_so")
    out = outbox.enqueue(
        work.tx,
        messenger=account.messenger,
        chat=account.chat,
        person_id=work.actor.id,
        kind=NOTICE,
        not_before=again,
    )
    notices.attach(work.tx, [owed], out)
    facts = {"notice": notice.id, "until": again, "times": times}
    topic_id = TopicId(notice.topic_id or 0)
    work.tx.record("put_off", topic_id=topic_id, actor_id=work.actor.id, facts=facts)
    return again


_SAME: Final = (
    *("kind", "person_id", "topic_id", "measure_id", "step", "level"),
    *("occurrence", "anchor", "audience", "single", "wants_ack", "late"),
)


def _again(work: Work) -> datetime:
    calendar = work.policy.calendar
    return calendar.at(calendar.next_workday(calendar.day(work.now)), work.policy.remind_at)
