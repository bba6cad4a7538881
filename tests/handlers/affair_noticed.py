"""A cover notice that leaders are to answer by Friday, and a leader who leaves."""

from datetime import datetime

from services import leaving
from services.affairs import acting
from services.work import Work
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState

OFFICE, SECRETARY, CHIEF = "党办主任", "纪委书记", "党委书记"
OWNER, OTHER, THIRD = "外事副院长", "副书记", "后勤副院长"
FRIDAY = datetime.fromisoformat("2026-03-06T17:30:00+08:00")


def leave(college: Conversation, who: str, heir: str) -> None:
    college.do(OFFICE, lambda work: leaving.leave(work, college.id(who), college.id(heir)))


def notified(college: Conversation, about: str, *asked: str) -> Affair:
    """A cover notice that these are to answer by Friday."""
    topic = college.issued(about)

    def release(work: Work) -> Affair:
        facts = {"step": "claim", "until": work.now.isoformat()}
        affair = acting.begin_by_rule(
            work.tx,
            work.policy,
            AffairKind.COVER,
            state=AffairState.RELEASED,
            topic_id=topic.id,
            person_id=college.id(about),
            due_at=FRIDAY,
            facts=facts,
        )
        acting.ask(work, affair, [college.id(one) for one in asked])
        return affair

    return college.do(OFFICE, release)
