"""Papers in Word, opened: the headings of FORMS, the values, nothing of the template left."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from services import claiming, measuring
from services.measuring import Step
from tests.handlers.conversation import Conversation, Shown
from tests.reports.opened_word import OpenedWord
from workflow.topic import Topic

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
