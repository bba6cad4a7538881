"""A year of records for the papers of its end: topics of every kind, and affairs as the rooms leave them."""

from datetime import UTC, datetime
from typing import Any, Final

from services import claiming, extending, measuring, pressing, verifying
from services.affairs import acting
from services.measuring import Step
from services.work import Work
from storage import affairs, requests
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.topic import Cycle, Duty, Kind, Topic

CHIEF, PRESIDENT, OWNER, OFFICE, DISCIPLINE = "党委书记", "院长", "外事副院长", "党办主任", "纪委书记"
MAY: Final = datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC)
DECEMBER: Final = datetime(2026, 12, 21, 2, tzinfo=UTC)


def claimed(college: Conversation, **more: Any) -> Topic:
    topic = college.issued(**more)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    return topic


def year(college: Conversation) -> None:
    """A year of records: topics under every duty, closed, late, moved, confidential; affairs beside them."""
    closed = claimed(college, duty=Duty.MAIN, title="制度不完善")
    college.do(OWNER, lambda work: verifying.submit(work, closed.id, "完成"))
    college.do(DISCIPLINE, lambda work: verifying.close(work, closed.id))
    late = claimed(college, duty=Duty.INTEGRITY, title="报销审核不严", deadline=MAY)
    steps = [Step("修订办法；", (college.unit("国际处"),), MAY)]
    college.do(OWNER, lambda work: measuring.decompose(work, late.id, steps))
    college.do(CHIEF, lambda work: pressing.inquire(work, late.id, "进展如何"))
    college.do(DISCIPLINE, lambda work: pressing.nudge(work, late.id, MAY))
    claimed(
        college,
        duty=Duty.IDEOLOGY,
        title="账号底数不清",
        kind=Kind.STANDING,
        cycle=Cycle.MONTHLY,
        deadline=None,
    )
    secret = claimed(college, confidential=True, title="秘密事项", by=PRESIDENT)
    college.do(
        OWNER,
        lambda work: measuring.decompose(work, secret.id, [Step("密办", (college.unit("财务处"),), MAY)]),
    )
    to = datetime(2027, 1, 29, 15, 59, 59, tzinfo=UTC)
    college.do(OWNER, lambda work: extending.ask(work, secret.id, to, "招标"))
    [asked] = college.ask(lambda tx: requests.of_topic(tx, secret.id))
    college.do(PRESIDENT, lambda work: extending.grant(work, asked.id))
    college.do(OFFICE, lambda work: beside(college, work))
    college.clock.advance(DECEMBER - college.clock.now())


def beside(college: Conversation, work: Work) -> None:
    """Affairs as the rooms write them down."""
    tx, owner, chief, talker = work.tx, college.id(OWNER), college.id(CHIEF), college.id(DISCIPLINE)

    def affair(kind: AffairKind, state: AffairState, **more: Any) -> Affair:
        return acting.begin_by_rule(tx, work.policy, kind, state=state, **more)

    for sort in ("joint", "joint", "integrity", "committee"):
        at = {"sort": sort, "at": "2026-03-20T01:00:00+00:00"}
        held = affair(AffairKind.MEETING, AffairState.DONE, person_id=chief, facts=at)
        for person in (chief, owner):
            affairs.ask(tx, held.id, person, "present")
    affair(
        AffairKind.MEETING,
        AffairState.HELD,
        person_id=chief,
        facts={"sort": "joint", "at": "2025-12-20T01:00:00+00:00"},
    )
    affair(
        AffairKind.DUTY,
        AffairState.OPEN,
        person_id=owner,
        title="分管领域廉政",
        facts={"duty": "integrity", "year": 2026},
    )
    affair(
        AffairKind.DUTY,
        AffairState.OPEN,
        unit_id=college.unit("财务处"),
        title="资金",
        facts={"duty": "main", "year": 2026},
    )
    affair(
        AffairKind.REGISTER,
        AffairState.RECORDED,
        person_id=owner,
        facts={"sort": "opinion", "on": "2026-04-01"},
    )
    affair(AffairKind.REGISTER, AffairState.RECORDED, by=owner, facts={"sort": "talk", "on": "2026-04-02"})
    affair(AffairKind.REGISTER, AffairState.VOID, by=owner, facts={"sort": "talk", "on": "2026-04-02"})
    affair(AffairKind.REGISTER, AffairState.RECORDED, by=owner, facts={"sort": "major", "on": "2026-04-03"})
    talk = affair(AffairKind.ADMONITION, AffairState.DONE, person_id=owner, facts={"talked_on": "2026-06-05"})
    affairs.ask(tx, talk.id, talker, "asked")
    affair(AffairKind.RECHECK, AffairState.DONE, topic_id=1, facts={"result": "relapse"})
    for kind, state, words in (
        (AffairKind.ASSESSMENT, "short", "培训不够。"),
        (AffairKind.SELF_CHECK, "no", "分解不细\n细化分工。"),
    ):
        one = affair(kind, AffairState.GIVEN, person_id=owner)
        facts = {"by": "2026-12-30T15:59:59+00:00"}
        item = AffairItem(one.id, 1, "question", state, None, None, None, facts, words)
        affairs.add_item(tx, item)
