"""A college's own blanks: whatever Word file lies in its folder is filled by name; we define none of them."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from reports.papers import blank
from tests.handlers.conversation import Conversation
from tests.reports.opened_word import OpenedWord

OFFICE = "党办主任"
DOCUMENT = Path(__file__).parents[2] / "docs" / "papers.md"


@pytest.fixture
def folder(college: Conversation, tmp_path: Path) -> Path:
    college.policy = replace(college.policy, templates=tmp_path)
    return tmp_path


def template(folder: Path, name: str, *lines: str) -> None:
    book = Document()
    for line in lines:
        book.add_paragraph(line)
    book.save(str(folder / f"{name}.docx"))


def paper(college: Conversation) -> list[str]:
    return OpenedWord(BytesIO(college.files["blank.docx"])).lines


def ordered(college: Conversation) -> str:
    return next(shown.text for shown in reversed(college.cards(OFFICE)) if "正在生成" in shown.text)


def test_templates(college: Conversation, folder: Path) -> None:
    college.say(OFFICE, "文书模板")
    assert "放进 reports.templates" in ordered(college)
    template(
        folder, "四书", "{{ college }} {{ office }}", "{{ number }} {{ title }}：{{ owners }}，{{ deadline }}"
    )
    template(folder, "四书 回执", "回执 {{ number }}")
    template(folder, "slip", "{{ number }}")
    (folder / "~$四书.docx").write_bytes(b"")
    college.say(OFFICE, "文书模板")
    assert "本校自备的空白文书：四书、四书 回执。" in ordered(college)

    topic = college.issued()
    shown = college.say(OFFICE, "出文书 四书 001")
    assert shown.card.files[0].name == "四书 2026-001.docx"
    assert paper(college) == [
        f"{college.policy.college} {college.policy.college}联席会议办公室",
        f"2026-001 {topic.title}：外事副院长，2026年6月30日",
    ]
    college.say(OFFICE, "出文书 四书 回执 001")
    assert paper(college) == ["回执 2026-001"]


def test_without_a_topic_it_knows_the_college_alone(college: Conversation, folder: Path) -> None:
    template(
        folder, "谈话记录", "{{ college }}", "事由：{{ title }}{% for one in measures %}{{ one }}{% endfor %}"
    )
    assert college.say(OFFICE, "出文书 谈话记录").card.files[0].name == "谈话记录.docx"
    assert paper(college) == [college.policy.college, "事由："]


def test_a_confidential_topic_is_its_number_there_too(college: Conversation, folder: Path) -> None:
    template(folder, "四书", "{{ number }} {{ title }} {{ problem }}{{ goal }}{{ lead_units }} {{ owners }}")
    college.issued(confidential=True)
    college.say(OFFICE, "出文书 四书 001")
    assert paper(college) == ["2026-001 （不公开）  外事副院长"]


def test_a_field_there_is_not_is_named_with_those_there_are(college: Conversation, folder: Path) -> None:
    template(folder, "四书", "{{ grade }}")
    shown = college.say(OFFICE, "出文书 四书")
    assert "模板 四书.docx 未能使用：没有字段“grade”" in shown.text
    assert "可用字段：college、office、today、number" in shown.text
    assert not shown.card.files


def test_a_file_that_is_none_or_has_gone_is_told(college: Conversation, folder: Path) -> None:
    (folder / "四书.docx").write_bytes(b"no document")
    assert "文件打不开" in college.say(OFFICE, "出文书 四书").text
    assert "没有" in college.say(OFFICE, "出文书 会议").text
    assert "没有" in college.say(OFFICE, "出文书 ../secret 001").text
    assert "没有" in college.say(OFFICE, "出文书 四书 099").text
    college.policy = replace(college.policy, templates=folder / "nowhere")
    assert "没有" in college.say(OFFICE, "出文书 四书").text


@pytest.mark.parametrize("who", ["外事副院长", "国际处处长", "党委委员", "系统管理员", "纪委干事"])
def test_nobody_else_orders_one(college: Conversation, folder: Path, who: str) -> None:
    template(folder, "四书", "{{ college }}")
    college.issued()
    college.say(who, "出文书 四书 001")
    assert "blank.docx" not in college.files


def test_the_document_names_every_field() -> None:
    line = next(one for one in DOCUMENT.read_text("utf-8").splitlines() if one.startswith("| any other name"))
    assert [one for one in blank.FIELDS if f"`{one}`" not in line] == []
