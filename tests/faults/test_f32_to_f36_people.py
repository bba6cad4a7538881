"""Faults 32 to 36: several hands on one card; stale, foreign, forged, forwarded buttons; seats that move."""

import pytest

from handlers.incoming import Chat, Incoming, Kind, Press
from handlers.router import take
from services import directory, leaving
from services.directory_seats import change_seat
from storage import journal, outbox_asked, topics
from storage.store import Tx
from tests.handlers.conversation import Conversation, Shown
from workflow.errors import WorkflowError
from workflow.roles import Role
from workflow.topic import Topic, TopicState

OWNER, OTHER, OFFICE, ISSUER = "外事副院长", "副书记", "党办主任", "党委书记"


def noted(college: Conversation, event: str) -> int:
    return len(college.ask(lambda tx: journal.of_event(tx.connection, event)))


def topic_of(college: Conversation, topic: Topic) -> Topic:
    return college.ask(lambda tx: topics.get(tx, topic.id))


def press_raw(college: Conversation, sender: int, token: str, chat: str = "") -> str:
    """A press as it comes over the wire, whatever its token, wherever from and whoever's account."""
    now = college.clock.now()
    where = Chat(chat or f"c{sender}", private=True)
    event = Incoming(
        "telegram", token, Kind.PRESS, f"u{sender}", where, now, now, message_id="m", press=Press("p", token)
    )
    toast = college.store.run_now(lambda tx: take(tx, college.policy, event)).toast
    college.deliver()
    return toast


def test_f32_of_two_who_claim_at_once_one_wins_and_the_other_is_told_who(college: Conversation) -> None:
    both = (college.id(OWNER), college.id(OTHER))
    topic = college.issued(owner_id=None, eligible=both)

    assert college.press(OWNER, "领题") == "已领题"
    assert f"已由{OWNER}领题" in college.press(OTHER, "领题")
    college.deliver()
    assert topic_of(college, topic).owner_id == college.id(OWNER)
    assert noted(college, "claim") == 1


def test_f32_what_both_read_before_only_one_may_write(college: Conversation) -> None:
    """The version that was read is the version that is changed; whoever comes second starts again."""
    topic = college.issued()

    def two(tx: Tx) -> None:
        before = topics.get(tx, topic.id)
        topics.save(tx, before, {"percent": 10})
        topics.save(tx, before, {"percent": 20})

    with pytest.raises(WorkflowError, match="stale"):
        college.store.run_now(two)
    assert topic_of(college, topic).percent is None


def test_f33_a_double_press_has_one_effect_and_both_are_answered(college: Conversation) -> None:
    college.issued()
    shown = college.pushed(OWNER)[-1]

    first, second = college.press(OWNER, "领题", shown), college.press(OWNER, "领题", shown)
    assert first == "已领题"
    assert second
    assert noted(college, "claim") == 1


def test_f34_a_stale_button_shows_the_card_as_it_is_and_is_noted(college: Conversation) -> None:
    topic = college.issued()
    old = college.pushed(OWNER)[-1]
    college.do(OFFICE, lambda work: change_seat(work, topic.id, college.id(OTHER)))

    college.press(OWNER, "领题", old)
    assert topic_of(college, topic).state is TopicState.ISSUED
    assert noted(college, "stale_button") == 1
    assert noted(college, "claim") == 0


@pytest.mark.parametrize(
    "token", ["", "x", ":0", "nobody:0", "{key}:99", "{key}:-1", "{key}:0:0", "' OR 1=1;--:0", "{key}:0\n"]
)
def test_f34_a_forged_button_is_nobodys_and_is_noted(college: Conversation, token: str) -> None:
    college.issued()
    key = college.pushed(OWNER)[-1].key
    said = press_raw(college, college.id(OWNER), token.replace("{key}", key))

    assert "按钮" in said
    assert noted(college, "unknown_button") == 1
    assert noted(college, "claim") == 0


def test_f34_somebody_elses_button_is_refused_and_noted(college: Conversation) -> None:
    college.issued()
    shown = college.pushed(OWNER)[-1]
    token = f"{shown.key}:{shown.labels.index('领题')}"

    assert press_raw(college, college.id(OTHER), token, chat=f"c{college.id(OWNER)}")
    assert noted(college, "foreign_button") == 1
    assert press_raw(college, college.id(OTHER), token)
    assert noted(college, "unknown_button") == 1
    assert noted(college, "claim") == 0


def test_f35_a_card_in_front_of_many_counts_the_pressers_own_rights(college: Conversation) -> None:
    topic = college.issued()
    shown: Shown = college.say(OWNER, f"/topic {topic.number}", group=True)

    assert "由" in college.press(OTHER, "领题", shown, group=True)
    assert topic_of(college, topic).owner_id == college.id(OWNER)
    assert topic_of(college, topic).state is TopicState.ISSUED
    assert (
        college.press(OWNER, "领题", college.say(OWNER, f"/topic {topic.number}", group=True), group=True)
        == "已领题"
    )


def test_f36_a_role_taken_in_mid_flow_counts_when_it_is_done(college: Conversation) -> None:
    college.say(OFFICE, "批量催办")
    topic = college.issued()
    college.say(OFFICE, f"代录 {topic.number}")
    college.do("系统管理员", lambda work: directory.revoke(work, college.id(OFFICE), Role.OFFICE))
    reports = noted(college, "report")

    refusal = college.say(OFFICE, "国际处联络员 电话 已完成清理").text
    assert "只有联席会议办公室可以代录" in refusal
    assert noted(college, "report") == reports


def test_f36_whoever_left_is_a_stranger_and_the_open_items_have_both_names(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    card = college.last(OWNER)
    heir, gone = college.id(OTHER), college.id(OWNER)
    college.do(OFFICE, lambda work: leaving.leave(work, gone, heir))

    assert "登记" in press_raw(college, gone, f"{card.key}:0")
    assert topic_of(college, topic).owner_id == heir
    [handed] = college.ask(lambda tx: journal.of_event(tx.connection, "handed_over"))
    assert {journal.facts_of(handed)[name] for name in ("before", "after")} == {gone, heir}
    waiting = college.ask(outbox_asked.counts)
    assert waiting.get("dead", 0) == 0
