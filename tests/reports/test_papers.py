"""Papers in Word, opened: the headings of FORMS, the values, nothing of the template left."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from services import claiming, extending, measuring, verifying
from services.measuring import Step
from storage import requests
from tests.handlers.conversation import Conversation, Shown
from tests.reports.opened_word import OpenedWord
from workflow import ladder_text
from workflow.topic import Cycle, Kind, Topic

CHIEF, OWNER, OFFICE, DISCIPLINE, HEAD = "党委书记", "外事副院长", "党办主任", "纪委书记", "国际处处长"
JULY = datetime(2026, 7, 3, 2, tzinfo=UTC)
MAY = datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC)


def under_way(college: Conversation, **more: Any) -> Topic:
    """Claimed, with two measures."""
    topic = college.issued(**more)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    units = (college.unit("国际处"),), (college.unit("财务处"),)
    steps = [Step("修订办法", units[0], MAY), Step("清理证照", units[1], MAY)]
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    return topic


def brought(college: Conversation, who: str, text: str) -> OpenedWord:
    """The paper that an order brings."""
    return opened(college, college.say(who, text))


def opened(college: Conversation, shown: Shown) -> OpenedWord:
    assert shown.card.files, shown.text
    return OpenedWord(BytesIO(college.files[shown.card.files[0].sha256]))


def test_a_slip_has_every_heading_and_a_receipt_to_tear_off(college: Conversation) -> None:
    under_way(college)
    paper = brought(college, OFFICE, "出督办单 001")

    cells = paper.pairs()
    assert cells["文号"] == "示例学院督〔2026〕1号"
    assert cells["督办事项"] == "2026-001 因公出国管理内控制度不完善"
    assert cells["督办内容"].splitlines() == [
        "问题：制度不闭环",
        "目标：闭环管理",
        "措施1：修订办法（国际处，2026年5月29日前）",
        "措施2：清理证照（财务处，2026年5月29日前）",
    ]
    assert (cells["批示领导"], cells["牵头领导"], cells["配合领导"]) == (CHIEF, OWNER, "")
    assert (cells["发布时间"], cells["交办时限"]) == ("2026年3月2日", "2026年6月30日")
    assert (cells["牵头单位"], cells["反馈周期"], cells["督办联系人"]) == ("国际处", "无", OFFICE)
    assert {"附件", "配合单位", "电话", "办理情况", "负责人签字", "单位签章"} <= cells.keys()
    assert "办理情况回执" in paper.text
    assert any("沿此线裁下" in line for line in paper.lines)
    assert (paper.header, paper.a4) == ("示例学院", True)
    assert "PAGE" in paper.footer


def test_what_people_typed_is_text_whatever_it_looks_like(college: Conversation) -> None:
    odd = "{{ 7*7 }} <w:t>粗</w:t> & {% for %} {_{ x }_} \x0b\x07A\x0cB“引”\u2028{#注#}"
    college.issued(title=odd, problem="第一行\n第二行\t<b>", short_title="怪题")
    paper = brought(college, OFFICE, "出督办单 001")
    said = paper.pairs()["督办事项"].replace("\u200b", "")
    assert said == "2026-001 " + odd.replace("\x0b", "").replace("\x07", "").replace("\x0c", "")
    assert paper.pairs()["督办内容"].splitlines()[:2] == ["问题：第一行", "第二行 <b>"]


def test_a_confidential_topic_is_its_number_on_a_slip(college: Conversation) -> None:
    topic = college.issued(confidential=True, title="秘密事项", short_title="密", problem="秘密问题")
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    paper = brought(college, OFFICE, "出督办单 001")
    cells = paper.pairs()
    assert (cells["督办事项"], cells["督办内容"]) == ("2026-001 （不公开）", "（不公开）")
    assert (cells["牵头单位"], cells["配合单位"], cells["牵头领导"]) == ("", "", OWNER)
    assert "秘密" not in paper.text


def test_many_measures_are_an_attachment_and_a_moved_deadline_shows_the_first(college: Conversation) -> None:
    topic = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    steps = [Step(f"措施之{no}", (college.unit("国际处"),), MAY) for no in range(7)]
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    to = datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC)
    college.do(OWNER, lambda work: extending.ask(work, topic.id, to, "招标"))
    [asked] = college.ask(lambda tx: requests.of_topic(tx, topic.id))
    college.do(CHIEF, lambda work: extending.grant(work, asked.id))

    cells = brought(college, OFFICE, "出督办单 001").pairs()
    assert (cells["附件"], "措施" in cells["督办内容"]) == ("措施清单（7项）", False)
    assert cells["交办时限"] == "2026年7月31日（原定2026年6月30日）"


def test_a_standing_topic_has_a_cycle_instead_of_a_deadline(college: Conversation) -> None:
    college.issued(kind=Kind.STANDING, cycle=Cycle.MONTHLY, deadline=None)
    cells = brought(college, OFFICE, "出督办单 001").pairs()
    assert (cells["交办时限"], cells["反馈周期"]) == ("长期坚持", "每月报告")


def test_a_slip_keeps_its_number_and_every_year_counts_anew(college: Conversation) -> None:
    college.issued(deadline=datetime(2027, 3, 1, tzinfo=UTC))
    college.issued(deadline=datetime(2027, 3, 1, tzinfo=UTC))
    number = "文号"
    assert brought(college, OFFICE, "出督办单 001").pairs()[number].endswith("〔2026〕1号")
    assert brought(college, OFFICE, "出督办单 002").pairs()[number].endswith("〔2026〕2号")
    college.clock.advance(datetime(2027, 1, 6, 2, tzinfo=UTC) - college.clock.now())
    again = brought(college, DISCIPLINE, "出督办单 2026-001").pairs()
    assert (again[number], again["发布时间"]) == ("示例学院督〔2026〕1号", "2026年3月2日")
    college.issued(deadline=datetime(2027, 3, 1, tzinfo=UTC))
    assert brought(college, OFFICE, "出督办单 001").pairs()[number].endswith("〔2027〕1号")


def test_the_word_for_the_college_begins_the_number(college: Conversation) -> None:
    college.policy = replace(college.policy, short="校党")
    college.issued()
    assert brought(college, OFFICE, "出督办单 001").pairs()["文号"] == "校党督〔2026〕1号"


@pytest.mark.parametrize(
    ("colour", "title"),
    [("黄色", "黄色预警通知单"), ("橙", "橙色预警督办单"), ("red", "红色预警问责单")],
)
def test_a_coloured_paper_is_chosen_by_hand(college: Conversation, colour: str, title: str) -> None:
    college.issued()
    college.clock.advance(JULY - college.clock.now())
    paper = brought(college, OFFICE, f"出预警单 001 {colour}")
    cells = paper.pairs()
    assert paper.lines[0] == title
    assert (cells["逾期情况"], cells["提醒情况"]) == ("已逾期3个工作日", "系统已提醒0次")
    assert cells["预警依据"] == "逾期未完成，人工发出（第十一条、第二十三条）"
    assert (cells["议题编号"], cells["责任领导"], cells["牵头单位"]) == ("2026-001", OWNER, "国际处")
    assert {"事项", "完成时限", "情况说明", "整改安排", "负责人签字", "单位签章"} <= cells.keys()


def test_a_unit_is_warned_of_its_late_measure_before_the_topic_is_late(college: Conversation) -> None:
    under_way(college)
    college.clock.advance(datetime(2026, 6, 3, 2, tzinfo=UTC) - college.clock.now())
    cells = brought(college, OFFICE, "出预警单 001 黄色").pairs()
    assert cells["事项"].splitlines() == [
        "因公出国管理内控制度不完善",
        "措施1：修订办法（国际处，2026年5月29日前）",
        "措施2：清理证照（财务处，2026年5月29日前）",
    ]
    assert (cells["牵头单位"], cells["完成时限"]) == ("国际处、财务处", "2026年5月29日")
    assert cells["逾期情况"] == "已逾期3个工作日"
    assert college.say(OFFICE, "出预警单").labels == ["2026-001"]


def test_the_ladder_means_a_colour(college: Conversation) -> None:
    rungs = [
        {"key": "w", "level": 2, "on": "topic", "when": [{"before": 5}], "to": ["owner"], "paper": "yellow"},
        {
            "key": "late",
            "level": 4,
            "on": "topic",
            "when": [{"after": 1}],
            "to": ["owner"],
            "paper": "orange",
        },
        {"key": "plain", "level": 5, "on": "topic", "when": [{"after": 2}], "to": ["owner"]},
    ]
    college.policy = replace(college.policy, ladder=ladder_text.parse({"step": rungs}))
    topic = college.issued(deadline=MAY)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    assert "尚未逾期" in college.say(OFFICE, "出预警单 001").text

    college.pass_to(datetime(2026, 5, 27, 2, tzinfo=UTC))
    cells = brought(college, OFFICE, "出预警单 001").pairs()
    assert (cells["预警依据"], cells["逾期情况"]) == ("提醒第2级（第十一条、第二十三条）", "尚未逾期")
    college.pass_to(datetime(2026, 6, 2, 2, tzinfo=UTC))
    paper = brought(college, OFFICE, "出预警单 001")
    assert paper.lines[0] == "橙色预警督办单"
    assert (paper.pairs()["预警依据"], paper.pairs()["提醒情况"]) == (
        "提醒第4级（第十一条、第二十三条）",
        "系统已提醒3次",
    )


def test_a_circular_tells_a_period_without_ranking(college: Conversation) -> None:
    topic = under_way(college)
    other = college.issued(lead_units=(college.unit("财务处"),), deadline=MAY, title="报销审核不严")
    college.do(OWNER, lambda work: claiming.claim(work, other.id))
    college.issued(confidential=True, title="秘密事项", deadline=MAY)
    done = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, done.id))
    college.do(OWNER, lambda work: verifying.submit(work, done.id, "全部完成"))
    college.do(DISCIPLINE, lambda work: verifying.close(work, done.id))
    college.clock.advance(JULY - college.clock.now())
    assert topic

    paper = brought(college, OFFICE, "督办通报 2026年3月")
    counts = {row[""]: (row["项数"], row["编号"]) for row in paper.table("")}
    assert counts["印发"] == ("4", "2026-001、2026-002、2026-003、2026-004")
    assert counts["办结"] == ("1", "2026-004")
    assert counts["在办"][0] == "3"
    assert "截至2026年3月31日无逾期事项。" in paper.text

    paper = brought(college, DISCIPLINE, "督办通报 7月")
    assert "截至2026年7月3日在办3项，逾期事项（含措施）5项" in paper.text
    late = [(row["责任单位"], row["编号"], row["逾期工作日"]) for row in paper.table("责任单位")]
    assert late == [
        ("国际处", "2026-001", "3"),
        ("国际处", "2026-001-1", "24"),
        ("财务处", "2026-001-2", "24"),
        ("财务处", "2026-002", "24"),
        ("（不公开）", "2026-003", "24"),
    ]
    assert "单位按名册顺序排列，不作排名。" in paper.text
    assert "秘密" not in paper.text


def test_what_was_handed_in_in_time_was_not_overdue(college: Conversation) -> None:
    topic = under_way(college, deadline=MAY)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id, "全部完成，措施已并入"))
    college.clock.advance(JULY - college.clock.now())
    assert "无逾期事项" in brought(college, OFFICE, "督办通报 6月").text


def test_no_paper_keeps_a_brace_in_english_either(college: Conversation) -> None:
    under_way(college)
    college.policy = replace(college.policy, language="en")
    college.clock.advance(JULY - college.clock.now())
    for text in ("/slip 001", "/warning 001", "/circular 2026-07"):
        paper = brought(college, OFFICE, text)
        assert "{" not in paper.text
