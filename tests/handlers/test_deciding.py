"""待批: extensions are granted by one tap, to another date once it was echoed, or are refused."""

from datetime import UTC, datetime

import pytest

from services import claiming, extending, measuring
from services.measuring import Step
from services.work import Work
from storage import measures, requests, topics
from storage.requests import RequestState
from tests.handlers.conversation import Conversation
from workflow.errors import WorkflowError
from workflow.measure import Measure
from workflow.topic import Topic

JULY = datetime(2026, 7, 20, 15, 59, 59, tzinfo=UTC)
JUNE = datetime(2026, 6, 10, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def claimed(college: Conversation) -> Topic:
    """A topic of the secretary's that its leader has claimed; due on 30 June."""
    topic = college.issued()
    return college.do("外事副院长", lambda work: claiming.claim(work, topic.id))


@pytest.fixture
def asked(college: Conversation, claimed: Topic) -> Topic:
    """The leader has asked for more time."""
    college.do("外事副院长", lambda work: extending.ask(work, claimed.id, JULY, "等待上级批复"))
    return claimed


@pytest.fixture
def measure_asked(college: Conversation, claimed: Topic) -> Measure:
    """A unit has asked the leader for more time for its measure."""
    step = Step("修订管理办法", (college.unit("国际处"),), datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC))
    (measure,) = college.do("外事副院长", lambda work: measuring.decompose(work, claimed.id, [step]))
    college.do("国际处处长", lambda work: extending.ask(work, claimed.id, JUNE, "征求意见未完成", measure.id))
    return measure


def now(college: Conversation, topic: Topic) -> Topic:
    return college.ask(lambda tx: topics.get(tx, topic.id))


def state(college: Conversation) -> RequestState:
    (request,) = college.ask(lambda tx: requests.of_topic(tx, topics.find(tx)[0].id))
    return request.state


def test_what_waits_is_shown_whole_and_granted_by_one_tap(college: Conversation, asked: Topic) -> None:
    shown = college.say("党委书记", "待批")
    assert shown.text.splitlines() == [
        "【申请延期】",
        "2026-001《因公出国管理内控制度不完善》",
        "申请人：外事副院长",
        "时限：2026年6月30日（周二）",
        "申请延至：2026年7月20日（周一）",
        "理由：等待上级批复",
    ]
    assert shown.labels == ["同意延期", "另定日期", "不同意", "看议题"]
    assert college.press("党委书记", "同意延期", shown) == "已批复"
    assert "党委书记3月2日已同意。" in college.last("党委书记").text
    assert (now(college, asked).deadline, now(college, asked).extensions) == (JULY, 1)


def test_the_push_is_decided_by_one_tap(college: Conversation, asked: Topic) -> None:
    push = college.pushed("党委书记")[-1]
    assert "外事副院长申请" in push.text
    college.press("党委书记", "同意延期", push)
    assert now(college, asked).deadline == JULY


def test_another_date_is_echoed_before_it_counts(college: Conversation, asked: Topic) -> None:
    college.say("党委书记", "待批")
    college.press("党委书记", "另定日期")
    shown = college.say("党委书记", "7月11日前")
    assert "2026年7月11日（周六）（当天休息）" in shown.text
    assert now(college, asked).extensions == 0
    college.press("党委书记", "确认")
    assert now(college, asked).deadline == datetime(2026, 7, 11, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "answer"),
    [("2月30日", "没有“2月30日”这一天"), ("再说", "没看懂日期“再说”"), ("2026年3月1日", "已经过去了")],
)
def test_a_date_that_cannot_be_is_asked_again(
    college: Conversation, asked: Topic, date: str, answer: str
) -> None:
    college.say("党委书记", "待批")
    college.press("党委书记", "另定日期")
    assert answer in college.say("党委书记", date).text
    assert "确认" in college.say("党委书记", "7月10日").labels


def test_an_extension_ends_later_than_the_present_deadline(college: Conversation, asked: Topic) -> None:
    college.say("党委书记", "待批 001 同意 5月20日")
    assert "新时限应晚于原时限2026年6月30日（周二）" in college.press("党委书记", "确认")
    assert state(college) is RequestState.OPEN


