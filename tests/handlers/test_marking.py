"""标记: voluntary marks on one's own part in a topic, taken back while fresh, cited by the year's drafts."""

from datetime import date
from io import BytesIO

import pytest

from services import issuing
from services.affairs import marking
from services.affairs.marking import Mark
from services.issuing import Draft
from storage import affairs
from tests.handlers.conversation import Conversation
from tests.reports.opened_word import OpenedWord
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import WorkflowError
from workflow.topic import Topic

CHIEF, OFFICE, OWNER, SECRETARY = "党委书记", "党办主任", "外事副院长", "纪委书记"
GOVERNING = "二、履行管党治党责任情况"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    return college.issued()


def marks(college: Conversation) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.REGISTER, AffairState.RECORDED))


def told(college: Conversation) -> list[tuple[str, str]]:
    return [(one.facts["mark"], one.facts["on"]) for one in marks(college)]


def governing(college: Conversation, who: str) -> list[str]:
    college.say(who, "我的述责述廉 2026")
    return OpenedWord(BytesIO(college.files["own.docx"])).under(GOVERNING)


def test_a_mark_is_one_message_and_stands_in_the_draft(college: Conversation, topic: Topic) -> None:
    shown = college.say(CHIEF, "标记 001 亲自过问")
    assert shown.text.splitlines() == [
        "【已标记】G2026-01",
        "2026-001《因公出国内控》",
        "党委书记：亲自过问（2026年3月2日（周一））",
    ]
    college.say(CHIEF, "标记 001 亲自部署 2月27日")
    college.say(OWNER, "标记 001 同步检查")
    assert told(college) == [("asked", "2026-03-02"), ("deployed", "2026-02-27"), ("checked", "2026-03-02")]

    history = college.say(OWNER, "时间线 001").text
    assert "党委书记：亲自过问" in history
    assert "外事副院长：同步检查" in history

    drafted = governing(college, CHIEF)
    assert "亲自部署重要工作1项（2026-001）。" in drafted
    assert "亲自过问重大问题1项（2026-001）。" in drafted
    assert "管党治党与业务工作同步检查1项（2026-001）。" in governing(college, OWNER)
    assert not [line for line in governing(college, "院长") if "亲自" in line]


def test_without_its_name_the_fitting_ones_are_a_press_away(college: Conversation, topic: Topic) -> None:
    assert college.say(OWNER, "标记 001").labels == ["同步考虑", "同步部署", "同步实施", "同步检查"]
    college.press(OWNER, "同步实施")
    assert told(college) == [("carried", "2026-03-02")]
    assert college.say(CHIEF, "标记 001").labels == ["亲自部署", "亲自过问", "亲自协调"]
    assert "可发：标记 017" in college.say(CHIEF, "标记").text


def test_it_is_taken_back_in_time_and_later_struck_out_with_a_reason(
    college: Conversation, topic: Topic
) -> None:
    college.say(CHIEF, "标记 001 亲自协调")
    early = college.last(CHIEF)
    assert early.labels == ["撤回"]
    college.press(CHIEF, "撤回")
    assert "【已撤回】G2026-01" in college.last(CHIEF).text
    assert told(college) == []
    assert "亲自协调" not in college.say(CHIEF, "时间线 001").text

    again = college.say(CHIEF, "标记 001 亲自协调")
    college.pass_(minutes=11)
    assert "已超过10分钟" in college.press(CHIEF, "撤回", again)
    assert len(marks(college)) == 1
    with pytest.raises(WorkflowError):
        college.do(CHIEF, lambda work: marking.take_back(work, marks(college)[0]))
    college.press(CHIEF, "作废")
    college.say(CHIEF, "标错了题")
    assert "作废理由：标错了题" in college.last(CHIEF).text
    assert told(college) == []
    assert "亲自协调" not in "".join(governing(college, CHIEF))


@pytest.mark.parametrize(
    ("who", "what"),
    [
        (OFFICE, Mark.ASKED),
        (SECRETARY, Mark.ASKED),
        (OWNER, Mark.ASKED),
        (CHIEF, Mark.CHECKED),
        ("副书记", Mark.CHECKED),
        ("国际处处长", Mark.CHECKED),
        ("系统管理员", Mark.ASKED),
    ],
)
def test_nobody_marks_another_seats_part(college: Conversation, topic: Topic, who: str, what: Mark) -> None:
    with pytest.raises(WorkflowError):
        college.do(who, lambda work: marking.mark(work, topic, what, date(2026, 3, 2)))
    college.say(who, "标记 001 亲自过问" if what is Mark.ASKED else "标记 001 同步检查")
    college.say(who, "标记 001")
    assert marks(college) == []


def test_a_press_in_the_wrong_hands_does_nothing(college: Conversation, topic: Topic) -> None:
    shown = college.say(CHIEF, "标记 001 亲自过问")
    for who in (OFFICE, OWNER, "院长"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: marking.take_back(work, marks(college)[0]))
        college.say(who, "/start")
    assert len(marks(college)) == 1
    assert shown.labels == ["撤回"]


def test_a_mark_is_a_name_and_a_past_day(college: Conversation, topic: Topic) -> None:
    for said in ("亲自过问 他态度不好", "亲自过问 2月30日", "亲自挂帅", "同步"):
        assert "标记只写名称和日期" in college.say(CHIEF, f"标记 001 {said}").text, said
    assert "这一天还没有到" in college.say(CHIEF, "标记 001 亲自过问 2026年8月5日").text
    college.say(CHIEF, "标记 001 亲自过问")
    assert "同一天的同一标记已有（G2026-01）" in college.say(CHIEF, "标记 001 亲自过问").text
    assert "没有" in college.say(CHIEF, "标记 099 亲自过问").text
    assert len(marks(college)) == 1
    assert "还没有登记" in college.say(OFFICE, "登记").text  # a mark is no register of dates


def test_a_draft_is_not_marked(college: Conversation) -> None:
    draft = college.do(
        CHIEF,
        lambda work: issuing.draft(work, Draft(title="采购验收", owner_id=college.id(OWNER))),
    )
    assert college.do(CHIEF, lambda work: marking.fitting(work, draft)) == ()


def test_a_confidential_topic_is_marked_by_its_number(college: Conversation) -> None:
    college.issued(confidential=True)
    shown = college.say(CHIEF, "标记 001 亲自过问")
    assert "2026-001" in shown.text
    assert "因公出国" not in shown.text
    assert "因公出国" not in "".join(governing(college, CHIEF))


def test_english_is_understood(college: Conversation, topic: Topic) -> None:
    college.say(CHIEF, "设置 语言 English")
    assert "deployed in person" in college.say(CHIEF, "mark 001 deployed").text
    assert college.say(CHIEF, "mark 001").labels[0] == "deployed in person"
