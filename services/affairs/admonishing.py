"""约谈提醒 (S2 art. 27): proposed by facts, decided by whoever may talk to that person, kept as dates.

No content of a talk is ever kept. While a request for tolerance or clarification on the same topic is open,
proposals wait, if the college has it so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from services.affairs import acting
from services.affairs.seating import ASKED
from services.policy import Policy
from services.reminding import LADDER
from services.seats import executors, owners
from services.telling import responsible
from services.work import Work
from storage import affairs, notices, people, reports, topics
from storage.notices import Notice
from storage.store import Tx
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.errors import Barred, Invalid, Stale
from workflow.roles import PersonId, Role
from workflow.supervision import BEYOND, Heard, TalkForm, TalkResult, unheeded, who_talks
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

NUDGED: Final = "nudged"
TAKEN: Final = "taken"
"""The part of somebody who was asked as well, when another one has decided."""
PLEAS: Final = (AffairKind.TOLERANCE, AffairKind.CLARIFICATION)


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, by dates: reminders and nudges to the person, reports upwards, progress reported."""

    reminders: tuple[date, ...]
    nudges: tuple[date, ...]
    escalations: tuple[date, ...]
    reports: tuple[date, ...]
    unheeded: int

    def stored(self) -> dict[str, Any]:
        """As the affair keeps them: dates and counts, no judgement."""
        lists = {name: getattr(self, name) for name in ("reminders", "nudges", "escalations", "reports")}
        dates = {name: [day.isoformat() for day in days] for name, days in lists.items()}
        return {"dates": dates, "reminders": self.unheeded}


def facts_about(tx: Tx, policy: Policy, topic: Topic, person: PersonId) -> Facts:
    """What was sent to a person about a topic, and what came back.

    A nudge that may still be answered in time is no unheeded one.
    """
    sent = notices.sent_about(tx, topic.id)
    own = [one for one in sent if one.person_id == person]
    reminders = [one for one in own if one.kind == LADDER and not one.data.get("upwards")]
    nudges = [one for one in own if one.kind == NUDGED]
    over = [one for one in nudges if datetime.fromisoformat(one.data["by"]) < tx.now]
    items = {one.measure_id for one in (*reminders, *nudges)}
    above = [one for one in sent if one.data.get("upwards") and one.measure_id in items]
    spoken = _reported(tx, topic, items, whole=person in owners(topic))
    day = policy.calendar.day
    return Facts(
        _days(policy, reminders),
        _days(policy, nudges),
        _days(policy, above),
        tuple(day(at) for at in spoken),
        unheeded(map(_heard, (*reminders, *over)), max(spoken, default=None)),
    )


def may_be_proposed(tx: Tx, topic: Topic) -> list[PersonId]:
    """Whom it can be about: who owns the topic, then who works on it."""
    units = executors(tx, (*topic.lead_units, *topic.assist_units))
    return list(dict.fromkeys((*responsible(topic), *units)))


def talkers(tx: Tx, policy: Policy, person: PersonId) -> list[PersonId]:
    """Who may talk to a person, by the college's table. Raises Barred where that is nobody here.

    Where the seat is empty, or the person's own, the chiefs do.
    """
    role = who_talks(policy.admonishers, people.get(tx, person).roles)
    if role == BEYOND:
        raise Barred("admonition_beyond")
    for held in (Role(role), Role.CHIEF):
        if found := [one.id for one in people.holding(tx, held) if one.id != person]:
            return found
    raise Barred("admonition_beyond")


def pleas(tx: Tx, topic_id: TopicId) -> list[Affair]:
    """Requests for tolerance or clarification on a topic that are not decided yet."""
    return [one for one in affairs.of_topic(tx, topic_id, *PLEAS) if not one.settled]


def paused(tx: Tx, policy: Policy, topic_id: TopicId) -> bool:
    """Whether proposals on this topic wait."""
    return policy.tolerance_pauses and bool(pleas(tx, topic_id))


def check(work: Work, topic: Topic, person: PersonId) -> Facts:
    """The facts of a proposal that may be made. Raises Barred, Stale, Invalid."""
    _not_paused(work, topic.id)
    if person not in may_be_proposed(work.tx, topic):
        raise Invalid("admonition_nobody", number=topic.number)
    if live := under_way(work.tx, topic.id, person):
        raise Stale("admonition_already", number=live.number)
    facts = facts_about(work.tx, work.policy, topic, person)
    if not facts.unheeded and not (topic.overdue(work.now) and facts.reminders):
        raise Invalid("admonition_heeded", number=topic.number)
    return facts


def propose(work: Work, topic_id: TopicId, person: PersonId) -> Affair:
    """Put the facts before whoever may talk to that person. Raises what `check` and `talkers` raise."""
    topic = topics.get(work.tx, topic_id)
    facts = check(work, topic, person)
    whom = talkers(work.tx, work.policy, person)
    affair = acting.begin(
        work,
        AffairKind.ADMONITION,
        title="" if topic.confidential else topic.short_title,
        facts=facts.stored(),
        topic_id=topic_id,
        person_id=person,
        due_at=decision_term(work.tx, work.policy),
    )
    acting.ask(work, affair, whom)
    acting.tell(work, whom, "admonishing.proposed", affair, data={"k": facts.unheeded, "while": affair.state})
    return affair


def under_way(tx: Tx, topic_id: TopicId, person: PersonId) -> Affair | None:
    """The proposal about this person on this topic that is not over yet."""
    found = affairs.of_topic(tx, topic_id, AffairKind.ADMONITION)
    return next((one for one in found if one.person_id == person and not one.settled), None)


