"""申请容错, 申请澄清: a reason and one of the three 区分开来; decided by one tap, and both sides are told."""

import pytest

from services import claiming
from services.affairs import tolerating
from storage import affairs
from tests.handlers.conversation import Conversation, Shown
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing, WorkflowError
from workflow.topic import Topic

SECRETARY, OWNER, HEAD, CHIEF = "纪委书记", "外事副院长", "国际处处长", "党委书记"


@pytest.fixture
def topic(college: Conversation) -> Topic:
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def plea(college: Conversation, kind: AffairKind = AffairKind.TOLERANCE) -> Affair:
    return college.ask(lambda tx: affairs.of_kind(tx, kind, *AffairState))[-1]


def pushed(college: Conversation, who: str, word: str) -> Shown:
    return next(s for s in reversed(college.pushed(who)) if word in s.text)


def test_asked_with_a_distinction_and_granted_by_one_tap(college: Conversation, topic: Topic) -> None:
    shown = college.say(HEAD, "申请容错 001 试点中先行先试")
    assert "属于哪一种“区分开来”" in shown.text
    assert {"经验不足", "探索试验", "无意过失"} <= set(shown.labels)
    assert college.press(HEAD, "探索试验") == "已送批"
    assert plea(college).facts == {"distinction": 2}
    push = pushed(college, SECRETARY, "【容错申请】")
    assert "国际处处长申请容错，请您研定" in push.text
    assert "先行先试" not in push.text
    assert "容错申请T2026-01：待批" in college.say(OWNER, "议题 001").text
    assert "T2026-01" in college.say(SECRETARY, "我的").text
    assert college.press(SECRETARY, "同意", push) == "已同意"
    for who in (HEAD, OWNER):
        assert "纪委书记同意申请" in pushed(college, who, "【批复】").text
    assert "待批" not in college.say(OWNER, "议题 001").text.replace("待批复", "")
    college.press(OWNER, "经过")
    assert "容错申请T2026-01：同意" in college.last(OWNER).text


def test_step_by_step_in_plain_words(college: Conversation, topic: Topic) -> None:
    assert "请写理由" in college.say(OWNER, "申请澄清 001").text
    college.say(OWNER, "情况不实")
    college.say(OWNER, "情况不实，见会议纪要")
    college.say(OWNER, "3")
    affair = plea(college, AffairKind.CLARIFICATION)
    assert (affair.words["reason"], affair.facts["distinction"]) == ("情况不实，见会议纪要", 3)
    push = pushed(college, SECRETARY, "【澄清申请】")
    assert "可直接点按钮" in college.say(SECRETARY, "再看看", reply_to=push).text
    college.say(SECRETARY, "不同意 材料不足", reply_to=push)
    assert plea(college, AffairKind.CLARIFICATION).state is AffairState.REFUSED
    pushed_ = pushed(college, OWNER, "不同意申请")
    college.press(OWNER, "查看", pushed_)
    assert "批复理由：材料不足" in college.last(OWNER).text
    assert "请点卡片上的按钮" in college.say(OWNER, "收悉了", reply_to=college.last(OWNER)).text


def test_refused_by_one_tap_or_taken_back(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "申请容错 001 先行先试")
    college.press(OWNER, "经验不足")
    assert "已有同样的申请待批" in college.say(HEAD, "申请容错 001 也请考虑").text
    college.press(SECRETARY, "不同意", pushed(college, SECRETARY, "【容错申请】"))
    assert plea(college).state is AffairState.REFUSED
    college.say(OWNER, "申请容错 001 先行先试")
    college.press(OWNER, "经验不足")
    college.press(OWNER, "撤回申请")
    assert plea(college).state is AffairState.CANCELLED
    assert "不需研定" in pushed(college, SECRETARY, "【撤回申请】").text


def test_the_discipline_secretarys_own_goes_to_the_chiefs(college: Conversation) -> None:
    made = college.issued(owner=SECRETARY)
    college.do(SECRETARY, lambda work: claiming.claim(work, made.id))
    college.say(SECRETARY, "申请容错 001 先行先试")
    college.press(SECRETARY, "无意过失")
    assert "同意" not in college.last(SECRETARY).labels
    college.press("院长", "同意", pushed(college, "院长", "【容错申请】"))
    assert plea(college).state is AffairState.GRANTED


def test_who_may_ask_and_who_decides(college: Conversation, topic: Topic) -> None:
    for who in ("党办主任", "纪委干事", CHIEF):
        assert "“发起”由" in college.say(who, "申请容错 001 理由").text, who
    assert "没有编号" in college.say("系统管理员", "申请容错 001 理由").text
    college.say(OWNER, "申请容错 001 先行先试")
    college.press(OWNER, "经验不足")
    affair = plea(college)
    for who in (OWNER, HEAD, "副书记", "党办主任", "系统管理员"):
        with pytest.raises(WorkflowError):
            college.do(who, lambda work: tolerating.decide(work, affair, granted=True))
    with pytest.raises(WorkflowError):
        college.do(SECRETARY, lambda work: tolerating.drop(work, affair))
    assert plea(college) == affair


def test_what_cannot_be_asked(college: Conversation, topic: Topic) -> None:
    assert "请写编号和理由，如：申请容错" in college.say(OWNER, "申请容错").text
    kind = AffairKind.TOLERANCE
    with pytest.raises(Missing):
        college.do(OWNER, lambda work: tolerating.begin(work, kind, topic.id, " ", 1))
    with pytest.raises(Invalid):
        college.do(OWNER, lambda work: tolerating.begin(work, kind, topic.id, "理由", 4))
    old = college.say(OWNER, "申请容错 001 先行先试")
    college.say(OWNER, "申请容错 001 先行先试，已报备")
    assert "按钮已失效" in college.press(OWNER, "经验不足", old)
    college.say(OWNER, "取消")
    college.say(OWNER, "申请容错 001")
    assert "请写明理由" in college.say(OWNER, "", files=("说明.pdf",)).text
    college.say(CHIEF, "撤题 001 重复")
    college.press(CHIEF, "确认撤题")
    assert "现为" in college.say(OWNER, "申请容错 001 先行先试").text


def test_where_everybody_who_could_decide_is_concerned_it_is_said(college: Conversation) -> None:
    made = college.issued(owner=SECRETARY, co_owners=(college.id(CHIEF), college.id("院长")))
    college.do(SECRETARY, lambda work: claiming.claim(work, made.id))
    college.say(SECRETARY, "申请容错 001 先行先试")
    assert "由上级组织研定" in college.press(SECRETARY, "经验不足")


def test_a_confidential_topics_request_says_its_number_alone(college: Conversation) -> None:
    made = college.issued(confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.say(OWNER, "申请容错 001 先行先试")
    college.press(OWNER, "经验不足")
    assert (
        pushed(college, SECRETARY, "【容错申请】").text == "【容错申请】2026-001，内容请点按钮在私聊中查看。"
    )
    assert "先行先试" not in college.say("副书记", "我的").text


def test_a_plea_is_made_in_private(college: Conversation, topic: Topic) -> None:
    for said in ("申请容错 001 试点中先行先试", "申请澄清 001", "申请容错"):
        assert "请私聊我再办理" in college.say(HEAD, said, group=True).text
    assert not any("区分开来" in shown.text for shown in college.cards("-100"))
