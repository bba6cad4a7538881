"""Which topics somebody may look up: seats that watch over everything, and whatever else concerns a person.

It narrows a query; what is then shown of a topic the table decides, topic by topic.
"""

from typing import Any, Final

from handlers.reader import Reader
from storage import people, topics
from workflow.roles import SEAT_OF_ROLE, PersonId, UnitId
from workflow.topic import OPEN, TopicState

LEDGER: Final = (*OPEN, TopicState.CLOSED, TopicState.WITHDRAWN)
"""States in which a topic is in the ledger; a draft is its drafter's own."""


def sees_all(reader: Reader) -> bool:
    """Whether a role gives this person a seat on every topic."""
    return bool(reader.actor.roles & SEAT_OF_ROLE.keys())


def selves(reader: Reader) -> list[PersonId]:
    """This person, and those this person stands in for now."""
    standing = people.principals(reader.tx, reader.actor.id)
    return [reader.actor.id, *(s.principal_id for s in standing)]


def units_of(reader: Reader) -> list[UnitId]:
    """The units of this person and of those this person stands in for."""
    return [m.unit_id for person in selves(reader) for m in people.units_of(reader.tx, person)]


def concerning(reader: Reader) -> Any:
    """The condition: topics of this person and of those this person stands in for."""
    units = units_of(reader)
    own, *others = (topics.concerning(person, units) for person in selves(reader))
    for other in others:
        own = own | other
    return own


def visible(reader: Reader) -> tuple[Any, ...]:
    """The conditions of the ledger as this person may see it."""
    listed = topics.in_states(*LEDGER)
    return (listed,) if sees_all(reader) else (listed, concerning(reader))
