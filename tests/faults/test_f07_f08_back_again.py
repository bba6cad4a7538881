"""Faults 7 and 8: we stood still. What was pressed or sent in vain is asked for again, by us."""

from datetime import timedelta

from bot.pulse import awake, beat
from storage.store import Tx
from tests.handlers.conversation import Conversation

OWNER, OFFICE = "外事副院长", "党办主任"


def stand_still(college: Conversation, **for_: float) -> None:
    """The process dies, and comes back after a while."""
    college.store.run_now(beat)
    college.clock.advance(timedelta(**for_))
    college.store.run_now(lambda tx: awake(tx, college.policy))
    college.deliver()


def pushes(college: Conversation, who: str, words: str) -> int:
    return sum(words in shown.text for shown in college.pushed(who))


def test_f07_after_more_than_150_seconds_the_live_card_comes_again(college: Conversation) -> None:
    topic = college.issued()
    stand_still(college, seconds=151)

    again = college.last(OWNER)
    assert f"【请再按一次】系统刚才停机，{topic.number}" in again.text
    assert "领题" in again.labels
    assert college.press(OWNER, "领题", again) == "已领题"
    assert pushes(college, OFFICE, "请再按一次") == 0


def test_f07_a_press_lives_150_seconds_and_so_long_nothing_is_said(college: Conversation) -> None:
    college.issued()
    stand_still(college, seconds=149)

    assert pushes(college, OWNER, "请再按一次") == 0


def test_f07_what_was_pressed_meanwhile_does_not_come_again(college: Conversation) -> None:
    college.issued()
    college.pass_(hours=12)  # an evening
    stand_still(college, minutes=5)
    college.press(OWNER, "领题")
    college.pass_(hours=12)

    assert pushes(college, OWNER, "请再按一次") == 0


def test_f07_twice_back_from_the_same_standstill_is_once(college: Conversation) -> None:
    college.issued()
    college.store.run_now(beat)
    college.clock.advance(timedelta(minutes=5))

    def twice(tx: Tx) -> None:
        awake(tx, college.policy)
        awake(tx, college.policy)

    college.store.run_now(twice)
    college.deliver()

    assert pushes(college, OWNER, "请再按一次") == 1


def test_f08_after_more_than_a_day_everybody_is_asked_to_send_again(college: Conversation) -> None:
    college.issued()
    stand_still(college, hours=25)

    for who in (OWNER, OFFICE, "国际处联络员", "系统管理员"):
        assert "3月2日" in college.last(who).text
        assert pushes(college, who, "请重新发送") == 1
    assert pushes(college, OWNER, "请再按一次") == 0


def test_f07_a_measure_and_a_request_come_again_too(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    college.say(OWNER, f"分解 {topic.number} 修订办法 国际处 6月10日前")
    college.press(OWNER, "下达")
    college.pass_(minutes=1)
    stand_still(college, seconds=151)
    assert "收到" in college.last("国际处处长").labels
    assert "【请再按一次】" in college.last("国际处处长").text

    college.press("国际处处长", "收到")
    college.say(OWNER, f"延期 {topic.number} 7月20日 等待招标")
    college.press(OWNER, "提交申请")
    college.pass_(minutes=1)
    stand_still(college, seconds=152)
    assert "同意延期" in college.last("党委书记").labels
    assert "【请再按一次】" in college.last("党委书记").text

    college.press("党委书记", "同意延期")
    stand_still(college, seconds=153)
    assert pushes(college, "党委书记", "请再按一次") == 0
