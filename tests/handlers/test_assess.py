"""自评: everybody with a list is asked for the whole of it; what is verified and covered is archived."""

from datetime import UTC, datetime

import pytest

from services import claiming, verifying
from services.affairs import acting, assessing
from services.work import Work
from storage import affairs, topics
from tests.handlers.conversation import Conversation, Shown
from tests.handlers.handed import handed
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing, NotFound
from workflow.topic import Topic

OWNER, HEAD, SECRETARY, OFFICE, CHIEF = "外事副院长", "国际处处长", "纪委书记", "党办主任", "党委书记"
BY = datetime(2026, 6, 19, tzinfo=UTC)


def claimed(college: Conversation, owner: str = OWNER, **more: object) -> Topic:
    made = college.issued(owner, **more)
    return college.do(owner, lambda work: claiming.claim(work, made.id))


def duty(college: Conversation, title: str, **of: object) -> Affair:
    def give(work: Work) -> Affair:
        words = {"goal": "守住底线", "node": "每季度末"}
        return acting.begin(work, AffairKind.DUTY, title=title, words=words, facts={"duty": "main"}, **of)

    return college.do(OFFICE, give)


def of(college: Conversation, who: str) -> Affair:
    found = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.ASSESSMENT, *AffairState))
    return [one for one in found if one.person_id == college.id(who)][-1]


def opened(college: Conversation) -> None:
    college.say(OFFICE, "自评 2026年上半年 6月20日前")
    college.press(OFFICE, "通知")


def start(college: Conversation) -> Topic:
    topic = claimed(college)
    duty(college, "外事纪律教育", person_id=college.id(OWNER))
    duty(college, "出国审批", unit_id=college.unit("国际处"))
    opened(college)
    return topic


def finished(college: Conversation, who: str, labels: str = "已落实") -> Shown:
    college.say(who, "自评")
    while labels in college.last(who).labels:
        college.press(who, labels)
    college.press(who, "提交")
    return college.last(who)


def test_it_goes_to_whoever_has_a_list_after_one_look(college: Conversation) -> None:
    claimed(college)
    duty(college, "出国审批", unit_id=college.unit("国际处"))
    shown = college.say(OFFICE, "自评 2026年上半年 6月20日前")
    assert "拟开展2026年上半年\n请各席位对照清单自评，共2人：外事副院长、国际处处长" in shown.text
    assert "共2人" in college.say(OFFICE, "6月19日前").text
    assert "拟开展2026年自评" in college.last(OFFICE).text
    assert college.ask(lambda tx: affairs.of_kind(tx, AffairKind.ASSESSMENT)) == []
    assert college.press(OFFICE, "通知") == "已通知2人"
    college.settle()
    (told,) = [s.text for s in college.pushed(OWNER) if "【自评】" in s.text]
    assert told == (
        "【自评】自评S2026-01《2026年自评》：请对照您的1项清单逐项自评，6月19日前提交。（第二十四条）"
    )
    assert [s for s in college.pushed("国际处联络员") if "【自评】" in s.text] == []


@pytest.mark.parametrize("said", ["自评 上半年", "自评 上半年 2026年1月5日前", "自评 上半年 2月30日前"])
def test_a_period_needs_a_day_to_come(college: Conversation, said: str) -> None:
    claimed(college)
    assert "请写明提交期限" in college.say(OFFICE, said).text


def test_where_nobody_has_a_list_nobody_is_asked(college: Conversation) -> None:
    assert "还没有开展过自评" in college.say(OFFICE, "自评").text
    assert "没有人名下有已领的题" in college.say(OFFICE, "自评 6月20日前").text
    with pytest.raises(Missing, match="nobody_to_assess"):
        college.do(OFFICE, lambda work: assessing.open_period(work, "x", BY))
    with pytest.raises(Invalid, match="deadline_past"):
        college.do(OFFICE, lambda work: assessing.open_period(work, "x", college.clock.now()))


def test_one_press_a_line_and_one_to_submit(college: Conversation) -> None:
    start(college)
    shown = college.say(OWNER, "自评")
    assert "第1项，共2项\n2026-001《因公出国内控》\n整改中" in shown.text
    assert shown.labels == ["已落实", "推进中", "未落实", "清单"]
    college.press(OWNER, "推进中")
    assert "第2项，共2项\n责任：外事纪律教育\n守住底线\n每季度末" in college.last(OWNER).text
    college.press(OWNER, "已落实")
    assert "共2项：已落实1项，推进中1项，未落实0项" in college.last(OWNER).text
    assert college.press(OWNER, "提交") == "已提交"
    assert of(college, OWNER).state is AffairState.GIVEN
    items = college.ask(lambda tx: affairs.items(tx, of(college, OWNER).id))
    assert [(item.kind, item.state) for item in items] == [("topic", "going"), ("duty", "done")]
    assert college.last(OWNER).labels == ["清单"]
    college.press(OWNER, "清单")
    assert "1. 2026-001《因公出国内控》 推进中\n2. 责任：外事纪律教育 已落实" in college.last(OWNER).text


