"""Fault 30: the program is upgraded while questions are open and old cards are about."""

from dataclasses import replace

from handlers.cards import Button, Card, dump
from storage import cards, dialogues
from storage.dialogues import Dialogue
from storage.store import Tx
from tests.handlers.conversation import Conversation, Shown

OWNER = "外事副院长"


def leave_open(college: Conversation, name: str, version: int) -> None:
    """A question as an older program left it."""
    person = college.id(OWNER)
    draft = {"what": "no longer understood"}
    old = Dialogue(person, f"c{person}", "", name, "step", version, draft, college.clock.now())
    college.store.run_now(lambda tx: dialogues.put(tx, old))


def redrawn(college: Conversation, shown: Shown, button: Button) -> None:
    """An old card's button, as an older program drew it."""

    def turn(tx: Tx) -> None:
        posted = cards.by_key(tx, shown.key)
        assert posted is not None
        cards.put(tx, replace(posted, body=dump(Card(buttons=((button,),)))))

    college.store.run_now(turn)


def test_f30_an_answer_to_a_question_of_the_older_program_is_told_so_and_not_lost(
    college: Conversation,
) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    for name, version in (("submit", 0), ("no_longer_known", 1)):
        leave_open(college, name, version)
        college.say(OWNER, "已完成制度修订")

        assert any("系统已升级" in shown.text for shown in college.cards(OWNER))
        asked = college.last(OWNER)
        assert "请重新开始" not in asked.text
        assert topic.number.partition("-")[2] in asked.labels
        college.say(OWNER, "取消")


def test_f30_a_command_is_heard_all_the_same(college: Conversation) -> None:
    college.issued()
    leave_open(college, "submit", 0)
    assert "领题" in college.say(OWNER, "领题 001").text


def test_f30_a_button_nobody_knows_any_more_shows_the_fresh_card(college: Conversation) -> None:
    topic = college.issued()
    for button in (
        Button("领题", "topic.no_longer", (topic.id,)),
        Button("领题", "topic.claim", ("too", "many")),
    ):
        shown = college.last(OWNER)
        redrawn(college, shown, button)
        college.press(OWNER, "领题", shown)

        fresh = college.last(OWNER)
        assert fresh.card.about is not None
        assert "领题" in fresh.labels
        assert fresh.key != shown.key
    assert college.press(OWNER, "领题") == "已领题"
