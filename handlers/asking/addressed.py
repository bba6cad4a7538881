"""Which item a command addresses, and what else it says: `延期 017-2 12月20日前 等待招标结果`."""

import re
from dataclasses import dataclass
from typing import Final

from handlers.asking.finding import by_number, candidates, topic_named
from handlers.cards import Button, Card, rows
from handlers.texts import Catalogue
from handlers.turn import Turn
from services.authorising import authorise, open_events
from storage import measures, topics
from workflow.errors import Barred, NotFound
from workflow.measure import Measure, MeasureId
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

_TOPIC: Final = re.compile(r"#?(?:\d{4}\s*[-\uff0d\u2014])?\d{1,4}\u53f7?")
_MEASURE: Final = re.compile(r"#?(?P<topic>(?:\d{4}[-\uff0d\u2014])?\d{1,3})[-\uff0d\u2014](?P<no>\d{1,4})")
_FIRST: Final = re.compile(r"\s*(?P<word>\S+)\s*(?P<rest>.*)", re.DOTALL)
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Addressed:
    """An item, and the words that followed its number."""

    topic: Topic
    measure: Measure | None
    rest: str


def addressed(turn: Turn, text: str, event: Event) -> Addressed | None:
    """What a command means; without a number the only candidate, or a card to choose from (then None)."""
    first = _FIRST.fullmatch(text)
    named = numbered(turn, first["word"]) if first else None
    if first and named:
        here(turn, named[0])
        return Addressed(*named, first["rest"].strip())
    found = topic_named(turn, "", event)
    return Addressed(here(turn, found), None, text.strip()) if found else None


def measure_addressed(turn: Turn, text: str, event: Event) -> Addressed | None:
    """The same for what is done to measures: the only one that can be meant, or a card to choose from."""
    first = _FIRST.fullmatch(text)
    named = numbered(turn, first["word"]) if first else None
    if first and named and named[1]:
        return Addressed(here(turn, named[0]), named[1], first["rest"].strip())
    within = [here(turn, named[0])] if named else _worked_on(turn)
    fitting = _fitting(turn, within, event)
    if len(fitting) == 1:
        return Addressed(*fitting[0], first["rest"].strip() if first and named else text.strip())
    _choose(turn, fitting, event)
    return None


def begins_with_item(text: str) -> bool:
    """Whether the first word numbers an item."""
    first = _FIRST.fullmatch(text)
    return bool(first and (_TOPIC.fullmatch(first["word"]) or _MEASURE.fullmatch(first["word"])))


def numbered(turn: Turn, word: str) -> tuple[Topic, Measure | None] | None:
    """The item a word such as 017, 2026-017 or 017-2 numbers; None when it is no number. Raises NotFound."""
    if match := _MEASURE.fullmatch(word):
        topic = by_number(turn, match["topic"])
        found = [m for m in measures.of_topic(turn.tx, topic.id) if m.no == int(match["no"])]
        if not found:
            raise NotFound("no_measure_no", number=topic.number, no=int(match["no"]))
        return topic, found[0]
    return (by_number(turn, word), None) if _TOPIC.fullmatch(word) else None


def begun(turn: Turn, topic_id: TopicId, event: Event) -> Topic:
    """The topic whose button was pressed, if its presser may do this to it, here. Raises refusals."""
    topic = here(turn, topics.get(turn.tx, topic_id))
    authorise(turn.work, topic, event)
    return topic


def begun_measure(turn: Turn, measure_id: MeasureId, event: Event) -> tuple[Topic, Measure]:
    """The same for a measure."""
    measure = measures.get(turn.tx, measure_id)
    topic = here(turn, topics.get(turn.tx, measure.topic_id))
    authorise(turn.work, topic, event, measure)
    return topic, measure


def here(turn: Turn, topic: Topic) -> Topic:
    """The topic, unless it is confidential and others read along. Raises Barred."""
    if topic.confidential and not turn.private:
        raise Barred("private_only")
    return topic


def called(say: Catalogue, topic: Topic, measure: Measure | None = None) -> str:
    """What an item is called in a line: number and short title; a confidential one by number alone."""
    if measure is not None:
        return say("measures.heading", number=topic.number, no=measure.no)
    key = "topics.number_only" if topic.confidential else "topics.heading"
    return say(key, number=topic.number, title=topic.short_title)


def short_number(topic: Topic, measure: Measure | None = None) -> str:
    """The number as a button shows it: 017, 017-2."""
    number = topic.number.partition("-")[2]
    return f"{number}-{measure.no}" if measure else number


def _worked_on(turn: Turn) -> list[Topic]:
    found = candidates(turn, Event.REPORT) or candidates(turn, Event.VIEW)
    return [topic for topic in found if topic.state is TopicState.IN_PROGRESS]


def _fitting(turn: Turn, within: list[Topic], event: Event) -> list[tuple[Topic, Measure]]:
    of = {topic.id: topic for topic in within if topic.state is TopicState.IN_PROGRESS}
    found = [(of[measure.topic_id], measure) for measure in measures.of_topics(turn.tx, of)]
    return [(t, m) for t, m in found if event in open_events(turn.work, t, m)]


def _choose(turn: Turn, fitting: list[tuple[Topic, Measure]], event: Event) -> None:
    if not fitting:
        turn.tell("measuring.none_here", event=turn.say(f"event.{event}"))
        return
    urgent = sorted(fitting, key=lambda pair: pair[1].deadline)[:MOST]
    lines = [f"{short_number(t, m)} {'' if t.confidential else m.text}" for t, m in urgent]
    buttons = [Button(short_number(t, m), f"measure.{event}", (m.id,)) for t, m in urgent]
    turn.reply(Card(title=turn.say("measuring.which"), lines=tuple(lines), buttons=rows(*buttons)))