def test_words_come_as_a_reply_with_or_without_a_number(college: Conversation) -> None:
    start(college)
    card = college.say(OWNER, "自评")
    shown = college.say(OWNER, "台账正在清理", reply_to=card)
    assert "第1项" in shown.text
    assert "未自评（台账正在清理）" in shown.text, "words alone are no answer"
    shown = college.say(OWNER, "推进中", reply_to=shown)
    assert "第2项" in shown.text
    shown = college.say(OWNER, "1 未落实，方案未上会", reply_to=shown)
    assert "第2项" in shown.text
    shown = college.say(OWNER, "已落实 已讲两课", reply_to=shown)
    assert "未落实1项" in shown.text
    assert "要修改请写序号" in college.say(OWNER, "没有了", reply_to=shown).text
    items = college.ask(lambda tx: affairs.items(tx, of(college, OWNER).id))
    assert [(i.state, i.words) for i in items] == [("short", "方案未上会"), ("done", "已讲两课")]


def test_a_line_can_be_chosen_from_the_list_of_many(college: Conversation) -> None:
    for title in ("题一", "题二", "题三", "题四", "题五", "题六"):
        claimed(college, title=title, short_title=title)
    opened(college)
    card = college.say(OWNER, "自评")
    college.press(OWNER, "清单", card)
    assert "第1页，共2页6项" in college.last(OWNER).text
    college.press(OWNER, "更多")
    college.press(OWNER, "6")
    assert "第6项，共6项\n2026-006《题六》" in college.last(OWNER).text
    college.press(OWNER, "已落实")
    assert "第1项" in college.last(OWNER).text


def test_what_is_claimed_since_is_on_the_list_and_nothing_is_submitted_half(college: Conversation) -> None:
    start(college)
    college.say(OWNER, "自评")
    college.press(OWNER, "已落实")
    college.press(OWNER, "已落实")
    ready = college.last(OWNER)
    claimed(college, title="新题", short_title="新题")
    assert "还有1项没有自评" in college.press(OWNER, "提交", ready)
    assert of(college, OWNER).state is AffairState.OPEN


def test_the_overview_names_who_gave_and_who_lacks_in_the_order_of_seats(college: Conversation) -> None:
    start(college)
    finished(college, HEAD)
    shown = college.say(OFFICE, "自评")
    assert "共2人，2026年6月20日（周六）前提交" in shown.text
    assert "已提交1人：国际处处长\n未提交1人：外事副院长" in shown.text
    college.press(OFFICE, "清单")
    assert "1. 外事副院长：未提交\n2. 国际处处长：已提交" in college.last(OFFICE).text
    college.press(OFFICE, "2")
    assert "2026年上半年（国际处处长）\n共1项：已落实1项" in college.last(OFFICE).text
    assert college.last(OFFICE).labels == ["清单", "总览"]
    college.press(OFFICE, "总览")
    assert "未提交1人" in college.last(OFFICE).text


def test_whoever_has_not_given_is_reminded(college: Conversation) -> None:
    start(college)
    college.pass_to(datetime(2026, 6, 24, 2, tzinfo=UTC))
    texts = [s.text for s in college.pushed(OWNER)]
    assert any("【待办提醒】自评S2026-01《2026年上半年》请于6月20日前办理" in t for t in texts)
    assert any("【逾期】自评S2026-01" in s.text for s in college.pushed(OFFICE))


def test_a_period_is_ended_before_the_next_begins(college: Conversation) -> None:
    start(college)
    finished(college, HEAD)
    college.say(OFFICE, "自评 下半年 6月30日前")
    assert "上一期自评还没有办结" in college.press(OFFICE, "通知")
    college.say(OFFICE, "取消")
    college.say(OFFICE, "自评")
    assert college.press(OFFICE, "办结本期") == "本期已办结"
    assert "1人已提交，1人未提交" in college.last(OFFICE).text
    assert of(college, HEAD).state is AffairState.DONE
    assert of(college, OWNER).state is AffairState.CANCELLED
    assert "目前没有请您自评" in college.say(OWNER, "自评").text
    assert "办结本期" not in college.say(OFFICE, "自评").labels
    opened(college)
    assert of(college, OWNER).facts["period"] == "2026-2"


