"""清单: three views of one ledger; a version is fixed by each feedback event and says what changed since."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services import claiming, issuing, measuring
from services.affairs import listing
from services.measuring import Step
from storage import affairs, topics
from storage.replay import differences
from tests.handlers.conversation import Conversation
from tests.handlers.handing import CHECK, ROOMS, TRAVEL, handing, sheet
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Missing, NoRight

OFFICE, CHIEF, DISCIPLINE = "党办主任", "党委书记", "纪委书记"
FOREIGN, LOGISTICS, HEAD, ADMIN = "外事副院长", "后勤副院长", "国际处处长", "系统管理员"
JULY = datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC)


def versions(college: Conversation) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.LISTING, AffairState.RECORDED))


def opened(college: Conversation, label: str) -> None:
    college.say(OFFICE, "清单")
    college.press(OFFICE, label)


def under_way(college: Conversation) -> None:
    topic = college.issued()
    college.issued(owner=LOGISTICS, short_title="公房台账", lead_units=(college.unit("后勤处"),))
    college.do(FOREIGN, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, tzinfo=UTC))
    college.do(FOREIGN, lambda work: measuring.decompose(work, topic.id, [step]))


def test_the_three_lists_with_their_counts(college: Conversation) -> None:
    under_way(college)
    shown = college.say(OFFICE, "清单")
    assert shown.text.splitlines() == [
        "【三张清单】",
        "责任清单：常设责任0项（领题情况见问题清单）",
        "风险（问题）清单：2项，未销号2项",
        "措施清单：1项，已确认办结0项",
        "尚未定版。反馈批次导入、年初集中领题时自动定版；也可发“清单 定版 理由”。",
    ]
    assert shown.labels == ["责任清单", "问题清单", "措施清单", "风险", "定版"]

    opened(college, "问题清单")
    assert "2026-002《公房台账》 待领题 后勤副院长" in college.last(OFFICE).text
    opened(college, "措施清单")
    assert "1. 2026-001 措施1 修订办法 国际处 5月29日" in college.last(OFFICE).text
    college.press(OFFICE, "1")
    assert "修订办法" in college.last(OFFICE).text
    opened(college, "责任清单")
    assert "还没有常设责任" in college.last(OFFICE).text


def test_empty_lists_say_what_to_do(college: Conversation) -> None:
    for label, said in (
        ("问题清单", "点题后再看"),
        ("措施清单", "领题后分解措施"),
        ("风险", "发“风险 内容”"),
    ):
        opened(college, label)
        assert said in college.last(OFFICE).text
    assert "尚未定版" in college.say(OFFICE, "清单 版本").text
    assert "可发：清单" in college.say(OFFICE, "清单 什么").text


def test_a_version_is_fixed_and_says_later_what_changed(college: Conversation) -> None:
    under_way(college)
    assert college.say(OFFICE, "清单 定版 一季度分析会").text.startswith("已定版：第1版")
    assert "没有变化" in college.say(OFFICE, "清单").text

    first, second = sorted(college.ask(topics.find), key=lambda topic: topic.id)
    college.do(CHIEF, lambda work: issuing.withdraw(work, second.id, "重复"))
    college.issued(short_title="新题")
    college.do(CHIEF, lambda work: claiming.reroute(work, first.id, college.id(LOGISTICS)))
    assert "定版以来：新增1、撤题1、换领题人1" in college.say(OFFICE, "清单").text

    college.say(OFFICE, "清单 定版 4月例会")
    shown = college.say(OFFICE, "清单 版本 2")
    assert shown.text.splitlines()[1:] == [
        "第2版 3月2日 党办主任 4月例会",
        "共3项，未销号2项",
        "新增1项：2026-003《新题》",
        "撤题1项：2026-002《公房台账》",
        "换领题人1项：2026-001《因公出国内控》",
    ]
    assert "新增2项" in college.say(OFFICE, "清单 版本 1").text
    assert "没有第9版" in college.say(OFFICE, "清单 版本 9").text
    assert "没有第上一版" in college.say(OFFICE, "清单 版本 上一").text
    listed = college.say(OFFICE, "清单 版本")
    assert "1. 第2版 3月2日 党办主任 4月例会" in listed.text
    college.press(OFFICE, "2", listed)
    assert "【清单】第1版" in college.last(OFFICE).text
    assert college.ask(differences) == []


def test_many_changes_are_counted_and_the_first_named(college: Conversation) -> None:
    for no in range(10):
        college.issued(short_title=f"题{no}")
    college.say(OFFICE, "清单 定版 首次")
    assert "新增10项，如：" in college.say(OFFICE, "清单 版本 1").text


def test_an_import_fixes_a_version_of_itself(college: Conversation, tmp_path: Path) -> None:
    handing(college, tmp_path)(sheet(TRAVEL, CHECK, ROOMS))
    college.press(OFFICE, "导入")
    [version] = versions(college)
    assert version.facts["cause"] == version.parent_id is not None
    assert len(version.facts["topics"]) == 2
    shown = college.say(OFFICE, "清单 版本 1")
    assert "党办主任 反馈定版" in shown.text
    assert "新增2项" in shown.text


def test_the_reason_is_asked_for(college: Conversation) -> None:
    college.say(OFFICE, "清单")
    college.press(OFFICE, "定版")
    assert "为什么定版" in college.last(OFFICE).text
    assert "已定版：第1版" in college.say(OFFICE, "年终").text
    with pytest.raises(Missing):
        college.do(OFFICE, lambda work: listing.fix(work, " "))


@pytest.mark.parametrize("who", [OFFICE, CHIEF, DISCIPLINE])
def test_who_fixes_versions(college: Conversation, who: str) -> None:
    assert "已定版" in college.say(who, "清单 定版 例会").text


@pytest.mark.parametrize("who", [FOREIGN, HEAD, ADMIN])
def test_who_does_not(college: Conversation, who: str) -> None:
    assert "定版" not in college.say(who, "清单").labels
    assert "由党政主要领导、纪委书记、联席会议办公室办理" in college.say(who, "清单 定版 例会").text
    assert "由党政主要领导" in college.say(who, "清单 定版").text
    with pytest.raises(NoRight):
        college.do(who, lambda work: listing.fix(work, "例会"))
    assert versions(college) == []


def test_everybody_sees_what_is_theirs(college: Conversation) -> None:
    under_way(college)
    college.say(OFFICE, "清单 定版 例会")
    shown = college.say(HEAD, "清单")
    assert "风险（问题）清单：1项" in shown.text
    assert "没有变化" in shown.text
    assert "新增1项：2026-001" in college.say(HEAD, "清单 版本 1").text
    nothing = college.say(ADMIN, "清单")
    assert "风险（问题）清单：0项" in nothing.text
    assert "2026-00" not in college.say(ADMIN, "清单 版本 1").text
    assert "私聊" in college.say(OFFICE, "清单", group=True).text


def test_of_a_confidential_topic_the_number_alone(college: Conversation) -> None:
    topic = college.issued(confidential=True)
    college.do(FOREIGN, lambda work: claiming.claim(work, topic.id))
    step = Step("查清细节", (college.unit("国际处"),), datetime(2026, 5, 29, tzinfo=UTC))
    college.do(FOREIGN, lambda work: measuring.decompose(work, topic.id, [step]))
    for label in ("问题清单", "措施清单"):
        opened(college, label)
        text = college.last(OFFICE).text
        assert "2026-001" in text
        assert not any(word in text for word in ("查清细节", "国际处", "因公出国"))


@pytest.mark.parametrize(
    ("said", "title"), [("问题", "【风险（问题）清单】"), ("措施", "【措施清单】"), ("责任", "【责任清单】")]
)
def test_one_of_the_lists_may_be_asked_for_by_name(college: Conversation, said: str, title: str) -> None:
    under_way(college)
    assert title in college.say(OFFICE, f"清单 {said}").text
