"""补漏补缺 (S2 art. 26): the person concerned hears first, then the others are told and answer.

Who fell short has some workdays to answer; only when that answer is there, or its time is over, can the
notice go to the other leaders. It names the topic and the step, never the person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.affairs import acting
from services.affairs.reminding import fires
from services.affairs.seating import ASKED
from services.affairs.timing import FIRES
from services.policy import Policy
from services.seats import executors, owners, verifiers
from services.telling import office, opening, quiet_hours, responsible
from services.work import Work
from storage import affairs, measures, notices, people, topics
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState, Part
from workflow.affair_table import AffairEvent
from workflow.errors import Barred, Invalid, Missing, NotInThisState, Stale
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId, Role
from workflow.supervision import CoverStep, answer_term
from workflow.topic import Topic, TopicId

FOLLOW: Final = "follow"
NOT_CONCERNED: Final = "na"


@dataclass(frozen=True, slots=True)
class Tally:
    """How the receivers have answered; `lacking` have not."""

    follow: int
    not_concerned: int
    lacking: tuple[PersonId, ...]

    @property
    def asked(self) -> int:
        """How many were told."""
        return self.follow + self.not_concerned + len(self.lacking)


def concerned_by(tx: Tx, topic: Topic, step: CoverStep, measure: Measure | None = None) -> list[PersonId]:
    """Who can have fallen short at a step: the heads of a measure's units, the verifier, or who owns it."""
    if measure is not None:
        return executors(tx, measure.lead_units, Role.UNIT_HEAD) or executors(tx, measure.lead_units)
    if step is CoverStep.VERIFY:
        return [person.id for person in verifiers(tx, topic)]
    return responsible(topic)


def require_open(topic: Topic) -> None:
    """Refuse what is never covered: a confidential topic (Barred), one nobody works on (NotInThisState)."""
    if topic.confidential:
        raise Barred("cover_confidential", number=topic.number)
    if not topic.open:
        raise NotInThisState("cover_not_open", number=topic.number, state=topic.state)


def begin(
    work: Work, topic_id: TopicId, person_id: PersonId, step: CoverStep, measure_id: MeasureId | None = None
) -> Affair:
    """Tell the person concerned, and wait for the answer. Raises the table's refusals, Invalid, Stale."""
    topic = topics.get(work.tx, topic_id)
    require_open(topic)
    measure = measures.get(work.tx, measure_id) if measure_id else None
    if person_id not in concerned_by(work.tx, topic, step, measure):
        raise Invalid("cover_nobody", number=topic.number)
    if live := under_way(work.tx, topic_id, person_id):
        raise Stale("cover_already", number=live.number)
    hears = opening(work, people.get(work.tx, person_id))
    until = answer_term(work.policy.calendar, hears, work.policy.cover_workdays)
    facts = {"step": step, "until": until.isoformat(), FIRES: until.isoformat()}
    affair = acting.begin(
        work,
        AffairKind.COVER,
        title=topic.short_title,
        facts=facts | ({"measure": measure.no} if measure else {}),
        topic_id=topic_id,
        person_id=person_id,
        due_at=until,
    )
    acting.tell(work, [person_id], "covering.concerned", affair, data={"while": AffairState.WAITING})
    return affair


def under_way(tx: Tx, topic_id: TopicId, person_id: PersonId) -> Affair | None:
    """The notice about this person on this topic that is not over yet."""
    found = affairs.of_topic(tx, topic_id, AffairKind.COVER)
    return next((one for one in found if one.person_id == person_id and not one.settled), None)


def give(work: Work, affair: Affair, text: str) -> Affair:
    """The person's answer, kept with the notice and shown to the office. Raises Missing."""
    if not text.strip():
        raise Missing("cover_answer_missing")
    values = {"words": {"answer": text.strip()}, "facts": _quiet(affair), "due_at": None}
    given = acting.act(work, affair, AffairEvent.GIVE, values, facts={"sent_at": work.said.sent_at})
    acting.tell(work, [affair.opened_by, *office(work)], "covering.given", given)
    return given


def receivers(tx: Tx, affair: Affair) -> list[PersonId]:
    """Who is told unless the office narrows it: every leader whom it does not itself concern."""
    topic = _topic(tx, affair)
    own = {affair.person_id, *owners(topic)}
    return [leader.id for leader in people.holding(tx, Role.LEADER) if leader.id not in own]


def release(work: Work, affair: Affair, whom: Iterable[PersonId]) -> Affair:
    """发送告知: to these people, never to the person concerned. Raises Missing, the table's refusals."""
    here = people.many(work.tx, whom).values()
    told = [person.id for person in here if person.active and person.id != affair.person_id]
    if not told:
        raise Missing("cover_receivers_missing")
    released = acting.act(work, affair, AffairEvent.RELEASE, _released(work.tx, work.policy, affair))
    acting.ask(work, released, told)
    acting.tell(work, told, "covering.released", released, data={"while": AffairState.RELEASED})
    return released


