"""What a batch planned for a topic, offered to whoever claimed it: agreed by one press, or worded anew."""

from dataclasses import replace
from datetime import datetime

from services import measuring
from services.authorising import open_events
from services.measuring import Step
from services.work import Work
from storage import affair_plans, measures, topics
from workflow.affair import AffairItem
from workflow.errors import NotFound
from workflow.measure import Measure
from workflow.roles import UnitId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


def offered(work: Work, topic: Topic) -> list[Step]:
    """The planned measures, while the actor may decompose the topic and nobody has begun to.

    A planned day that has passed, or lies behind a deadline moved since, becomes the topic's own deadline.
    """
    if Event.DECOMPOSE not in open_events(work, topic):
        return []
    planned = affair_plans.of_topic(work.tx, topic.id)
    if not planned or measures.of_topic(work.tx, topic.id):
        return []
    return [_fitting(work, topic, _step(item)) for item in planned]


def take(work: Work, topic_id: TopicId) -> list[Measure]:
    """按反馈分解: the plan becomes the topic's measures. Raises NotFound where nothing is offered."""
    topic = topics.get(work.tx, topic_id)
    steps = offered(work, topic)
    if not steps:
        raise NotFound("nothing_planned", number=topic.number)
    made = measuring.decompose(work, topic_id, steps)
    affair_plans.take(work.tx, topic_id)
    work.tx.record("affair_plan_taken", topic_id=topic_id, actor_id=work.actor.id)
    return made


def _step(item: AffairItem) -> Step:
    text, _, deliverable = item.words.partition("\n")
    lead, assist = (tuple(UnitId(unit) for unit in item.facts[name]) for name in ("lead", "assist"))
    return Step(text, lead, datetime.fromisoformat(item.facts["due"]), assist, deliverable)


def _fitting(work: Work, topic: Topic, step: Step) -> Step:
    last = topic.deadline
    if last is not None and (step.deadline <= work.now or step.deadline > last):
        return replace(step, deadline=last)
    return step
