"""Confidential content that is about to be shown: by whom it is seen is noted in the same turn.

A card that must vanish shows confidential content, and every card of a turn goes out through one place.
"""

from handlers.cards import About, Card, Subject
from services import accessing
from storage import affairs, measures, reports
from storage.reports import ReportId
from storage.store import Tx
from workflow.measure import MeasureId
from workflow.roles import PersonId
from workflow.topic import TopicId


def seen(tx: Tx, person: PersonId | None, card: Card) -> None:
    """Note that somebody is shown this card, where its content is confidential."""
    if card.vanish is not None and person is not None:
        accessing.note(tx, person, _topic(tx, card.about))


def _topic(tx: Tx, about: About | None) -> TopicId | None:
    match about:
        case About(Subject.TOPIC, id_):
            return TopicId(id_)
        case About(Subject.MEASURE, id_):
            return measures.get(tx, MeasureId(id_)).topic_id
        case About(Subject.REPORT, id_):
            return reports.get(tx, ReportId(id_)).topic_id
        case About(Subject.AFFAIR, id_):
            return affairs.get(tx, id_).topic_id
    return None
