"""The year-end pack: every sentence is made from records and ends with their numbers; nothing is invented."""

import re
import zipfile
from io import BytesIO

import pytest

from tests.handlers.conversation import Conversation
from tests.reports.a_year import OFFICE, OWNER, year
from tests.reports.opened_word import OpenedWord

pytestmark = pytest.mark.forged

CITED = re.compile(
    r"（(?:2026-\d{3}(?:-\d+)?|[A-Z]2026-\d{2})(?:、(?:2026-\d{3}(?:-\d+)?|[A-Z]2026-\d{2}))*）。$"
)
DRAFT = ("一、执行政治纪律和政治规矩情况", "二、履行管党治党责任情况", "三、推进党风廉政建设和反腐败工作情况")
HEADINGS = (*DRAFT, "四、执行廉洁纪律情况", "五、存在问题", "六、整改措施", "七、下一步打算")
HINT = "（系统内无相关记录，请本人填写。）"


def pack(college: Conversation) -> zipfile.ZipFile:
    shown = college.say(OFFICE, "年终材料 2026")
    assert shown.card.files, shown.text
    return zipfile.ZipFile(BytesIO(college.files["year_end.zip"]))


def paper(archive: zipfile.ZipFile, name: str) -> OpenedWord:
    return OpenedWord(BytesIO(archive.read(name)))


def sentences(opened: OpenedWord, heading: str) -> list[str]:
    """What stands under a heading, without the lines to write on."""
    return [line for line in opened.under(heading) if not line.startswith("＿") and line != HINT]


def test_the_pack_holds_the_summaries_the_drafts_and_the_ledger(college: Conversation) -> None:
    year(college)
    archive = pack(college)
    assert archive.namelist() == [
        "01 主体责任小结.docx",
        "02 党风廉政责任小结.docx",
        "03 意识形态责任小结.docx",
        "04 党委书记 民主生活会材料.docx",
        "05 党委书记 述责述廉报告.docx",
        "06 院长 民主生活会材料.docx",
        "07 院长 述责述廉报告.docx",
        "08 外事副院长 述责述廉报告.docx",
        "09 副书记 述责述廉报告.docx",
        "10 后勤副院长 述责述廉报告.docx",
        "11 纪委书记 述责述廉报告.docx",
        "12 2026年问题台账.xlsx",
    ]
    ordered = next(shown for shown in reversed(college.cards(OFFICE)) if "正在生成" in shown.text)
    assert "正在生成，共12份" in ordered.text


def test_every_sentence_of_every_paper_ends_with_its_records(college: Conversation) -> None:
    year(college)
    archive = pack(college)
    for name in archive.namelist()[:-1]:
        opened = paper(archive, name)
        headings = (
            HEADINGS
            if "小结" not in name
            else ("一、总体情况", "二、已销号事项", "三、在办事项", "四、责任清单与会议部署")
        )
        told = [line for heading in headings for line in sentences(opened, heading)]
        told = [line for line in told if not line.startswith("本人签字")]
        assert [line for line in told if not CITED.search(line)] == [], name
        assert "秘密" not in opened.text, name
        assert "密办" not in opened.text, name


def test_a_leader_reads_the_year_under_the_four_headings(college: Conversation) -> None:
    year(college)
    opened = paper(pack(college), "08 外事副院长 述责述廉报告.docx")
    assert [line for line in opened.lines if line in HEADINGS] == list(HEADINGS)
    assert "报告人：外事副院长" in opened.lines
    assert sentences(opened, HEADINGS[0]) == [
        "《账号底数不清》由外事副院长负责，长期坚持，整改中（2026-003）。",
        "登记重大事项请示报告1次（G2026-04）。",
        "参加党委会1次（M2026-04）。",
    ]
    assert sentences(opened, HEADINGS[1]) == [
        "《制度不完善》由外事副院长领题，2026年3月2日销号（2026-001）。",
        "2026-004号不公开事项由外事副院长负责，整改中，时限2027年1月29日（2026-004）。",
        "参加联席会议2次（M2026-01、M2026-02）。",
    ]
    assert sentences(opened, HEADINGS[2])[1:] == [
        "责任清单：分管领域廉政，由外事副院长承担（D2026-01）。",
        "登记谈话1次（G2026-02）。",
        "参加纪律教育会1次（M2026-03）。",
    ]
    assert sentences(opened, HEADINGS[3]) == [
        "登记党风廉洁意见回复1次（G2026-01）。",
        "完成自查自纠1次（Z2026-01）。",
    ]
    assert sentences(opened, HEADINGS[4]) == [
        "本人负责的议题现逾期1项（2026-002）。",
        "经批准延期1项（2026-004）。",
        "回头看结论为反弹1项（H2026-02）。",
        "本人自评、自查指出：培训不够（S2026-01）。",
        "本人自评、自查指出：分解不细（Z2026-01）。",
        "接受约谈提醒1次（A2026-01）。",
    ]
    assert sentences(opened, HEADINGS[5]) == [
        "《报销审核不严》正在落实1项措施：修订办法（2026-002-1）。",
        "2026-004号不公开事项正在落实1项措施（2026-004-1）。",
        "针对自查问题：细化分工，2026年12月30日前完成（Z2026-01）。",
    ]
    assert len(sentences(opened, HEADINGS[6])) == 4, "three topics, and the place to sign"
    assert sum(line.startswith("＿") for line in opened.lines) == 2 * len(HEADINGS)


