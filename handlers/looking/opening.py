"""What a list's number or a push opens: a card of its own, beside what was pressed.

A list keeps its lines that way and a push its sentence; a confidential topic's card can vanish alone.
"""

from handlers.issuing.deciding_card import request_card
from handlers.registry import button
from handlers.topic_card import measure_card, topic_card
from handlers.turn import Turn
from storage import measures, requests, topics
from storage.requests import RequestId
from workflow.measure import MeasureId
from workflow.topic import TopicId


@button("topic.open")
def open_topic(turn: Turn, topic_id: TopicId) -> None:
    """A topic."""
    turn.reply(topic_card(turn, topics.get(turn.tx, topic_id)))


@button("measure.open")
def open_measure(turn: Turn, measure_id: MeasureId) -> None:
    """A measure."""
    measure = measures.get(turn.tx, measure_id)
    turn.reply(measure_card(turn, topics.get(turn.tx, measure.topic_id), measure))


@button("request.open")
def open_request(turn: Turn, request_id: RequestId) -> None:
    """A request."""
    turn.reply(request_card(turn, requests.get(turn.tx, request_id)))
