"""A press on a card that is no longer true shows the card as it is now, and does nothing else."""

from typing import Final

from handlers import names
from handlers.affair_cards import affair_card
from handlers.cards import Subject
from handlers.issuing.deciding_card import request_about, request_card
from handlers.stamps import stamp
from handlers.topic_card import measure_card, topic_card
from handlers.turn import Turn
from storage import affairs, measures, requests, topics
from storage.cards import Posted
from storage.requests import RequestId
from workflow.errors import WorkflowError
from workflow.measure import MeasureId
from workflow.topic import TopicId

ALWAYS: Final = frozenset(
    {
        "acknowledge",
        "topic.view",
        "topic.open",
        "measure.open",
        "request.open",
        "timeline",
        "report.view",
        "affair.open",
    }
)
"""Presses that are right whatever became of the item: having seen a push, and looking."""


def is_stale(turn: Turn, card: Posted) -> bool:
    """Whether the card's item has changed its state or anchor since the card was drawn."""
    if card.superseded_at is not None:
        return True
    if card.subject_id is None:
        return False
    if card.subject == Subject.TOPIC:
        return stamp(topics.get(turn.tx, TopicId(card.subject_id))) != card.version
    if card.subject == Subject.MEASURE:
        return stamp(measures.get(turn.tx, MeasureId(card.subject_id))) != card.version
    if card.subject == Subject.REQUEST:
        request = requests.get(turn.tx, RequestId(card.subject_id))
        return request_about(request).version != card.version
    if card.subject == Subject.AFFAIR:
        return affairs.get(turn.tx, card.subject_id).version != card.version
    return False


def show_fresh(turn: Turn, card: Posted, *, quietly: bool = False) -> None:
    """Redraw the card; `quietly` leaves the press's own answer as it is."""
    if not quietly:
        turn.toast("refusals.stale")
    if card.subject_id is None:
        return
    try:
        if card.subject == Subject.TOPIC:
            turn.edit(topic_card(turn, topics.get(turn.tx, TopicId(card.subject_id))))
        elif card.subject == Subject.MEASURE:
            measure = measures.get(turn.tx, MeasureId(card.subject_id))
            turn.edit(measure_card(turn, topics.get(turn.tx, measure.topic_id), measure))
        elif card.subject == Subject.REQUEST:
            turn.edit(request_card(turn, requests.get(turn.tx, RequestId(card.subject_id))))
        elif card.subject == Subject.AFFAIR:
            turn.edit(affair_card(turn, affairs.get(turn.tx, card.subject_id)))
    except WorkflowError:
        _gone(turn, card)


def _gone(turn: Turn, card: Posted) -> None:
    """The item is no longer this person's to see; whoever was too late to claim it hears who was first."""
    topic = topics.get(turn.tx, TopicId(card.subject_id or 0)) if card.subject == Subject.TOPIC else None
    if topic is not None and topic.open and topic.owner_id is not None:
        owner = names.title(turn.tx, topic.owner_id)
        turn.toast("refusals.already_claimed", alert=True, number=topic.number, title=owner)
    else:
        turn.toast("refusals.no_longer_yours", alert=True)
