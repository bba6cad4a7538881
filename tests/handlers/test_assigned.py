"""措施下达: a unit hears once what it is to do, in the owner's words, and receives all of it by one press."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from services import claiming, measuring
from services.work import Work
from storage import measures
from storage.tables_journal import journal
from tests.handlers.conversation import Conversation, Shown
from workflow.measure import MeasureState
from workflow.topic import Topic

OWNER, HEAD, LIAISON, FINANCE = "外事副院长", "国际处处长", "国际处联络员", "财务处处长"
LINES = """修订办法 牵头 国际处 配合 财务处 6月10日前
核对台账 牵头 国际处 5月20日前
开展培训 牵头 财务处 6月10日前"""


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """Claimed, due at the end of June."""
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def handed_down(college: Conversation, lines: str = LINES) -> None:
    college.say(OWNER, f"分解 001\n{lines}")
    college.press(OWNER, "下达")


def pushes(college: Conversation, who: str) -> list[Shown]:
    return [shown for shown in college.pushed(who) if "【措施下达】" in shown.text]


def states(college: Conversation, topic: Topic) -> list[str]:
    return [m.state for m in college.ask(lambda tx: measures.of_topic(tx, topic.id))]


def test_a_unit_hears_once_in_the_words_of_the_owner(college: Conversation, topic: Topic) -> None:
    handed_down(college)
    (push,) = pushes(college, HEAD)
    assert push.text.splitlines() == [
        "【措施下达】2026-001《因公出国内控》共2项，请点“收到”。直接回复本条即可报进展。",
        "1. 修订办法（国际处，6月10日，已下达）",
        "2. 核对台账（国际处，5月20日，已下达）",
    ]
    assert push.labels == ["收到", "措施", "看议题"]
    assert len(pushes(college, LIAISON)) == 1
    assert [line[:2] for line in pushes(college, FINANCE)[0].text.splitlines()] == ["【措", "1.", "3."]


def test_one_press_receives_each_of_them(college: Conversation, topic: Topic) -> None:
    handed_down(college)
    noted = select(func.count()).where(journal.c.event == "receive")

    assert college.press(HEAD, "收到", pushes(college, HEAD)[0]) == "已收到2项"

    assert states(college, topic) == ["received", "received", "assigned"]
    assert college.ask(lambda tx: tx.execute(noted).scalar()) == 2
    assert college.last(HEAD).labels == ["措施", "看议题"]
    assert "1. 修订办法（国际处，6月10日，落实中）" in college.last(HEAD).text


def test_a_nod_to_it_receives_all_and_words_are_a_report(college: Conversation, topic: Topic) -> None:
    handed_down(college)
    push = pushes(college, HEAD)[0]
    college.say(HEAD, "收到", push)
    assert states(college, topic)[:2] == ["received", "received"]
    assert "已记录" in college.say(HEAD, "两项都已启动", pushes(college, HEAD)[0]).text


def test_whoever_presses_second_finds_them_received(college: Conversation, topic: Topic) -> None:
    handed_down(college)
    college.press(HEAD, "收到", pushes(college, HEAD)[0])
    assert college.press(LIAISON, "收到", pushes(college, LIAISON)[0]) == "已接收"


def test_what_was_withdrawn_overnight_is_not_handed_down(college: Conversation, topic: Topic) -> None:
    college.clock.advance(datetime(2026, 3, 2, 12, tzinfo=UTC) - college.clock.now())
    handed_down(college)
    first = college.ask(lambda tx: measures.of_topic(tx, topic.id))[0]
    college.do(OWNER, lambda work: measuring.withdraw(work, first.id))
    college.pass_to(datetime(2026, 3, 3, 1, tzinfo=UTC))
    (push,) = pushes(college, HEAD)
    assert "措施2" in push.text
    assert "修订办法" not in push.text


def test_a_confidential_topics_measures_are_not_spelt_out(college: Conversation) -> None:
    secret = college.issued(confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, secret.id))
    handed_down(college)
    (push,) = pushes(college, HEAD)
    assert push.text == "【措施下达】2026-001，内容请点按钮在私聊中查看。"
    assert push.labels == ["收到", "措施", "查看"]


def test_a_long_measure_is_cut(college: Conversation, topic: Topic) -> None:
    handed_down(college, "逐项" * 40 + " 牵头 国际处 6月10日前")
    (push,) = pushes(college, HEAD)
    assert "逐项" * 20 + "…（国际处" in push.text


def test_over_the_cap_they_are_lines_among_others(college: Conversation, topic: Topic) -> None:
    """Two topics' measures, and no room for two messages."""
    college.policy = replace(college.policy, cap=1)
    other = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, other.id))
    college.clock.advance(datetime(2026, 3, 2, 12, tzinfo=UTC) - college.clock.now())
    steps = [measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 6, 1, tzinfo=UTC))]

    def both(work: Work) -> None:
        for one in (topic, other):
            measuring.decompose(work, one.id, steps)

    college.do(OWNER, both)
    college.pass_to(datetime(2026, 3, 3, 1, tzinfo=UTC))
    assert "【集中提醒】共2项" in [shown.card.title for shown in college.pushed(HEAD)]
    assert MeasureState.ASSIGNED in states(college, topic)
