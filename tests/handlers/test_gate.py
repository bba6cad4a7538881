"""The gate: what does not belong here is kept nowhere; the office lets a text pass, with a reason."""

import pytest

from services import claiming
from storage import journal, reports
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

OWNER, HEAD, OFFICE = "外事副院长", "国际处处长", "党办主任"
SECRET = "收到一封信访件，反映张某"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def trail(college: Conversation) -> list[str]:
    return college.ask(lambda tx: [row.event for row in journal.read(tx.connection)])


def test_what_does_not_belong_here_is_kept_nowhere(college: Conversation, topic: Topic) -> None:
    answer = college.say(HEAD, f"报进展 001 {SECRET}").text
    assert "可能涉及“信访件”" in answer
    assert [r for r in college.ask(lambda tx: reports.of_topic(tx, topic.id)) if "张某" in r.text] == []
    assert trail(college)[-1] == "gate"


def test_a_file_named_like_a_case_is_stopped_too(college: Conversation, topic: Topic) -> None:
    assert "没有保存" in college.say(HEAD, "报进展 001 见附件", files=["问题线索登记表.pdf"]).text


@pytest.mark.parametrize(
    "parted", ["信 访 件", "信_访_件", "信-访-件", "信\u200b访\u2060件", "信\u0336访\ufe0f件"]
)
def test_a_word_taken_apart_is_still_the_word(college: Conversation, topic: Topic, parted: str) -> None:
    assert "没有保存" in college.say(HEAD, f"报进展 001 收到{parted}").text


def test_an_edit_does_not_slip_past(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "报进展 001 已核对")
    assert "没有保存" in college.correct(HEAD, f"报进展 001 {SECRET}").text


def test_what_is_held_back_takes_its_album_with_it(college: Conversation, topic: Topic) -> None:
    shown = college.say(HEAD, "题 001")
    college.say(HEAD, SECRET, reply_to=shown, files=["1.jpg"], album="a")
    before = len(college.cards(HEAD))
    college.say(HEAD, reply_to=shown, files=["2.jpg"], album="a")
    assert len(college.cards(HEAD)) == before
    assert college.ask(lambda tx: reports.of_topic(tx, topic.id)) == []
    college.say(HEAD, "整改后", reply_to=shown, files=["3.jpg"], album="b")
    assert [r.text for r in college.ask(lambda tx: reports.of_topic(tx, topic.id))] == ["整改后"]


def test_the_office_lets_one_text_pass_with_a_reason(college: Conversation, topic: Topic) -> None:
    text = "代录 001 国际处联络员 电话 信访件办理制度已修订"
    assert "放行 理由" in college.say(OFFICE, text).text
    assert "已登记放行理由" in college.say(OFFICE, "放行 修订信访件办理制度").text
    assert "信访件办理制度已修订" in college.say(OFFICE, text).text
    assert "gate_passed" in trail(college)
    college.press(OFFICE, "代录")
    assert "没有保存" in college.say(OFFICE, text).text


def test_what_was_open_goes_on_with_the_text_that_passes(college: Conversation, topic: Topic) -> None:
    college.say(OFFICE, "代录 001 国际处联络员 电话")
    assert "没有保存" in college.say(OFFICE, "信访件办理制度已修订").text
    college.say(OFFICE, "放行 修订信访件办理制度")
    assert "内容：信访件办理制度已修订" in college.say(OFFICE, "信访件办理制度已修订").text


def test_a_pass_needs_a_reason_and_the_office(college: Conversation) -> None:
    assert "请写明理由" in college.say(OFFICE, "放行").text
    assert "只有联席会议办公室可以放行" in college.say(HEAD, "放行 制度建设").text


def test_a_harmless_text_leaves_the_pass_open(college: Conversation) -> None:
    college.say(OFFICE, "放行 修订信访件办理制度")
    assert "放行仍然有效" in college.say(OFFICE, "今天下雨").text
    assert "已取消" in college.say(OFFICE, "取消").text


def test_help_leaves_an_open_dialogue_open(college: Conversation, topic: Topic) -> None:
    college.say(OFFICE, "代录 001 国际处联络员 电话")
    assert "您好" in college.say(OFFICE, "帮助").text
    assert "内容：台账已核对" in college.say(OFFICE, "台账已核对").text
