"""Fault 22: weeks of reminders are owed at once after an outage. They collapse; escalations never do."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.talk import HANDLERS
from services import claiming, issuing
from services.issuing import Draft
from services.policy import Policy
from services.work import Said, Work
from storage import people, people_changes
from storage.store import Tx
from tests.house import DEAN, House, enrol
from workflow.roles import PersonId, Role

CHIEF, SECRETARY = 21, 22
DUE = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
RETURN = datetime(2026, 4, 20, 2, 0, tzinfo=UTC)  # a Monday morning, three weeks after the deadline


def claimed_topic(tx: Tx, house: House, policy: Policy) -> None:
    """A topic of the chief's that the dean has claimed, due at the end of the month."""
    chief = enrol(tx, "chief", CHIEF, Role.CHIEF)
    people_changes.set_person(tx, chief, {"post": "secretary"})
    enrol(tx, "secretary", SECRETARY, Role.DISCIPLINE_SECRETARY)

    def work(person: PersonId) -> Work:
        return Work(tx, policy, people.get(tx, person), Said(tx.now))

    given = Draft(title="三公经费", goal="达标", owner_id=house.dean, deadline=DUE)
    topic = issuing.publish(work(chief), issuing.draft(work(chief), given).id)
    claiming.claim(work(house.dean), topic.id)


@pytest.fixture
async def backlog(house: House) -> House:
    """The process stands still from the claim until three weeks after the deadline."""
    for person in (CHIEF, SECRETARY):
        house.telegram.add_person(person, str(person))
    app = house.app(conversation=HANDLERS)
    house.store.run_now(lambda tx: claimed_topic(tx, house, app.policy))
    async with house.running(app):
        await app.quiet()
    house.clock.advance(RETURN - house.clock.now())
    async with house.running(house.app(conversation=HANDLERS)) as again:
        await again.quiet()
        house.clock.advance(timedelta(minutes=1))
        await again.sweep()
        await again.quiet()
    return house


def levels(house: House, chat: int) -> list[str]:
    """Which steps of the ladder somebody heard of, one character each, in the order of the chat."""
    return re.findall(r"提醒第(.)级）（迟发）", "\n".join(house.seen_by(chat)))


async def test_f22_of_what_was_due_before_nothing_is_said_any_more(backlog: House) -> None:
    told = "\n".join(backlog.seen_by(DEAN))
    assert "还剩" not in told
    assert not {"1", "2", "3"} & {*levels(backlog, DEAN)}


async def test_f22_each_escalation_reaches_whom_it_must_and_says_that_it_is_late(backlog: House) -> None:
    assert levels(backlog, DEAN) == ["4", "5", "5"]
    assert levels(backlog, SECRETARY) == ["4", "5", "5"]
    assert levels(backlog, CHIEF) == ["6"]


async def test_f22_a_second_sweep_says_nothing_more(backlog: House) -> None:
    before = [backlog.seen_by(chat) for chat in (DEAN, CHIEF, SECRETARY)]
    async with backlog.running(backlog.app(conversation=HANDLERS)) as app:
        await app.sweep()
        await app.quiet()

    assert [backlog.seen_by(chat) for chat in (DEAN, CHIEF, SECRETARY)] == before
