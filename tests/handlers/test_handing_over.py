"""离任: what lies beside topics passes on with the office, what is about the person does not; with a list."""

from datetime import UTC, datetime

from services import claiming, measuring
from services.affairs import acting
from services.measuring import Step
from services.work import Work
from storage import affairs, journal, replay
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.roles import PersonId
from workflow.topic import TopicId

OFFICE, CHIEF, LEAVER, HEIR, HEAD = "党办主任", "党委书记", "外事副院长", "副书记", "国际处处长"


def leave(college: Conversation, who: str, heir: str) -> None:
    college.say(OFFICE, f"停用 {who}")
    college.press(OFFICE, "选接手人")
    college.say(OFFICE, heir)
    college.press(OFFICE, "确认")


def released(work: Work, topic: TopicId, about: PersonId, asked: PersonId) -> Affair:
    """A cover notice that waits for an answer."""
    affair = acting.begin_by_rule(
        work.tx, work.policy, AffairKind.COVER, state=AffairState.RELEASED, topic_id=topic, person_id=about
    )
    acting.ask(work, affair, [asked])
    return affair


def prepared(college: Conversation) -> dict[str, int]:
    """A duty, a cover notice to answer and one about the leaver, a recurring topic, a topic."""
    topic = college.issued()
    college.do(LEAVER, lambda work: claiming.claim(work, topic.id))
    me = college.id(LEAVER)
    duty = college.do(
        OFFICE,
        lambda work: acting.begin(
            work, AffairKind.DUTY, title="一岗双责", person_id=me, facts={"year": 2026}
        ),
    )
    other = college.issued("后勤副院长", title="采购验收不规范", short_title="")
    asked = college.do(OFFICE, lambda work: released(work, other.id, college.id("后勤副院长"), me))
    about = college.do(
        OFFICE, lambda work: acting.begin(work, AffairKind.COVER, topic_id=topic.id, person_id=me)
    )
    college.say(OFFICE, "常规题 集体学习 @外事副院长 每月10日")
    college.press(OFFICE, "设为常规")
    return {"duty": duty.id, "asked": asked.id, "about": about.id}


def test_what_belongs_to_the_office_passes_on_and_what_is_personal_stays(college: Conversation) -> None:
    made, leaver = prepared(college), college.id(LEAVER)
    college.say(OFFICE, f"停用 {LEAVER}")
    shown = college.last(OFFICE).text
    assert "责任、会议、待答复等事务3项" in shown
    assert "不移交的事务1项" in shown
    leave(college, LEAVER, HEIR)

    heir = college.id(HEIR)
    found = college.ask(lambda tx: {name: affairs.get(tx, one) for name, one in made.items()})
    assert found["duty"].person_id == heir
    assert found["about"].person_id == leaver
    assert made["asked"] in [one.id for one in college.ask(lambda tx: affairs.asking(tx, heir))]
    (template,) = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.TEMPLATE))
    assert template.facts["owners"] == [heir]
    assert college.ask(lambda tx: journal.verify(tx.connection)).problem == ""
    assert college.ask(replay.differences) == []


def test_the_successor_opens_a_list_of_it_with_dates(college: Conversation) -> None:
    prepared(college)
    leave(college, LEAVER, HEIR)
    push = next(one for one in college.pushed(HEIR) if "移交" in one.text)
    assert "移交单" in push.labels
    college.press(HEIR, "移交单", push)
    shown = college.last(HEIR)
    assert "外事副院长移交" in shown.text
    assert "共4项" in shown.text
    assert "6月30日" in shown.text
    college.press(HEIR, "1")
    assert "2026-001" in college.last(HEIR).text


def test_a_heads_measures_and_requests_stand_on_the_list(college: Conversation) -> None:
    topic = college.issued()
    college.do(LEAVER, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    college.do(LEAVER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.say(HEAD, "延期 001-1 6月20日 等待招标结果")
    college.press(HEAD, "提交申请")
    leave(college, HEAD, "财务处处长")
    push = next(one for one in college.pushed("财务处处长") if "移交" in one.text)
    college.press("财务处处长", "移交单", push)
    shown = college.last("财务处处长").text
    assert "〔所在部门措施〕" in shown
    assert "申请延期" in shown


def test_nobody_else_opens_it(college: Conversation) -> None:
    prepared(college)
    leave(college, LEAVER, HEIR)
    push = next(one for one in college.pushed(HEIR) if "移交" in one.text)
    card = college.last(OFFICE)
    assert college.press(OFFICE, "移交单", push) != ""
    assert college.last(OFFICE) == card
