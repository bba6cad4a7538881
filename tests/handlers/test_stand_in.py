"""Who acts for whom, standing or for some days; both names are on every card."""

from services import standing_in
from storage import people
from tests.handlers.conversation import Conversation

LEADER, AIDE, OFFICE = "外事副院长", "国际处联络员", "党办主任"


def deputies(college: Conversation, principal: str = LEADER) -> list[tuple[str, int]]:
    person = college.id(principal)
    return [(one.kind, one.deputy_id) for one in college.ask(lambda tx: people.deputies(tx, person))]


def test_a_leader_appoints_an_aide(college: Conversation) -> None:
    asked = college.say(LEADER, f"设置代办 @{AIDE}")
    assert f"由{AIDE}长期代{LEADER}办理" in asked.text
    assert "代办人不能代为" in asked.text
    assert college.press(LEADER, "确认") == "已登记"
    assert deputies(college) == [(standing_in.AIDE, college.id(AIDE))]


def test_an_aide_is_chosen_by_taps_and_dismissed_by_one(college: Conversation) -> None:
    college.say(LEADER, "/aide")
    college.press(LEADER, "设置代办")
    college.say(LEADER, "联络员")
    college.press(LEADER, "确认")
    assert college.press(LEADER, "结束") == "已结束"
    assert deputies(college) == []
    assert "目前没有" in college.last(LEADER).text


def test_an_absence_in_one_message(college: Conversation) -> None:
    asked = college.say(LEADER, "委托 副书记 3月2日 至 3月9日")
    assert "2026年3月2日（周一）至2026年3月9日（周一）" in asked.text
    college.press(LEADER, "确认")
    assert deputies(college) == [(standing_in.ABSENCE, college.id("副书记"))]
    college.pass_(days=8)
    assert deputies(college) == []


def test_an_absence_step_by_step_survives_a_bad_answer(college: Conversation) -> None:
    college.say(LEADER, "/absence")
    college.press(LEADER, "委托代办")
    college.press(LEADER, "副书记")
    assert "请写起止两个日期" in college.say(LEADER, "下周").text
    assert "没有“2月30日”这一天" in college.say(LEADER, "2月30日至3月9日").text
    assert "已经过去" in college.say(LEADER, "2026年2月2日至3月9日").text
    assert "早于开始日期" in college.say(LEADER, "3月20日至3月10日").text
    college.say(LEADER, "3月10日至3月20日")
    college.press(LEADER, "确认")
    assert deputies(college) == []
    college.pass_(days=8)
    assert deputies(college) == [(standing_in.ABSENCE, college.id("副书记"))]


def test_the_office_arranges_it_for_somebody_else(college: Conversation) -> None:
    college.say(OFFICE, f"委托 {LEADER} 由 副书记 3月2日 至 3月9日")
    college.press(OFFICE, "确认")
    assert deputies(college) == [(standing_in.ABSENCE, college.id("副书记"))]
    college.say(OFFICE, f"委托 {LEADER}")
    college.press(OFFICE, "结束")
    assert deputies(college) == []


def test_the_office_chooses_for_whom(college: Conversation) -> None:
    college.say(OFFICE, "设置代办")
    assert "设置代办" not in college.last(OFFICE).labels
    college.press(OFFICE, "为他人")
    college.say(OFFICE, LEADER)
    college.press(OFFICE, "设置代办")
    college.say(OFFICE, AIDE)
    college.press(OFFICE, "确认")
    assert deputies(college) == [(standing_in.AIDE, college.id(AIDE))]


def test_nobody_gives_away_a_seat_that_is_not_theirs(college: Conversation) -> None:
    assert "只能为自己安排" in college.say("国际处处长", f"委托 {LEADER} 副书记 3月2日 至 3月9日").text
    assert deputies(college) == []


def test_an_aide_is_for_leaders_and_never_oneself(college: Conversation) -> None:
    college.say("国际处处长", f"设置代办 {AIDE}")
    assert "不是分管领导" in college.press("国际处处长", "确认")
    college.say(LEADER, f"设置代办 {LEADER}")
    assert "不能由本人代办" in college.press(LEADER, "确认")


def test_the_same_twice_and_unknown_people(college: Conversation) -> None:
    for _ in range(2):
        college.say(LEADER, f"设置代办 {AIDE}")
        toast = college.press(LEADER, "确认")
    assert "已有同样的安排" in toast
    assert "没有找到“某某某”" in college.say(LEADER, "委托 某某某 3月2日至3月9日").text


def test_not_in_a_group(college: Conversation) -> None:
    assert "私聊" in college.say(LEADER, "/absence", group=True).text
