"""What may wait for somebody: the topics worth asking the table about, in one query.

It is asked of everybody every morning, so it looks along indexes and not through the ledger.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import BindParameter, Boolean, bindparam, or_, select, union

from storage.store import Tx
from storage.tables_work import topic_people, topic_units, topics
from workflow.roles import PersonId, UnitId
from workflow.topic import TopicId, TopicState

_PEOPLE: Final[BindParameter[Any]] = bindparam("people", expanding=True)
_UNITS: Final[BindParameter[Any]] = bindparam("units", expanding=True)
_WATCHES: Final = bindparam("watches", type_=Boolean())
_HELD: Final = topics.c.state.in_((TopicState.ISSUED, TopicState.IN_PROGRESS))
_MAY_WAIT: Final = union(
    select(topics.c.id).where(
        topics.c.state.in_((TopicState.DRAFT, TopicState.CONFIRMING)),
        or_(topics.c.issuer_id.in_(_PEOPLE), topics.c.drafter_id.in_(_PEOPLE)),
    ),
    select(topics.c.id).where(topics.c.owner_id.in_(_PEOPLE), _HELD),
    select(topics.c.id).join(topic_people).where(topic_people.c.person_id.in_(_PEOPLE), _HELD),
    select(topics.c.id)
    .join(topic_units)
    .where(topic_units.c.unit_id.in_(_UNITS), topics.c.state == TopicState.IN_PROGRESS),
    select(topics.c.id).where(
        topics.c.state == TopicState.SUBMITTED,
        or_(_WATCHES.is_(True), topics.c.verifier.startswith("unit:")),
    ),
)


def topics_for(
    tx: Tx, people: Iterable[PersonId], units: Iterable[UnitId], *, watches: bool
) -> list[TopicId]:
    """Topics on which one of these people, or of these units, may have to act.

    `watches`: a role seats one of them on every topic, so whatever is submitted may be theirs to judge.
    """
    bound = {"people": list(people), "units": list(units), "watches": watches}
    return [TopicId(i) for (i,) in tx.execute(_MAY_WAIT, bound)]
