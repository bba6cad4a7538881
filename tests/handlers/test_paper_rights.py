"""Who may order which paper: the wrong seats are refused, nothing is numbered, nothing comes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers import printing as drawing
from handlers.office.affair_papers import paper_buttons
from handlers.reader import Reader, reader
from services import claiming, issuing, papers
from services.affairs import acting
from services.affairs import papers as printing
from services.issuing import Draft
from services.papers import Slip
from services.work import Work
from storage import affairs, outbox, people
from storage.outbox import Out
from storage.store import Tx
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Barred, NoRight

CHIEF, PRESIDENT, OWNER, OFFICE, DISCIPLINE = "党委书记", "院长", "外事副院长", "党办主任", "纪委书记"
HEAD, ADMIN, OTHER = "国际处处长", "系统管理员", "后勤副院长"
WRONG = (OWNER, HEAD, ADMIN, "纪委干事", "党委委员", "国际处联络员")
HEADS = (OFFICE, CHIEF, DISCIPLINE)
LATE = datetime(2026, 7, 3, 2, tzinfo=UTC)


def files(college: Conversation, who: str) -> int:
    return sum(bool(shown.card.files) for shown in college.cards(who))


@pytest.mark.parametrize(
    "text", ["出督办单 001", "出预警单 001 黄色", "督办通报 3月", "年终材料 2026", "文书模板"]
)
@pytest.mark.parametrize("who", WRONG)
def test_others_order_nothing(college: Conversation, who: str, text: str) -> None:
    college.issued()
    shown = college.say(who, text)
    assert "文书由办公室、纪委书记或党政主要领导办理" in shown.text
    assert files(college, who) == 0
    assert _orders(college) == []


@pytest.mark.parametrize("who", HEADS)
def test_those_who_may_get_it(college: Conversation, who: str) -> None:
    college.issued()
    for text in ("出督办单 001", "督办通报 3月"):
        assert college.say(who, text).card.files, text
    assert len(_orders(college)) == 3, "two orders and a number"


def test_nobody_presses_oneself_on_paper(college: Conversation) -> None:
    topic = college.issued(owner=DISCIPLINE)
    with pytest.raises(Barred):
        college.do(DISCIPLINE, lambda work: papers.slip(work, topic, Slip.PLAIN))
    assert not college.say(DISCIPLINE, "出督办单 001").card.files
    assert college.say(OFFICE, "出督办单 001").card.files


def test_the_card_offers_a_slip_to_those_who_press(college: Conversation) -> None:
    topic = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    assert "出督办单" in _all_labels(college, OFFICE)
    assert "出督办单" in _all_labels(college, DISCIPLINE)
    for who in (OWNER, HEAD):
        assert "出督办单" not in _all_labels(college, who)
    college.say(OFFICE, "题 001")
    if "出督办单" not in college.last(OFFICE).labels:
        college.press(OFFICE, "更多")
    college.press(OFFICE, "出督办单")
    assert college.last(OFFICE).card.files


def test_a_late_topic_offers_the_coloured_papers_beside(college: Conversation) -> None:
    college.issued()
    college.clock.advance(LATE - college.clock.now())
    college.say(OFFICE, "出督办单 001")
    ordered = college.cards(OFFICE)[-2]
    assert ordered.labels == ["黄色预警", "橙色预警", "红色预警"]
    college.press(OFFICE, "橙色预警", ordered)
    assert college.last(OFFICE).card.title == "橙色预警督办单 2026-001"


def test_without_a_number_one_chooses(college: Conversation) -> None:
    assert "没有待办的议题" in college.say(OFFICE, "出督办单").text
    assert "没有逾期的议题" in college.say(OFFICE, "出预警单").text
    college.issued()
    college.issued(confidential=True, short_title="密件")
    shown = college.say(OFFICE, "出督办单")
    assert sorted(shown.labels) == ["2026-001", "2026-002"]
    assert "密件" not in shown.text
    college.press(OFFICE, "2026-002", shown)
    assert college.last(OFFICE).card.title == "督办单 2026-002"
    college.clock.advance(LATE - college.clock.now())
    shown = college.say(OFFICE, "出预警单")
    college.press(OFFICE, "2026-001", shown)
    assert college.last(OFFICE).card.title == "黄色预警通知单 2026-001"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("出督办单 099", "099"),
        ("出预警单 001 紫色", "没看懂“紫色”"),
        ("出预警单 001", "尚未逾期"),
        ("督办通报 某月", "没看懂“某月”"),
        ("督办通报 2027年1月", "还没有到"),
        ("年终材料 明年吧", "没看懂“明年吧”"),
        ("年终材料 3月", "没看懂"),
        ("年终材料 2030", "还没有到"),
        ("出文书", "请写明编号"),
        ("出文书 M2026-99", "没有"),
    ],
)
def test_what_is_not_understood_is_said(college: Conversation, text: str, answer: str) -> None:
    college.issued()
    assert answer in college.say(OFFICE, text).text
    assert files(college, OFFICE) == 0


@pytest.mark.parametrize(
    "text",
    ["出督办单 001", "出预警单 001", "督办通报", "年终材料", "我的述责述廉", "文书模板", "出文书 M2026-01"],
)
def test_in_a_group_no_paper_is_made(college: Conversation, text: str) -> None:
    college.issued()
    assert "私聊" in college.say(OFFICE, text, group=True).text
    assert files(college, OFFICE) == 0


def test_ones_own_draft_is_for_those_who_account(college: Conversation) -> None:
    for who in (CHIEF, OWNER, DISCIPLINE):
        assert college.say(who, "我的述责述廉").card.files
    for who in (HEAD, OFFICE, ADMIN):
        assert "没有述责述廉任务" in college.say(who, "我的述责述廉").text
        assert files(college, who) == 0
    assert "没看懂" in college.say(OWNER, "我的述责述廉 那年").text


def test_the_card_of_an_affair_offers_what_may_be_printed(college: Conversation) -> None:
    given = affair(college, AffairKind.SELF_CHECK, AffairState.GIVEN, person=OWNER)
    being_filled = affair(college, AffairKind.SELF_CHECK, AffairState.OPEN, person=OWNER)
    office = reader_of(college, OFFICE)
    assert [button.label for button in college.ask(lambda tx: paper_buttons(office(tx), given))] == ["自查表"]
    assert college.ask(lambda tx: paper_buttons(office(tx), being_filled)) == []
    assert college.say(OFFICE, f"出文书 {being_filled.number}").card.files, "blank, by command"


def reader_of(college: Conversation, who: str) -> Callable[[Tx], Reader]:
    return lambda tx: reader(tx, college.policy, people.get(tx, college.id(who)))


def test_a_draft_has_no_paper(college: Conversation) -> None:
    values = {"title": "草稿", "short_title": "草稿", "problem": "问", "goal": "标"}
    college.do(CHIEF, lambda work: issuing.draft(work, Draft(**values, owner_id=college.id(OWNER))))
    for text in ("出督办单 D-1", "出预警单 D-1"):
        assert not college.say(CHIEF, text).card.files
    assert _orders(college) == []


SORTS = (
    (AffairKind.MEETING, AffairState.OPEN, ["agenda"]),
    (AffairKind.MEETING, AffairState.DONE, ["minutes", "agenda"]),
    (AffairKind.MEETING, AffairState.CANCELLED, []),
    (AffairKind.ADMONITION, AffairState.OPEN, []),
    (AffairKind.ADMONITION, AffairState.APPROVED, ["admonition"]),
    (AffairKind.SELF_CHECK, AffairState.GIVEN, ["self_check"]),
    (AffairKind.APPRAISAL, AffairState.DONE, ["appraisal"]),
    (AffairKind.COVER, AffairState.WAITING, []),
)


@pytest.mark.parametrize(("kind", "state", "there"), SORTS)
def test_an_affair_has_its_papers_in_its_states(
    college: Conversation, kind: AffairKind, state: AffairState, there: list[str]
) -> None:
    made = affair(college, kind, state)
    assert college.do(OFFICE, lambda work: offered_(work, made)) == there
    shown = college.say(OFFICE, f"出文书 {made.number}")
    if len(there) == 1:
        assert shown.card.files
    elif there:
        assert shown.labels == ["纪要文件", "议程文件"]
        college.press(OFFICE, "纪要文件", shown)
        assert college.last(OFFICE).card.title == f"会议纪要 {made.number}"
        assert college.say(OFFICE, f"出文书 {made.number} 议程").card.title == f"会议议程 {made.number}"
    else:
        assert "目前没有可出的文书" in shown.text


@pytest.mark.forged
def test_papers_of_affairs_go_to_those_they_are_for(college: Conversation) -> None:
    talk = affair(college, AffairKind.ADMONITION, AffairState.RECORDED, person=OWNER, asked=DISCIPLINE)
    assert seen(college, talk) == {CHIEF, PRESIDENT, OFFICE, DISCIPLINE}, "never whom it is about"
    own = affair(college, AffairKind.SELF_CHECK, AffairState.GIVEN, person=OWNER)
    assert seen(college, own) == {CHIEF, PRESIDENT, OFFICE, DISCIPLINE, OWNER}
    votes = affair(college, AffairKind.APPRAISAL, AffairState.DONE, asked=OWNER)
    assert seen(college, votes) == {CHIEF, PRESIDENT, OFFICE, DISCIPLINE}, (
        "the sheet shows everybody's result"
    )
    met = affair(college, AffairKind.MEETING, AffairState.DONE, person=OTHER, asked=OWNER)
    assert seen(college, met) == {CHIEF, PRESIDENT, OFFICE, DISCIPLINE, OTHER}
    with pytest.raises(NoRight):
        college.do(OWNER, lambda work: require_(work, talk, "admonition"))
    for who in (OWNER, HEAD):
        college.say(who, f"出文书 {talk.number}")
        assert files(college, who) == 0


@pytest.mark.forged
def test_a_press_that_comes_too_late_is_refused(college: Conversation) -> None:
    met = affair(college, AffairKind.MEETING, AffairState.DONE)
    shown = college.say(OFFICE, f"出文书 {met.number}")
    college.do(OFFICE, lambda work: affairs.save(work.tx, met, {"state": AffairState.CANCELLED}))
    college.press(OFFICE, "纪要文件", shown)
    assert files(college, OFFICE) == 0


@pytest.mark.parametrize(
    "order",
    [
        ["slip", "1", "slip", "2026", "1", "2026-03-02T00:30:00+00:00"],
        ["circular", "2026-03-01", "2026-03-31"],
        ["year_end", "2026"],
        ["affair", "1", "agenda"],
    ],
)
def test_who_loses_the_seat_before_it_is_drawn_gets_nothing(
    college: Conversation, order: list[str], tmp_path: Path
) -> None:
    college.issued()
    affair(college, AffairKind.MEETING, AffairState.OPEN)

    def late(tx: Tx) -> Out:
        row = {"messenger": "telegram", "chat": "c", "kind": drawing.PAPER, "person_id": college.id(OWNER)}
        return outbox.get(tx, outbox.enqueue(tx, **row, body=json.dumps(order)))

    ordered = college.store.run_now(late)
    drawn = college.ask(lambda tx: drawing.draw(tx, college.policy, ordered, tmp_path))
    assert drawn is not None
    assert "不再出具" in drawn.card.lines[0]
    assert not drawn.paths


def affair(
    college: Conversation, kind: AffairKind, state: AffairState, person: str = CHIEF, asked: str = ""
) -> Affair:
    """An affair as its room would have left it."""

    def make(work: Work) -> Affair:
        made = acting.begin_by_rule(work.tx, work.policy, kind, state=state, person_id=college.id(person))
        if asked:
            affairs.ask(work.tx, made.id, college.id(asked), "asked")
        return made

    return college.do(OFFICE, make)


def seen(college: Conversation, made: Affair) -> set[str]:
    """Who may print something of it."""
    everybody = (CHIEF, PRESIDENT, OWNER, OFFICE, DISCIPLINE, HEAD, ADMIN, OTHER, "纪委干事", "党委委员")
    return {who for who in everybody if college.do(who, lambda work: offered_(work, made))}


def offered_(work: Work, made: Affair) -> list[str]:
    return printing.offered(work, made)


def require_(work: Work, made: Affair, paper: str) -> None:
    printing.require(work, made, paper)


def _all_labels(college: Conversation, who: str) -> set[str]:
    """Every label on a topic's card, page by page."""
    shown = college.say(who, "题 001")
    labels = set(shown.labels)
    for _ in range(4):
        if "更多" not in college.last(who).labels:
            break
        college.press(who, "更多")
        labels |= set(college.last(who).labels)
    return labels


def _orders(college: Conversation) -> list[str]:
    events = ("slip_numbered", "paper_ordered")
    rows = college.ask(
        lambda tx: [row[0] for row in tx.connection.exec_driver_sql("SELECT event FROM journal ORDER BY seq")]
    )
    return [event for event in rows if event in events]
