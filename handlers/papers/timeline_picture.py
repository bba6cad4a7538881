"""A topic's course as a picture: a message of its own, so that a confidential topic's vanishes whole."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from handlers import names
from handlers.cards import Card
from handlers.papers.pictures import pictured
from handlers.papers.timeline_marks import marks
from handlers.printing import Paper
from handlers.reader import Reader
from handlers.stamps import about
from handlers.topic_card import deadline_of, state_of
from reports.drawing.timeline import ACROSS, MOST, Course, picture
from services.authorising import open_events
from services.telling import responsible
from storage import topics
from workflow.topic import Topic, TopicId
from workflow.transitions import Event


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper | None:
    """The picture; None for who may not see the topic any more."""
    topic = topics.get(reader.tx, TopicId(int(args[0])))
    if Event.VIEW not in open_events(reader.work, topic):
        return None
    course = of_topic(reader, topic)
    vanish = reader.policy.vanish if topic.confidential else None
    name = reader.say("timeline.file", number=topic.number)
    paper = pictured(reader, Card(), lambda: picture(course), folder, name)
    return replace(paper, card=replace(paper.card, about=about(topic), vanish=vanish))


def of_topic(reader: Reader, topic: Topic) -> Course:
    """What is drawn of a topic, for whoever draws it: in a chat or on a page."""
    say = reader.say
    found = marks(reader, topic)
    left = sum(mark.shape not in ACROSS for mark in found) - MOST
    owner = names.titles(reader.tx, say, responsible(topic))
    lines = [say("timeline.standing", state=state_of(reader, topic), owner=owner)]
    if topic.lead_units:
        lines.append(say("timeline.units", units=names.units(reader.tx, say, topic.lead_units)))
    if deadline := deadline_of(reader, topic):
        lines.append(say("timeline.due", deadline=deadline))
    title = say("topics.heading", number=topic.number, title=topic.title)
    earlier = say("timeline.earlier", count=left) if left > 0 else ""
    return Course(title, lines, found, earlier)
