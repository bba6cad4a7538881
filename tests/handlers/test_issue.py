"""点题 in one message: a chief writes it, sees everything spelt out, and one tap issues it."""

import pytest

from storage import topics
from tests.handlers.conversation import Conversation
from workflow.topic import Topic, TopicState

WHOLE = "点题 完善因公出国内控制度 @外事副院长 目标 形成闭环管理 牵头 国际处 配合 财务处 11月30日前"


def only(college: Conversation) -> Topic:
    (topic,) = college.ask(topics.find)
    return topic


def test_one_message_and_one_tap_issue_a_topic(college: Conversation) -> None:
    shown = college.say("党委书记", WHOLE)
    assert shown.text.splitlines() == [
        "【点题预览】请核对",
        "题目：完善因公出国内控制度",
        "短题：完善因公出国内控制度",
        "整改目标：形成闭环管理",
        "整改类型：限期整改",
        "领题人：外事副院长",
        "牵头部门：国际处",
        "配合部门：财务处",
        "时限：2026年11月30日（周一）",
        "无误请点发布；要改请点“修改”，或直接发送，如：时限 12月15日。",
    ]
    assert shown.labels == ["发布", "修改", "取消"]
    assert college.ask(topics.find) == []

    assert college.press("党委书记", "发布") == "已发布"
    issued = college.last("党委书记")
    assert (issued.card.title, issued.edited) == ("【已点题】2026-001", True)
    assert "撤题" in issued.labels
    assert only(college).state is TopicState.ISSUED


def test_everything_a_topic_has_fits_into_one_message(college: Conversation) -> None:
    text = college.say(
        "党委书记",
        "/new 完善内控制度 @外事副院长、后勤副院长 目标：形成闭环管理 问题：审批不严 "
        "国际处牵头，由财务处和审计处配合 共同 副书记 来源：2025年巡察反馈 "
        "制度机制 主体责任 每月 立行立改 保密 明年1月4日前",
    ).text
    for line in (
        "问题表现：审批不严",
        "来源：2025年巡察反馈",
        "类型：制度机制",
        "责任制：主体责任",
        "整改类型：立行立改",
        "反馈周期：每月报告",
        "待领题：外事副院长、后勤副院长",
        "共同领题：副书记",
        "牵头部门：国际处",
        "配合部门：财务处、审计处",
        "时限：2027年1月4日（周一）",
        "保密：是，内容只在私聊中显示",
    ):
        assert line in text.splitlines()
    college.press("党委书记", "发布")
    topic = only(college)
    assert topic.confidential
    assert topic.eligible == (college.id("外事副院长"), college.id("后勤副院长"))


def test_english_words_are_read_as_well(college: Conversation) -> None:
    said = "new topic Improve the rules @外事副院长 goal: a closed loop lead: 国际处 by Nov 30"
    lines = college.say("院长", said).text.splitlines()
    assert "题目：Improve the rules" in lines
    assert "整改目标：a closed loop" in lines
    assert "时限：2026年11月30日（周一）" in lines