def test_ones_own_is_not_ended_by_oneself(college: Conversation) -> None:
    duty(college, "办公室内控", person_id=college.id(OFFICE))
    opened(college)
    assert "总览" in college.say(OFFICE, "自评").labels
    finished(college, OFFICE)
    college.say(OFFICE, "自评")
    college.press(OFFICE, "办结本期")
    assert of(college, OFFICE).state is AffairState.GIVEN
    college.say(CHIEF, "自评")
    college.press(CHIEF, "办结本期")
    assert of(college, OFFICE).state is AffairState.DONE


def test_an_opening_can_be_taken_back_for_ten_minutes(college: Conversation) -> None:
    start(college)
    card = college.last(OFFICE)
    college.press(OFFICE, "撤回", card)
    assert "2人的自评已取消" in college.last(OFFICE).text
    college.settle()
    assert any("已取消，您无需再办" in s.text for s in college.pushed(OWNER))
    opened(college)
    college.pass_(minutes=11)
    assert "已超过10分钟" in college.press(OFFICE, "撤回")
    assert of(college, OWNER).state is AffairState.OPEN


def test_a_topic_is_archived_when_verified_and_covered_by_a_later_assessment(college: Conversation) -> None:
    topic = start(college)

    def archived() -> bool:
        return college.ask(lambda tx: assessing.archived(tx, topics.get(tx, topic.id)))

    finished(college, OWNER)
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    assert not archived()
    college.pass_(minutes=1)
    college.do(SECRETARY, lambda work: verifying.close(work, topic.id))
    assert not archived(), "covered before it was verified only"
    college.say(OFFICE, "自评")
    college.press(OFFICE, "办结本期")
    opened(college)
    college.pass_(minutes=1)
    shown = college.say(OWNER, "自评")
    assert "2026-001" in shown.text
    finished(college, OWNER)
    assert archived()
    assert "已归档（核验销号并经自评）" in college.say(OWNER, "议题 001").text
    college.say(OFFICE, "自评")
    college.press(OFFICE, "办结本期")
    opened(college)
    assert "第1项，共1项\n责任" in college.say(OWNER, "自评").text, "what is archived is on the list no more"


def test_what_is_not_on_the_list_or_no_answer_is_refused(college: Conversation) -> None:
    start(college)
    affair = of(college, OWNER)
    with pytest.raises(NotFound, match="not_on_the_list"):
        college.do(OWNER, lambda work: assessing.mark(work, affair, "t99", state="done"))
    with pytest.raises(Invalid, match="no_such_answer"):
        college.do(OWNER, lambda work: assessing.mark(work, affair, "t1", state="best"))
    assert "这一项已不在清单上" in handed(college, OWNER, "assess.line", affair.id, "t99")


def test_ones_own_list_is_ones_own(college: Conversation) -> None:
    """Nobody else answers or submits; a stranger does not even see it; the period is not everybody's."""
    start(college)
    affair = of(college, OWNER)
    for who in (OFFICE, CHIEF, SECRETARY, HEAD):
        assert "由本人办理" in handed(college, who, "assess.mark", affair.id, "t1", "done"), who
        assert "由本人办理" in handed(college, who, "assess.give", affair.id), who
    for verb, args in (("assess.list", (affair.id,)), ("assess.line", (affair.id, "t1"))):
        assert "没有这件事务" in handed(college, HEAD, verb, *args), verb
        assert handed(college, CHIEF, verb, *args) == "", verb
    for who in (OWNER, HEAD, "纪委干事", "系统管理员"):
        assert "由" in college.say(who, "自评 下半年 6月30日前").text, who
        for verb in ("assess.overview", "assess.people", "assess.close"):
            assert "办理" in handed(college, who, verb), (who, verb)
        assert "办理" in handed(college, who, "assess.undo", affair.id), who
    assert of(college, OWNER) == affair
    assert college.ask(lambda tx: affairs.items(tx, affair.id)) == []


def test_it_is_done_in_english_too(college: Conversation) -> None:
    claimed(college)
    college.say(OFFICE, "设置 语言 English")
    college.say(OWNER, "设置 语言 English")
    shown = college.say(OFFICE, "self-assessment First half of 2026, by 20 June")
    assert "Begin: First half of 2026\n1 person(s)" in shown.text
    college.press(OFFICE, "Tell them")
    card = college.say(OWNER, "self-assessment")
    shown = college.say(OWNER, "under way, on the agenda", reply_to=card)
    assert "1 item(s): 0 done, 1 under way, 0 not done" in shown.text
