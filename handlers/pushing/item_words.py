"""How a push calls an item: its number and short title; of a confidential topic the number alone."""

import re
from typing import Final

from handlers.reader import Reader
from workflow.measure import Measure
from workflow.topic import Topic, TopicState

_TAG: Final = re.compile(r"【[^】]*】|\[[^\]]*\]")


def hidden(reader: Reader, topic: Topic, text: str, measure: Measure | None = None) -> str:
    """Of a confidential topic what kind of push it is, and its number; who and when are content too."""
    tag, name = _TAG.match(text), name_of(reader, topic, measure)
    return reader.say("notices.name.alone", tag=tag[0] if tag else "", name=name)


def name_of(reader: Reader, topic: Topic, measure: Measure | None = None) -> str:
    """How a push calls an item."""
    say = reader.say
    if topic.confidential:
        name = say("notices.name.hidden", number=topic.number)
    elif topic.state in (TopicState.DRAFT, TopicState.CONFIRMING):
        name = say("notices.name.draft", title=topic.short_title)
    else:
        name = say("notices.name.topic", number=topic.number, title=topic.short_title)
    return say("notices.name.measure", topic=name, no=measure.no) if measure else name
