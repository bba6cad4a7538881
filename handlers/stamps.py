"""What makes a card stale: the state and the anchor of its item, as one number.

A report raises an item's version without making a button wrong; a new state, deadline or owner does.
"""

from typing import Final

from handlers.cards import About, Subject
from workflow.measure import Measure, MeasureState
from workflow.topic import Topic, TopicState

_STATES: Final = (*TopicState, *MeasureState)
_BASE: Final = 32


def about(item: Topic | Measure) -> About:
    """The card of an item as it stands now."""
    subject = Subject.MEASURE if isinstance(item, Measure) else Subject.TOPIC
    return About(subject, item.id, stamp(item))


def stamp(item: Topic | Measure) -> int:
    """The number that changes with the item's state or anchor, and only then."""
    states = [type(state) is type(item.state) and state is item.state for state in _STATES]
    return item.anchor * _BASE + states.index(True)
