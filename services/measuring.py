"""分解: the owner breaks a topic into measures for units; units receive them and report them done."""

from dataclasses import dataclass
from datetime import datetime

from services import acting, anchoring
from services.authorising import authorise
from services.telling import responsible, tell, working
from services.work import Work
from storage import measures, people, topics
from storage.rows import of, split
from workflow.errors import Invalid, Missing
from workflow.measure import Measure, MeasureId, MeasureState
from workflow.roles import UnitId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


@dataclass(frozen=True, slots=True)
class Step:
    """One measure as the owner words it. `deadline` is aware, UTC."""

    text: str
    lead_units: tuple[UnitId, ...]
    deadline: datetime
    assist_units: tuple[UnitId, ...] = ()
    deliverable: str = ""


def decompose(work: Work, topic_id: TopicId, steps: list[Step]) -> list[Measure]:
    """Add measures to a topic; the units called join the topic's units."""
    topic = topics.get(work.tx, topic_id)
    for step in steps:
        _check(work, topic, step)
    authorise(work, topic, Event.DECOMPOSE)
    made = [assign(work, topic, step) for step in steps]
    listed = {"measures": [m.id for m in made]}
    acting.on_topic(work, topic, Event.DECOMPOSE, joined(topic, steps), facts=listed)
    for measure in made:
        tell(work, working(work, measure), "assigned", topic, measure=measure)
    return made


def receive(work: Work, measure_id: MeasureId) -> Measure:
    """收到: the unit has it."""
    topic, measure = pair(work, measure_id)
    return acting.on_measure(work, topic, measure, Event.RECEIVE, {"received_at": work.now})


def report_done(work: Work, measure_id: MeasureId, text: str = "") -> Measure:
    """报办结: the lead unit says it is done; the owner confirms."""
    topic, measure = pair(work, measure_id)
    report = acting.say(work, topic, Event.REPORT_DONE, text, measure=measure)
    values = {
        "done_at": work.now,
        "last_report_at": work.said.sent_at,
        "received_at": measure.received_at or work.now,
    }
    done = acting.on_measure(
        work, topic, measure, Event.REPORT_DONE, values, facts={"report": report}, texts={"text": text}
    )
    tell(work, responsible(topic), "measure_done", topic, measure=done, report_id=report)
    return done


def confirm(work: Work, measure_id: MeasureId) -> Measure:
    """The owner agrees that it is done."""
    topic, measure = pair(work, measure_id)
    agreed = acting.on_measure(work, topic, measure, Event.CONFIRM_DONE, {"confirmed_at": work.now})
    tell(work, working(work, agreed), "measure_confirmed", topic, measure=agreed, single=False)
    return agreed


def send_back(work: Work, measure_id: MeasureId, reason: str) -> Measure:
    """The owner does not agree, and says why."""
    topic, measure = pair(work, measure_id)
    if not reason.strip():
        raise Missing("reason_missing", event=Event.RETURN_DONE)
    report = acting.say(work, topic, Event.RETURN_DONE, reason, measure=measure)
    back = acting.on_measure(
        work,
        topic,
        measure,
        Event.RETURN_DONE,
        {"done_at": None, "confirmed_at": None},
        facts={"report": report},
        texts={"text": reason},
    )
    tell(work, working(work, back), "measure_returned", topic, measure=back, report_id=report)
    return back


def withdraw(work: Work, measure_id: MeasureId) -> Measure:
    """The owner drops a measure."""
    topic, measure = pair(work, measure_id)
    gone = acting.on_measure(work, topic, measure, Event.WITHDRAW)
    tell(work, working(work, gone), "measure_withdrawn", topic, measure=gone)
    return gone


def pair(work: Work, measure_id: MeasureId) -> tuple[Topic, Measure]:
    """A measure and its topic."""
    measure = measures.get(work.tx, measure_id)
    return topics.get(work.tx, measure.topic_id), measure


def burdens_discipline(work: Work, units: tuple[UnitId, ...]) -> bool:
    """Whether the discipline committee would become an executing unit (三转: warn)."""
    return any(unit.discipline for unit in people.all_units(work.tx) if unit.id in units)


def _check(work: Work, topic: Topic, step: Step) -> None:
    if not step.text.strip():
        raise Missing("fields_missing", fields=("measure",))
    if not step.lead_units:
        raise Missing("fields_missing", fields=("unit",))
    if len(step.text) > work.policy.longest_text:
        raise Invalid("text_too_long", length=len(step.text), longest=work.policy.longest_text)
    if step.deadline <= work.now:
        raise Invalid("deadline_past", deadline=step.deadline)
    if topic.deadline is not None and step.deadline > topic.deadline:
        raise Invalid("after_topic", deadline=step.deadline, topic_deadline=topic.deadline)


def assign(work: Work, topic: Topic, step: Step) -> Measure:
    """Write a measure down for its units; whether the actor may has been asked."""
    values = {
        "topic_id": topic.id,
        "no": measures.next_no(work.tx, topic.id),
        "state": MeasureState.ASSIGNED,
        "version": 1,
        "text": step.text.strip(),
        "deliverable": step.deliverable.strip(),
        "deadline": step.deadline,
        "first_deadline": step.deadline,
        "extensions": 0,
        "anchor": 0,
        "created_at": work.now,
        "lead_units": step.lead_units,
        "assist_units": step.assist_units,
    }
    measure_id = measures.add(work.tx, values)
    made = anchoring.measure(work, None, measures.get(work.tx, measure_id))
    facts, texts = split(of("measures"), {**values, "anchor": made.anchor})
    work.tx.record(
        "assign",
        topic_id=topic.id,
        actor_id=work.actor.id,
        facts={"measure": measure_id, "set": facts},
        texts=texts,
    )
    return made


def joined(topic: Topic, steps: list[Step]) -> dict[str, tuple[UnitId, ...]]:
    """The topic's assisting units with those the measures call, if there are new ones."""
    called = [unit for step in steps for unit in (*step.lead_units, *step.assist_units)]
    new = [unit for unit in dict.fromkeys(called) if unit not in (*topic.lead_units, *topic.assist_units)]
    return {"assist_units": (*topic.assist_units, *new)} if new else {}
