"""A person comes in by a code that the office hands over, and the office agrees to whoever came."""

import re

import pytest

from services import inviting
from storage import facts, people
from tests.handlers.conversation import Conversation
from workflow.roles import Role

CODE = re.compile(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}")


def stranger(college: Conversation, text: str, sender: str = "new") -> str:
    """Somebody unknown writes; what is answered."""
    return college.knock(sender, text).text


@pytest.fixture
def absent(college: Conversation) -> str:
    """The vice-president has lost the telephone and cannot be reached any more."""
    college.say("党办主任", "人员 外事副院长")
    college.press("党办主任", "解除账号")
    college.press("党办主任", "确认")
    return "外事副院长"


def code_on(college: Conversation) -> str:
    found = CODE.search(college.last("党办主任").text)
    assert found is not None
    return found[0]


def test_two_taps_make_an_invitation(college: Conversation, absent: str) -> None:
    college.store.run_now(lambda tx: facts.put(tx, inviting.LINK, "https://chat.example/bot?start="))
    college.say("党办主任", "邀请")
    college.press("党办主任", "外事副院长")

    card = college.last("党办主任")
    code = code_on(college)
    assert "邀请：外事副院长" in card.text
    assert f"https://chat.example/bot?start={code.replace('-', '')}" in card.text
    assert "3月5日 08:30" in card.text


def test_without_links_the_code_alone_is_shown(college: Conversation, absent: str) -> None:
    college.say("党办主任", f"/invite {absent}")
    assert CODE.search(college.last("党办主任").text)
    assert "链接" not in college.last("党办主任").text


def test_whoever_comes_waits_for_the_office(college: Conversation, absent: str) -> None:
    college.say("党办主任", f"邀请 @{absent}")
    code = code_on(college)
    assert "待办公室确认" in stranger(college, f"/start {code.replace('-', '')}")
    assert "待办公室确认" in stranger(college, "在吗")
    college.pass_(minutes=5)
    [asked] = [card for card in college.pushed("党办主任") if "确认" in card.labels]

    assert college.press("党办主任", "确认", asked) == "已确认"

    person = college.id(absent)
    reached = college.ask(lambda tx: people.reach(tx, person))
    assert reached is not None
    assert reached.chat == "c-new"
    assert "claim" in dict(college.menus["c-new"])


def test_the_office_may_say_no_from_the_persons_card(college: Conversation, absent: str) -> None:
    college.say("党办主任", f"邀请 {absent}")
    stranger(college, code_on(college))
    college.say("党办主任", f"人员 {absent}")
    assert "待确认" in college.last("党办主任").text
    assert college.press("党办主任", "不") == "已拒绝"
    college.say("党办主任", f"人员 {absent}")
    assert "未登记" in college.last("党办主任").text


def test_a_code_is_good_once(college: Conversation, absent: str) -> None:
    college.say("党办主任", f"邀请 {absent}")
    code = code_on(college)
    stranger(college, code)
    assert "已经用过" in stranger(college, code, "another")


def test_a_code_expires(college: Conversation, absent: str) -> None:
    college.say("党办主任", f"邀请 {absent}")
    code = code_on(college)
    college.pass_(days=4)
    assert "已过期" in stranger(college, code)


def test_a_foreign_code_is_counted_and_a_greeting_is_not(college: Conversation, absent: str) -> None:
    assert "邀请码" in stranger(college, "你好，我是新来的")
    for _ in range(5):
        assert "邀请码不对" in stranger(college, "ABCD-EFGH-JKMN-PQRS")
    assert "次数过多" in stranger(college, "ABCD-EFGH-JKMN-PQRS")


def test_somebody_we_know_does_not_become_somebody_else(college: Conversation, absent: str) -> None:
    college.say("党办主任", f"邀请 {absent}")
    code = code_on(college)
    college.say("副书记", f"/start {code}")
    person = college.id(absent)
    assert college.ask(lambda tx: people.reach(tx, person)) is None
    assert "待办公室确认" in stranger(college, code)


def test_an_unknown_person_is_not_invited(college: Conversation) -> None:
    assert "没有找到“教务处长”" in college.say("党办主任", "邀请 教务处长").text
    assert "对应多人" in college.say("党办主任", "邀请 处长").text


def test_only_the_office_and_the_administrator_invite(college: Conversation) -> None:
    assert "没有“邀请”的权限" in college.say("国际处处长", "邀请 外事副院长").text
    assert CODE.search(college.say("系统管理员", "/invite 外事副院长").text)


def test_a_code_is_not_shown_where_others_read(college: Conversation) -> None:
    assert "私聊" in college.say("党办主任", "/invite 外事副院长", group=True).text


def test_everybody_is_in(college: Conversation) -> None:
    assert "都已登记" in college.say("党办主任", "邀请").text
    assert Role.ADMIN in college.ask(lambda tx: people.by_title(tx, "系统管理员")[0].roles)


def test_the_old_phone_hears_that_the_account_has_moved(college: Conversation) -> None:
    """Somebody has a new phone: invited again, confirmed; the old one is told and does nothing any more."""
    college.say("党办主任", "邀请 国际处处长")
    assert "待办公室确认" in stranger(college, f"/start {code_on(college).replace('-', '')}", "newphone")
    college.press("党办主任", "确认")
    assert "您的账号已改到别处，这里不再接收消息" in college.last("国际处处长").text
