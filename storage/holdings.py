"""What still hangs on one person: everything a successor has to take over."""

from typing import Final

from sqlalchemy import bindparam, or_, update

from storage import requests, topics
from storage.among import among
from storage.requests import Request
from storage.store import Tx
from storage.tables_work import requests as requests_table
from storage.tables_work import topics as topics_table
from workflow.roles import PersonId
from workflow.topic import OPEN, Topic, TopicState

UNSETTLED: Final = (TopicState.DRAFT, TopicState.CONFIRMING, *sorted(OPEN))
_ASKS = update(requests_table).where(among(requests_table.c.id, "ids")).values(asker_id=bindparam("heir"))


def seated(tx: Tx, person: PersonId) -> list[Topic]:
    """Unsettled topics the person issued, drafted, owns, co-owns or may claim."""
    own = or_(
        topics_table.c.issuer_id == person, topics_table.c.drafter_id == person, topics.owned_by(person)
    )
    return topics.find(tx, topics.in_states(*UNSETTLED), own)


def asked(tx: Tx, person: PersonId) -> list[Request]:
    """Requests of the person's that wait for an answer."""
    return [request for request in requests.all_open(tx) if request.asker_id == person]


def hand_requests(tx: Tx, found: list[Request], heir: PersonId) -> None:
    """Let somebody else hear the answers."""
    tx.execute(_ASKS, {"ids": [request.id for request in found], "heir": heir})
