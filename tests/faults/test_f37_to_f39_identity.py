"""Faults 37 to 39: nobody in particular, one's own judge, and whoever found an invitation."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.messengers.telegram_incoming import Account, parse
from handlers.router import take
from handlers.turn import Outcome
from services import inviting, verifying
from storage import accounts, journal, people, topics
from storage.store import Tx
from storage.tables import METADATA
from tests.bot.telegram_updates import ANONYMOUS, GROUP, LI, RECEIVED_AT, SERVICE, pressed, said, update
from tests.handlers.conversation import Conversation
from workflow.errors import WorkflowError
from workflow.topic import TopicState

OWNER, OFFICE, VERIFIER = "外事副院长", "党办主任", "纪委书记"
NOBODY: list[dict[str, Any]] = [
    update("message", said(GROUP, text="/claim 001", **{"from": ANONYMOUS, "sender_chat": GROUP})),
    update(
        "message",
        said(GROUP, text="/claim 001", **{"from": LI, "sender_chat": {"id": -5, "type": "channel"}}),
    ),
    update("message", said(text="/claim 001", **{"from": {**LI, "is_bot": True}})),
    update("message", said(text="/claim 001", **{"from": SERVICE})),
    update("message", said(GROUP, text="/claim 001", is_automatic_forward=True)),
    update("edited_message", said(GROUP, text="/claim 001", edit_date=1772409700, **{"from": ANONYMOUS})),
    update("callback_query", pressed(**{"from": {**LI, "is_bot": True}})),
]


@pytest.mark.parametrize("raw", NOBODY, ids=range(len(NOBODY)))
def test_f37_who_has_no_identity_does_nothing(college: Conversation, raw: dict[str, Any]) -> None:
    """Even if the account behind it were somebody's."""
    topic = college.issued()
    sender = f"{LI['id']}"

    def enrolled(tx: Tx) -> None:
        row = {"messenger": "telegram", "sender": sender, "chat": sender, "person_id": college.id(OWNER)}
        accounts.bind(tx, {**row, "state": "active"})

    college.store.run_now(enrolled)
    incoming = parse(raw, RECEIVED_AT, Account())
    assert incoming is None or incoming.sender is None
    if incoming is not None:
        assert college.store.run_now(lambda tx: take(tx, college.policy, incoming)) == Outcome()
    assert college.ask(lambda tx: topics.get(tx, topic.id)).state is TopicState.ISSUED


def test_f38_nobody_verifies_their_own(college: Conversation) -> None:
    """The discipline secretary's own topic goes to the chief; standing in for the owner bars as well."""
    topic = college.issued(VERIFIER)
    college.press(VERIFIER, "领题")
    college.do(VERIFIER, lambda work: verifying.submit(work, topic.id))

    college.say(VERIFIER, f"/verify {topic.number}")
    with pytest.raises(WorkflowError):
        college.do(VERIFIER, lambda work: verifying.close(work, topic.id))
    assert college.ask(lambda tx: topics.get(tx, topic.id)).state is TopicState.SUBMITTED
    assert college.do("院长", lambda work: verifying.close(work, topic.id)).state is TopicState.CLOSED


def test_f38_nor_does_whoever_stands_in_for_the_owner(college: Conversation) -> None:
    topic = college.issued()
    college.press(OWNER, "领题")
    college.say(OWNER, f"委托 {VERIFIER} 3月2日 至 3月20日")
    college.press(OWNER, "确认")
    college.do(OWNER, lambda work: verifying.submit(work, topic.id))

    with pytest.raises(WorkflowError, match="own_work"):
        college.do(VERIFIER, lambda work: verifying.close(work, topic.id))


def code_for(college: Conversation, who: str) -> str:
    return college.do(OFFICE, lambda work: inviting.invite(work, college.id(who)))


def test_f39_a_leaked_invitation_opens_nothing_without_the_offices_word(college: Conversation) -> None:
    code = code_for(college, OWNER)
    assert "待办公室确认" in college.knock("thief", code).text
    assert college.ask(lambda tx: people.account(tx, "telegram", "thief")).state == "pending"  # type: ignore[union-attr]
    assert "待办公室确认" in college.knock("thief", "/topic 001").text

    waiting = college.ask(lambda tx: people.account(tx, "telegram", "thief"))
    assert waiting is not None
    college.do(OFFICE, lambda work: inviting.refuse_account(work, waiting.id))
    college.knock("thief", code)
    assert college.ask(lambda tx: people.account(tx, "telegram", "thief")).state == "revoked"  # type: ignore[union-attr]


def test_f39_it_is_used_once_and_lapses(college: Conversation) -> None:
    code = code_for(college, OWNER)
    college.knock("first", code)
    assert "用过" in college.knock("second", code).text
    late = code_for(college, OWNER)
    college.clock.advance(college.policy.invitation + timedelta(seconds=1))
    assert college.ask(lambda tx: people.account(tx, "telegram", "third")) is None
    college.knock("third", late)
    assert college.ask(lambda tx: people.account(tx, "telegram", "third")) is None


def test_f39_guessing_is_counted_and_the_code_lies_nowhere(college: Conversation) -> None:
    code = code_for(college, OWNER)
    for no in range(college.policy.guesses_per_hour):
        college.knock("guesser", f"AAAA-BBBB-CCCC-DDD{no + 2}")
    college.knock("guesser", code)
    assert college.ask(lambda tx: people.account(tx, "telegram", "guesser")) is None

    def everything(tx: Tx) -> str:
        return "".join(str(tx.execute(select(table)).all()) for table in METADATA.sorted_tables)

    assert inviting.plain(code) not in college.ask(everything).replace("-", "")
    assert college.ask(lambda tx: len(journal.of_event(tx.connection, "invited"))) == 1
