"""标记 (S2 art. 7, 9): what a chief or a leader says of the own part in a topic, by date only.

Nobody is asked for one and no act implies one; the drafts of the year's end cite what was marked.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from services.affairs import acting
from services.authorising import authorise
from services.seats import owners
from services.work import Work
from storage import affairs
from storage.store import Tx
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import Invalid, NoRight
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

SORT: Final = "mark"
"""How a mark is told from other registers."""


class Mark(StrEnum):
    """What was done to a topic."""

    DEPLOYED = "deployed"  # 重要工作亲自部署
    ASKED = "asked"  # 重大问题亲自过问
    COORDINATED = "coordinated"  # 重要环节亲自协调
    CONSIDERED = "considered"  # 同步考虑
    ARRANGED = "arranged"  # 同步部署
    CARRIED = "carried"  # 同步实施
    CHECKED = "checked"  # 同步检查


OF_CHIEFS: Final = (Mark.DEPLOYED, Mark.ASKED, Mark.COORDINATED)
OF_OWNERS: Final = (Mark.CONSIDERED, Mark.ARRANGED, Mark.CARRIED, Mark.CHECKED)


def fitting(work: Work, topic: Topic) -> tuple[Mark, ...]:
    """The marks the actor may set on a topic: one's own seat counts, not that of whom one stands in for."""
    if topic.issued_at is None:
        return ()
    chief, owner = Role.CHIEF in work.actor.roles, work.actor.id in owners(topic)
    return (*(OF_CHIEFS if chief else ()), *(OF_OWNERS if owner else ()))


def mark(work: Work, topic: Topic, what: Mark, on: date) -> Affair:
    """Mark a topic. Raises NoRight, and Invalid for a day to come or a mark that stands already."""
    authorise(work, topic, Event.VIEW)
    if what not in fitting(work, topic):
        raise NoRight("mark_not_yours")
    if on > work.policy.calendar.day(work.now):
        raise Invalid("day_to_come")
    facts = {"sort": SORT, "mark": str(what), "on": on.isoformat()}
    for one in of_topic(work.tx, topic.id):
        if one.person_id == work.actor.id and one.facts == facts:
            raise Invalid("mark_stands", number=one.number)
    return acting.begin(work, AffairKind.REGISTER, facts=facts, topic_id=topic.id, person_id=work.actor.id)


def fresh(work: Work, affair: Affair) -> bool:
    """Whether its author may still take a mark back without a reason."""
    own = affair.opened_by == work.actor.id and affair.state is AffairState.RECORDED
    return own and work.now - affair.opened_at <= work.policy.undo


def take_back(work: Work, affair: Affair) -> Affair:
    """撤回. Raises Invalid when it is too long ago: then it is struck out, with a reason."""
    if not fresh(work, affair):
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    return acting.act(work, affair, AffairEvent.ANNUL)


def of_topic(tx: Tx, topic_id: TopicId) -> list[Affair]:
    """The marks that stand on a topic, oldest first."""
    found = affairs.of_topic(tx, topic_id, AffairKind.REGISTER)
    return [one for one in found if one.facts["sort"] == SORT and one.state is AffairState.RECORDED]
