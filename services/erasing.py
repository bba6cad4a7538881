"""When words and names must go: a person's on request, a topic's when the college's years are over.

What stays are numbers, dates, states, seats and the trail, which names nobody and still verifies and replays.
"""

from datetime import datetime, timedelta
from typing import Final

from services import leaving
from services.administering import note
from services.work import Work
from storage import erasure, people, stand_ins
from storage.people import Person
from storage.store import Tx
from workflow.errors import Invalid
from workflow.roles import PersonId

ERASED: Final = "erased"
FORGOTTEN: Final = "forgotten"
SLICE: Final = 50


def erase(work: Work, person_id: PersonId, title: str) -> None:
    """Erase a person: identity, accounts and words; `title` is the pseudonym that lists show from now on.

    Raises Invalid (`still_holds`) while the person has a role, a seat, an open item or a stand-in.
    """
    person = people.get(work.tx, person_id)
    if _holds(work, person):
        raise Invalid("still_holds", title=person.title)
    erasure.forget_person(work.tx, person_id, title)
    erasure.forget_salts(work.tx, person_id)
    erasure.blank_messages(work.tx, work.now + timedelta(days=1))
    note(work, ERASED, {"person": person_id})


def forget_old(tx: Tx, before: datetime, most: int = SLICE) -> int:
    """Remove the texts of topics and affairs that were settled before a moment; how many."""
    over = erasure.topics_over(tx, before, most)
    for topic_id in over:
        erasure.forget_topic(tx, topic_id)
        tx.record(FORGOTTEN, topic_id=topic_id)
    ended = erasure.affairs_over(tx, before, most)
    if ended:
        erasure.forget_affairs(tx, ended)
        tx.record(FORGOTTEN, facts={"affairs": ended})
    return len(over) + len(ended)


def _holds(work: Work, person: Person) -> bool:
    items = leaving.open_items(work, person.id)
    return bool(person.roles or items.need_heir or items.measures or stand_ins.live(work.tx, person.id))
