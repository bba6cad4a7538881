"""授权: a chief lets the office issue in their name, takes it back, and everybody concerned hears of it."""

from datetime import timedelta

from services import claiming, standing_in
from storage import people, topics
from tests.handlers.conversation import Conversation

CHIEF, OFFICE, OWNER, AIDE = "党委书记", "党办主任", "外事副院长", "国际处联络员"
DRAFT = "点题 以党委书记的名义 完善内控制度 @外事副院长 目标 闭环 牵头 国际处 6月30日前"


def authorised(college: Conversation) -> None:
    college.say(CHIEF, "授权")
    college.press(CHIEF, "授权")


def test_a_press_lets_the_office_issue_and_a_word_takes_it_back(college: Conversation) -> None:
    asked = college.say(CHIEF, "授权")
    assert "授权办公室以您的名义直接点题" in asked.text
    assert college.press(CHIEF, "授权", asked) == "已授权"
    assert "【已授权】" in college.last(CHIEF).text
    assert college.last(OFFICE).text.startswith("【授权】党委书记授权办公室以其名义直接点题")
    assert "授权：办公室可以本人名义点题" in college.say(CHIEF, "我是谁").text
    assert "授权：可以党委书记名义直接点题" in college.say(OFFICE, "我是谁").text
    assert "您已授权" in college.say(CHIEF, "授权").text

    assert "【已撤销授权】" in college.say(CHIEF, "撤销授权").text
    assert college.last(OFFICE).text.startswith("【撤销授权】党委书记已收回授权")
    assert "授权：" not in college.say(OFFICE, "我是谁").text
    assert "已经是这样了" in college.say(CHIEF, "撤销授权").text


def test_what_the_office_then_sets_is_set_at_once_and_the_chief_is_told(college: Conversation) -> None:
    authorised(college)
    college.say(OFFICE, DRAFT)
    college.press(OFFICE, "发布")
    assert "【点题】" in college.last(OWNER).text
    assert "办公室已按您的授权以您的名义点题" in college.last(CHIEF).text


def test_only_whoever_may_issue_can_give_it(college: Conversation) -> None:
    assert "按设置，外事副院长不能点题。" in college.say(OWNER, "授权").text
    assert "请私聊" in college.say(CHIEF, "/authorise", group=True).text
    assert not college.ask(lambda tx: people.get(tx, college.id(CHIEF))).standing_authority


def test_a_chiefs_stand_in_is_told_how_a_topic_is_set(college: Conversation) -> None:
    chief, aide = college.id(CHIEF), college.id(AIDE)
    college.do(CHIEF, lambda work: standing_in.appoint_aide(work, chief, aide))
    said = "代办人不能代党委书记点题。请办公室以党委书记名义拟稿，送确认后发布。"
    assert college.say(AIDE, "点题 完善制度").text == said

    until = college.clock.now() + timedelta(days=3)
    owner, other = college.id(OWNER), college.id("财务处处长")
    now = college.clock.now()
    college.do(OFFICE, lambda work: standing_in.delegate(work, owner, other, now, until))
    assert "点题由党政主要领导或联席会议办公室办理" in college.say("财务处处长", "点题 完善制度").text


def test_the_office_says_who_shares_a_topic(college: Conversation) -> None:
    topic = college.issued()
    asked = college.say(OFFICE, "共同领题 001 副书记、后勤副院长")
    assert asked.text == "2026-001共同领题由—改为副书记、后勤副院长，请确认。"
    college.press(OFFICE, "确认", asked)
    assert "共同领题：副书记、后勤副院长" in college.last(OFFICE).text
    assert "【调整席位】" in college.last("副书记").text

    college.press(OFFICE, "确认", college.say(OFFICE, "配合领导 001 无"))
    assert college.ask(lambda tx: topics.get(tx, topic.id)).co_owners == ()


def test_a_name_that_is_no_leader_is_refused(college: Conversation) -> None:
    college.issued()
    assert "还缺：共同领题" in college.say(OFFICE, "共同领题 001").text
    assert "没有找到" in college.say(OFFICE, "共同领题 001 王二").text
    college.say(OFFICE, "共同领题 001 国际处处长")
    assert "确认" in college.last(OFFICE).labels
    college.press(OFFICE, "确认")
    assert college.ask(lambda tx: topics.by_number(tx, "2026-001")).co_owners == ()
    assert "由联席会议办公室办理" in college.say(CHIEF, "共同领题 001 副书记").text


def test_what_was_asked_before_the_topic_changed_is_shown_anew(college: Conversation) -> None:
    topic = college.issued()
    asked = college.say(OFFICE, "共同领题 001 副书记")
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    assert "情况有变" in college.press(OFFICE, "确认", asked)
    assert college.ask(lambda tx: topics.get(tx, topic.id)).co_owners == ()
    assert "请发送议题编号" in college.say(OFFICE, "共同领题").text