def test_a_refusal_may_give_a_reason(college: Conversation, asked: Topic) -> None:
    college.say("党委书记", "待批")
    college.press("党委书记", "不同意")
    assert "党委书记3月2日不同意。" in college.say("党委书记", "请按原时限完成").text
    assert state(college) is RequestState.REFUSED


def test_a_refusal_needs_no_reason(college: Conversation, asked: Topic) -> None:
    college.say("党委书记", "待批")
    college.press("党委书记", "不同意")
    college.press("党委书记", "不说明")
    assert state(college) is RequestState.REFUSED
    assert now(college, asked).extensions == 0


@pytest.mark.parametrize(
    ("said", "becomes"),
    [("同意", RequestState.GRANTED), ("不同意 请按原时限完成", RequestState.REFUSED)],
)
def test_a_command_decides_in_one_message(
    college: Conversation, asked: Topic, said: str, becomes: RequestState
) -> None:
    college.say("党委书记", f"待批 001 {said}")
    assert state(college) is becomes


def test_a_measures_extension_is_the_owners_to_decide(college: Conversation, measure_asked: Measure) -> None:
    assert college.say("党委书记", "待批").text == "没有等您批的申请。"
    shown = college.say("外事副院长", "/decide")
    assert "措施：1. 修订管理办法" in shown.text
    college.press("外事副院长", "同意延期", shown)
    assert college.ask(lambda tx: measures.get(tx, measure_asked.id)).deadline == JUNE


def test_a_measure_does_not_outlast_its_topic(college: Conversation, measure_asked: Measure) -> None:
    college.say("外事副院长", "待批 001 同意 7月10日")
    assert "措施时限不能晚于议题时限2026年6月30日（周二）" in college.press("外事副院长", "确认")


def test_nobody_decides_their_own_request(college: Conversation) -> None:
    topic = college.issued(owner="党委书记")
    college.do("党委书记", lambda work: claiming.claim(work, topic.id))
    request = college.do("党委书记", lambda work: extending.ask(work, topic.id, JULY, "等待批复"))
    assert college.say("党委书记", "待批").text == "没有等您批的申请。"
    with pytest.raises(WorkflowError, match="own_request"):
        college.do("党委书记", lambda work: extending.grant(work, request.id))


def test_nobody_elses_request_is_decided(college: Conversation, asked: Topic) -> None:
    assert college.say("院长", "待批 001 同意").text == "没有等您批的申请。"
    assert state(college) is RequestState.OPEN


def test_a_decision_is_made_once(college: Conversation, asked: Topic) -> None:
    first, second = college.say("党委书记", "待批"), college.say("党委书记", "待批")
    college.press("党委书记", "同意延期", first)
    assert "情况有变" in college.press("党委书记", "不同意", second)
    assert "已同意" in college.last("党委书记").text
    assert state(college) is RequestState.GRANTED


def test_several_are_listed_with_a_button_each(college: Conversation, asked: Topic) -> None:
    def ask_again(work: Work) -> None:
        topic = claiming.claim(work, topics.find(work.tx)[0].id)
        extending.ask(work, topic.id, JULY, "等待批复")

    for _ in range(6):
        college.issued()
        college.do("外事副院长", ask_again)
    shown = college.say("党委书记", "待批")
    assert "1. 2026-001《因公出国内控》 外事副院长申请延至7月20日" in shown.text
    assert shown.labels == ["1", "2", "3", "4", "5", "更多"]
    college.press("党委书记", "更多", shown)
    assert college.last("党委书记").labels == ["6", "7", "更多"]
    college.press("党委书记", "7")
    assert "2026-007" in college.last("党委书记").text


def test_a_confidential_topics_request_shows_its_number_alone_in_a_group(college: Conversation) -> None:
    topic = college.issued(confidential=True)
    college.do("外事副院长", lambda work: claiming.claim(work, topic.id))
    college.do("外事副院长", lambda work: extending.ask(work, topic.id, JULY, "等待批复"))
    shown = college.say("党委书记", "/decide", group=True)
    assert "2026-001" in shown.text
    assert "因公出国" not in shown.text
    assert "等待批复" not in shown.text
    assert college.say("党委书记", "/decide").card.vanish == college.policy.vanish
