"""分解: one message breaks a topic down; units receive and report done; the owner agrees, or not."""

import pytest

from services import claiming, verifying
from storage import measures, topics
from tests.handlers.conversation import Conversation
from workflow.measure import Measure
from workflow.topic import Topic, TopicState

OWNER, HEAD, LIAISON, FINANCE = "外事副院长", "国际处处长", "国际处联络员", "财务处处长"
LINES = """1. 修订办法 牵头 国际处 配合 财务处 6月10日前 成果 制度文本
2. 财务处牵头核对台账，5月底前
（3）开展培训"""


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """017 of the stories: claimed, due at the end of June."""
    made = college.issued()
    return college.do(OWNER, lambda work: claiming.claim(work, made.id))


def made(college: Conversation, topic: Topic) -> list[Measure]:
    return college.ask(lambda tx: measures.of_topic(tx, topic.id))


def broken_down(college: Conversation, lines: str = LINES) -> None:
    college.say(OWNER, f"分解 001\n{lines}")
    college.press(OWNER, "下达")


def test_one_message_and_one_press_break_a_topic_down(college: Conversation, topic: Topic) -> None:
    shown = college.say(OWNER, f"分解 001\n{LINES}")
    assert "拟分解3项措施" in shown.text
    assert "牵头：国际处；配合：财务处；时限：2026年6月10日（周三）；成果：制度文本" in shown.text
    assert "牵头：财务处；时限：2026年5月31日（周日）" in shown.text
    assert "3. 开展培训\n牵头：国际处；时限：2026年6月30日（周二）" in shown.text
    assert made(college, topic) == []
    assert college.press(OWNER, "下达") == "已下达3项措施"
    assert [m.text for m in made(college, topic)] == ["修订办法", "核对台账", "开展培训"]
    assert made(college, topic)[0].deliverable == "制度文本"
    assert "【分解措施】2026-001已下达3项措施" in college.last(OWNER).text


def test_a_press_and_a_message_do_the_same(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "议题 001")
    college.press(OWNER, "分解措施")
    assert "请每行写一项措施" in college.last(OWNER).text
    college.say(OWNER, "修订办法 牵头：国际处 6月10日前")
    college.press(OWNER, "下达")
    assert len(made(college, topic)) == 1


@pytest.mark.parametrize(
    ("line", "lead", "assist", "text"),
    [
        ("国际处、财务处牵头修订办法", ["国际处", "财务处"], [], "修订办法"),
        ("由国际处牵头，财务处配合，修订办法", ["国际处"], ["财务处"], "修订办法"),
        ("修订办法 牵头国际 配合财务处、审计处", ["国际处"], ["财务处", "审计处"], "修订办法"),
        ("修订办法 财务处", ["财务处"], [], "修订办法"),
        ("牵头 财务处 修订办法", ["财务处"], [], "修订办法"),
        ("各部门配合修订办法", ["国际处"], [], "各部门配合修订办法"),
        ("revise the rules lead: 财务处 assist: 国际处", ["财务处"], ["国际处"], "revise the rules"),
    ],
)
def test_a_line_is_read_as_people_write(
    college: Conversation, topic: Topic, line: str, lead: list[str], assist: list[str], text: str
) -> None:
    broken_down(college, line)
    (measure,) = made(college, topic)
    assert measure.text == text
    assert list(measure.lead_units) == [college.unit(name) for name in lead]
    assert list(measure.assist_units) == [college.unit(name) for name in assist]


def test_nothing_is_assigned_while_a_line_is_wrong(college: Conversation, topic: Topic) -> None:
    shown = college.say(
        OWNER,
        "分解 001\n修订办法 牵头 外事处\n核对台账 1月3日前\n培训 7月10日前\n抽查 2月30日前\n牵头 国际处",
    )
    assert "没有找到“外事处”这个部门" in shown.text
    assert "※ 2026年7月10日（周五）晚于议题时限2026年6月30日（周二）" in shown.text
    assert "没有“2月30日前”这一天" in shown.text
    assert "没有写措施内容" in shown.text
    assert "下达" not in shown.labels
    mended = college.say(OWNER, "修订办法 牵头 国际处")
    assert "下达" in mended.labels


def test_a_name_that_fits_several_units_is_questioned(college: Conversation, topic: Topic) -> None:
    shown = college.say(OWNER, "分解 001 修订办法 配合 务处")
    assert "财务处" in shown.text
    shown = college.say(OWNER, "修订办法 牵头 处")
    assert "“处”可能是国际处、财务处、后勤处、审计处，请写全称" in shown.text


def test_a_date_that_has_passed_is_questioned(college: Conversation, topic: Topic) -> None:
    shown = college.say(OWNER, "分解 001 核对台账 2026年1月3日前")
    assert "2026年1月3日（周六）已经过去" in shown.text
    assert "下达" not in shown.labels


def test_a_measure_for_the_discipline_office_is_warned_of(college: Conversation, topic: Topic) -> None:
    shown = college.say(OWNER, "分解 001 抽查台账 牵头 纪委办公室 5月底前")
    assert "三转" in shown.text
    assert "下达" in shown.labels


def test_only_what_is_missing_is_asked(college: Conversation) -> None:
    both = (college.unit("国际处"), college.unit("财务处"))
    topic = college.issued(lead_units=both, kind="standing", cycle="monthly", deadline=None)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    college.say(OWNER, "分解 001 月度抽查")
    assert "哪个部门牵头" in college.last(OWNER).text
    assert "没有找到“外事处”" in college.say(OWNER, "外事处").text
    college.press(OWNER, "财务处")
    assert "什么时候完成" in college.last(OWNER).text
    assert "已经过去" in college.say(OWNER, "2026年1月1日").text
    assert "时限：2026年6月1日（周一）" in college.say(OWNER, "6月1日前").text
    college.press(OWNER, "下达")
    assert [m.lead_units for m in made(college, topic)] == [(college.unit("财务处"),)]


