"""申请销号, 核验, 退回补正, 销号, 重启: the end of the loop, and who may not verify what."""

from datetime import UTC, datetime

import pytest

from services import claiming, measuring, progress, verifying
from services.work import Said, Work
from storage import topics
from storage.reports import Evidence
from tests.handlers.conversation import Conversation, file
from workflow.topic import Topic, TopicState

OWNER, HEAD, SECRETARY, STAFF = "外事副院长", "国际处处长", "纪委书记", "纪委干事"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


@pytest.fixture
def submitted(college: Conversation, topic: Topic) -> Topic:
    college.say(HEAD, "报进展 001 制度已印发", files=["办法.pdf"])
    college.say(OWNER, "申请销号 001")
    college.press(OWNER, "申请销号")
    return topic


def now(college: Conversation, topic: Topic) -> Topic:
    return college.ask(lambda tx: topics.get(tx, topic.id))


def test_the_owner_sees_the_account_and_hands_it_in(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "报进展 001 制度已印发", files=["办法.pdf"])
    shown = college.say(OWNER, "申请销号 001")
    assert "整改目标：闭环管理" in shown.text
    assert "进展1次，佐证1件" in shown.text
    college.press(OWNER, "返回")
    assert now(college, topic).state is TopicState.IN_PROGRESS
    college.press(OWNER, "申请销号")
    assert college.press(OWNER, "申请销号") == "已申请销号"
    assert now(college, topic).state is TopicState.SUBMITTED
    assert any("2026-001" in shown.text for shown in college.pushed(SECRETARY))


def test_open_measures_need_a_reason(college: Conversation, topic: Topic) -> None:
    step = measuring.Step("修订办法", (college.unit("国际处"),), topic.deadline or college.clock.now())
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    shown = college.say(OWNER, "申请销号 001")
    assert "还有1项措施（1）未办结" in shown.text
    assert shown.labels == ["取消"]
    college.say(OWNER, "已并入年度制度修订")
    assert now(college, topic).state is TopicState.SUBMITTED


def test_the_owner_takes_a_submission_back(college: Conversation, submitted: Topic) -> None:
    assert "【撤回申请】2026-001继续整改" in college.say(OWNER, "撤回申请 001").text
    assert now(college, submitted).state is TopicState.IN_PROGRESS


def test_two_presses_verify_and_close(college: Conversation, submitted: Topic) -> None:
    college.say(SECRETARY, "议题 001")
    college.press(SECRETARY, "核验通过")
    facts = college.last(SECRETARY)
    assert "佐证1（国际处处长，3月2日）：办法.pdf" in facts.text
    assert facts.labels == ["销号", "退回补正", "返回", "佐证1"]
    college.press(SECRETARY, "佐证1")
    assert [f.name for f in college.last(SECRETARY).card.files] == ["办法.pdf"]
    assert college.press(SECRETARY, "销号") == "已销号"
    assert now(college, submitted).state is TopicState.CLOSED
    assert any("销号" in shown.text for shown in college.pushed(OWNER))


def test_much_evidence_is_paged(college: Conversation, topic: Topic) -> None:
    for no in range(5):
        college.say(HEAD, f"报进展 001 第{no}份", files=[f"{no}.pdf"])
    college.say(OWNER, "申请销号 001")
    college.press(OWNER, "申请销号")
    assert college.say(SECRETARY, "核验 001").labels == ["销号", "退回补正", "返回", "佐证1", "佐证2", "更多"]
    college.press(SECRETARY, "更多")
    assert college.last(SECRETARY).labels[3:] == ["佐证3", "佐证4", "更多"]


def test_advisers_give_their_opinion_first(college: Conversation, submitted: Topic) -> None:
    college.say(STAFF, "初核 001")
    assert college.press(STAFF, "初核通过") == "已提交初核意见"
    college.say("党委委员", "初核 001 台账还缺两个月")
    facts = college.say(SECRETARY, "核验 001")
    assert "纪委干事初核：通过" in facts.text
    assert "党委委员初核：台账还缺两个月" in facts.text


def test_an_opinion_in_words_by_buttons(college: Conversation, submitted: Topic) -> None:
    college.say(STAFF, "初核 001")
    college.press(STAFF, "提出意见")
    assert "请写明理由" in college.say(STAFF, "").text
    assert "意见已送核验席位" in college.say(STAFF, "台账还缺两个月").text


def test_a_press_and_a_message_return_with_points_and_a_date(college: Conversation, submitted: Topic) -> None:
    college.say(SECRETARY, "议题 001")
    college.press(SECRETARY, "退回补正")
    shown = college.say(SECRETARY, "1. 缺经费审批单\n2. 3月台账未签字\n请于3月20日前补正")
    assert shown.text.splitlines()[1:] == [
        "1. 缺经费审批单",
        "2. 3月台账未签字",
        "时限：2026年3月20日（周五）",
    ]
    assert now(college, submitted).state is TopicState.SUBMITTED
    assert college.press(SECRETARY, "退回补正") == "已退回补正"
    back = now(college, submitted)
    assert back.state is TopicState.IN_PROGRESS
    assert back.deadline is not None
    assert back.deadline.date().isoformat() == "2026-03-20"
    assert any("补正2项" in shown.text for shown in college.pushed(OWNER))


