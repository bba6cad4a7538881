"""按反馈分解: the owner agrees to what the batch planned, by one press on the topic's card."""

from handlers.asking.addressed import begun
from handlers.registry import button
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services.affairs import batches_plan
from storage import topics
from workflow.topic import TopicId
from workflow.transitions import Event


@button("batch.take")
def take(turn: Turn, topic_id: TopicId) -> None:
    """The planned measures are assigned to their units."""
    topic = begun(turn, topic_id, Event.DECOMPOSE)
    made = batches_plan.take(turn.work, topic.id)
    turn.toast("measuring.assigned", count=len(made))
    headline = turn.say("measuring.assigned_headline", number=topic.number, count=len(made))
    turn.edit(topic_card(turn, topics.get(turn.tx, topic.id), headline=headline))
