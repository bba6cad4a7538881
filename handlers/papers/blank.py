"""A college's own blank, filled with what is known of the college and of one topic."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from handlers.cards import Card
from handlers.papers.writing import called, scribe, still
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports.papers import word
from reports.papers.blank import FIELDS, blank, file_of
from reports.papers.word import TemplateFault
from services.authorising import authorise
from services.papers import require
from storage import topics
from workflow.topic import TopicId
from workflow.transitions import Event

FILE: Final = "blank.docx"


@still
def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file; where it cannot be filled, what is wrong with it and which fields there are."""
    require(reader.work)
    name, topic_id = args
    topic = topics.get(reader.tx, TopicId(int(topic_id))) if topic_id else None
    if topic is not None:
        authorise(reader.work, topic, Event.VIEW)
    template, title = file_of(reader.policy.templates, name), called(reader, name, topic)
    if template is None:
        return Paper(Card(title, (reader.say("papers.blank.gone", name=name),)), {})
    path = folder / FILE
    try:
        word.fill(template, asdict(blank(scribe(reader), topic)), path)
    except TemplateFault as fault:
        return Paper(Card(title, _fault(reader, fault)), {})
    card = Card(title, (reader.say("papers.done"),))
    return handed_over(card, path, reader.say("papers.file.paper", name=title), word.MIME)


def _fault(reader: Reader, fault: TemplateFault) -> tuple[str, ...]:
    why = reader.say(f"papers.why.{fault.code}", detail=fault.detail)
    known = reader.say("common.listing").join(FIELDS)
    return (
        reader.say("papers.blank.fault", file=fault.file, why=why),
        reader.say("papers.blank.fields", fields=known),
    )
