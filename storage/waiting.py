"""What may wait for somebody: the topics worth asking the table about, in one query.

It is asked of everybody every morning, so it looks along indexes and not through the ledger.
"""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Boolean, bindparam, or_, select, union

from storage.among import among
from storage.store import Tx
from storage.tables_work import topic_people, topic_units, topics
from workflow.roles import PersonId, UnitId
from workflow.topic import TopicId, TopicState

_WATCHES: Final = bindparam("watches", type_=Boolean())
_STATE: Final = topics.c.state
_DRAFTED: Final = or_(_STATE == TopicState.DRAFT, _STATE == TopicState.CONFIRMING)
_HELD: Final = or_(_STATE == TopicState.ISSUED, _STATE == TopicState.IN_PROGRESS)
_MAY_WAIT: Final = union(
    select(topics.c.id).where(
        _DRAFTED, or_(among(topics.c.issuer_id, "people"), among(topics.c.drafter_id, "people"))
    ),
    select(topics.c.id).where(among(topics.c.owner_id, "people"), _HELD),
    select(topics.c.id).join(topic_people).where(among(topic_people.c.person_id, "people"), _HELD),
    select(topics.c.id)
    .join(topic_units)
    .where(among(topic_units.c.unit_id, "units"), _STATE == TopicState.IN_PROGRESS),
    select(topics.c.id).where(
        _STATE == TopicState.SUBMITTED,
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