@pytest.mark.parametrize(
    ("text", "points", "by"),
    [
        ("缺审批单；缺签字页；3月20日前", 2, "3月20日"),
        ("缺审批单，请于三周内补正", 1, "3月23日"),
        ("补充3月5日会议纪要", 1, ""),
        ("缺1月3日的审批单", 1, ""),
    ],
)
def test_only_a_date_at_the_end_is_the_deadline(
    college: Conversation, submitted: Topic, text: str, points: int, by: str
) -> None:
    shown = college.say(SECRETARY, f"退回 001 {text}")
    if by:
        assert f"补正{points}项" in shown.text
        assert by in shown.text
    else:
        assert "限到什么时候" in shown.text
        assert shown.labels == ["3月9日", "取消"]


def test_without_a_date_five_workdays_are_proposed(college: Conversation, submitted: Topic) -> None:
    shown = college.say(SECRETARY, "退回 001 缺审批单")
    assert "一般为5个工作日，即2026年3月9日（周一）" in shown.text
    assert "没看懂日期" in college.say(SECRETARY, "尽快").text
    college.press(SECRETARY, "3月9日")
    college.press(SECRETARY, "退回补正")
    assert now(college, submitted).state is TopicState.IN_PROGRESS


def test_a_past_date_and_empty_points_are_refused(college: Conversation, submitted: Topic) -> None:
    college.say(SECRETARY, "退回 001")
    assert "请写明需要补正的内容" in college.say(SECRETARY, "3月20日前").text
    assert "请写明需要补正的内容" in college.say(SECRETARY, "").text
    shown = college.say(SECRETARY, "缺审批单\n2026年1月5日前")
    assert "2026年1月5日（周一）已经过去" in shown.text


def test_too_long_points_are_refused(college: Conversation, submitted: Topic) -> None:
    college.say(SECRETARY, "退回 001")
    assert "控制在2000字以内" in college.say(SECRETARY, "长" * 2001).text


def test_a_relapse_reopens_the_same_topic(college: Conversation, submitted: Topic) -> None:
    college.do(SECRETARY, lambda work: verifying.close(work, submitted.id))
    shown = college.say(SECRETARY, "重启 001 台账又断档 6月20日前")
    assert "台账又断档" in shown.text
    assert "时限：2026年6月20日（周六）（当天休息）" in shown.text
    assert college.press(SECRETARY, "重启整改") == "已重启整改"
    again = now(college, submitted)
    assert (again.state, again.percent) == (TopicState.IN_PROGRESS, None)


def test_nobody_verifies_their_own(college: Conversation) -> None:
    made = college.issued(owner=SECRETARY)
    college.do(SECRETARY, lambda work: claiming.claim(work, made.id))
    college.do(SECRETARY, lambda work: verifying.submit(work, made.id))
    assert "“核验销号”由核验席位办理" in college.say(SECRETARY, "销号 001").text
    assert "销号" in college.say("党委书记", "核验 001").labels


def test_an_executor_who_also_verifies_is_barred(college: Conversation) -> None:
    made = college.issued(assist_units=(college.unit("纪委办公室"),))
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.do(OWNER, lambda work: verifying.submit(work, made.id))
    assert "不能核验自己负责或承办的事项" in college.say(STAFF, "初核 001").text


def test_what_is_closed_meanwhile_is_shown_as_it_is(college: Conversation, submitted: Topic) -> None:
    college.say(SECRETARY, "核验 001")
    college.say(OWNER, "撤回申请 001")
    assert "情况有变" in college.press(SECRETARY, "销号")
    assert "整改中" in college.last(SECRETARY).text


def test_a_withdrawn_report_is_no_evidence(college: Conversation, topic: Topic) -> None:
    proof = file("旧.pdf")

    def report(work: Work) -> None:
        kept = (Evidence(proof.sha256, proof.name, proof.mime, proof.size),)
        work.said = Said(work.now, files=kept)
        progress.take_back(work, progress.report(work, topic.id, "误传"))

    college.do(HEAD, report)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    assert "没有佐证" in college.say(SECRETARY, "核验 001").text


def test_the_word_on_the_button_is_no_reason(college: Conversation, topic: Topic) -> None:
    """Asked why a measure is still open, a person who says 申请销号 again has said nothing."""
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    college.say(OWNER, "申请销号 001")
    assert "请写明理由" in college.say(OWNER, "申请销号").text
    assert now(college, topic).state is TopicState.IN_PROGRESS
    college.say(OWNER, "申请销号 001 招标未完成，已转入日常管理")
    assert now(college, topic).state is TopicState.SUBMITTED
    assert "说明：招标未完成，已转入日常管理" in college.say(SECRETARY, "核验 001").text


def test_the_word_on_the_button_is_a_press_otherwise(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "申请销号 001")
    college.say(OWNER, "申请销号")
    assert now(college, topic).state is TopicState.SUBMITTED
    assert "说明" not in college.say(SECRETARY, "核验 001").text


def test_another_command_hands_nothing_in(college: Conversation, topic: Topic) -> None:
    """A leader who looked at the account and went on to something else has submitted nothing."""
    college.say(OWNER, "申请销号 001")
    assert "我的事项" in college.say(OWNER, "我的").text
    for words in ("报进展 001 修订中", "分解 001\n修订办法 5月29日前"):
        assert "没有提交" in college.say(OWNER, words).text
    assert now(college, topic).state is TopicState.IN_PROGRESS
    college.say(OWNER, "取消")
    assert "我的事项" in college.say(OWNER, "我的").text
