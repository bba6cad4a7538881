"""点题 in one message: a chief writes it, sees everything spelt out, and one tap issues it."""

from tests.handlers.conversation import Conversation

WHOLE = (
    "点题 完善因公出国内控制度 @外事副院长 目标 形成闭环管理 牵头 国际处 配合 财务处 11月30日前"
)


def test_one_message_and_one_tap_issue_a_topic(college: Conversation) -> None:
    shown = college.say("党委书记", WHOLE)
    assert shown.text.splitlines() == [
        "【点题预览】请核对",
        "问题：完善因公出国内控制度",
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
    assert college.press("党委书记", "发布") == "已发布"
    issued = college.last("党委书记")
    assert issued.card.title == "【已点题】2026-001"
    assert "撤题" in issued.labels
    assert "2026-001" in college.pushed("外事副院长")[-1].text
