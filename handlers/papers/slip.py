"""督办单 and the coloured papers: drawn with the number the order was given."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from handlers.papers.writing import paper, scribe, still
from handlers.printing import Paper
from handlers.reader import Reader
from reports.papers import slip as facts
from services.authorising import authorise
from services.papers import Number, Slip, require
from storage import topics
from workflow.topic import TopicId
from workflow.transitions import Event


@still
def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file. Raises what the table refuses by now."""
    topic_id, kind, year, no, at = args
    topic = topics.get(reader.tx, TopicId(int(topic_id)))
    require(reader.work)
    authorise(reader.work, topic, Event.VIEW)
    writer, number = scribe(reader), Number(int(year), int(no), datetime.fromisoformat(at))
    gather = facts.slip if kind == Slip.PLAIN else facts.warning
    told = gather(writer, topic, number, reader.actor.id)
    name = reader.say(f"papers.name.{kind}", number=topic.number)
    return paper(reader, kind, told, folder, name, reader.say("papers.number_kept", number=told.number))
