"""常规题: kept once after a preview, set by itself on its day, confirmed by one tap; and who may keep one."""

from datetime import UTC, datetime

import pytest

from services import claiming, directory
from storage import affairs, measures, topics
from tests.handlers.college import policy
from tests.handlers.conversation import Conversation
from workflow.affair import Affair, AffairKind
from workflow.topic import Topic, TopicState

OFFICE, CHIEF, OWNER, HEAD, SECRETARY = "党办主任", "党委书记", "外事副院长", "国际处处长", "纪委书记"
STUDY = "常规题 集体学习 @外事副院长 牵头 国际处 每月10日 期限20天"


def kept(college: Conversation) -> list[Affair]:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.TEMPLATE))


def made(college: Conversation, *states: TopicState) -> list[Topic]:
    return college.ask(lambda tx: topics.find(tx, topics.in_states(*states or TopicState)))


def study(college: Conversation) -> Affair:
    college.say(OFFICE, STUDY)
    college.press(OFFICE, "设为常规")
    return kept(college)[-1]


def test_the_command_offers_its_kinds_and_a_press_shows_what_it_proposes(college: Conversation) -> None:
    shown = college.say(OFFICE, "常规题")
    assert shown.labels == ["年度清单", "集体学习", "成员自查", "政治生态", "自拟"]
    assert "还没有常规题" in shown.text

    college.press(OFFICE, "集体学习")
    shown = college.last(OFFICE)
    assert "党风廉政集体学习" in shown.text
    assert "每季度（3、6、9、12月1日）" in shown.text
    assert "还缺：领题人" in shown.text
    assert "设为常规" not in shown.labels

    shown = college.say(OFFICE, "@副书记 牵头 财务处 每季度3月5日 期限25天")
    assert "领题人：副书记" in shown.text
    assert "每季度（3、6、9、12月5日）" in shown.text
    assert "25天" in shown.text
    assert "下次：2026年3月5日（周四）" in shown.text
    assert kept(college) == []
    assert college.press(OFFICE, "设为常规") == "已设置"
    assert "P2026-01" in college.last(OFFICE).text
    assert [affair.title for affair in kept(college)] == ["党风廉政集体学习"]


def test_one_message_is_enough(college: Conversation) -> None:
    shown = college.say(OFFICE, STUDY)
    assert "每月10日" in shown.text
    assert "设为常规" in shown.labels
    affair = study(college)
    assert (affair.number, affair.facts["days"]) == ("P2026-01", 20)
    assert "每月10日" in college.say(OFFICE, "常规题 P2026-01").text
    assert "每月10日" in college.say(OFFICE, "常规题").text


def test_one_of_ones_own_and_what_is_not_understood(college: Conversation) -> None:
    shown = college.say(CHIEF, "常规题 安全稳定形势研判 @没有的人 6月30日前 保密")
    assert "没有找到“没有的人”" in shown.text
    assert "常规题不写具体时限" in shown.text
    assert "保密议题不设常规题" in shown.text
    assert "安全稳定形势研判" in shown.text
    college.press(CHIEF, "取消")
    college.press(CHIEF, "自拟", college.say(CHIEF, "常规题"))
    shown = college.say(CHIEF, "安全稳定形势研判 目标 底数清 @副书记 每半年1月10日")
    assert "每半年（1、7月10日）" in shown.text
    assert "每年1月10日" in college.say(CHIEF, "每年1月10日").text
    college.press(CHIEF, "设为常规")
    assert kept(college)[0].facts["issuer"] == college.id(CHIEF)


def test_it_is_drafted_on_its_day_and_confirmed_by_one_tap(college: Conversation) -> None:
    study(college)
    college.pass_to(datetime(2026, 3, 9, 23, tzinfo=UTC))
    assert made(college) == []
    college.pass_to(datetime(2026, 3, 10, 2, tzinfo=UTC))
    (draft,) = made(college)
    assert draft.state is TopicState.CONFIRMING
    assert draft.deadline == datetime(2026, 3, 30, 15, 59, 59, tzinfo=UTC)
    assert "请" in college.pushed(CHIEF)[-1].text
    assert college.press(CHIEF, "发布") == "已发布"
    assert [t.state for t in made(college)] == [TopicState.ISSUED]
    college.pass_to(datetime(2026, 4, 11, tzinfo=UTC))
    assert len(made(college)) == 2
    assert "已按期生成1题" in "".join(shown.text for shown in college.pushed(OFFICE))


def test_a_day_off_moves_it_to_the_next_workday(college: Conversation) -> None:
    college.say(OFFICE, "常规题 集体学习 @外事副院长 每年5月1日")
    college.press(OFFICE, "设为常规")
    assert "下次：2026年5月6日（周三）" in college.last(OFFICE).text
    college.pass_to(datetime(2026, 5, 5, 12, tzinfo=UTC))
    assert made(college) == []
    college.pass_to(datetime(2026, 5, 6, 2, tzinfo=UTC))
    assert len(made(college)) == 1
    assert kept(college)[0].facts["on"] == "2027-05-01"


