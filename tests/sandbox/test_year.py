"""The year of `--scenario year`, played once: what DEMO-YEAR says each topic shows is found in the chats."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.sandbox import pictures
from bot.sandbox.run import Opened, Wish, sandbox
from bot.sandbox.story import Narrator
from bot.sandbox.world import private
from bot.sandbox.year import YEAR
from bot.settings import load
from bot.talk import HANDLERS
from storage import affairs, topics
from storage.store import Tx
from workflow.affair import AffairKind, AffairState
from workflow.topic import TopicState
from workflow.workdays import SHANGHAI

START = datetime(2026, 1, 5, 8, tzinfo=SHANGHAI)
CLOSED = ("001", "003", "004", "005", "006", "007", "008", "012", "013")
PUSH = 90
"""Characters a push may have."""


@dataclass(frozen=True)
class Year:
    """How a year ended: every text of the bot by person in its order, every file by name, the ledger."""

    texts: dict[str, list[str]]
    files: dict[str, bytes]
    states: dict[str, TopicState]
    affairs: dict[AffairKind, list[AffairState]]
    moved: dict[str, int]

    def told(self, who: str, *words: str) -> bool:
        """Whether somebody was told something with all these words in one message."""
        return any(all(word in text for word in words) for text in self.texts[who])

    def file(self, name: str) -> BytesIO:
        """The file whose name has these words."""
        (found,) = (content for known, content in self.files.items() if name in known)
        return BytesIO(found)


def _ledger(tx: Tx) -> tuple[dict[str, TopicState], dict[AffairKind, list[AffairState]], dict[str, int]]:
    found = topics.find(tx)
    kept = {kind: [one.state for one in affairs.of_kind(tx, kind, *AffairState)] for kind in AffairKind}
    return (
        {topic.number.removeprefix("2026-"): topic.state for topic in found},
        kept,
        {topic.number.removeprefix("2026-"): topic.extensions for topic in found},
    )


async def _ended(it: Opened) -> Year:
    texts: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    telegram = it.telegram
    for person in telegram.registry.people.values():
        for message in telegram.rooms.since(private(telegram.bot.id, person.id)):
            if message.sender == telegram.bot.id:
                texts.setdefault(person.title, []).append(message.text)
                file = telegram.depot.find(message.file) if message.file else None
                if file:
                    files[f"{person.title} {file.name}"] = telegram.depot.content(file)
    return Year(texts, files, *await it.app.store.read(_ledger))


WHO = ("党委书记", "院长", "外事副院长", "后勤副院长", "副书记", "纪委书记", "党办主任")
SECRETARY, PRESIDENT, FOREIGN, LOGISTICS, DEPUTY, DISCIPLINE, OFFICE = WHO

Told = tuple[str, tuple[str, ...]]
SHOWN: tuple[Told, ...] = (
    (FOREIGN, ("【退回补正】2026-001", "需补正2项")),
    (FOREIGN, ("【销号】2026-001", "拟于9月3日回头看")),
    (DISCIPLINE, ("【回头看】2026-001", "结论：巩固")),
    (DEPUTY, ("【逾期】2026-002《支部组织生活》措施2",)),
    (OFFICE, ("黄色预警通知单 2026-002",)),
    (OFFICE, ("橙色预警督办单 2026-002",)),
    (DISCIPLINE, ("2026-003", "与“三转”要求不符")),
    (SECRETARY, ("【逾期】2026-003", "现报您知悉")),
    (SECRETARY, ("【销号】2026-003经核验",)),
    (LOGISTICS, ("【催办】纪委书记催办2026-004",)),
    (LOGISTICS, ("【已收到说明】",)),
    (DEPUTY, ("【已答复】C2026-01：跟进",)),
    (SECRETARY, ("A2026-01", "跟踪结果：已整改")),
    ("科研副院长", ("【延期批复】2026-005", "第1次，原定9月30日")),
    (LOGISTICS, ("已提请点题人调整2026-006",)),
    (LOGISTICS, ("【改派】2026-006", "已改派副书记")),
    (DEPUTY, ("【待领题】2026-007", "待您领题")),
    (SECRETARY, ("【待领题】2026-007", "尚未领题")),
    (DEPUTY, ("【已领题】2026-007",)),
    ("教务处处长", ("已记为风险R2026-02",)),
    ("科研副院长", ("【并题】2026-011", "并入2026-008")),
    ("教学副院长", ("【重启整改】2026-008",)),
    (SECRETARY, ("A2026-02", "有容错或澄清申请待批，按设置暂缓研定")),
    (SECRETARY, ("【点题】2026-010，内容请点按钮在私聊中查看。",)),
    (SECRETARY, ("【撤题】2026-010，内容请点按钮在私聊中查看。",)),
)
"""What the column "shows" of DEMO-YEAR names, topic by topic: who was told it, in which words."""
CALENDAR: tuple[Told, ...] = (
    (SECRETARY, ("【集中领题】已发布2题",)),
    ("审计处处长", ("【列入议程】您提交的议题已列入联席会议M2026-02议程",)),
    (OFFICE, ("【请假】科研副院长请假，不参加联席会议M2026-02",)),
    (SECRETARY, ("联席会议M2026-02", "纪要已确认", "2026-003")),
    (OFFICE, ("反馈B2026-01", "校党委巡察反馈")),
    (OFFICE, ("【清单】第2版", "反馈定版")),
    (OFFICE, ("【分析材料】阶段性分析M2026-03",)),
    (OFFICE, ("本期已办结：6人已提交，1人未提交",)),
    (OFFICE, ("【清单】第3版", "秋季学期")),
    (OFFICE, ("【常规题】", "已按期生成1题")),
    ("纪委工作人员", ("2026年自查自纠（财务处）", "他查4/4")),
    (FOREIGN, ("述责述廉评议", "总体评价：好50")),
    (SECRETARY, ("民主生活会M2026-04", "纪要已确认")),
    (SECRETARY, ("看板图片稍后发给您",)),
    (SECRETARY, ("【网页看板】",)),
)
"""Its line of the year's occasions."""


