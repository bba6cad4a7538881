"""Papers of affairs, opened: agenda, minutes, the record of an admonition, self-check, appraisal (FORMS)."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from services import claiming
from services.affairs import acting
from services.work import Work
from storage import affairs
from tests.handlers.conversation import Conversation
from tests.reports.opened_word import OpenedWord
from workflow.affair import Affair, AffairItem, AffairKind, AffairState

pytestmark = pytest.mark.forged

CHIEF, OWNER, OFFICE, DISCIPLINE, HEAD = "党委书记", "外事副院长", "党办主任", "纪委书记", "国际处处长"
AT = "2026-03-20T01:00:00+00:00"


def made(college: Conversation, kind: AffairKind, state: AffairState, **more: Any) -> Affair:
    return college.do(
        OFFICE, lambda work: acting.begin_by_rule(work.tx, work.policy, kind, state=state, **more)
    )


def item(college: Conversation, affair: Affair, kind: str, words: str = "", **more: Any) -> None:
    def add(work: Work) -> None:
        given = {"state": "", "topic_id": None, "unit_id": None, "person_id": None, "facts": {}, **more}
        no = affairs.next_no(work.tx, affair.id)
        affairs.add_item(work.tx, AffairItem(affair_id=affair.id, no=no, kind=kind, words=words, **given))

    college.do(OFFICE, add)


def part(college: Conversation, affair: Affair, who: str, part: str, answer: str = "") -> None:
    def give(work: Work) -> None:
        affairs.ask(work.tx, affair.id, college.id(who), part)
        if answer:
            [given] = [p for p in affairs.parts(work.tx, affair.id, part) if p.person_id == college.id(who)]
            affairs.answer(work.tx, replace(given, answer=answer))

    college.do(OFFICE, give)


def brought(college: Conversation, text: str) -> OpenedWord:
    shown = college.say(OFFICE, text)
    assert shown.card.files, shown.text
    return OpenedWord(BytesIO(college.files[shown.card.files[0].sha256]))


def met(college: Conversation) -> Affair:
    """A joint meeting with an agenda and decisions, one item on a confidential topic, one struck out."""
    first, secret = college.issued(), college.issued(confidential=True, title="秘密事项")
    college.do(OWNER, lambda work: claiming.claim(work, first.id))
    facts = {"sort": "joint", "at": AT}
    meeting = made(
        college,
        AffairKind.MEETING,
        AffairState.DONE,
        title="三月例会",
        words={"place": "行政楼301"},
        facts=facts,
        person_id=college.id(CHIEF),
    )
    for who in (OWNER, "副书记", DISCIPLINE, HEAD):
        part(college, meeting, who, "asked")
    for who in (CHIEF, OWNER, HEAD):
        part(college, meeting, who, "present")
    part(college, meeting, DISCIPLINE, "present", "no")
    part(college, meeting, HEAD, "observer")
    owner = {"person_id": college.id(OWNER)}
    item(
        college,
        meeting,
        "agenda",
        topic_id=secret.id,
        facts={"why": "new", "minutes": 10, "place": 2},
        **owner,
    )
    item(
        college,
        meeting,
        "agenda",
        topic_id=first.id,
        facts={"why": "overdue", "minutes": 20, "place": 1},
        **owner,
    )
    item(college, meeting, "agenda", "删掉的", state="dropped")
    item(college, meeting, "agenda", "{{ 7*7 }}其他事项", unit_id=college.unit("财务处"), facts={"place": 3})
    due = {"act": "topic", "due": "2026-05-29T15:59:59+00:00"}
    item(
        college,
        meeting,
        "decision",
        "修订办法",
        topic_id=first.id,
        unit_id=college.unit("国际处"),
        facts=due,
        **owner,
    )
    item(college, meeting, "decision", "秘密决定", topic_id=secret.id, unit_id=college.unit("国际处"))
    item(college, meeting, "decision", "撤回的", state="dropped")
    item(college, meeting, "decision", topic_id=first.id, facts={"act": "note", "due": "2026-06-01"})
    return meeting


def test_an_agenda(college: Conversation) -> None:
    meeting = met(college)
    paper = brought(college, f"出文书 {meeting.number} 议程")
    cells = paper.pairs()
    assert (cells["会议类型"], cells["时间"]) == ("联席会议：三月例会", "2026年3月20日 09:00")
    assert (cells["地点"], cells["审核人"]) == ("行政楼301", CHIEF)
    assert (cells["参会人员"], cells["列席人员"], cells["附件"]) == ("外事副院长、副书记、纪委书记", HEAD, "")
    rows = [(r["序号"], r["议题"], r["汇报人"], r["列席单位"], r["时长"]) for r in paper.table("序号")]
    assert rows == [
        ("1", "2026-001 因公出国管理内控制度不完善（逾期）", OWNER, "国际处", "20分钟"),
        ("2", "2026-002 （不公开）（新点题）", OWNER, "", "10分钟"),
        ("3", "{{ 7*7 }}其他事项", "", "财务处", ""),
    ]
    assert cells["会议议题"].splitlines()[0] == "1. 2026-001 因公出国管理内控制度不完善（逾期）"
    assert "秘密" not in paper.text


def test_minutes(college: Conversation) -> None:
    meeting = met(college)
    paper = brought(college, f"出文书 {meeting.number} 纪要")
    cells = paper.pairs()
    assert paper.lines[:2] == ["联席会议：三月例会", "会 议 纪 要"]
    assert (cells["主持"], cells["记录"]) == (CHIEF, "")
    assert (cells["出席"], cells["列席"]) == ("党委书记、外事副院长", HEAD)
    assert cells["缺席"] == "副书记、纪委书记"
    rows = [
        [r[n] for n in ("议定事项", "责任领导", "责任单位", "时限", "对应编号")] for r in paper.table("序号")
    ]
    assert rows == [
        ["修订办法", OWNER, "国际处", "2026年5月29日", "2026-001"],
        ["（不公开）", "", "", "", "2026-002"],
        ["2026-001 因公出国管理内控制度不完善", "", "", "2026年6月1日", "2026-001"],
    ]
    assert "秘密" not in paper.text


def test_a_meeting_of_which_nothing_is_known_yet(college: Conversation) -> None:
    meeting = made(college, AffairKind.MEETING, AffairState.OPEN)
    paper = brought(college, f"出文书 {meeting.number}")
    assert paper.pairs()["会议类型"] == "联席会议"
    assert paper.table("序号") == []


def test_the_record_of_an_admonition_leaves_room_to_write(college: Conversation) -> None:
    topic = college.issued()
    talk = made(
        college,
        AffairKind.ADMONITION,
        AffairState.DONE,
        topic_id=topic.id,
        person_id=college.id(HEAD),
        facts={
            "reminders": 3,
            "form": "individual",
            "talked_on": "2026-03-05",
            "follow_up": "2026-04-03",
            "result": "corrected",
        },
    )
    part(college, talk, DISCIPLINE, "asked")
    part(college, talk, OWNER, "asked", "taken")
    paper = brought(college, f"出文书 {talk.number}")
    cells = paper.pairs()
    assert (cells["编号"], cells["约谈方式"], cells["约谈人"]) == (talk.number, "个别", DISCIPLINE)
    assert (cells["约谈对象"], cells["职务"], cells["单位"]) == (HEAD, HEAD, "国际处")
    assert cells["触发事由"] == "2026-001 因公出国管理内控制度不完善，3次提醒未见有效反馈"
    assert (cells["时间"], cells["跟踪日期"], cells["结果"]) == ("2026年3月5日", "2026年4月3日", "已改正")
    assert {cells[blank] for blank in ("谈话提纲", "整改要求", "地点", "记录人", "谈话类型")} == {""}
    assert "约谈人：" in cells["双方签字"]


def test_an_admonition_before_the_talk(college: Conversation) -> None:
    talk = made(college, AffairKind.ADMONITION, AffairState.APPROVED, person_id=college.id(OWNER))
    cells = brought(college, f"出文书 {talk.number}").pairs()
    assert (cells["约谈方式"], cells["触发事由"], cells["时间"]) == ("□个别　□集体", "", "")
    assert (cells["单位"], cells["结果"]) == ("示例学院", "")


def test_a_self_check_has_its_four_questions(college: Conversation) -> None:
    check = made(college, AffairKind.SELF_CHECK, AffairState.GIVEN, unit_id=college.unit("国际处"))
    item(college, check, "question", state="yes", facts={"checked": "no", "topics": 3, "overdue": 1})
    by = {"by": "2026-05-29T15:59:59+00:00"}
    owned = college.issued().id
    item(college, check, "question", "台账不全 <b>\n补齐台账", state="no", facts=by, topic_id=owned)
    paper = brought(college, f"出文书 {check.number}")
    rows = [
        [r[n] for n in ("自查项目", "自查（是/否）", "他查（是/否）", "主要问题描述", "台账事实")]
        for r in paper.table("序号")
    ]
    assert rows == [
        ["责任分解是否明确", "是", "否", "", "议题3项\n逾期1项"],
        ["责任项目是否落实", "否", "", "台账不全 <b>", ""],
        ["责任履行是否协同", "", "", "", ""],
        ["责任追究是否严格", "", "", "", ""],
    ]
    corrections = [[cell.text for cell in row.cells] for row in paper.book.tables[1].rows]
    assert corrections[:3] == [
        ["序号", "整改措施", "责任人", "时限"],
        ["1", "", "", ""],
        ["2", "补齐台账", OWNER, "2026年5月29日"],
    ]
    assert f"自查主体：国际处　　编号：{check.number}" in paper.lines
    assert {"整改措施", "责任人", "时限", "单位签章"} <= set(paper.text.splitlines())


def test_a_result_keeps_the_order_of_seats_and_marks_what_is_void(college: Conversation) -> None:
    result = made(college, AffairKind.APPRAISAL, AffairState.DONE, facts={"on": "2026-12-28", "voters": 60})
    totals = {"present": 58, "issued": 58, "returned": 57, "valid": 56}
    rows = {
        name: [30, 20, 4, 1, 1]
        for name in ("discipline", "responsibility", "integrity", "probity", "overall")
    }
    item(college, result, "count", state="valid", person_id=college.id(CHIEF), facts={**totals, "rows": rows})
    over = {**totals, "returned": 59, "rows": {}}
    item(college, result, "count", state="void", person_id=college.id("院长"), facts=over)
    item(college, result, "count", person_id=college.id(OWNER))
    paper = brought(college, f"出文书 {result.number}")
    people = [t.rows[0].cells[1].text for t in paper.book.tables if t.rows[0].cells[0].text == "评议对象"]
    assert people == [CHIEF, "院长", OWNER], "never sorted by result"
    first = paper.table("评议内容")
    assert len(first) == 5
    assert list(first[0].values()) == [
        "执行政治纪律和政治规矩",
        "30人／53.6%",
        "20人／35.7%",
        "4人／7.1%",
        "1人／1.8%",
        "1人／1.8%",
    ]
    cells = paper.pairs()
    assert (cells["教职工代表人数"], cells["实到"], cells["有效票"]) == ("60", "58", "56")
    marks = [line for line in paper.lines if line.startswith(("计票", "作废", "尚未"))]
    assert marks == ["计票有效", "作废：收回票多于发出票", "尚未计票"]
    assert any(line.startswith("监票人") for line in paper.lines)


@pytest.mark.parametrize("kind", [AffairKind.ADMONITION, AffairKind.SELF_CHECK, AffairKind.APPRAISAL])
def test_papers_of_affairs_in_english(college: Conversation, kind: AffairKind) -> None:
    college.policy = replace(college.policy, language="en")
    one = made(college, kind, AffairState.DONE, person_id=college.id(OWNER))
    shown = college.say(OFFICE, f"/paper {one.number}")
    assert shown.card.files, shown.text