def test_with_a_standing_authority_it_is_published_at_once(college: Conversation) -> None:
    college.do(CHIEF, lambda work: directory.give_standing_authority(work, work.actor.id, True))
    study(college)
    college.pass_to(datetime(2026, 3, 10, 2, tzinfo=UTC))
    assert [t.state for t in made(college)] == [TopicState.ISSUED]
    assert "请您领题" in college.pushed(OWNER)[-1].text


def test_days_missed_while_we_were_down_are_made_up_for_once_and_said(college: Conversation) -> None:
    study(college)
    college.clock.advance(datetime(2026, 6, 17, 2, tzinfo=UTC) - college.clock.now())
    college.settle()
    assert len(made(college)) == 1
    assert any("因系统停运迟于原定日期" in shown.text for shown in college.pushed(CHIEF))
    assert kept(college)[0].facts["on"] == "2026-07-10"


def test_every_member_gets_one_and_the_chief_confirms_all_by_one_tap(college: Conversation) -> None:
    college.press(OFFICE, "成员自查", college.say(OFFICE, "常规题"))
    assert "班子成员每人一题" in college.last(OFFICE).text
    college.press(OFFICE, "设为常规")
    college.pass_to(datetime(2026, 6, 1, 2, tzinfo=UTC))
    assert len(made(college, TopicState.CONFIRMING)) == 5
    shown = college.pushed(CHIEF)[-1]
    assert "已按期生成5题" in shown.text
    assert college.press(CHIEF, "全部发布", shown) == "已发布5题"
    owners = {topic.owner_id for topic in made(college, TopicState.ISSUED)}
    assert owners == {college.id(who) for who in ("院长", OWNER, "副书记", "后勤副院长", SECRETARY)}


def test_four_stages_become_measures_with_their_days_when_it_is_claimed(college: Conversation) -> None:
    shown = college.say(OFFICE, "常规题 政治生态分析 @外事副院长 牵头 国际处 每年4月1日 期限60天")
    assert "阶段3：提请党委复核整改落实情况" in shown.text
    college.press(OFFICE, "设为常规")
    college.pass_to(datetime(2026, 4, 1, 2, tzinfo=UTC))
    college.press(CHIEF, "发布")
    (topic,) = made(college)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    steps = college.ask(lambda tx: measures.of_topic(tx, topic.id))
    assert steps[0].text == "分析研判政治生态状况"
    days = [policy().calendar.day(step.deadline).isoformat() for step in steps]
    assert days == ["2026-04-16", "2026-04-30", "2026-05-15", "2026-06-01"]


def test_it_can_be_paused_resumed_and_ended(college: Conversation) -> None:
    study(college)
    card = college.say(OFFICE, "常规题 P2026-01")
    assert college.press(OFFICE, "暂停", card) == "已暂停"
    assert "已暂停" in college.last(OFFICE).text
    college.pass_to(datetime(2026, 4, 15, 2, tzinfo=UTC))
    assert made(college) == []
    assert college.press(OFFICE, "恢复") == "已恢复"
    assert kept(college)[0].facts["on"] == "2026-05-10"
    college.press(OFFICE, "结束")
    assert college.press(OFFICE, "确认") == "已结束"
    assert kept(college) == []
    college.pass_to(datetime(2026, 6, 15, 2, tzinfo=UTC))
    assert made(college) == []


def test_the_list_shows_what_there_is(college: Conversation) -> None:
    study(college)
    college.press(OFFICE, "查看全部", college.say(OFFICE, "常规题"))
    assert "共1项" in college.last(OFFICE).text
    college.press(OFFICE, "1")
    assert "P2026-01" in college.last(OFFICE).text


def test_whoever_may_not_set_topics_keeps_none(college: Conversation) -> None:
    for who in (OWNER, HEAD, SECRETARY, "系统管理员"):
        college.say(who, STUDY)
        assert "设为常规" not in college.last(who).labels, who
        assert "不能" in college.last(who).text or "由" in college.last(who).text, who
    assert kept(college) == []


def test_in_a_group_nothing_is_shown(college: Conversation) -> None:
    assert "私" in college.say(OFFICE, STUDY, group=True).text
    assert kept(college) == []


@pytest.mark.parametrize("who", [OWNER, HEAD, "副书记"])
def test_others_neither_see_nor_press_it(college: Conversation, who: str) -> None:
    affair = study(college)
    assert "P2026-01" not in college.say(who, "常规题 P2026-01").text
    assert kept(college)[0].version == affair.version


def test_the_command_said_again_begins_anew_and_no_number_is_cut_short(college: Conversation) -> None:
    college.say(OFFICE, STUDY)
    shown = college.say(OFFICE, "常规题 集体学习 @外事副院长 每月12日 期限-20天")
    assert "没看懂“常规题" not in shown.text
    assert "每月12日" in shown.text
    assert "没看懂“期限-”" in shown.text
    shown = college.say(OFFICE, "常规题 集体学习 @外事副院长 每季度3.1 期限99999天")
    assert "生成之日起999天" not in shown.text
    assert "12月3日" not in shown.text
    assert "没看懂" in shown.text