def test_without_an_owner_the_leader_in_charge_of_the_unit_is_proposed(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 食堂整治 目标 达到A级 牵头 后勤处 三个工作日内")
    assert "领题人：后勤副院长（按分管关系）" in shown.text
    assert "时限：2026年3月5日（周四）" in shown.text


def test_a_date_within_a_sentence_is_the_deadline_and_stays_in_the_sentence(college: Conversation) -> None:
    lines = college.say("党委书记", "点题 完善制度 @副书记 目标 12月底前全部建成").text.splitlines()
    assert "整改目标：12月底前全部建成" in lines
    assert "时限：2026年12月31日（周四）" in lines


def test_a_word_in_the_middle_of_a_sentence_is_part_of_it(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 健全 保密 制度 @副书记 目标 每月 有检查 年底前")
    assert "题目：健全 保密 制度" in shown.text
    assert "保密：" not in shown.text


@pytest.mark.parametrize(
    "text",
    [
        "点题 规范接待 保密 @副书记 目标 账实一致 年底前",
        "点题 规范接待，保密，@副书记，目标 账实一致，年底前",
        "点题 规范接待\n保密\n@副书记\n目标 账实一致\n年底前",
        "点题 规范接待 @副书记 目标 账实一致 保密 是 年底前",
        "点题 规范接待 @副书记 目标 账实一致 年底前 保密：是",
        "点题 规范接待 @副书记 目标 账实一致 年底前 不公开",
    ],
)
def test_what_is_to_be_kept_secret_is_heard_wherever_it_is_said(college: Conversation, text: str) -> None:
    lines = college.say("党委书记", text).text.splitlines()
    assert {"题目：规范接待", "整改目标：账实一致", "保密：是，内容只在私聊中显示"} <= set(lines)


def test_a_standing_topic_has_a_cycle_instead_of_a_deadline(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 学风建设 @副书记 目标 持续向好 长期坚持")
    assert "还缺：反馈周期。" in shown.text
    assert shown.labels == ["每周报告", "每月报告", "每季度报告", "取消"]
    college.press("党委书记", "每月报告")
    college.press("党委书记", "发布")
    assert only(college).deadline is None


def test_a_correction_is_said_like_the_message_itself(college: Conversation) -> None:
    college.say("党委书记", WHOLE)
    shown = college.say("党委书记", "时限 12月15日 @副书记 类型 党的建设")
    for line in (
        "时限：2026年12月15日（周二）",
        "领题人：副书记",
        "类型：党的建设",
        "整改目标：形成闭环管理",
    ):
        assert line in shown.text
    assert "没看懂“再说吧”" in college.say("党委书记", "再说吧").text


def test_a_whole_message_begins_anew(college: Conversation) -> None:
    college.say("党委书记", WHOLE)
    shown = college.say("党委书记", "点题 食堂整治 @后勤副院长 目标 达到A级 6月底")
    assert "闭环" not in shown.text
    assert "时限：2026年6月30日（周二）" in shown.text


@pytest.mark.parametrize(
    ("field", "answer", "line"),
    [
        ("目标", "形成闭环并持续运行", "整改目标：形成闭环并持续运行"),
        ("领题人", "副书记", "领题人：副书记"),
        ("牵头部门", "审计处", "牵头部门：审计处"),
        ("时限", "两周后", "时限：2026年3月16日（周一）"),
    ],
)
def test_any_field_is_changed_by_a_button_and_an_answer(
    college: Conversation, field: str, answer: str, line: str
) -> None:
    college.say("党委书记", WHOLE)
    college.press("党委书记", "修改")
    college.press("党委书记", field)
    assert line in college.say("党委书记", answer).text
    assert college.last("党委书记").labels == ["发布", "修改", "取消"]


def change(college: Conversation, who: str, *labels: str) -> None:
    """Press 修改 and then these labels, leafing on to each."""
    college.press(who, "修改")
    for label in labels:
        while label not in college.last(who).labels:
            college.press(who, "更多")
        college.press(who, label)


def test_coded_fields_are_changed_by_buttons(college: Conversation) -> None:
    college.say("党委书记", WHOLE)
    change(college, "党委书记", "类型", "作风建设")
    change(college, "党委书记", "责任制", "主体责任")
    change(college, "党委书记", "整改类型", "立行立改")
    change(college, "党委书记", "保密", "保密")
    shown = college.last("党委书记").text
    for line in ("类型：作风建设", "责任制：主体责任", "整改类型：立行立改", "保密：是，内容只在私聊中显示"):
        assert line in shown


def test_a_field_may_stay_as_it_is_or_be_emptied(college: Conversation) -> None:
    college.say("党委书记", WHOLE)
    change(college, "党委书记", "牵头部门", "不变")
    assert "牵头部门：国际处" in college.last("党委书记").text
    change(college, "党委书记", "配合部门", "清空")
    assert "配合部门" not in college.last("党委书记").text


def test_the_short_title_follows_the_title_until_it_is_given(college: Conversation) -> None:
    college.say("党委书记", "点题 完善因公出国（境）管理内部控制制度 @副书记 目标 闭环 年底前")
    assert "短题：完善因公出国（境）管理" in college.last("党委书记").text
    change(college, "党委书记", "短题")
    assert "12字以内" in college.say("党委书记", "完善因公出国管理内部控制制度").text
    assert "短题：因公出国内控" in college.say("党委书记", "因公出国内控").text


def test_a_press_on_an_older_preview_changes_nothing(college: Conversation) -> None:
    old = college.say("党委书记", WHOLE)
    college.say("党委书记", "时限 12月15日")
    assert "已为您更新" in college.press("党委书记", "发布", old)
    assert college.ask(topics.find) == []
    assert "12月15日（周二）" in college.last("党委书记").text


def test_the_discipline_committee_as_an_executing_unit_is_pointed_out(college: Conversation) -> None:
    assert "三转" in college.say("党委书记", f"{WHOLE} 配合 纪委办公室").text


def test_a_confidential_topic_is_not_set_where_others_read_along(college: Conversation) -> None:
    shown = college.say("党委书记", f"/{WHOLE} 保密", group=True)
    assert "只能在私聊中点题" in shown.text
    assert "闭环" not in shown.text
    assert college.say("党委书记", f"{WHOLE} 保密").card.vanish == college.policy.vanish


def test_a_goal_may_stand_close_to_its_word(college: Conversation) -> None:
    shown = college.say("党委书记", "点题 完善因公出国内控制度 @外事副院长 目标形成闭环 11月30日前")
    assert "题目：完善因公出国内控制度" in shown.text
    assert "整改目标：形成闭环" in shown.text
    shown = college.say("党委书记", "点题 目标责任制 落实不到位 @外事副院长 目标 层层落实 11月30日前")
    assert "题目：目标责任制 落实不到位" in shown.text