def approve(work: Work, affair: Affair) -> Affair:
    """拟约谈: one of those asked will talk; the others are waited for no more. Raises Barred while paused."""
    _not_paused(work, topic_of(affair))
    values = {"due_at": decision_term(work.tx, work.policy)}
    approved = acting.act(work, affair, AffairEvent.APPROVE, values)
    talks = acting.answering(work, affair)
    for part in affairs.parts(work.tx, affair.id, ASKED):
        if part.person_id != talks:
            acting.answer_for(work, approved, part.person_id, TAKEN)
    acting.tell(work, _watching(work, affair), "admonishing.approved", approved)
    return approved


def drop(work: Work, affair: Affair) -> Affair:
    """暂不约谈, or taken back by who proposed it; everybody who had it before them is told."""
    dropped = acting.act(work, affair, AffairEvent.DROP, {"due_at": None})
    asked = [part.person_id for part in affairs.parts(work.tx, affair.id, ASKED)]
    acting.tell(work, (*_watching(work, affair), *asked), "admonishing.dropped", dropped)
    return dropped


def record(work: Work, affair: Affair, on: date, form: TalkForm, follow_up: date | None = None) -> Affair:
    """登记日期: when the talk was, alone or in a group, and when it is followed up. Raises Invalid."""
    calendar = work.policy.calendar
    if on > calendar.day(work.now):
        raise Invalid("day_to_come")
    if follow_up is not None and follow_up <= calendar.day(work.now):
        raise Invalid("follow_up_past")
    dates = {"talked_on": on.isoformat(), "follow_up": follow_up.isoformat() if follow_up else None}
    facts = {**affair.facts, **dates, "form": form}
    due = calendar.end_of(follow_up) if follow_up else None
    recorded = acting.act(work, affair, AffairEvent.RECORD, {"facts": facts, "due_at": due})
    acting.tell(work, _watching(work, affair), "admonishing.recorded", recorded)
    return recorded


def finish(work: Work, affair: Affair, result: TalkResult) -> Affair:
    """The follow-up's result, as a code."""
    today = work.policy.calendar.day(work.now).isoformat()
    facts = {**affair.facts, "result": result, "followed_on": today}
    return acting.act(work, affair, AffairEvent.FINISH, {"facts": facts})


def pause(work: Work, topic_id: TopicId) -> None:
    """A request was made: open proposals on its topic wait, without a term."""
    if work.policy.tolerance_pauses:
        for affair in _open(work.tx, topic_id):
            acting.act_by_rule(work.tx, work.policy, affair, AffairEvent.EDIT, {"due_at": None})


def resume(work: Work, topic_id: TopicId) -> None:
    """The last request was decided: whoever was asked goes on, with a new term."""
    if not work.policy.tolerance_pauses or pleas(work.tx, topic_id):
        return
    for affair in _open(work.tx, topic_id):
        values = {"due_at": decision_term(work.tx, work.policy)}
        again = acting.act_by_rule(work.tx, work.policy, affair, AffairEvent.EDIT, values)
        whom = [part.person_id for part in affairs.parts(work.tx, affair.id, ASKED)]
        acting.tell(work, whom, "admonishing.resumed", again, data={"while": again.state})


def decision_term(tx: Tx, policy: Policy) -> datetime:
    """Until when a decision, or the date of a talk, is waited for."""
    calendar = policy.calendar
    return calendar.end_of(calendar.add_workdays(calendar.day(tx.now), policy.reply_workdays))


def topic_of(affair: Affair) -> TopicId:
    """The topic an affair of these kinds is attached to."""
    assert affair.topic_id is not None, "it was begun on a topic"
    return affair.topic_id


def _open(tx: Tx, topic_id: TopicId) -> list[Affair]:
    found = affairs.of_topic(tx, topic_id, AffairKind.ADMONITION)
    return [one for one in found if one.state == "open"]


def _not_paused(work: Work, topic_id: TopicId) -> None:
    if paused(work.tx, work.policy, topic_id):
        raise Barred("admonition_paused", number=topics.get(work.tx, topic_id).number)


def _watching(work: Work, affair: Affair) -> list[PersonId]:
    """Who proposed it, and the discipline secretary; never whom it is about."""
    held = [person.id for person in people.holding(work.tx, Role.DISCIPLINE_SECRETARY)]
    return [one for one in (affair.opened_by, *held) if one is not None and one != affair.person_id]


def _reported(tx: Tx, topic: Topic, items: Iterable[int | None], *, whole: bool) -> list[datetime]:
    """When progress was reported: on the whole topic, or on the measures a person was reminded of."""
    among, found = set(items), reports.of_topic(tx, topic.id)
    replaced = {one.supersedes_id for one in found}
    kept = [one for one in found if one.event == Event.REPORT and not one.withdrawn_at]
    return [one.sent_at for one in kept if one.id not in replaced and (whole or one.measure_id in among)]


def _heard(notice: Notice) -> Heard:
    at = notice.sent_at or notice.due_at
    key = f"{notice.step}.{notice.anchor}.{notice.occurrence}.{notice.measure_id}"
    return Heard(at, notice.acknowledged_at is not None, key if notice.step else f"{notice.kind}{notice.id}")


def _days(policy: Policy, found: Iterable[Notice]) -> tuple[date, ...]:
    """One date for each occurrence, whoever it told."""
    once = {_heard(one).occurrence: _heard(one).at for one in found}
    return tuple(policy.calendar.day(at) for at in sorted(once.values()))
