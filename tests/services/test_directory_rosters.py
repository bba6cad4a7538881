"""The office sends its roster as a file; it comes in whole, or every wrong cell is named."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from handlers.texts.sheets import vocabulary
from services.rosters import RosterSheet, read_roster
from services.rosters_applying import Report, apply_roster
from services.sheets import LARGEST
from storage import outbox_asked, people, people_changes
from storage.people import Unit
from tests.services.conftest import World
from tests.services.sheets import Row, text_file, xlsx
from workflow.errors import Invalid, NoRight
from workflow.roles import Role

HEAD = ("编号", "职务", "姓名", "角色", "部门", "部门角色", "分管部门", "联系部门", "主要领导", "电话")
UNIT_HEAD = ("编号", "名称", "类型", "是否纪委")
UNITS: list[Row] = [UNIT_HEAD, ("jw", "教务处", "部门", "否"), ("x1", "第一系党支部", "支部", None)]
PEOPLE: list[Row] = [
    HEAD,
    ("p1", "党委书记", "", "党政主要领导", None, None, None, None, "书记", None),
    ("p2", "教学副院长", "某某", "分管领导、党委委员", None, None, "教务处", "第一系党支部", None, 13800),
    ("p3", "教务处处长", None, None, "教务处", "负责人", None, None, None, None),
    ("p4", "系秘书", None, None, "教务处；第一系党支部", "联络员；负责人", None, None, None, None),
]


def read(data: bytes, name: str = "名册.xlsx") -> RosterSheet:
    return read_roster(data, name, vocabulary())


def apply(world: World, data: bytes, who: str = "operator", *, dry_run: bool = False) -> Report:
    sheet = read(data)
    return world.do(who, lambda work: apply_roster(work, sheet, dry_run=dry_run))


def wrong(report: Report | RosterSheet) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in report.problems]


def college(people_rows: Sequence[Row] = PEOPLE, unit_rows: Sequence[Row] = UNITS) -> bytes:
    return xlsx(("人员", people_rows), ("部门", unit_rows))


def test_a_college_comes_in_from_two_sheets(empty: World) -> None:
    report = apply(empty, college())

    assert (report.problems, report.people_added, report.units_added) == ((), 4, 2)
    secretary, dean, secretary_of_unit = (empty.person(code) for code in ("p1", "p2", "p4"))
    assert (set(secretary.roles), secretary.post) == ({Role.CHIEF}, "secretary")
    assert set(dean.roles) == {Role.LEADER, Role.COMMITTEE_MEMBER}
    assert set(secretary_of_unit.roles) == {Role.LIAISON, Role.UNIT_HEAD}
    assert empty.ask(lambda tx: people.leaders_of(tx, empty.unit("教务处"))) == [dean.id]
    assert empty.ask(lambda tx: people.leaders_of(tx, empty.unit("x1"), "link")) == [dean.id]
    assert empty.ask(lambda tx: people_changes.contact(tx, dean.id)) == "13800"
    assert {unit.kind for unit in empty.ask(people.all_units)} == {"department", "branch"}
    assert "某某".encode() not in empty.trail_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_one_text_file_may_hold_both_tables(empty: World, encoding: str) -> None:
    rows = [("示例学院名册",), (), *UNITS, (), *PEOPLE]
    sheet = read(text_file(rows, encoding), "名册.csv")

    report = empty.do("operator", lambda work: apply_roster(work, sheet))

    assert (report.problems, report.people_added, report.units_added) == ((), 4, 2)


def test_the_words_may_be_english(empty: World) -> None:
    rows = [("Code", "Title", "Roles", "Unit", "Role in unit"), ("p1", "Dean", "leader", "Law", "head")]

    report = apply(empty, xlsx(("People", rows), ("Units", [("code", "unit name"), ("law", "Law")])))

    assert report.problems == ()
    assert set(empty.person("p1").roles) == {Role.LEADER, Role.UNIT_HEAD}


def test_the_same_file_again_changes_nothing(empty: World) -> None:
    apply(empty, college())
    before = len(empty.trail())

    report = apply(empty, college())

    assert (report.people_added, report.people_changed, report.units_changed) == (0, 0, 0)
    assert empty.trail()[before:] == ["roster"]


def test_what_differs_is_changed_and_what_has_no_column_is_left(world: World) -> None:
    world.bound("foreign")
    rows: list[Row] = [
        ("编号", "职务", "角色", "部门", "部门角色", "分管部门"),
        ("foreign", "国际副院长", "分管领导、党委委员", None, None, "财务处"),
        ("intl-head", "国际处处长", None, "国际处、财务处", "负责人", None),
    ]
    finance = world.unit("finance")
    renamed = ("部门", [("编号", "名称"), ("intl", "国际合作处")])

    report = apply(world, xlsx(("人员", rows), renamed), "clerk")

    assert (report.problems, report.people_changed, report.units_changed) == ((), 2, 1)
    foreign = world.person("foreign")
    assert (foreign.title, set(foreign.roles)) == ("国际副院长", {Role.LEADER, Role.COMMITTEE_MEMBER})
    assert world.ask(lambda tx: people.units_under(tx, foreign.id)) == [finance]
    assert world.ask(lambda tx: people.units_under(tx, foreign.id, "link")) == [finance]
    assert {m.unit_id for m in world.ask(lambda tx: people.units_of(tx, world.id("intl-head")))} == {
        finance,
        world.unit("intl"),
    }
    assert world.ask(lambda tx: outbox_asked.waits(tx, "c-foreign", "menu"))


def test_a_dry_run_says_the_same_and_leaves_no_trace(empty: World) -> None:
    report = apply(empty, college(), dry_run=True)

    assert (report.people_added, report.units_added) == (4, 2)
    assert empty.ask(people.active) == []
    assert empty.trail() == []


def test_one_wrong_cell_keeps_everything_out(empty: World) -> None:
    rows = [*PEOPLE, ("p5", "", None, "皇帝", "不存在处", "负责人", None, None, None, None)]

    report = apply(empty, college(rows))

    assert wrong(report) == [("B6", "missing"), ("D6", "unknown_role"), ("E6", "unknown_unit")]
    assert (report.problems[1].sheet, report.problems[1].value) == ("人员", "皇帝")
    assert empty.ask(people.active) == []


def test_everything_wrong_with_a_file_is_said_at_once() -> None:
    rows: list[Row] = [
        ("编号", "职务", "姓名", "职务", "部门", "部门角色", "生日"),
        ("p1", "院长", "=A2", None, None, None, None),
        ("p1", "书记", None, None, "教务处", None, None),
        (None, "长" * 65, True, None, "甲处、乙处、丙处", "负责人、联络员", None),
    ]
    sheet = read(xlsx(("人员", rows)))

    assert wrong(sheet) == [
        ("D1", "duplicate_column"),
        ("C2", "formula"),
        ("F3", "unit_role_missing"),
        ("A3", "duplicate"),
        ("C4", "not_text"),
        ("B4", "text_too_long"),
        ("A4", "missing"),
        ("F4", "unit_roles_uneven"),
    ]
    assert sheet.ignored == ("生日",)


def test_a_merged_title_is_fine_and_merged_people_are_not() -> None:
    rows = [("名册",), ("编号", "职务"), ("p1", "院长"), ("p2", None)]

    assert wrong(read(xlsx(("人员", rows), merge=["A1:B1"]))) == [("B4", "missing")]
    assert wrong(read(xlsx(("人员", rows), merge=["A1:B1", "B3:B4"]))) == [("B3", "merged"), ("B4", "merged")]


def test_a_head_without_a_unit_and_a_unit_by_two_names(world: World) -> None:
    rows = [
        ("编号", "职务", "角色", "部门"),
        ("p1", "处长", "部门负责人", None),
        ("p2", "处长", "联络员", "国际处"),
    ]
    units = [("编号", "名称", "类型"), ("other", "国际处", "行星")]

    report = apply(world, xlsx(("人员", rows), ("部门", units)))

    assert wrong(report) == [("D2", "missing"), ("C2", "unknown_unit_kind"), ("B2", "name_taken")]


def test_an_office_makes_no_administrators_and_nobody_promotes_oneself(world: World) -> None:
    rows = [
        ("编号", "职务", "角色"),
        ("deputy", "副书记", "分管领导、系统管理员"),
        ("clerk", "党办主任", "党政主要领导"),
    ]
    data = xlsx(("人员", rows))

    assert wrong(apply(world, data, "clerk")) == [("C2", "only_admin_grants"), ("C3", "own_role")]
    assert apply(world, data, "admin").problems == ()
    without = xlsx(("人员", [("编号", "职务", "角色"), ("admin", "系统管理员", None)]))
    apply(world, without)
    assert Role.ADMIN in world.person("admin").roles
    with pytest.raises(NoRight, match="may_not_administer"):
        apply(world, data, "foreign")


def test_a_new_name_alone_and_a_role_that_ends(world: World) -> None:
    rows = [("编号", "职务", "角色"), ("deputy", "党委副书记", "分管领导"), ("inspector", "纪委干事", "")]

    report = apply(world, xlsx(("人员", rows)))

    assert (report.problems, report.people_changed) == ((), 2)
    assert world.person("inspector").roles == frozenset()


def test_an_empty_cell_empties_a_seat(world: World) -> None:
    rows = [("编号", "职务", "部门", "部门角色"), ("intl-liaison", "国际处科员", None, None)]

    apply(world, xlsx(("人员", rows)))

    assert world.person("intl-liaison").roles == frozenset()


def test_rows_that_say_nothing_are_passed_over(empty: World) -> None:
    rows = [("编号", "职务", "生日"), ("p1", "院长", None), (None, None, None), (None, None, "五月")]

    assert apply(empty, xlsx(("人员", rows))).people_added == 1


def test_a_file_that_unpacks_without_end_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (LARGEST + 1))
    with pytest.raises(Invalid, match="sheet_too_large"):
        read(file.getvalue())


def test_who_left_does_not_come_back_by_a_file(world: World) -> None:
    world.run(lambda tx: people_changes.set_person(tx, world.id("inspector"), {"state": "left"}))
    rows = [("编号", "职务"), ("inspector", "纪委干事"), ("~operator", "我")]

    assert wrong(apply(world, xlsx(("人员", rows)))) == [("A2", "person_left"), ("A3", "reserved")]


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (b"PK\x03\x04 not a workbook", "名册.xlsx", "sheet_unreadable"),
        (b"\xff\xfe\x00\x00\x81", "名册.csv", "sheet_unreadable"),
        (b"a\0b", "名册.csv", "sheet_unreadable"),
        (b"", "名册.docx", "sheet_type"),
        (b"", "名册.csv", "no_table"),
        (xlsx(("空", [])), "名册.xlsx", "no_table"),
        (xlsx(("人员", [HEAD])), "名册.xlsx", "no_table"),
        (text_file([("a",) * 201]), "名册.csv", "sheet_too_large"),
    ],
)
def test_what_is_no_roster(data: bytes, name: str, problem: str) -> None:
    with pytest.raises(Invalid, match=problem):
        read(data, name)


def test_ten_thousand_people_come_in(empty: World) -> None:
    rows = [(f"p{n}", f"教师{n}", "党委委员", "教务处", "联络员") for n in range(10_000)]
    head = ("编号", "职务", "角色", "部门", "部门角色")
    sheet = read(text_file([UNIT_HEAD, UNITS[1], head, *rows]), "名册.csv")

    report = empty.do("operator", lambda work: apply_roster(work, sheet))

    assert report.people_added == 10_000
    assert {unit.name for unit in empty.ask(people.all_units)} == {"教务处"}
    assert isinstance(empty.ask(people.all_units)[0], Unit)
