"""报进展: a plain reply is a report, with files and albums; it can be edited, and taken back for a while."""

from datetime import UTC, datetime

import pytest

from services import claiming, measuring, verifying
from storage import measures, reports, topics
from storage.reports import Report
from tests.handlers.conversation import Conversation, Shown, file
from workflow.topic import Topic
from workflow.transitions import Event

OWNER, HEAD, CHIEF, SECRETARY = "外事副院长", "国际处处长", "党委书记", "纪委书记"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def told(college: Conversation, topic: Topic) -> list[Report]:
    found = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    return [r for r in found if r.event in (Event.REPORT, Event.COMMENT)]


def files(college: Conversation, report: Report) -> list[str]:
    found = college.ask(lambda tx: reports.evidence_of(tx, [report.id]))
    return [f.name for f in found.get(report.id, [])]


def card(college: Conversation, who: str = HEAD) -> Shown:
    return college.say(who, "议题 001")


def closed(college: Conversation, topic: Topic) -> None:
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    college.do(SECRETARY, lambda work: verifying.close(work, topic.id))


def test_a_reply_to_a_card_is_a_report(college: Conversation, topic: Topic) -> None:
    kept = college.say(HEAD, "台账已核对，完成80%", reply_to=card(college))
    assert kept.text == "已记录：2026-001《因公出国内控》进展。\n进度：80%"
    assert kept.labels == ["撤回"]
    assert college.ask(lambda tx: topics.get(tx, topic.id)).percent == 80


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("50%", 50),
        ("进度：50％，其余下周", 50),
        ("已完成约70%", 70),
        ("投诉下降30%，效果明显", None),
        ("完成150%", None),
        ("已培训\n整体进展35%。", 35),
    ],
)
def test_a_percentage_counts_only_where_it_is_meant(
    college: Conversation, topic: Topic, text: str, percent: int | None
) -> None:
    college.say(HEAD, text, reply_to=card(college))
    assert told(college, topic)[-1].percent == percent


def test_who_does_not_do_the_work_comments(college: Conversation, topic: Topic) -> None:
    assert "已留言" in college.say(CHIEF, "注意进度", reply_to=card(college, CHIEF)).text
    assert [r.event for r in told(college, topic)] == [Event.COMMENT]


def test_a_reply_to_a_receipt_is_about_the_same_measure(college: Conversation, topic: Topic) -> None:
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    first = college.say(HEAD, "已起草", reply_to=college.say(HEAD, "措施 001-1"))
    assert "2026-001 措施1" in first.text
    college.say(HEAD, "已印发", reply_to=first)
    assert len({r.measure_id for r in told(college, topic)}) == 1
    assert [m.last_report_at for m in college.ask(lambda tx: measures.of_topic(tx, topic.id))] == [
        college.clock.now()
    ]


def test_an_album_is_one_report(college: Conversation, topic: Topic) -> None:
    shown = card(college)
    college.say(HEAD, "现场照片", reply_to=shown, files=["1.pdf"], album="a")
    before = len(college.cards(HEAD))
    college.say(HEAD, reply_to=shown, files=["2.pdf"], album="a")
    college.say(HEAD, reply_to=shown, files=["3.pdf"], album="a")
    (report,) = told(college, topic)
    assert files(college, report) == ["1.pdf", "2.pdf", "3.pdf"]
    assert len(college.cards(HEAD)) == before


def test_an_album_of_comments_is_one_comment(college: Conversation, topic: Topic) -> None:
    shown = card(college, CHIEF)
    for name in ("1.pdf", "2.pdf"):
        college.say(CHIEF, reply_to=shown, files=[name], album="a")
    (comment,) = told(college, topic)
    assert files(college, comment) == ["1.pdf", "2.pdf"]


def test_a_caption_of_its_own_makes_a_second_report(college: Conversation, topic: Topic) -> None:
    shown = card(college)
    college.say(HEAD, "整改前", reply_to=shown, files=["1.pdf"], album="a")
    college.say(HEAD, "整改后", reply_to=shown, files=["2.pdf"], album="a")
    assert [r.text for r in told(college, topic)] == ["整改前", "整改后"]


