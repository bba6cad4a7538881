"""The auditor against a college that lives for a month, and against one whose rows somebody broke."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import URL

from bot.auditing import FRESH, Auditor
from services import auditing, claiming, extending, measuring, progress
from services.auditing import Fault, Place
from storage import journal, notices, people
from storage.store import Store
from tests.databases import Databases
from tests.fakes import HandClock
from tests.handlers.college import MONDAY, found, policy
from tests.handlers.conversation import REAL, Conversation
from workflow.topic import Cycle, Kind, Topic

DEADLINE = datetime(2026, 3, 20, 15, 59, 59, tzinfo=UTC)


@pytest.fixture(scope="module")
def pattern(databases: Databases) -> URL:
    return found(databases.migrated())


@pytest.fixture
def college(pattern: URL, databases: Databases) -> Iterator[Conversation]:
    url, clock = databases.copy(pattern), HandClock(MONDAY)
    college = Conversation(Store(url, clock), clock, policy())
    yield college
    college.store.close()
    databases.drop(url)


class Watch:
    """The auditor of a college, with a counter of its own, and what it asked delivery to do."""

    def __init__(self, college: Conversation) -> None:
        self.college = college
        self.seconds = 0.0
        self.settled = 0
        self.auditor = Auditor(college.store, college.policy, self.settle, lambda: self.seconds)

    async def settle(self) -> None:
        self.settled += 1

    async def rounds(self, count: int = 1) -> None:
        for _ in range(count):
            await self.auditor.audit()

    def trail(self) -> list[dict[str, dict[str, int]]]:
        """What the trail says of audits."""
        rows = self.college.ask(lambda tx: journal.of_event(tx.connection, auditing.AUDIT))
        return [journal.facts_of(row) for row in rows]

    def told(self, who: str) -> list[str]:
        self.college.deliver()
        return [s.text for s in self.college.pushed(who) if s.text.startswith("【自查】")]


@pytest.fixture
def watch(college: Conversation) -> Watch:
    return Watch(college)


def sabotage(college: Conversation, sql: str) -> None:
    """Somebody writes to the database past all of us."""
    changed = college.store.run_now(lambda tx: tx.connection.exec_driver_sql(sql).rowcount)
    assert changed, "nothing was broken"


def troubles(college: Conversation) -> set[str]:
    """What a round would find just now, without mending."""
    seen = college.ask(lambda tx: auditing.look(tx, college.policy, Place(), REAL))
    return {str(trouble.fault) for trouble in seen.troubles}


def claimed(college: Conversation) -> Topic:
    """A topic under way with a measure, due on 20 March, of which some reminders have gone out."""
    topic = college.issued(deadline=DEADLINE)
    college.do("外事副院长", lambda work: claiming.claim(work, topic.id))
    step = measuring.Step("修订办法", (college.unit("国际处"),), DEADLINE)
    college.do("外事副院长", lambda work: measuring.decompose(work, topic.id, [step]))
    college.pass_(days=10)
    return topic


async def test_a_month_of_a_healthy_college_gives_no_finding(college: Conversation, watch: Watch) -> None:
    topic = claimed(college)
    college.issued(owner="副书记", kind=Kind.STANDING, cycle=Cycle.WEEKLY, deadline=None)
    college.issued(owner="后勤副院长", deadline=DEADLINE)
    until = DEADLINE + timedelta(days=7)
    college.do("外事副院长", lambda work: extending.ask(work, topic.id, until, "招标"))
    college.do("外事副院长", lambda work: progress.report(work, topic.id, "已完成初稿"))
    before = len(college.ask(lambda tx: list(journal.read(tx.connection))))
    for _ in range(10):
        college.pass_(days=3)
        assert troubles(college) == set()
    await watch.rounds(4)

    assert watch.trail() == []
    assert watch.auditor.well
    assert len(college.ask(lambda tx: list(journal.read(tx.connection)))) > before


@pytest.mark.parametrize("table", ["topics", "measures"])
@pytest.mark.parametrize("moment", ["NULL", "'2027-01-01 00:00:00.000000'"])
async def test_an_item_the_sweep_would_miss_is_planned_anew(
    college: Conversation, watch: Watch, table: str, moment: str
) -> None:
    claimed(college)
    heard = len(college.pushed("国际处处长"))
    sabotage(college, f"UPDATE {table} SET next_at = {moment}")
    await watch.rounds()

    assert troubles(college) == set()
    assert watch.trail() == [{"healed": {"misplanned": 1}, "raised": {}}]
    assert watch.auditor.well
    college.pass_(days=10)
    assert len(college.pushed("国际处处长")) > heard, "the reminders come after all"


async def test_a_firing_that_is_gone_is_fired_again_and_told_to_nobody_twice(
    college: Conversation, watch: Watch
) -> None:
    topic = claimed(college)
    college.pass_(days=7)
    heard = len(college.pushed("外事副院长"))
    sabotage(college, f"DELETE FROM firings WHERE subject = 'topic' AND item_id = {topic.id}")
    await watch.rounds()
    assert watch.trail() == [{"healed": {"misplanned": 1}, "raised": {"lost": 1}}]
    college.settle()

    assert len(college.pushed("外事副院长")) == heard
    assert "misplanned" not in troubles(college)


async def test_a_reminder_that_is_gone_is_raised(college: Conversation, watch: Watch) -> None:
    claimed(college)
    college.pass_(days=7)
    assert troubles(college) == set()
    sabotage(
        college, "DELETE FROM notices WHERE kind = 'ladder' AND topic_id IS NOT NULL AND measure_id IS NULL"
    )
    await watch.rounds(3)

    assert not watch.auditor.well
    assert watch.trail() == [{"healed": {}, "raised": {"lost": 1}}], "once a day"
    for who in ("党办主任", "纪委书记"):
        assert watch.told(who) == ["【自查】有1项议题的提醒记录与存证不符，请管理员核对备份并查明原因。"]
    college.pass_(days=1)
    await watch.rounds()
    assert len(watch.trail()) == 2


async def test_what_is_owed_and_carried_by_no_message_is_sent(college: Conversation, watch: Watch) -> None:
    topic = college.issued()
    before = len(college.pushed("外事副院长"))
    sabotage(college, "UPDATE notices SET state = 'owed', outbox_id = NULL, sent_at = NULL")
    assert troubles(college) == set(), "it may be on its way"
    college.pass_(minutes=6)
    await watch.rounds()
    college.deliver()

    assert watch.trail() == [{"healed": {"uncarried": 1}, "raised": {}}]
    assert len(college.pushed("外事副院长")) == before + 1
    assert topic.number in college.pushed("外事副院长")[-1].text


@pytest.mark.parametrize(("over", "becomes"), [("sent", "sent"), ("void", "void")])
async def test_what_went_with_its_message_is_marked_so(
    college: Conversation, watch: Watch, over: str, becomes: str
) -> None:
    college.issued()
    sabotage(college, "UPDATE notices SET state = 'owed', sent_at = NULL")
    sabotage(college, f"UPDATE outbox SET state = '{over}' WHERE kind = 'notice'")
    await watch.rounds()

    assert troubles(college) == set()
    states = college.ask(lambda tx: {n.state for n in notices.get_many(tx, range(1, 5))})
    assert states == {becomes}


@pytest.mark.parametrize("moment", ["NULL", "'2027-01-01 00:30:00.000000'"])
async def test_a_digest_that_was_forgotten_is_planned(
    college: Conversation, watch: Watch, moment: str
) -> None:
    sabotage(college, f"UPDATE people SET next_digest_at = {moment} WHERE title = '院长'")
    await watch.rounds()

    assert watch.trail() == [{"healed": {"unplanned": 1}, "raised": {}}]
    planned = college.ask(lambda tx: people.get(tx, college.id("院长")).next_digest_at)
    assert planned == datetime(2026, 3, 3, 0, 30, tzinfo=UTC)


def test_whoever_has_no_account_needs_no_digest(college: Conversation) -> None:
    sabotage(college, "UPDATE people SET next_digest_at = NULL WHERE title = '院长'")
    sabotage(college, "UPDATE accounts SET state = 'revoked' WHERE chat = 'c2'")
    assert troubles(college) == set()


async def test_a_sweep_that_does_not_come_is_raised(college: Conversation, watch: Watch) -> None:
    college.issued(deadline=DEADLINE)
    college.clock.advance(timedelta(days=3))
    await watch.rounds(2)
    assert watch.auditor.well, "it may be on its way"
    await watch.rounds()

    assert not watch.auditor.well
    assert watch.trail() == [{"healed": {}, "raised": {"behind": 16}}]
    assert watch.told("党办主任") == [
        "【自查】有16项提醒或每日待办未按时处理，请管理员检查系统是否正常运行。"
    ]
    college.settle()
    await watch.rounds()
    assert watch.auditor.well


async def test_a_message_nobody_decides_about_is_settled_or_raised(
    college: Conversation, watch: Watch
) -> None:
    for owner in ("外事副院长", "副书记", "后勤副院长"):
        college.issued(owner=owner)
    sabotage(college, "UPDATE outbox SET state = 'uncertain' WHERE id = 3")
    sabotage(college, "UPDATE outbox SET state = 'sending', lease_until = NULL WHERE id = 1")
    sabotage(college, "UPDATE outbox SET state = 'sending', lease_until = '2026-01-01 00:00:00' WHERE id = 2")
    await watch.rounds(3)

    assert watch.settled == 3
    assert watch.trail() == [{"healed": {}, "raised": {"doubtful": 3}}]
    assert watch.told("党办主任") == ["【自查】系统自查发现3处异常，请管理员查看运行日志。"]


async def test_an_update_nobody_serves_is_raised(college: Conversation, watch: Watch) -> None:
    columns = "messenger, event_id, lane, raw, received_at, state, tries, error"
    values = "'telegram', 'e1', 'c1', '{}', '2026-03-02 00:00:00.000000', 'new', 0, ''"
    sabotage(college, f"INSERT INTO inbox ({columns}) VALUES ({values})")
    await watch.rounds(3)
    assert watch.trail() == [{"healed": {}, "raised": {"waiting": 1}}]


def test_a_trail_whose_last_row_is_another_is_raised(college: Conversation) -> None:
    college.issued()
    sabotage(college, "UPDATE journal_head SET seq = seq + 1")
    assert troubles(college) == {"head"}


def test_a_ledger_is_gone_through_slice_by_slice(college: Conversation) -> None:
    """Three topics, one a round; the fourth round begins anew."""
    numbers = [college.issued(owner=who).id for who in ("外事副院长", "副书记", "后勤副院长")]
    place, seen = Place(), list[int]()
    for _ in range(4):
        place = college.ask(lambda tx, at=place: auditing.look(tx, college.policy, at, REAL, 1)).after
        seen.append(place.topic)
    assert seen == [*numbers, 0]


def test_the_watch_is_well_while_its_rounds_are_fresh(watch: Watch) -> None:
    assert watch.auditor.well
    watch.seconds = FRESH
    assert not watch.auditor.well


def test_every_fault_is_one_of_three_kinds() -> None:
    assert not auditing.PASSING & auditing.MENDABLE
    assert {*Fault} - auditing.PASSING - auditing.MENDABLE == {Fault.LOST, Fault.HEAD}
