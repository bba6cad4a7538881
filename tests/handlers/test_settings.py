"""设置 and 我是谁: what a person may choose, and what the college knows of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.pulse import awake
from services import approved, standing_in
from storage import people
from tests.handlers.conversation import Conversation

OWNER = "外事副院长"


def test_each_setting_by_two_presses(college: Conversation) -> None:
    card = college.say(OWNER, "设置")
    assert card.text.splitlines()[1:4] == [
        "摘要时间：08:30（学校默认）",
        "语言：中文（学校默认）",
        "静默时间：未设置",
    ]
    college.press(OWNER, "摘要时间", card)
    college.press(OWNER, "09:00")
    saved = college.last(OWNER)
    assert saved.message_id == card.message_id
    assert saved.text.splitlines()[:2] == ["已保存。", "摘要时间：09:00"]

    college.press(OWNER, "静默时间", saved)
    college.press(OWNER, "18:00-08:30")
    assert "静默时间：18:00-08:30" in college.last(OWNER).text


def test_each_setting_in_one_line(college: Conversation) -> None:
    assert "摘要时间：08:10" in college.say(OWNER, "设置 摘要 08:10").text
    assert "静默时间：18:00-08:00" in college.say(OWNER, "设置 静默 18：00到8:00").text
    assert "静默时间：未设置" in college.say(OWNER, "设置 静默 无").text
    assert "摘要时间：08:30（学校默认）" in college.say(OWNER, "设置 摘要 默认").text


def test_the_language_changes_at_once(college: Conversation) -> None:
    saved = college.say(OWNER, "设置 语言 English")
    assert saved.text.splitlines()[:3] == [
        "Saved.",
        "Digest time: 08:30 (the college's)",
        "Language: English",
    ]
    assert "Nothing waits for you now" in college.say(OWNER, "mine").text
    assert "已保存" in college.say(OWNER, "settings language 中文").text


def test_a_bad_value_is_explained_and_may_be_given_again(college: Conversation) -> None:
    assert college.say(OWNER, "设置 摘要 25:00").text == "没看懂时间“25:00”，请写成 08:10 这样。"
    assert "起止两个不同的时间" in college.say(OWNER, "设置 静默 18:00").text
    assert "落在静默时间内" in college.say(OWNER, "设置 静默 08:00-09:00").text
    assert "没有“Klingon”这种语言" in college.say(OWNER, "设置 语言 Klingon").text
    assert "没有“颜色”这项设置" in college.say(OWNER, "设置 颜色").text

    college.say(OWNER, "设置 摘要")
    assert "没看懂时间" in college.say(OWNER, "早一点").text
    assert "摘要时间：07:45" in college.say(OWNER, "7:45").text
    person = college.ask(lambda tx: people.get(tx, college.id(OWNER)))
    assert person.digest_at == "07:45"


def test_who_i_am_here(college: Conversation) -> None:
    college.do(
        OWNER,
        lambda work: standing_in.delegate(
            work,
            college.id(OWNER),
            college.id("副书记"),
            college.clock.now(),
            college.clock.now() + timedelta(days=3),
        ),
    )
    assert college.say(OWNER, "我是谁").text.splitlines() == [
        "外事副院长",
        "身份：分管领导",
        "分管：国际处",
        "代办人：副书记（至3月5日）",
        "账号：已确认，可接收消息",
        "语言：中文",
    ]
    assert "代办：外事副院长（至3月5日）" in college.say("副书记", "我是谁").text
    assert "部门：国际处（部门负责人）" in college.say("国际处处长", "/whoami").text


def test_the_colleges_numbers_have_a_version_the_office_hears_of_and_sees(college: Conversation) -> None:
    assert "〔学校设置〕尚未登记版本" in college.say("党办主任", "设置").text
    college.store.run_now(lambda tx: awake(tx, college.policy))
    assert "〔学校设置〕第1版，2026年3月2日" in college.say("党办主任", "设置").text

    college.pass_(hours=1)
    college.policy = replace(college.policy, claim_workdays=3)
    college.store.run_now(lambda tx: awake(tx, college.policy))
    college.pass_to(datetime(2026, 3, 3, 1, 0, tzinfo=UTC))
    assert "设置已更新为第2版" in college.pushed("党办主任")[-1].text
    shown = college.say("系统管理员", "设置").text
    assert "〔学校设置〕第2版" in shown
    assert "领题期限3个工作日" in shown
    assert "点题：党委书记、院长（校长）" in shown
    assert "提醒阶梯：" in shown
    assert "问题类型：" in shown


def test_others_see_their_own_settings_alone(college: Conversation) -> None:
    college.store.run_now(lambda tx: approved.note(tx, college.policy))
    for who in (OWNER, "国际处处长", "党委委员"):
        assert "学校设置〕" not in college.say(who, "设置").text
    college.say("党办主任", "设置 语言 English")
    assert "version 1" in college.say("党办主任", "settings").text
