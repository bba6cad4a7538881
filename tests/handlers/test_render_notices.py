"""What is pushed to people: one line each, drawn when it is sent, with what its reader may do at once."""

import unicodedata
from datetime import UTC, datetime, timedelta

from services import claiming, extending, issuing, measuring, preferences, pressing, verifying
from services.measuring import Step
from storage import measures, reports, topics
from tests.handlers.conversation import Conversation, Shown
from workflow.topic import Cycle, Kind, Topic

JUNE = datetime(2026, 6, 20, 15, 59, 59, tzinfo=UTC)
OWNER, UNIT, DISCIPLINE, CHIEF = "外事副院长", "国际处处长", "纪委书记", "党委书记"


def claimed(college: Conversation, **more: object) -> Topic:
    topic = college.issued(**more)
    return college.do(OWNER, lambda work: claiming.claim(work, topic.id))


def words(shown: Shown) -> int:
    """Characters, two Latin ones counting for one Chinese."""
    wide = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in shown.text)
    return -(-wide // 2)


def test_the_leader_is_called_and_claims_by_one_press(college: Conversation) -> None:
    college.issued()
    push = college.last(OWNER)
    assert push.text == (
        "【点题】2026-001《因公出国内控》，党委书记点题，请您领题。时限6月30日，请于3月4日前确认。（第十六条）"
    )
    assert push.labels == ["领题", "提请调整", "看议题"]

    assert college.press(OWNER, "领题") == "已领题"

    assert college.last(OWNER).message_id == push.message_id
    assert "【已领题】" in college.last(UNIT).text


def test_a_plain_reply_to_a_push_is_a_report(college: Conversation) -> None:
    topic = claimed(college)

    answer = college.say(UNIT, "已完成初稿", reply_to=college.last(UNIT))

    assert "已记录" in answer.text
    (report,) = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    assert report.text == "已完成初稿"


def test_a_confidential_topic_is_its_number_alone(college: Conversation) -> None:
    topic = college.issued(confidential=True)
    push = college.last(OWNER)
    assert push.text == "【点题】2026-001，内容请点按钮在私聊中查看。"
    assert "查看" in push.labels

    college.press(OWNER, "查看")

    opened = college.last(OWNER)
    assert opened.message_id != push.message_id
    assert topic.title in opened.text
    college.pass_(minutes=5)
    assert [shown.message_id for shown in college.cards(OWNER)] == [push.message_id]


def test_everybody_reads_in_their_own_language(college: Conversation) -> None:
    college.do(OWNER, lambda work: preferences.set_language(work, "en"))
    college.issued()
    push = college.last(OWNER)
    assert push.text.startswith("[New topic] 2026-001 “因公出国内控”: set by 党委书记")
    assert "30 Jun" in push.text
    assert push.labels == ["Claim", "Not mine", "Topic"]


def test_what_no_longer_holds_is_not_sent(college: Conversation) -> None:
    """Issued after hours and withdrawn before the morning: only the withdrawal is read."""
    college.pass_(hours=12)
    topic = college.issued()
    college.do(CHIEF, lambda work: issuing.withdraw(work, topic.id, "重复"))
    college.pass_(hours=14)
    assert [shown.text[:4] for shown in college.pushed(OWNER)] == ["【撤题】"]


def test_a_reminder_counts_workdays_and_names_its_step(college: Conversation) -> None:
    claimed(college)
    college.pass_to(datetime(2026, 6, 25, 2, tzinfo=UTC))
    assert college.last(UNIT).text == (
        "【到期提醒】2026-001《因公出国内控》于6月30日到期，还有3个工作日。直接回复本条即可报进展。（提醒第2级）"
    )


def test_an_escalation_says_what_was_tried_and_scolds_nobody(college: Conversation) -> None:
    claimed(college)
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert college.last(DISCIPLINE).text == (
        "【逾期】2026-001《因公出国内控》已逾期1个工作日，3次提醒未见反馈，现报您知悉，请酌定处理。（提醒第4级）"
    )
    assert college.last(DISCIPLINE).labels == ["知悉", "催办", "拟约谈", "看议题"]
    owner = college.last(OWNER)
    assert "现报您知悉" not in owner.text
    assert "请尽快回复进展" in owner.text
    assert owner.labels[:2] == ["知悉", "报进展"]


def test_after_a_report_it_is_not_said_that_nothing_was_heard(college: Conversation) -> None:
    claimed(college)
    college.pass_to(datetime(2026, 6, 29, 2, tzinfo=UTC))
    reminder = next(shown for shown in reversed(college.pushed(OWNER)) if "提醒第" in shown.text)
    college.say(OWNER, "修订稿已送审", reply_to=reminder)
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    assert "此前已提醒3次，现报您知悉" in college.last(DISCIPLINE).text


def test_a_push_is_acknowledged_even_when_its_topic_has_moved_on(college: Conversation) -> None:
    topic = claimed(college)
    college.pass_to(datetime(2026, 7, 1, 2, tzinfo=UTC))
    push = college.last(DISCIPLINE)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))

    assert college.press(DISCIPLINE, "知悉", push) != "情况有变，已为您更新，请再看一眼。"


