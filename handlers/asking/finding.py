"""Which topic a person means: a full number, its last digits, or the only one it can be."""

import re
from typing import Final

from handlers.cards import Button, Card, rows
from handlers.turn import Turn
from services.authorising import authorise, open_events
from storage import people, topics
from workflow.errors import NotFound, WorkflowError
from workflow.topic import OPEN, Topic, TopicState
from workflow.transitions import Event

_NUMBER: Final = re.compile(r"#?(?:(?P<year>\d{4})\s*[-\uff0d\u2014]\s*)?0*(?P<seq>\d{1,4})\u53f7?")
_DRAFT: Final = re.compile(r"[Dd][-\uff0d]?(?P<seq>\d+)")
_AFTER_WORD: Final = re.compile(r"[\s,，:：。;；]+")
MOST: Final = 5


def topic_named(turn: Turn, text: str, event: Event) -> Topic | None:
    """The topic a command names and its speaker may do `event` to.

    Without a number: the only candidate, or a card to choose from (then None). Raises NotFound.
    """
    if text.split():
        return by_number(turn, text.split()[0])
    found = candidates(turn, event)
    if len(found) == 1:
        return found[0]
    if not found:
        turn.tell(f"finding.none_{event}" if f"finding.none_{event}" in turn.say else "finding.none")
        return None
    buttons = [Button(topic.number, f"topic.{event}", (topic.id,)) for topic in found[:MOST]]
    lines = [turn.say("topics.heading", number=t.number, title=t.short_title) for t in found[:MOST]]
    turn.reply(Card(title=turn.say("finding.which"), lines=tuple(lines), buttons=rows(*buttons)))
    return None


def by_number(turn: Turn, text: str) -> Topic:
    """The topic of a number such as 2026-017 or 17 (of this year). Raises NotFound."""
    if drafted := _DRAFT.fullmatch(text):
        return _visible(turn, topics.by_number(turn.tx, f"D-{drafted['seq']}"))
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise NotFound("not_a_number", text=text[:20])
    year = match["year"] or str(turn.dates.today.year)
    return _visible(turn, topics.by_number(turn.tx, f"{year}-{int(match['seq']):03d}"))


def apart(rest: str) -> tuple[str, str]:
    """The first word of what followed a command, such as a number, and the rest."""
    first, *more = _AFTER_WORD.split(rest.strip(), maxsplit=1)
    return first, more[0].strip() if more else ""


def candidates(turn: Turn, event: Event) -> list[Topic]:
    """Open topics the speaker may do `event` to, the most urgent first."""
    work, units = turn.work, [m.unit_id for m in people.units_of(turn.tx, turn.actor.id)]
    found = topics.find(turn.tx, topics.in_states(*_states(event)), topics.concerning(turn.actor.id, units))
    if not found:
        found = topics.find(turn.tx, topics.in_states(*_states(event)))
    fitting = [topic for topic in found if event in open_events(work, topic)]
    return sorted(fitting, key=lambda t: (t.deadline is None, t.deadline or t.created_at))


def _states(event: Event) -> frozenset[TopicState]:
    drafting = {Event.CONFIRM, Event.ISSUE, Event.PROPOSE, Event.AMEND, Event.EDIT}
    if event is Event.REOPEN:
        return frozenset({TopicState.CLOSED})
    return frozenset({TopicState.DRAFT, TopicState.CONFIRMING}) if event in drafting else OPEN


def _visible(turn: Turn, topic: Topic) -> Topic:
    """A topic that exists but is not for this person does not exist for this person."""
    try:
        authorise(turn.work, topic, Event.VIEW)
    except WorkflowError:
        raise NotFound("no_such_number", number=topic.number) from None
    return topic