def test_an_older_preview_agrees_to_nothing(college: Conversation, topic: Topic) -> None:
    first = college.say(OWNER, "分解 001 修订办法")
    college.say(OWNER, "核对台账")
    assert "已失效" in college.press(OWNER, "下达", first)
    college.press(OWNER, "下达")
    assert [m.text for m in made(college, topic)] == ["核对台账"]


def test_too_much_at_once_is_refused_plainly(college: Conversation, topic: Topic) -> None:
    assert "一次最多20项，这里有21项" in college.say(OWNER, "分解 001\n" + "培训\n" * 21).text
    assert "控制在2000字以内" in college.say(OWNER, "分解 001 " + "长" * 2001).text


def test_only_the_owner_breaks_down(college: Conversation, topic: Topic) -> None:
    assert "由领题人、共同领题人办理" in college.say(HEAD, "分解 001 培训").text
    assert made(college, topic) == []


def test_a_unit_receives_by_one_press_and_says_it_is_done(college: Conversation, topic: Topic) -> None:
    broken_down(college, "修订办法")
    assert college.press(HEAD, "收到") == "已接收"
    assert "落实中" in college.last(HEAD).text
    college.press(HEAD, "报办结")
    assert "直接办结" in college.last(HEAD).labels
    done = college.say(HEAD, "办法已印发", files=["办法.pdf"])
    assert "【已报办结】待领题人确认\n2026-001 措施1" in done.text
    college.say(OWNER, "措施 001-1")
    assert college.press(OWNER, "确认办结") == "已确认办结"
    assert made(college, topic)[0].confirmed_at is not None


def test_commands_find_the_only_measure_that_can_be_meant(college: Conversation, topic: Topic) -> None:
    broken_down(college, "修订办法")
    assert "【已接收】" in college.say(LIAISON, "收到").text
    assert "【已报办结】" in college.say(LIAISON, "办结 001 已印发").text
    assert "没有您现在可以“报办结”的措施" in college.say(LIAISON, "办结").text


def test_with_several_measures_a_command_asks_which(college: Conversation, topic: Topic) -> None:
    broken_down(college, "修订办法\n培训")
    shown = college.say(HEAD, "收到")
    assert shown.labels == ["001-1", "001-2"]
    college.press(HEAD, "001-2")
    assert [m.received_at is not None for m in made(college, topic)] == [False, True]


def test_the_owner_returns_with_a_reason(college: Conversation, topic: Topic) -> None:
    broken_down(college, "修订办法")
    college.say(HEAD, "办结 001-1 已印发")
    college.say(OWNER, "措施 001-1")
    college.press(OWNER, "退回")
    assert "请写明理由" in college.say(OWNER, "").text
    assert "【已退回】" in college.say(OWNER, "缺签发页").text
    assert any("退回" in shown.text for shown in college.pushed(HEAD))


def test_a_measure_is_withdrawn_after_a_second_look(college: Conversation, topic: Topic) -> None:
    broken_down(college, "修订办法\n培训")
    college.say(OWNER, "措施 001")
    college.press(OWNER, "措施2")
    college.press(OWNER, "撤销")
    assert "确认撤销2026-001 措施2" in college.last(OWNER).text
    college.press(OWNER, "返回")
    college.press(OWNER, "撤销")
    assert college.press(OWNER, "撤销") == "已撤销"
    assert "措施1项" in college.say(OWNER, "措施 001").text


def test_a_press_after_the_topic_was_handed_in_shows_how_it_stands(
    college: Conversation, topic: Topic
) -> None:
    broken_down(college, "修订办法")
    college.say(OWNER, "申请销号 001 其余并入下一题")
    assert "不能再“接收”" in college.press(HEAD, "收到")
    assert college.ask(lambda tx: topics.get(tx, topic.id)).state is TopicState.SUBMITTED


def test_a_question_that_can_no_longer_be_answered_lets_go(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "分解 001")
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))
    assert "当前状态（待核验）不能“分解措施”" in college.say(OWNER, "修订办法").text
    assert "已记录" in college.say(OWNER, "修订办法", reply_to=college.say(OWNER, "议题 001")).text
    assert "没有进行中的步骤" in college.say(OWNER, "取消").text


def test_a_list_is_paged(college: Conversation, topic: Topic) -> None:
    broken_down(college, "\n".join(f"任务{no}" for no in range(6)))
    shown = college.say(OWNER, "措施 001")
    assert shown.labels == ["措施1", "措施2", "措施3", "措施4", "更多", "看议题"]
    college.press(OWNER, "更多")
    assert college.last(OWNER).labels == ["措施5", "措施6", "更多", "看议题"]


def test_a_dialogue_waits_for_days(college: Conversation, topic: Topic) -> None:
    college.say(OWNER, "分解 001 修订办法 6月10日前")
    college.pass_(days=3)
    college.press(OWNER, "下达")
    assert len(made(college, topic)) == 1


def test_a_confidential_topic_is_broken_down_in_private_only(college: Conversation) -> None:
    topic = college.issued(confidential=True)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    assert "私聊" in college.say(OWNER, "分解 001 修订办法", group=True).text
    shown = college.say(OWNER, "分解 001 修订办法")
    assert shown.card.vanish is not None
    assert "因公出国" not in shown.text
