"""我的: what waits for me, the most urgent first, whoever I am; and what happened to each of it."""

from datetime import UTC, datetime, timedelta

from services import claiming, extending, measuring, pressing, standing_in, verifying
from services.measuring import Step
from tests.handlers.conversation import Conversation
from workflow.topic import Topic

OWNER, UNIT, DISCIPLINE, CHIEF = "外事副院长", "国际处处长", "纪委书记", "党委书记"
JUNE = datetime(2026, 6, 20, 15, 59, 59, tzinfo=UTC)


def claimed(college: Conversation, **more: object) -> Topic:
    topic = college.issued(**more)
    return college.do(OWNER, lambda work: claiming.claim(work, topic.id))


def test_an_empty_list_says_what_to_do(college: Conversation) -> None:
    answer = college.say(OWNER, "我的")
    assert answer.text == (
        "【我的事项】\n目前没有等您办理的事项。查议题请发“台账”或“查找 关键词”，其他请发“帮助”。"
    )


def test_a_leader_sees_what_to_claim_before_what_is_in_hand(college: Conversation) -> None:
    claimed(college)
    claimed(college, short_title="更急的题", deadline=JUNE - timedelta(days=30))
    college.issued(short_title="待领的题")

    shown = college.say(OWNER, "我的")

    assert shown.text.splitlines() == [
        "【我的事项】",
        "〔待您领题〕",
        "1. 2026-003《待领的题》 3月4日",
        "〔您负责的议题〕",
        "2. 2026-002《更急的题》 5月21日",
        "3. 2026-001《因公出国内控》 6月30日",
    ]
    assert shown.labels == ["1", "2", "3"]
    college.press(OWNER, "2", shown)
    assert "更急的题" in college.last(OWNER).text or "2026-002" in college.last(OWNER).text


def test_five_to_a_page(college: Conversation) -> None:
    for no in range(1, 8):
        college.issued(short_title=f"第{no}题")
    first = college.say(OWNER, "待办")
    assert first.labels == ["1", "2", "3", "4", "5", "更多"]
    assert first.text.splitlines()[-1] == "第1页，共2页7项"

    college.press(OWNER, "更多", first)

    second = college.last(OWNER)
    assert second.message_id == first.message_id
    assert second.labels == ["6", "7", "更多"]
    college.press(OWNER, "更多", second)
    assert college.last(OWNER).labels == first.labels


def test_each_seat_has_its_own_list(college: Conversation) -> None:
    topic = claimed(college)
    steps = [Step(text, (college.unit("国际处"),), JUNE) for text in ("修订办法", "核对台账")]
    first, _ = college.do(OWNER, lambda work: measuring.decompose(work, topic.id, steps))
    assert "〔待部门接收〕\n1. 2026-001《因公出国内控》措施1 6月20日" in college.say(UNIT, "我的").text

    college.do(UNIT, lambda work: measuring.receive(work, first.id))
    mine = college.say(UNIT, "我的").text
    assert "〔待部门接收〕\n1. 2026-001《因公出国内控》措施2" in mine
    assert "〔部门落实的措施〕\n2. 2026-001《因公出国内控》措施1" in mine

    college.do(UNIT, lambda work: measuring.report_done(work, first.id))
    assert "〔待您确认办结〕\n1. 2026-001《因公出国内控》措施1" in college.say(OWNER, "我的").text

    college.do(OWNER, lambda work: extending.ask(work, topic.id, JUNE + timedelta(days=40), "等待招标"))
    college.do(CHIEF, lambda work: pressing.inquire(work, topic.id, "进展如何"))
    asked = college.say(CHIEF, "我的")
    assert "〔待您批复〕\n1. 2026-001《因公出国内控》" in asked.text
    college.press(CHIEF, "1", asked)
    assert "同意延期" in college.last(CHIEF).labels
    assert "〔待您答复〕" in college.say(OWNER, "我的").text, "an inquiry wants its answer"

    college.do(OWNER, lambda work: verifying.submit(work, topic.id, "余项转常态"))
    assert "〔待您核验〕\n1. 2026-001《因公出国内控》" in college.say(DISCIPLINE, "我的").text
    assert "〔可提初核意见〕" in college.say("党委委员", "我的").text


