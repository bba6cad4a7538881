"""Fault 13, seen by a person: a card came twice, and the copy nobody has on record is replied to."""

from dataclasses import replace

from storage import reports
from tests.handlers.conversation import Conversation

OWNER = "外事副院长"


def test_f13_a_reply_to_a_card_whose_arrival_is_not_on_record_is_a_report(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    copy = replace(college.last(OWNER), message_id="copy")

    college.say(OWNER, "已完成制度修订", reply_to=copy)

    said = college.ask(lambda tx: reports.of_topic(tx, topic.id))
    assert [report.text for report in said] == ["已完成制度修订"]


def test_f13_the_buttons_of_a_card_of_another_chat_prove_nothing(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    foreign = replace(college.last(OWNER), message_id="copy")

    college.say("党委委员", "已完成制度修订", reply_to=foreign)

    assert college.ask(lambda tx: reports.of_topic(tx, topic.id)) == []


def test_f13_a_card_forgotten_long_ago_is_no_card(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")

    college.say(OWNER, "已完成制度修订", reply_to=replace(college.last(OWNER), message_id="copy", key="gone"))

    assert college.ask(lambda tx: reports.of_topic(tx, topic.id)) == []