def test_an_album_waits_as_a_whole_for_its_place(college: Conversation, topic: Topic) -> None:
    second = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, second.id))
    asked = college.say(HEAD, "现场照片", files=["1.pdf"], album="a")
    assert "这条内容属于哪一项" in asked.text
    college.say(HEAD, files=["2.pdf"], album="a")
    college.say(HEAD, files=["3.pdf"], album="a")
    college.press(HEAD, "002", asked)
    (report,) = told(college, second)
    assert (report.text, files(college, report)) == ("现场照片", ["1.pdf", "2.pdf", "3.pdf"])
    college.say(HEAD, files=["4.pdf"], album="a")
    assert files(college, told(college, second)[0])[-1] == "4.pdf"


def test_what_was_said_first_is_when_it_was_said(college: Conversation, topic: Topic) -> None:
    at = college.clock.now()
    college.say(HEAD, "台账已核对")
    college.pass_(hours=30)
    college.press(HEAD, "001")
    assert [r.sent_at for r in told(college, topic)] == [at]


def test_more_words_join_and_a_number_chooses(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "台账已核对", files=["1.pdf"])
    college.say(HEAD, "还差两份", files=["2.pdf"])
    assert "已记录：2026-001" in college.say(HEAD, "001").text
    (report,) = told(college, topic)
    assert (report.text, files(college, report)) == ("台账已核对\n还差两份", ["1.pdf", "2.pdf"])


def test_what_waits_for_its_place_can_still_be_edited(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "台帐已核对")
    assert "已按修改后的内容保留" in college.correct(HEAD, "台账已核对").text
    college.press(HEAD, "001")
    assert [r.text for r in told(college, topic)] == ["台账已核对"]


def test_without_any_place_it_is_said(college: Conversation) -> None:
    assert "没看懂，没有保存" in college.say(HEAD, "台账已核对").text


def test_an_edit_is_a_new_version_beside_the_original(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "报进展 001 台帐已核对 30%", files=["1.pdf"])
    assert "已按修改后的内容记录新版本" in college.correct(HEAD, "报进展 001 台账已核对 40%").text
    old, new = told(college, topic)
    assert (old.text, new.text, new.supersedes_id) == ("台帐已核对 30%", "台账已核对 40%", old.id)
    assert files(college, new) == ["1.pdf"]
    assert college.ask(lambda tx: topics.get(tx, topic.id)).percent == 40


def test_a_decision_is_not_edited(college: Conversation, topic: Topic) -> None:
    college.say(SECRETARY, "催办 001 请报进度")
    assert "这条消息已用于“催办”，修改不再生效" in college.correct(SECRETARY, "催办 001 请速报").text


def test_an_edit_of_what_was_never_kept_is_asked_for_again(college: Conversation, topic: Topic) -> None:
    assert "文字太长" in college.say(HEAD, "报进展 001 " + "已核对" * 1000).text
    assert "重新发送一次" in college.correct(HEAD, "报进展 001 已核对").text
    assert told(college, topic) == []


def test_taking_back_takes_every_version_and_its_percentage(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "报进展 001 进度20%")
    kept = college.say(HEAD, "报进展 001 进度50%")
    college.correct(HEAD, "报进展 001 进度60%")
    assert "已撤回" in college.press(HEAD, "撤回", kept)
    now = college.ask(lambda tx: topics.get(tx, topic.id))
    assert now.percent == 20
    assert [r.withdrawn_at is None for r in told(college, topic)] == [True, False, False]


def test_after_ten_minutes_it_stays(college: Conversation, topic: Topic) -> None:
    college.say(HEAD, "报进展 001 已核对")
    college.pass_(minutes=11)
    assert "已超过10分钟，不能撤回" in college.press(HEAD, "撤回")


def test_a_report_on_a_closed_topic_is_answered_plainly(college: Conversation, topic: Topic) -> None:
    shown = card(college)
    closed(college, topic)
    answer = college.say(HEAD, "又补了一份材料", reply_to=shown).text
    assert answer == "2026-001《因公出国内控》已销号，不再收进展；这条内容已记为留言。"
    assert [r.event for r in told(college, topic)] == [Event.COMMENT]


