"""Cover notices as tests open them: a topic two workdays late, the notice, and who has heard of it."""

from datetime import UTC, datetime

import pytest

from services import claiming
from storage import affairs, topics
from tests.handlers.conversation import Conversation, Shown
from workflow.affair import Affair, AffairKind, AffairState
from workflow.topic import Topic

OFFICE, SECRETARY, OWNER, OTHER, THIRD = "党办主任", "纪委书记", "外事副院长", "副书记", "后勤副院长"
LATE = datetime(2026, 7, 2, 1, tzinfo=UTC)  # Thursday, 09:00


@pytest.fixture
def topic(college: Conversation) -> Topic:
    """A topic two workdays past its deadline."""
    made = college.issued()
    college.do(OWNER, lambda work: claiming.claim(work, made.id))
    college.pass_to(LATE)
    return college.ask(lambda tx: topics.get(tx, made.id))


def cover(college: Conversation) -> Affair:
    return college.ask(lambda tx: affairs.of_kind(tx, AffairKind.COVER, *AffairState))[-1]


def opened(college: Conversation) -> Shown:
    college.say(OFFICE, "补漏补缺 001")
    college.press(OFFICE, "告知本人")
    return pushed(college, OWNER)


def pushed(college: Conversation, who: str) -> Shown:
    return next(s for s in reversed(college.pushed(who)) if "【补漏补缺】" in s.text)


def heard(college: Conversation, who: str) -> bool:
    return any("【补漏补缺】" in s.text for s in college.pushed(who))