def test_the_scenes_are_in_order() -> None:
    assert [scene.moment for scene in YEAR] == sorted(scene.moment for scene in YEAR)
    assert {scene.moment.month for scene in YEAR} == {*range(1, 13)}


async def test_a_whole_year(tmp_path: Path) -> None:
    """Played once, for it takes half a minute; then looked at from every side."""
    async with sandbox(load(None, {}), Wish(tmp_path, START, 0, "year"), HANDLERS) as it:
        await Narrator(it.telegram, it.play, it.app.store).tell(YEAR)
        year = await _ended(it)
    for look in (topics_ended, all_is_shown, defaults_go_up, the_secret_is_kept, affairs_ended, papers_open):
        look(year)


def topics_ended(year: Year) -> None:
    found = {state: sorted(no for no in year.states if year.states[no] is state) for state in TopicState}
    assert found[TopicState.CLOSED] == [*CLOSED]
    assert found[TopicState.IN_PROGRESS] == ["002", "009"]
    assert found[TopicState.WITHDRAWN] == ["010", "011"]
    assert len(year.states) == 13
    assert (year.moved["005"], year.moved["009"]) == (1, 1)


def all_is_shown(year: Year) -> None:
    assert [told for told in (*SHOWN, *CALENDAR) if not year.told(told[0], *told[1])] == []
    singles = {
        text for texts in year.texts.values() for text in texts if text[:1] == "【" and "\n" not in text
    }
    assert [text for text in singles if len(text) > PUSH] == []


def defaults_go_up(year: Year) -> None:
    """The discipline secretary's own late topic is reported to the chiefs alone."""
    late = "【逾期】2026-003《监督合力》已逾期"
    assert not year.told(DISCIPLINE, late, "现报您知悉")
    assert year.told(DISCIPLINE, late, "请尽快回复进展")


def the_secret_is_kept(year: Year) -> None:
    """A confidential topic is a number in every push."""
    heard = [text for who in (SECRETARY, OFFICE, "财务处处长", "财务处联络员") for text in year.texts[who]]
    pushes = [text for text in heard if text.startswith(("【点题】2026-010", "【撤题】2026-010"))]
    assert len(pushes) >= 4
    assert not any("接待" in text for text in pushes)


def affairs_ended(year: Year) -> None:
    done = {
        AffairKind.MEETING: [AffairState.DONE] * 4,
        AffairKind.CAMPAIGN: [AffairState.DONE],
        AffairKind.COVER: [AffairState.DONE],
        AffairKind.TOLERANCE: [AffairState.GRANTED],
        AffairKind.SELF_CHECK: [AffairState.DONE] * 4,
        AffairKind.APPRAISAL: [AffairState.DONE],
        AffairKind.LISTING: [AffairState.RECORDED] * 4,
    }
    assert {kind: year.affairs[kind] for kind in done} == done
    assert sorted(year.affairs[AffairKind.ADMONITION]) == [AffairState.CANCELLED, AffairState.DONE]
    assert year.affairs[AffairKind.RECHECK].count(AffairState.DONE) == 6, "001, 003, 004, 006, 007, 008"


def papers_open(year: Year) -> None:
    assert len(year.files) >= 20
    for name, content in year.files.items():
        match name.rpartition(".")[2]:
            case "docx":
                assert len(_words(BytesIO(content))) > 50, name
            case "xlsx":
                assert load_workbook(BytesIO(content)).worksheets[0].max_row > 10
            case "png":
                assert pictures.look(content).is_picture
            case "ics":
                assert b"BEGIN:VEVENT" in content
            case "zip":
                assert ZipFile(BytesIO(content)).testzip() is None
            case _:
                pytest.fail(name)
    papers_say_what_happened(year)


def papers_say_what_happened(year: Year) -> None:
    slip = _words(year.file("黄色预警通知单 2026-002"))
    assert "第二党总支" in slip
    minutes = _words(year.file("会议纪要 M2026-02"))
    assert "各监督主体合力不足" in minutes
    assert "2026-003" in minutes
    with ZipFile(year.file("年终材料")) as pack:
        assert len(pack.namelist()) == 14
        (own,) = (name for name in pack.namelist() if "副书记 述责述廉" in name)
        assert "（2026-007）" in _words(BytesIO(pack.read(own)))


def _words(file: BytesIO) -> str:
    paper = Document(file)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])
