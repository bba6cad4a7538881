"""Fault 41: a report is edited after it was read. There is a new version, and the original stays."""

from sqlalchemy import select

from storage import journal, reports
from storage.store import Tx
from storage.tables_work import reports as table
from tests.handlers.conversation import Conversation
from workflow.topic import TopicId

OWNER, OTHER = "外事副院长", "副书记"


def versions(college: Conversation) -> list[tuple[str, int | None]]:
    def query(tx: Tx) -> list[tuple[str, int | None]]:
        found = (
            select(table.c.text, table.c.supersedes_id).where(table.c.event == "report").order_by(table.c.id)
        )
        return [(text, before) for text, before in tx.execute(found)]

    return college.ask(query)


def test_f41_an_edit_is_a_new_version_beside_the_original(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    college.say(OWNER, "完成80%", college.last(OWNER))
    college.correct(OWNER, "完成30%")

    (first, nothing), (second, before) = versions(college)
    assert (first, second, nothing) == ("完成80%", "完成30%", None)
    [original, later] = college.ask(
        lambda tx: [r for r in reports.of_topic(tx, TopicId(topic.id)) if r.event == "report"]
    )
    assert (original.id, original.text) == (before, "完成80%")
    assert later.recorded_at >= original.recorded_at
    [noted] = college.ask(lambda tx: journal.of_event(tx.connection, "correct"))
    assert journal.facts_of(noted) == {"report": later.id, "supersedes": original.id}


def test_f41_the_timeline_says_that_it_was_corrected_and_the_old_words_can_still_be_read(
    college: Conversation,
) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    college.say(OWNER, "原来的说法", college.last(OWNER))
    college.correct(OWNER, "后来的说法")
    college.say("纪委书记", f"/topic {topic.number}")
    while "经过" not in college.last("纪委书记").labels:
        college.press("纪委书记", "更多")
    college.press("纪委书记", "经过")

    assert "后来的说法" in college.last("纪委书记").text
    assert "已修改" in college.last("纪委书记").text
    assert [text for text, _ in versions(college)] == ["原来的说法", "后来的说法"]


def test_f41_a_decision_cannot_be_edited_into_another(college: Conversation) -> None:
    college.issued()
    college.say(OWNER, "提请调整 001")
    college.say(OWNER, "不是我分管的工作")
    answer = college.correct(OWNER, "没有意见")

    assert "没有意见" not in str(versions(college))
    assert answer.text
    [declined] = college.ask(lambda tx: journal.of_event(tx.connection, "decline"))
    assert journal.facts_of(declined)["request"]


def test_f41_what_is_closed_is_not_edited(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    college.say(OWNER, "全部完成", college.last(OWNER))
    college.say(OWNER, f"申请销号 {topic.number} 已完成")
    college.say("纪委书记", f"核验 {topic.number}")
    college.press("纪委书记", "销号")
    college.correct(OWNER, "其实没有完成")

    assert [text for text, _ in versions(college)] == ["全部完成"]
