"""The same story on a real PostgreSQL: nothing in it leans on SQLite's single writer."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from storage import journal, replay, topics
from storage.store import Store
from tests.databases import Postgres
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, found, policy
from tests.handlers.conversation import Conversation
from workflow.topic import TopicState
from workflow.workdays import SHANGHAI

pytestmark = pytest.mark.postgres


@pytest.fixture
def college(postgres: Postgres) -> Iterator[Conversation]:
    clock = HandClock(MONDAY)
    store = Store(found(postgres.migrated()), clock)
    yield Conversation(store, clock, policy())
    store.close()
    postgres.drop(store.url)


def test_a_topic_is_set_claimed_worked_at_reminded_escalated_and_closed(college: Conversation) -> None:
    college.say("党委书记", "点题 公务接待台账不全 @外事副院长 目标 账实一致 牵头 国际处 3月13日前")
    college.press("党委书记", "发布")
    college.press("外事副院长", "领题")
    college.say("外事副院长", "分解 1\n核对全年台账 国际处 3月6日前")
    college.press("外事副院长", "下达")
    college.press("国际处处长", "收到")
    college.say("国际处处长", "已核对一半 50%", reply_to=college.cards("国际处处长")[-1])

    college.pass_to(datetime(2026, 3, 16, 10, tzinfo=SHANGHAI))
    assert any("【逾期】2026-001" in shown.text for shown in college.pushed("纪委书记"))
    college.press("纪委书记", "催办")
    college.press("国际处处长", "报办结")
    college.say("国际处处长", "全部核对完毕")
    college.press("外事副院长", "确认办结")
    college.say("外事副院长", "申请销号 1")
    college.press("外事副院长", "申请销号")
    college.pass_(days=1)
    college.press("纪委书记", "核验通过")
    assert college.press("纪委书记", "销号") == "已销号"

    assert college.ask(lambda tx: journal.verify(tx.connection)).bad is None
    assert college.ask(replay.differences) == []
    assert [topic.state for topic in college.ask(topics.find)] == [TopicState.CLOSED]
