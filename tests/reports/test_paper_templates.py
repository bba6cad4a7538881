"""Templates: the built-in ones are made by the script; an office's own is taken, or said why not."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from reports.papers import admonition, appraisal, circular, draft, meeting, self_check, slip, word, year
from reports.papers.templates.make import FORMS, LANGUAGES, make
from reports.papers.word import BUILT_IN, TemplateFault, fill, plain
from tests.handlers.conversation import Conversation
from tests.reports.opened_word import OpenedWord

OFFICE = "党办主任"
DOCUMENT = Path(__file__).parents[2] / "docs" / "papers.md"


@dataclass
class Facts:
    """A paper's facts."""

    college: str = "学院"
    title: str = "题"


def template(path: Path, *lines: str) -> Path:
    """A Word file of an office's own."""
    book = Document()
    for line in lines:
        book.add_paragraph(line)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_templates_that_come_with_the_house_are_those_the_script_makes(tmp_path: Path) -> None:
    make(tmp_path)
    for language in LANGUAGES:
        kept = sorted(path.name for path in (BUILT_IN / language).glob("*.docx"))
        assert kept == sorted(f"{name}.docx" for name in FORMS)
        for name in kept:
            assert parts(tmp_path / language / name) == parts(BUILT_IN / language / name), name


def test_the_forms_are_set_in_the_faces_of_an_office() -> None:
    styles = parts(BUILT_IN / "zh" / "slip.docx")
    assert 'w:eastAsia="仿宋"'.encode() in styles["word/styles.xml"]
    assert 'w:eastAsia="黑体"'.encode() in styles["word/document.xml"]
    assert 'w:eastAsia="宋体"'.encode() in styles["word/document.xml"]


@pytest.mark.parametrize(
    ("line", "code", "detail"),
    [
        ("{{ wenhao }}", "field", "wenhao"),
        ("{% for x in rows %}{{ x }}{% endfor %}", "field", "rows"),
        ("{{ title.nothing }}", "field", "nothing"),
        ("{{ title ", "syntax", ""),
        ("{% for x in title %}", "syntax", ""),
        ("{{ title.__class__.__mro__ }}", "refused", "__class__"),
        ("{{ 1 / 0 }}", "unreadable", ""),
        ("{{ title | nosuchfilter }}", "syntax", "nosuchfilter"),
    ],
)
def test_a_template_that_cannot_be_filled_says_what_and_where(
    tmp_path: Path, line: str, code: str, detail: str
) -> None:
    own = template(tmp_path / "slip.docx", line)
    with pytest.raises(TemplateFault) as fault:
        fill(own, {"title": "题"}, tmp_path / "out.docx")
    assert (fault.value.code, fault.value.file) == (code, "slip.docx")
    assert detail in fault.value.detail
    assert not (tmp_path / "out.docx").exists()


def broken(path: Path) -> None:
    path.write_bytes(b"no document")


def folder_of_nothing(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "no document")


def bad_xml(path: Path) -> None:
    given = parts(BUILT_IN / "zh" / "slip.docx")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in given.items():
            archive.writestr(name, b"<w:document" if name == "word/document.xml" else data)


def enormous(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (word.LARGEST + 1))


@pytest.mark.parametrize("spoil", [broken, folder_of_nothing, bad_xml, enormous])
def test_a_file_that_is_no_document_is_said_to_be_none(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    own = tmp_path / "slip.docx"
    spoil(own)
    with pytest.raises(TemplateFault) as fault:
        fill(own, {}, tmp_path / "out.docx")
    assert fault.value.code == "unreadable"


def test_an_office_may_have_its_own(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    template(own / "slip.docx", "本院自拟：{{ title }}")
    out = tmp_path / "out.docx"
    assert word.write("slip", Facts(), out, language="zh", own=own) is None
    assert OpenedWord(str(out)).lines == ["本院自拟：题"]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("一\r\n二\t三", "一\n二 三"),
        ("响\x07铃\x00\x0c\x1b", "响铃"),
        ("\ud800半\ufffe\uffff", "半"),
        ("😀", "😀"),
        (["{_{", {"a": "}_}"}], ["{\u200b_{", {"a": "}\u200b_}"}]),
        (7, 7),
    ],
)
def test_what_a_document_cannot_hold_is_left_out(value: Any, kept: Any) -> None:
    assert plain(value) == kept


def test_a_bad_template_of_its_own_is_told_and_the_built_in_taken(
    college: Conversation, tmp_path: Path
) -> None:
    college.policy = replace(college.policy, templates=tmp_path)
    template(tmp_path / "slip.docx", "{{ wenhao }}")
    college.issued()
    shown = college.say(OFFICE, "出督办单 001")
    assert "slip.docx" in shown.text
    assert "没有字段“wenhao”" in shown.text
    assert "已改用系统自带模板" in shown.text
    assert college.files["slip.docx"].startswith(b"PK")


def test_the_templates_can_be_had_to_be_edited(college: Conversation, tmp_path: Path) -> None:
    shown = college.say(OFFICE, "文书模板")
    assert "reports.templates" in shown.text
    path = tmp_path / "all.zip"
    path.write_bytes(college.files["templates.zip"])
    assert sorted(parts(path)) == sorted(f"{name}.docx" for name in FORMS)


def test_the_document_names_every_field_of_every_template() -> None:
    kinds = {
        "slip": slip.Slip,
        "red": slip.Warning,
        "circular": circular.Circular,
        "summary": year.Summary,
        "own": draft.Draft,
        "agenda": meeting.Agenda,
        "minutes": meeting.Minutes,
        "admonition": admonition.Admonition,
        "self_check": self_check.SelfCheck,
        "appraisal": appraisal.Appraisal,
    }
    lines = DOCUMENT.read_text("utf-8").splitlines()
    told = {
        name: line for line in lines for name in kinds if line.startswith("| `") and f"`{name}`" in line[:40]
    }
    assert told.keys() == kinds.keys()
    for name, facts in kinds.items():
        assert [one.name for one in fields(facts) if f"`{one.name}`" not in told[name]] == [], name