def answer(work: Work, affair: Affair, said: str, text: str = "") -> Part:
    """跟进 or 不涉及; with the last answer the notice is done, and the office hears how it went."""
    given = acting.answer(work, affair, said, text)
    told = tally(work.tx, affair)
    if not told.lacking:
        values = {"state": AffairState.DONE, "settled_at": work.now, "settled_by": work.actor.id}
        done = acting.act_by_rule(work.tx, work.policy, affair, AffairEvent.FINISH, values)
        data = {"follow": told.follow, "na": told.not_concerned}
        acting.tell(work, [affair.opened_by, *office(work)], "covering.done", done, data=data)
    return given


def finish(work: Work, affair: Affair) -> Affair:
    """The office closes it although somebody has not answered."""
    return acting.act(work, affair, AffairEvent.FINISH)


def drop(work: Work, affair: Affair) -> Affair:
    """Take it back before it was released; the person concerned is told."""
    dropped = acting.act(work, affair, AffairEvent.DROP, {"facts": _quiet(affair), "due_at": None})
    acting.tell(work, [affair.person_id], "covering.dropped", dropped)
    return dropped


def tally(tx: Tx, affair: Affair) -> Tally:
    """The answers so far."""
    parts = affairs.parts(tx, affair.id, ASKED)
    said = [part.answer for part in parts if part.answered_at is not None]
    lacking = tuple(part.person_id for part in parts if part.answered_at is None)
    return Tally(said.count(FOLLOW), said.count(NOT_CONCERNED), lacking)


@fires(AffairKind.COVER)
def term_over(tx: Tx, policy: Policy, affair: Affair) -> Iterable[PersonId]:
    """Nothing was answered in time: with a standing authorisation it is released, else the office may.

    What was answered, and a topic that was settled meanwhile, wait for somebody's eyes in any case; so does a
    term that passed while we were down, for an answer sent in time may still be on its way.
    """
    down = tx.now - datetime.fromisoformat(affair.facts["until"]) > policy.outage
    values = {"state": AffairState.OPEN, "facts": _quiet(affair), "due_at": None}
    over = acting.act_by_rule(tx, policy, affair, AffairEvent.EDIT, values)
    told = receivers(tx, over)
    if down or not (policy.cover_standing and told and _topic(tx, over).open):
        clerks = [person.id for person in people.holding(tx, Role.OFFICE) if person.id != over.person_id]
        return _owe(tx, policy, over, "covering.over", clerks, AffairState.OPEN)
    values = _released(tx, policy, over) | {"state": AffairState.RELEASED}
    released = acting.act_by_rule(tx, policy, over, AffairEvent.RELEASE, values)
    for person in told:
        affairs.ask(tx, released.id, person, ASKED)
    facts = {"affair": released.id, "part": ASKED, "asked": told}
    tx.record("affair_ask", topic_id=released.topic_id, facts=facts)
    return _owe(tx, policy, released, "covering.released", told, AffairState.RELEASED)


def _owe(
    tx: Tx, policy: Policy, affair: Affair, kind: str, whom: Iterable[PersonId], state: AffairState
) -> list[PersonId]:
    """A push that follows from a term, in nobody's name."""
    told = list(people.many(tx, whom).values())
    for person in told:
        row = {
            "dedupe": f"{kind}:a{affair.id}.{affair.version}:{person.id}",
            "kind": kind,
            "person_id": person.id,
            "topic_id": affair.topic_id,
            "affair_id": affair.id,
            "data": {"while": state},
            "single": True,
            "due_at": policy.calendar.next_open(tx.now, quiet_hours(person)),
        }
        notices.owe(tx, row)
    return [person.id for person in told]


def _released(tx: Tx, policy: Policy, affair: Affair) -> dict[str, Any]:
    calendar = policy.calendar
    today = calendar.day(tx.now)
    due: datetime = calendar.end_of(calendar.add_workdays(today, policy.reply_workdays))
    return {"facts": {**_quiet(affair), "released_on": today.isoformat()}, "due_at": due}


def _quiet(affair: Affair) -> dict[str, Any]:
    """Its facts, with nothing left for the clock to do."""
    return {name: value for name, value in affair.facts.items() if name != FIRES}


def _topic(tx: Tx, affair: Affair) -> Topic:
    assert affair.topic_id is not None, "a cover notice belongs to a topic"
    return topics.get(tx, affair.topic_id)