def test_the_words_that_came_with_a_return_are_one_press_away(college: Conversation) -> None:
    topic = claimed(college)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    assert college.last(DISCIPLINE).labels[:2] == ["核验通过", "退回补正"]
    points = ["缺培训记录", "台账不全"]
    college.do(DISCIPLINE, lambda work: verifying.send_back(work, topic.id, points, JUNE))
    push = college.last(OWNER)
    assert push.text == (
        "【退回补正】2026-001《因公出国内控》核验未通过，需补正2项，请于6月20日前补正后再报。"
        "具体意见请点“看意见”。"
    )

    college.press(OWNER, "看意见")

    assert "1. 缺培训记录\n2. 台账不全" in college.last(OWNER).text


def test_a_request_is_decided_on_its_push(college: Conversation) -> None:
    topic = claimed(college)
    july = JUNE + timedelta(days=30)
    college.do(OWNER, lambda work: extending.ask(work, topic.id, july, "等待招标结果"))
    push = college.last(CHIEF)
    assert push.text == "【申请延期】外事副院长申请2026-001《因公出国内控》由6月30日延至7月20日，请您批复。"
    assert push.labels[:3] == ["同意延期", "另定日期", "不同意"]

    college.press(CHIEF, "同意延期")

    assert "同意延至7月20日（第1次，原定6月30日）" in college.last(OWNER).text


def test_a_measure_is_called_by_its_number(college: Conversation) -> None:
    topic = claimed(college)
    step = Step("修订管理办法", (college.unit("国际处"),), JUNE)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    push = college.last(UNIT)
    assert push.text.splitlines() == [
        "【措施下达】2026-001《因公出国内控》措施1，时限6月20日，请点“收到”。直接回复本条即可报进展。",
        "1. 修订管理办法（国际处，6月20日，已下达）",
    ]
    assert push.labels[0] == "收到"

    college.press(UNIT, "收到")
    college.pass_to(datetime(2026, 6, 22, 2, tzinfo=UTC))

    assert "措施1已逾期1个工作日，请尽快" in college.last(UNIT).text
    assert "措施1已逾期1个工作日，1次提醒未见反馈，现报您知悉" in college.last(OWNER).text
    (measure,) = college.ask(lambda tx: measures.of_topic(tx, topic.id))
    assert college.last(OWNER).card.about is not None
    assert college.last(OWNER).card.about.id == measure.id


def test_standing_work_speaks_of_its_cycle(college: Conversation) -> None:
    claimed(college, kind=Kind.STANDING, cycle=Cycle.MONTHLY, deadline=None)
    assert "每月报告" in college.last(UNIT).text
    college.pass_to(datetime(2026, 4, 1, 2, tzinfo=UTC))
    assert "本期（截至3月31日）尚未反馈，请尽快补报" in college.last(OWNER).text
    assert "尚未反馈，现报您知悉" in college.last(DISCIPLINE).text


def test_whoever_lost_the_seat_reads_the_news_and_no_more(college: Conversation) -> None:
    topic = college.issued()
    college.do(CHIEF, lambda work: claiming.reroute(work, topic.id, college.id("副书记")))
    push = college.last(OWNER)
    assert push.text == "【改派】2026-001《因公出国内控》已改派副书记领题，您无需再办。"
    assert push.labels == []


def test_pushes_stay_short(college: Conversation) -> None:
    """Ninety Chinese characters, with the longest short title there can be."""
    topic = claimed(college, short_title="因公出国境管理内控制度建")
    college.do(CHIEF, lambda work: pressing.inquire(work, topic.id, "进展如何？"))
    college.do(DISCIPLINE, lambda work: pressing.nudge(work, topic.id, JUNE))
    college.pass_to(datetime(2026, 7, 20, 2, tzinfo=UTC))
    pushed = [shown for who in (OWNER, UNIT, DISCIPLINE, CHIEF) for shown in college.pushed(who)]
    assert len(pushed) > 10
    assert max(words(shown) for shown in pushed if shown.kind == "notice") <= 90
    assert college.ask(lambda tx: topics.get(tx, topic.id)).short_title in pushed[0].text
