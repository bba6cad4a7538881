"""A roster or a ledger comes in by a file: looked at first, cell by cell, then whole or not at all."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from handlers.incoming import Fetched
from storage import people, topics
from tests.handlers.conversation import Conversation
from workflow.roles import Role
from workflow.topic import TopicState

Handed = Callable[[str, bytes], Fetched]
OFFICE = "党办主任"
ROSTER = """编号,职务,角色,部门,部门角色
p30,教务副院长,分管领导,,
p31,教务处处长,,教务处,负责人

编号,名称
d9,教务处
"""
LEDGER = """问题内容,整改目标,责任领导,牵头单位,完成时限,完成状态,整改措施,点题人
差旅审批不规范,流程闭环,副书记,财务处,2026年6月30日,整改中,修订办法,党委书记
公房管理台账不清,账实相符,后勤副院长,后勤处,2026年3月20日,待领题,,党委书记
"""


@pytest.fixture
def hand(college: Conversation, tmp_path: Path) -> Handed:
    """Hand a file in, as delivery would have kept it."""
    college.policy = replace(college.policy, kept=tmp_path.joinpath)

    def keep(name: str, content: bytes) -> Fetched:
        digest = hashlib.sha256(content).hexdigest()
        (tmp_path / digest).write_bytes(content)
        return Fetched(digest, name, "text/csv", len(content))

    return keep


def titles(college: Conversation) -> set[str]:
    return {one.title for one in college.ask(people.active)}


def numbers(college: Conversation) -> dict[str, TopicState]:
    return {one.number: one.state for one in college.ask(topics.find)}


def book(*rows: tuple[object, ...], merged: str = "") -> bytes:
    """A workbook of one sheet."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def test_a_roster_under_its_caption_is_shown_before_it_counts(college: Conversation, hand: Handed) -> None:
    shown = college.say(OFFICE, "导入名册", files=[hand("名册.csv", ROSTER.encode())])
    assert "人员2（新增2，变更0）；部门1（新增1，变更0）" in shown.text
    assert "教务副院长" not in titles(college)

    assert college.press(OFFICE, "导入") == "已导入"

    assert {"教务副院长", "教务处处长"} <= titles(college)
    assert Role.UNIT_HEAD in college.ask(lambda tx: people.by_title(tx, "教务处处长"))[0].roles
    assert "已导入名册" in college.last(OFFICE).text


def test_the_file_may_follow_the_command(college: Conversation, hand: Handed) -> None:
    college.say(OFFICE, "/import")
    college.press(OFFICE, "导入名册")
    assert "请发送文件" in college.say(OFFICE, "马上发").text
    college.say(OFFICE, files=[hand("名册.csv", ROSTER.encode())])
    college.press(OFFICE, "取消")
    assert "教务副院长" not in titles(college)


def test_what_is_wrong_is_named_by_its_cell_and_nothing_is_written(
    college: Conversation, hand: Handed
) -> None:
    wrong = ROSTER.replace("p31", "p30").replace("分管领导", "总管").replace("教务处,负责人", "外星处,负责人")
    shown = college.say(OFFICE, "导入名册", files=[hand("名册.csv", wrong.encode())])
    assert "没有导入任何内容" in shown.text
    assert "名册 A3：重复（p30）" in shown.text
    assert "名册 C2：没有这个角色（总管）" in shown.text
    assert "名册 D3：没有这个部门（外星处）" in shown.text
    assert shown.labels == []


def test_formulas_and_merged_cells_are_not_read(college: Conversation, hand: Handed) -> None:
    content = book(("编号", "职务"), ("p40", "=A2"), ("p41", "工会主席"), ("p42", None), merged="B3:B4")
    shown = college.say(OFFICE, "导入名册", files=[hand("名册.xlsx", content)])
    assert "B2：是公式，请改为数值" in shown.text
    assert "B3：合并单元格，请拆分" in shown.text
    assert "工会主席" not in titles(college)


def test_more_than_ten_problems_are_counted(college: Conversation, hand: Handed) -> None:
    rows = "编号,职务\n" + "".join(f"n{no},\n" for no in range(14))
    shown = college.say(OFFICE, "导入名册", files=[hand("名册.csv", rows.encode())])
    assert "有14处问题" in shown.text
    assert "另有4处" in shown.text


def test_what_is_no_spreadsheet_is_refused(college: Conversation, hand: Handed) -> None:
    assert "不是表格" in college.say(OFFICE, "导入名册", files=[hand("名册.pdf", b"%PDF-1.7")]).text
    assert "打不开" in college.say(OFFICE, "导入名册", files=[hand("名册.xlsx", b"PK\x03\x04broken")]).text
    assert "没有找到认识的表头" in college.say(OFFICE, "导入名册", files=[hand("a.csv", b"x,y\n1,2\n")]).text


def test_a_running_ledger_says_what_it_will_send(college: Conversation, hand: Handed) -> None:
    shown = college.say(OFFICE, "导入台账", files=[hand("台账.csv", LEDGER.encode())])
    assert "议题2项" in shown.text
    assert "整改中1" in shown.text
    assert "待领题1" in shown.text
    assert "首次提醒" in shown.text
    assert numbers(college) == {}

    college.press(OFFICE, "导入")

    assert sorted(numbers(college).values()) == [TopicState.IN_PROGRESS, TopicState.ISSUED]
    assert college.pushed("副书记") == []


def test_a_ledger_without_issuers_asks_in_whose_name(college: Conversation, hand: Handed) -> None:
    nameless = "\n".join(line.rpartition(",")[0] for line in LEDGER.splitlines())
    shown = college.say(OFFICE, "导入台账", files=[hand("台账.csv", nameless.encode())])
    assert "没有写明点题人" in shown.text

    college.press(OFFICE, "院长")
    college.press(OFFICE, "导入")

    assert {one.issuer_id for one in college.ask(topics.find)} == {college.id("院长")}


def test_what_the_gate_stops_passes_with_the_offices_reason(college: Conversation, hand: Handed) -> None:
    word = college.policy.gate_words[0]
    gated = LEDGER.replace("公房管理台账不清", f"{word}制度不全")
    shown = college.say(OFFICE, "导入台账", files=[hand("台账.csv", gated.encode())])
    assert "可能涉及敏感内容" in shown.text
    assert word not in shown.text

    college.press(OFFICE, "放行")
    assert "议题2项" in college.say(OFFICE, "制度建设事项，经办公室审核").text
    college.press(OFFICE, "导入")

    assert len(numbers(college)) == 2


def test_a_press_after_the_file_is_gone_says_so(college: Conversation, hand: Handed, tmp_path: Path) -> None:
    file = hand("名册.csv", ROSTER.encode())
    college.say(OFFICE, "导入名册", files=[file])
    (tmp_path / file.sha256).unlink()
    assert "请重新发送" in college.press(OFFICE, "导入")


def test_the_administrator_imports_people_but_no_topics(college: Conversation, hand: Handed) -> None:
    assert college.say("系统管理员", "导入").labels == ["导入名册"]
    refused = college.say("系统管理员", "导入台账", files=[hand("台账.csv", LEDGER.encode())])
    assert "没有“导入台账”的权限" in refused.text
    assert "权限" in college.say("副书记", "/import").text


def test_nothing_is_imported_where_others_read_along(college: Conversation) -> None:
    assert "私聊" in college.say(OFFICE, "/import", group=True).text