def test_before_the_claim_there_is_nothing_to_report(college: Conversation) -> None:
    college.issued()
    answer = college.say(HEAD, "先摸底", reply_to=card(college)).text
    assert answer == "2026-001《因公出国内控》待领题，领题后才能报进展；这条内容已记为留言。"


def test_a_measure_of_a_submitted_topic_is_reported_on_the_topic(college: Conversation, topic: Topic) -> None:
    step = measuring.Step("修订办法", (college.unit("国际处"),), datetime(2026, 5, 29, tzinfo=UTC))
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    shown = college.say(HEAD, "措施 001-1")
    college.do(OWNER, lambda work: verifying.submit(work, topic.id, "其余并入"))
    assert "已记录：2026-001《因公出国内控》进展" in college.say(HEAD, "已印发", reply_to=shown).text


def test_an_edit_of_what_is_being_previewed_is_asked_for_again(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "分解 001 修订办法")
    assert "重新发送一次" in college.correct(OWNER, "分解 001 修订制度").text


def test_a_claim_of_a_claimed_topic_says_by_whom(college: Conversation) -> None:
    both = (college.id(OWNER), college.id("后勤副院长"))
    college.issued(owner_id=None, eligible=both)
    late = college.say("后勤副院长", "议题 001")
    college.say(OWNER, "领题 001")
    assert college.press("后勤副院长", "领题", late) == "2026-001已由外事副院长领题。"
    assert college.say(CHIEF, "领题 001").text == "2026-001已由外事副院长领题。"


@pytest.mark.parametrize(
    ("problem", "said"),
    [("empty", "是空文件"), ("too_large", "太大（上限20 MB）"), ("disguised", "内容与扩展名不符")],
)
def test_a_bad_file_is_refused_and_the_words_are_kept(
    college: Conversation, topic: Topic, problem: str, said: str
) -> None:
    shown = card(college)
    assert said in college.say(HEAD, reply_to=shown, files=[file("照片.jpg", problem)]).text
    assert told(college, topic) == []
    college.say(HEAD, "台账已核对", reply_to=shown, files=[file("照片.jpg", problem), "台账.pdf"])
    (report,) = told(college, topic)
    assert files(college, report) == ["台账.pdf"]


def test_an_over_long_report_is_refused(college: Conversation, topic: Topic) -> None:
    assert "请控制在2000字以内" in college.say(HEAD, "长" * 2001, reply_to=card(college)).text
    assert told(college, topic) == []


def test_in_a_group_a_reply_is_recorded_and_a_confidential_one_is_not(college: Conversation) -> None:
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    shown = college.say(HEAD, "议题 001", group=True)
    assert "已记录" in college.say(HEAD, "台账已核对", reply_to=shown, group=True).text
    secret = college.issued(confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, secret.id))
    shown = college.say(HEAD, "议题 002", group=True)
    assert "私聊" in college.say(HEAD, "台账已核对", reply_to=shown, group=True).text
    assert told(college, secret) == []


def test_chatter_in_a_group_is_let_be(college: Conversation, topic: Topic) -> None:
    before = len(college.cards("-100"))
    college.say(HEAD, "今天几点开会", group=True)
    assert len(college.cards("-100")) == before


def test_a_confidential_receipt_names_the_number_alone(college: Conversation) -> None:
    made = college.issued(confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    assert college.say(HEAD, "报进展 001 已核对").text == "已记录：2026-001进展。"


def test_a_reply_to_the_morning_digest_asks_which(college: Conversation, topic: Topic) -> None:
    second = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, second.id))
    college.say(HEAD, "报进展 001 已核对")
    college.say(HEAD, "报进展 002 已核对")
    college.pass_(days=1)
    digest = next(shown for shown in college.pushed(OWNER) if shown.kind == "digest")
    asked = college.say(OWNER, "都在推进", reply_to=digest)
    assert "这条内容属于哪一项" in asked.text
    college.press(OWNER, "002", asked)
    assert told(college, second)[-1].text == "都在推进"
