"""Everything that is wrong with a ledger is said at once, cell by cell, and then nothing of it comes in."""

from datetime import date, datetime, time

import pytest

from handlers.texts.sheets import vocabulary
from services.directory import Identity, add_person
from services.imports import Assumed, read_ledger
from services.imports_applying import import_ledger
from services.work import Work
from storage import topics
from tests.services.conftest import World
from tests.services.ledgers import HEAD, bring, row, topic, wrong
from tests.services.sheets import Row, xlsx
from workflow.roles import Role

MORE = ("点题人", "反馈周期", "责任制", "不公开", "点题日期")


def letter(heading: str) -> str:
    return "ABCDEFGHIJKLMNOPQRSTUVW"[(*HEAD, *MORE).index(heading)]


@pytest.mark.parametrize(
    ("heading", "value", "problem"),
    [
        ("编号", "第4号", "bad_number"),
        ("编号", date(2026, 4, 1), "not_text"),
        ("问题类型", "玄学", "unknown_category"),
        ("问题内容", None, "missing"),
        ("问题内容", "长" * 2_001, "text_too_long"),
        ("问题内容", "收到信访件三封", "gate"),
        ("整改类型", "慢慢整改", "unknown_kind"),
        ("整改目标", None, "missing"),
        ("责任领导", None, "missing"),
        ("责任领导", "无此人", "unknown_person"),
        ("责任领导", "国际处处长", "not_a_leader"),
        ("牵头单位", "无此处", "unknown_unit"),
        ("配合单位", "国际处、无此处", "unknown_unit"),
        ("完成时限", None, "missing"),
        ("完成时限", "尽快", "not_a_date"),
        ("完成时限", 46000, "not_a_date"),
        ("完成时限", time(8), "not_a_date"),
        ("完成时限", "1月15日", "date_unclear"),
        ("完成时限", "=TODAY()", "formula"),
        ("完成时限", "#REF!", "cell_fault"),
        ("延期后时限", date(2026, 5, 1), "not_later"),
        ("完成状态", None, "missing"),
        ("完成状态", "快了", "unknown_state"),
        ("完成状态", "逾期", "not_overdue"),
        ("销号日期", date(2026, 2, 1), "not_closed"),
        ("点题人", "纪委书记", "not_an_issuer"),
        ("反馈周期", "每世纪", "unknown_cycle"),
        ("责任制", "无责任", "unknown_duty"),
        ("不公开", "也许", "unknown_answer"),
        ("点题日期", date(2027, 1, 1), "date_future"),
    ],
)
def test_what_cannot_stand_in_a_cell(world: World, heading: str, value: object, problem: str) -> None:
    head = (*HEAD, *MORE)
    cells = dict(zip(HEAD, row(问题内容="采购验收不规范"), strict=True)) | {heading: value}

    done = bring(world, [head, [cells.get(name) for name in head]])

    assert wrong(done) == [(f"{letter(heading)}2", problem)]
    assert world.ask(lambda tx: topics.count(tx)) == 0


def test_states_and_dates_have_to_agree(world: World) -> None:
    rows = [
        HEAD,
        row(问题内容="甲", 完成状态="已销号"),
        row(问题内容="乙", 完成状态="已销号", 销号日期=date(2026, 12, 1)),
        row(问题内容="丙", 整改类型="长期坚持"),
        row(问题内容="丁", 整改措施="一、甲事\n二、乙事", 牵头单位=None),
    ]

    assert wrong(bring(world, rows)) == [
        ("Q2", "missing"),
        ("Q3", "date_future"),
        ("M4", "standing_dated"),
        ("J5", "missing"),
    ]


def test_nothing_comes_in_twice(world: World) -> None:
    rows: list[Row] = [HEAD, row(编号="2026-004", 问题内容="采购验收不规范")]
    bring(world, rows)

    assert wrong(bring(world, rows)) == [("E2", "already_there"), ("B2", "number_taken")]
    twice = [HEAD, row(编号="2026-7", 问题内容="甲"), row(编号="2026-007", 问题内容="乙"), row(问题内容="乙")]
    assert wrong(bring(world, twice)) == [("B3", "duplicate"), ("E4", "duplicate")]


def test_merged_cells_are_named_and_a_merged_title_is_not(world: World) -> None:
    rows = [("台账",), HEAD, row(问题内容="甲"), row(问题内容="乙", 责任领导=None)]
    sheet = read_ledger(xlsx(("台账", rows), merge=["A1:R1", "I3:I4"]), "台账.xlsx", vocabulary())
    chief = Assumed(world.id("secretary"))

    done = world.do("clerk", lambda work: import_ledger(work, sheet, chief))

    assert wrong(done) == [("I3", "merged"), ("I4", "merged")]


def test_in_whose_name_has_to_be_clear(world: World) -> None:
    done = bring(world, [HEAD, row(问题内容="甲")], issuer_id=None)

    assert wrong(done) == [("2", "issuer_missing")]


def test_two_people_of_one_title_are_not_told_apart_by_it(world: World) -> None:
    def add_two(work: Work) -> None:
        for code in ("vice-1", "vice-2"):
            add_person(work, Identity(code, "院领导"), frozenset({Role.LEADER}))

    world.do("clerk", add_two)
    done = bring(world, [HEAD, row(问题内容="甲", 责任领导="院领导")])

    assert wrong(done) == [("I2", "ambiguous_person")]


def test_the_office_may_let_a_text_pass_with_a_reason(world: World) -> None:
    rows = [HEAD, row(编号="2026-001", 问题内容="收到信访件后台账登记不全")]

    done = bring(world, rows, let_pass="整改信访登记制度")

    assert done.problems == ()
    assert topic(world, "2026-001").problem == "收到信访件后台账登记不全"


def test_a_clock_beside_a_date_is_kept(world: World) -> None:
    half_past_five = datetime.fromisoformat("2026-06-30T17:30")
    bring(world, [HEAD, row(编号="2026-001", 问题内容="甲", 完成时限=half_past_five)])

    deadline = topic(world, "2026-001").deadline
    assert deadline is not None
    assert f"{deadline:%H:%M}" == "09:30"
