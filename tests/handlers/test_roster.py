"""The office looks after people, units and the map; every change is proposed before it counts."""

import pytest

from services import preferences
from storage import people
from storage.people import Person
from tests.handlers.conversation import Conversation
from workflow.roles import Role

OFFICE = "党办主任"


def someone(college: Conversation, title: str) -> Person:
    return college.ask(lambda tx: people.by_title(tx, title)[0])


def tap(college: Conversation, *labels: str, who: str = OFFICE) -> str:
    """Press one button after the other on the newest card; what it says in the end."""
    for label in labels:
        college.press(who, label, college.last(who))
    return college.last(who).text


def test_the_roster_is_paged_and_opens_a_card(college: Conversation) -> None:
    first = college.say(OFFICE, "人员")
    assert first.labels == ["党委书记", "院长", "党办主任", "外事副院长", "更多", "新增人员"]
    assert "副书记（分管领导）" in tap(college, "更多")
    assert "角色：分管领导" in tap(college, "副书记")
    assert "分管：财务处" in college.last(OFFICE).text


def test_a_title_may_be_typed_instead(college: Conversation) -> None:
    college.say(OFFICE, "人员")
    assert "有几个都含“副院长”" in college.say(OFFICE, "副院长").text
    assert college.last(OFFICE).labels[:2] == ["外事副院长", "后勤副院长"]
    assert "分管：后勤处" in college.say(OFFICE, "后勤").text
    college.say(OFFICE, "人员")
    assert "没有“校医”" in college.say(OFFICE, "校医").text
    assert "部门：选一个" in college.say(OFFICE, "部门").text


def test_a_role_is_given_after_a_question_and_the_menu_follows(college: Conversation) -> None:
    college.say(OFFICE, "人员 党委委员")
    asked = tap(college, "角色", "增加角色", "分管领导")
    assert asked == "给党委委员增加“分管领导”角色？"
    assert Role.LEADER not in someone(college, "党委委员").roles

    tap(college, "确认")

    assert Role.LEADER in someone(college, "党委委员").roles
    assert "claim" in dict(college.menus[f"c{college.id('党委委员')}"])


def test_a_role_is_taken_again(college: Conversation) -> None:
    college.say(OFFICE, "人员 党委委员")
    tap(college, "角色", "取消角色", "党委委员", "确认")
    assert someone(college, "党委委员").roles == frozenset()
    assert "没有可选的对象" in college.press(OFFICE, "角色") + tap(college) + college.press(
        OFFICE, "取消角色"
    )


def test_going_back_changes_nothing(college: Conversation) -> None:
    college.say(OFFICE, "人员 党委委员")
    tap(college, "角色", "增加角色", "分管领导", "返回")
    assert someone(college, "党委委员").roles == {Role.COMMITTEE_MEMBER}


def test_nobody_changes_their_own_roles(college: Conversation) -> None:
    college.say(OFFICE, f"人员 {OFFICE}")
    tap(college, "角色", "增加角色", "分管领导")
    assert "不能增减自己的角色" in college.press(OFFICE, "确认")


def test_the_office_makes_no_administrators(college: Conversation) -> None:
    college.say(OFFICE, "人员 党委委员")
    tap(college, "角色", "增加角色")
    college.say(OFFICE, "系统管理员")
    assert Role.ADMIN not in someone(college, "党委委员").roles
    college.say("系统管理员", "人员 党委委员")
    tap(college, "角色", "增加角色", who="系统管理员")
    college.say("系统管理员", "系统管理员")
    tap(college, "确认", who="系统管理员")
    assert Role.ADMIN in someone(college, "党委委员").roles


def test_a_new_head_for_a_unit(college: Conversation) -> None:
    college.say(OFFICE, "部门 审计处")
    assert "负责人：审计处处长" in college.last(OFFICE).text
    tap(college, "设负责人")
    college.say(OFFICE, "党委委员")
    assert "设党委委员为审计处部门负责人？" in college.last(OFFICE).text
    tap(college, "确认")
    assert Role.UNIT_HEAD in someone(college, "党委委员").roles