def test_a_chief_has_two_drafts_of_the_same_records(college: Conversation) -> None:
    year(college)
    archive = pack(college)
    first = paper(archive, "04 党委书记 民主生活会材料.docx")
    second = paper(archive, "05 党委书记 述责述廉报告.docx")
    assert (first.lines[0], second.lines[0]) == (
        "2026年度民主生活会发言材料（草稿）",
        "2026年度述责述廉报告（草稿）",
    )
    assert first.lines[1:] == second.lines[1:]
    assert sentences(first, HEADINGS[1]) == [
        "本人点题3项（2026-001、2026-002、2026-003）。",
        "本人过问1次，涉及议题1项（2026-002）。",
        "主持党委会1次（M2026-04）。",
        "主持纪律教育会1次（M2026-03）。",
        "主持联席会议2次（M2026-01、M2026-02）。",
    ]
    secretary = paper(archive, "11 纪委书记 述责述廉报告.docx")
    assert sentences(secretary, HEADINGS[2]) == [
        "本人催办1次，涉及议题1项（2026-002）。",
        "本人核验销号1次，涉及议题1项（2026-001）。",
        "开展约谈提醒1次（A2026-01）。",
    ]


def test_the_summaries_follow_the_tags(college: Conversation) -> None:
    year(college)
    archive = pack(college)
    main = paper(archive, "01 主体责任小结.docx")
    assert main.lines[0] == "2026年主体责任落实情况小结"
    assert sentences(main, "一、总体情况") == [
        "本年度在册议题2项，销号1项，在办1项（2026-001、2026-004）。",
        "其中未标注责任制的1项（2026-004）。",
    ]
    assert sentences(main, "四、责任清单与会议部署") == [
        "责任清单：资金，由财务处承担（D2026-02）。",
        "召开联席会议2次（M2026-01、M2026-02）。",
        "召开党委会1次（M2026-04）。",
    ]
    integrity = paper(archive, "02 党风廉政责任小结.docx")
    assert "在办议题中逾期1项（2026-002）。" in sentences(integrity, "一、总体情况")
    ideology = paper(archive, "03 意识形态责任小结.docx")
    assert HINT in ideology.under("二、已销号事项")


def test_where_nothing_is_on_record_nothing_is_said(college: Conversation) -> None:
    opened = OpenedWord(BytesIO(bring_own(college, OWNER)))
    assert [sentences(opened, heading) for heading in HEADINGS[:-1]] == [[]] * 6


def bring_own(college: Conversation, who: str) -> bytes:
    shown = college.say(who, "我的述责述廉")
    assert shown.card.files, shown.text
    return college.files["own.docx"]


def test_ones_own_draft_is_of_oneself(college: Conversation) -> None:
    year(college)
    opened = OpenedWord(BytesIO(bring_own(college, OWNER)))
    assert opened.lines == paper(pack(college), "08 外事副院长 述责述廉报告.docx").lines
    other = OpenedWord(BytesIO(bring_own(college, "后勤副院长")))
    assert "2026-00" not in other.text


def test_the_year_before_is_another_pack(college: Conversation) -> None:
    year(college)
    shown = college.say(OWNER, "我的述责述廉 2025")
    assert shown.card.files
    opened = OpenedWord(BytesIO(college.files["own.docx"]))
    assert "2026-00" not in opened.text


@pytest.mark.parametrize("records", [61, 200])
def test_more_records_than_a_sentence_holds_are_counted(college: Conversation, records: int) -> None:
    from handlers.papers.writing import scribe  # noqa: PLC0415
    from handlers.reader import reader  # noqa: PLC0415
    from storage import people  # noqa: PLC0415

    numbers = [f"2026-{no:03d}" for no in range(1, records + 1)]

    def said(tx: object) -> str:
        person = people.by_title(tx, OFFICE)[0]  # type: ignore[arg-type]
        return scribe(reader(tx, college.policy, person)).numbers(numbers)  # type: ignore[arg-type]

    text = college.ask(said)
    assert text.endswith(f"2026-060等{records}项，详见台账")
