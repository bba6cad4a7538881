"""静音 and 稍后: one's own peace, bounded, on the trail, and never from what is late or goes upwards."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services import claiming, issuing, measuring, quieting, resting
from storage import journal, notices
from tests.handlers.conversation import Conversation, Shown
from workflow.errors import Invalid, NoRight, NotFound, Stale
from workflow.topic import Topic

OWNER, HEAD, OFFICE, SECRETARY = "外事副院长", "国际处处长", "党办主任", "纪委书记"
DAY_3 = datetime(2026, 6, 25, 2, tzinfo=UTC)
"""Three workdays before the deadline, after the hour of reminders."""


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def reminded(college: Conversation, who: str, kind: str = "notice") -> list[Shown]:
    return [one for one in college.pushed(who) if "到期提醒" in one.text and one.kind == kind]


def trail(college: Conversation) -> list[str]:
    return college.ask(lambda tx: [row.event for row in journal.read(tx.connection)])


def test_a_muted_topic_is_said_in_the_digest_alone(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 6, 22, 2, tzinfo=UTC))
    before = len(reminded(college, OWNER))
    shown = college.say(OWNER, "静音 001 到6月26日")
    assert "2026-001已静音至2026年6月26日（周五）" in shown.text
    assert "mute" in trail(college)
    college.pass_to(DAY_3)
    assert len(reminded(college, OWNER)) == before
    assert len(reminded(college, HEAD)) >= 1, "nobody else's peace"
    college.pass_to(datetime(2026, 6, 26, 2, tzinfo=UTC))
    digest = [one for one in college.pushed(OWNER) if one.kind == "digest"][-1]
    assert "2026-001" in digest.text
    college.pass_to(datetime(2026, 6, 30, 2, tzinfo=UTC))
    assert len(reminded(college, OWNER)) == before + 1, "the rest is over"


def test_what_is_late_is_never_muted(college: Conversation, topic: Topic) -> None:
    college.pass_to(datetime(2026, 6, 29, 2, tzinfo=UTC))
    college.say(OWNER, "静音 001")
    assert "静音至2026年6月30日" in college.last(OWNER).text
    college.say(SECRETARY, "静音 001 到6月30日")
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert any("逾期" in one.text for one in college.pushed(OWNER))
    assert any("逾期" in one.text for one in college.pushed(SECRETARY)), "an escalation"
    assert "提醒照常" in college.say(OWNER, "静音 001").text


def test_what_is_asked_of_a_person_is_never_muted(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "静音 001")
    college.say(SECRETARY, "催办 001")
    assert any("【催办】" in one.text and one.kind == "notice" for one in college.pushed(OWNER))


def test_it_is_bounded_and_can_be_taken_back(college: Conversation, topic: Topic) -> None:
    assert "最迟可静音至2026年3月9日" in college.say(OWNER, "静音 001 到3月20日").text
    assert "2月30日" in college.say(OWNER, "静音 001 到2月30日").text
    assert "请写明编号" in college.say(OWNER, "静音").text
    assert "请写明编号" in college.say(OWNER, "取消静音").text
    assert "没有变化" in college.say(OWNER, "取消静音 001").text
    college.say(OWNER, "静音 001")
    assert "已取消静音" in college.say(OWNER, "取消静音 001").text
    college.say(OWNER, "静音 001")
    assert college.press(OWNER, "取消静音") == "已取消静音"
    assert trail(college).count("unmute") == 2
    college.do("党委书记", lambda work: issuing.withdraw(work, topic.id, "重复"))
    assert "不再提醒" in college.say(OWNER, "静音 001").text


def test_a_college_may_forbid_it(college: Conversation, topic: Topic) -> None:
    college.policy = replace(college.policy, rest_days=0)
    assert "不能静音" in college.say(OWNER, "静音 001").text


def test_only_who_may_see_a_topic_mutes_it(college: Conversation, topic: Topic) -> None:
    for who in ("系统管理员", "后勤处处长"):
        assert "已静音" not in college.say(who, "静音 001").text, who
        assert "已取消" not in college.say(who, "取消静音 001").text, who
    assert "mute" not in trail(college)


def test_one_reminder_comes_again_on_the_next_workday(college: Conversation, topic: Topic) -> None:
    college.pass_to(DAY_3)
    (push,) = reminded(college, OWNER)
    assert "稍后" in push.labels
    assert college.press(OWNER, "稍后", push) == "6月26日 09:00再提醒"
    assert "已推迟" in college.last(OWNER).text
    college.pass_to(datetime(2026, 6, 26, 2, tzinfo=UTC))
    assert len(reminded(college, OWNER)) == 1
    assert "put_off" in trail(college)


def test_what_was_reported_meanwhile_does_not_come_again(college: Conversation, topic: Topic) -> None:
    college.pass_to(DAY_3)
    college.press(OWNER, "稍后", reminded(college, OWNER)[-1])
    college.say(OWNER, "申请销号 001 已完成")
    college.pass_to(datetime(2026, 6, 26, 2, tzinfo=UTC))
    assert reminded(college, OWNER) == []


def test_not_for_ever_and_not_past_the_deadline(college: Conversation, topic: Topic) -> None:
    college.pass_to(DAY_3)
    for day in (26, 29, 30):
        college.press(OWNER, "稍后", reminded(college, OWNER)[-1])
        college.pass_to(datetime(2026, 6, day, 2, tzinfo=UTC))
    assert all("稍后" not in one.labels for one in reminded(college, OWNER))


def test_only_the_receiver_puts_a_plain_reminder_off(college: Conversation, topic: Topic) -> None:
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 6, 29, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.pass_to(DAY_3)
    found = college.ask(lambda tx: notices.get_many(tx, range(200)))
    mine = next(n for n in found if n.kind == "ladder" and n.person_id == college.id(OWNER) and n.single)
    watching = replace(mine, audience="verifier", data={**mine.data, "why": "After"})
    assert college.ask(lambda tx: resting.may_rest(tx, watching)), (
        "who only watches may, even when it is late"
    )
    with pytest.raises(NoRight):
        college.do(HEAD, lambda work: quieting.put_off(work, mine.id))
    with pytest.raises(NotFound):
        college.do(OWNER, lambda work: quieting.put_off(work, 9_999))
    claimed = next(n for n in found if n.kind == "issued")
    with pytest.raises(Invalid, match="not_put_off"):
        college.do(OWNER, lambda work: quieting.put_off(work, claimed.id))
    college.do(OWNER, lambda work: quieting.put_off(work, mine.id))
    with pytest.raises(Stale):
        college.do(OWNER, lambda work: quieting.put_off(work, mine.id))


def test_a_measures_reminder_rests_with_its_topic_until_it_is_late(
    college: Conversation, topic: Topic
) -> None:
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 6, 10, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.pass_to(datetime(2026, 6, 4, 2, tzinfo=UTC))
    college.say(HEAD, "静音 001 到6月11日")
    college.pass_to(datetime(2026, 6, 9, 2, tzinfo=UTC))
    assert not any(
        "措施1" in one.text and one.kind == "notice" and "到期" in one.text for one in college.pushed(HEAD)
    )
    college.pass_to(datetime(2026, 6, 11, 2, tzinfo=UTC))
    assert any("逾期" in one.text for one in college.pushed(HEAD))