def test_a_person_leaves_a_unit(college: Conversation) -> None:
    college.say(OFFICE, "人员 国际处联络员")
    assert "不再是国际处的人员" in tap(college, "所在部门", "离开部门", "国际处")
    tap(college, "确认")
    assert someone(college, "国际处联络员").roles == frozenset()


def test_who_is_in_charge_changes_hands(college: Conversation) -> None:
    college.say(OFFICE, "部门 国际处")
    tap(college, "分管领导")
    college.say(OFFICE, "副书记")
    assert college.last(OFFICE).text == "由副书记分管国际处？"
    tap(college, "确认")
    college.say(OFFICE, "人员 外事副院长")
    tap(college, "分管", "取消分管", "国际处", "确认")
    unit = college.unit("国际处")
    assert college.ask(lambda tx: people.leaders_of(tx, unit)) == [college.id("副书记")]


def test_somebody_new_is_entered_and_read_back(college: Conversation) -> None:
    college.say(OFFICE, "人员")
    college.press(OFFICE, "新增人员")
    assert "新增人员：教务副院长 1024" in college.say(OFFICE, "教务副院长 1024").text
    college.say(OFFICE, "教务副院长 1025")
    tap(college, "确认")
    assert someone(college, "教务副院长").code == "1025"
    assert "账号：未登记" in college.last(OFFICE).text


def test_a_code_is_nobody_elses(college: Conversation) -> None:
    college.say(OFFICE, "人员")
    college.press(OFFICE, "新增人员")
    college.say(OFFICE, "教务副院长 p1")
    assert "编号“p1”已被使用" in college.press(OFFICE, "确认")


def test_a_title_changes_with_the_post(college: Conversation) -> None:
    college.say(OFFICE, "人员 院长")
    tap(college, "改资料", "职务")
    college.say(OFFICE, "校长")
    tap(college, "确认")
    assert college.last(OFFICE).card.title == "校长"
    assert "党政职务：院长（校长）" in college.last(OFFICE).text


def test_a_unit_is_added_renamed_and_closed(college: Conversation) -> None:
    college.say(OFFICE, "部门")
    college.press(OFFICE, "新增部门")
    college.say(OFFICE, "教务处 D07")
    tap(college, "确认", "改名")
    college.say(OFFICE, "教务部")
    tap(college, "确认", "停用", "确认")
    assert college.ask(lambda tx: people.unit_named(tx, "教务部")) is None
    assert "没有名为“教务部”的部门" in college.say(OFFICE, "部门 教务部").text


@pytest.mark.parametrize("command", ["/people", "/units", "部门 国际处", "人员 院长"])
def test_the_directory_is_for_its_keepers_and_in_private(college: Conversation, command: str) -> None:
    assert "权限" in college.say("外事副院长", command).text
    assert "私聊" in college.say(OFFICE, command, group=True).text
    assert "权限" not in college.say("系统管理员", command).text


def test_a_foreign_role_does_not_outlive_its_card(college: Conversation) -> None:
    college.say(OFFICE, "人员 党委委员")
    college.say("系统管理员", f"人员 {OFFICE}")
    tap(college, "角色", "取消角色", "联席会议办…", "确认", who="系统管理员")
    assert "没有“维护人员”的权限" in college.press(OFFICE, "角色")


def test_english_is_complete(college: Conversation) -> None:
    college.do(OFFICE, lambda work: preferences.set_language(work, "en"))
    college.say(OFFICE, "people 党委委员")
    assert tap(college, "Roles", "Give role", "leader in c…") == "Make 党委委员 leader in charge?"


def test_whoever_sits_in_the_unit_is_offered_first(college: Conversation) -> None:
    college.say("系统管理员", "部门 国际处")
    college.press("系统管理员", "设负责人")
    assert college.last("系统管理员").labels[:2] == ["国际处处长", "国际处联络员"]