def test_a_deputy_sees_the_list_of_whoever_is_away(college: Conversation) -> None:
    college.issued()
    assert "待您领题" not in college.say("副书记", "我的").text
    until = college.clock.now() + timedelta(days=3)
    principal, deputy = college.id(OWNER), college.id("副书记")
    college.do(
        "党办主任", lambda work: standing_in.delegate(work, principal, deputy, college.clock.now(), until)
    )
    assert "〔待您领题〕\n1. 2026-001" in college.say("副书记", "我的").text


def test_lateness_is_a_number_of_workdays(college: Conversation) -> None:
    claimed(college)
    college.clock.advance(datetime(2026, 7, 3, 2, tzinfo=UTC) - college.clock.now())
    assert "2026-001《因公出国内控》 6月30日（已逾期3个工作日）" in college.say(OWNER, "我的").text


def test_a_group_hears_nothing_of_it(college: Conversation) -> None:
    college.issued()
    assert college.say(OWNER, "/mine", group=True).text == "请在与机器人的私聊中查询。"


def test_start_counts_what_waits(college: Conversation) -> None:
    college.issued()
    answer = college.say(OWNER, "/start")
    assert "现有1项等您办理" in answer.text
    college.press(OWNER, "我的", answer)
    assert "〔待您领题〕" in college.last(OWNER).text


def test_the_history_names_both_and_opens_words_and_files(college: Conversation) -> None:
    topic = claimed(college)
    college.say(UNIT, "已完成修订稿，征求了各部门意见。", college.last(UNIT), ["办法.pdf"])
    college.press(UNIT, "撤回")
    college.clock.advance(timedelta(hours=1))
    college.say(UNIT, "报进展 1 修订稿已送审")

    card = college.say(CHIEF, "议题 1")
    assert "经过" in card.labels or "更多" in card.labels
    while "经过" not in college.last(CHIEF).labels:
        college.press(CHIEF, "更多", college.last(CHIEF))
    college.press(CHIEF, "经过", college.last(CHIEF))

    history = college.last(CHIEF)
    lines = history.text.splitlines()
    assert lines[0] == "2026-001《因公出国内控》经过"
    assert lines[1] == "1. 3月2日 09:30 国际处处长 报进展　修订稿已送审"
    assert any("附件1个" in line and "（已撤回）" in line for line in lines)
    assert any("党委书记 发布" in line for line in lines)
    assert any("外事副院长 领题" in line for line in lines)

    taken_back = next(str(no) for no, line in enumerate(lines) if "附件1个" in line)
    college.press(CHIEF, taken_back, history)
    opened = college.last(CHIEF)
    assert "已完成修订稿，征求了各部门意见。" in opened.text
    assert [file.name for file in opened.card.files] == ["办法.pdf"]
    assert topic.title not in opened.card.lines


def test_a_number_that_names_nothing(college: Conversation) -> None:
    assert "没有编号为2026-099的议题" in college.say(OWNER, "议题 99").text
    assert "不是议题编号" in college.say(OWNER, "议题 采购").text
    college.say(OWNER, "议题")
    assert college.last(OWNER).text == "请发送议题编号，如 17 或 2026-017。"
    assert "没有编号为2026-098的议题" in college.say(OWNER, "98").text
    college.issued()
    assert college.say(OWNER, "1").card.title == "2026-001《因公出国管理内控制度不完善》"


def test_a_topic_that_is_not_mine_does_not_exist_for_me(college: Conversation) -> None:
    college.issued()
    assert "您无权查看" in college.say("后勤副院长", "议题 1").text
