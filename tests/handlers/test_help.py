"""帮助 and the menu: one screen by role, the rest by theme; every command has its place."""

import pytest

from handlers import texts
from handlers.cards import MOST_BUTTONS
from handlers.menus import DAILY, THEMES, commands_for, daily_for, menu_for, themes_for
from handlers.registry import BUTTONS, COMMANDS
from handlers.shortcuts import AT_HAND, DO, MOST
from tests.handlers.college import PEOPLE
from tests.handlers.conversation import Conversation
from workflow.roles import Role

CHIEF, OFFICE, ADMIN, HEAD = "党委书记", "党办主任", "系统管理员", "国际处处长"
MOST_LINES = 22
MOST_COMMANDS = 100
"""As many as Telegram's menu takes (https://core.telegram.org/bots/api#setmycommands)."""


def test_every_command_of_a_menu_has_its_theme() -> None:
    themed = [name for names in THEMES.values() for name in names]
    assert len(themed) == len(set(themed))
    assert set(themed) == {one.name for one in COMMANDS.values() if one.menu is not None}
    assert {name for names in DAILY.values() for name in names} <= set(themed)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_help_is_one_screen_and_its_buttons_lead_to_the_rest(college: Conversation, who: str) -> None:
    home = college.say(who, "帮助")
    assert len(home.text.splitlines()) <= MOST_LINES
    assert len(home.labels) <= MOST_BUTTONS
    read = {home.text}
    for label in home.labels:
        college.press(who, label, college.last(who))
        page = college.last(who)
        assert (page.message_id, page.labels[-1]) == (home.message_id, "返回")
        assert len(page.buttons) <= MOST_BUTTONS
        read.add(page.text)
        college.press(who, "返回", page)
    assert college.last(who).text == home.text
    for name in commands_for(PEOPLE[who][1]):
        assert any(texts.catalogue("zh")(f"help.example.{name}") in text for text in read), name


def test_the_theme_can_be_named(college: Conversation) -> None:
    assert "生成会议纪要" in college.say(OFFICE, "帮助 会议").text
    assert college.say(OFFICE, "帮助 天气").text == college.say(OFFICE, "帮助").text


def test_the_menu_begins_with_what_a_role_does_daily() -> None:
    assert [name for name, _ in menu_for([Role.UNIT_HEAD], "zh")][:3] == ["mine", "receive", "report"]
    assert commands_for([Role.ADMIN])[:2] == ["invite", "people"]
    assert commands_for([Role.LEADER, Role.DISCIPLINE_SECRETARY])[:2] == ["mine", "verify"]
    assert commands_for([])[:4] == ["mine", "list", "topic", "find"]
    for role in Role:
        assert len(commands_for([role])) == len(set(commands_for([role]))) <= MOST_COMMANDS
        assert "help" in commands_for([role])[: len(daily_for([role])) + 1]


def test_a_theme_without_anything_for_a_role_is_not_shown() -> None:
    assert "let_pass" not in themes_for([Role.LIAISON])["college"]
    assert all(themes_for([role]) for role in Role)


def test_a_page_is_drawn_for_the_roles_of_who_presses(college: Conversation) -> None:
    assert "邀请" not in college.say(HEAD, "帮助 人员设置").text
    assert "邀请 外事副院长" in college.say(ADMIN, "帮助 人员设置").text


def test_shortcuts_are_commands_of_the_role_that_has_them() -> None:
    assert DO in BUTTONS
    for role, names in AT_HAND.items():
        assert len(names) <= MOST
        assert set(names) <= {*commands_for([role])}, role


@pytest.mark.parametrize(("who", "shown"), [(CHIEF, "待批"), (OFFICE, "批量催办"), (ADMIN, "邀请")])
def test_the_greeting_and_an_empty_list_have_the_shortcuts(
    college: Conversation, who: str, shown: str
) -> None:
    assert shown in college.say(who, "开始").labels
    assert shown in college.say(who, "我的").labels


def test_a_shortcut_answers_below_and_stays(college: Conversation) -> None:
    greeting = college.say(OFFICE, "开始")
    college.press(OFFICE, "批量催办", greeting)
    assert "没有逾期" in college.last(OFFICE).text
    college.press(OFFICE, "批量催办", greeting)
    assert greeting in college.cards(OFFICE)


def test_a_press_has_the_rights_of_its_command(college: Conversation) -> None:
    """Who was of the office yesterday still has the card, and no longer the right."""
    greeting = college.say(OFFICE, "开始")
    college.say(ADMIN, "人员 党办主任")
    college.press(ADMIN, "角色")
    college.press(ADMIN, "取消角色")
    college.press(ADMIN, college.last(ADMIN).labels[0])
    college.press(ADMIN, "确认")
    assert "由联席会议办公室办理" in college.press(OFFICE, "批量催办", greeting)
