"""Figures: counted from records, in a fixed order, of what the reader may see, and quickly."""

from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any, Final

import pytest
from sqlalchemy import insert

from reports.figures import Figures, Period, Scope, figures
from services import claiming, issuing, measuring, pressing, progress, verifying
from services.affairs import acting
from services.measuring import Step
from storage import topics
from storage.affairs import COLUMNS
from storage.store import Tx
from storage.tables_affairs import affairs
from storage.tables_work import topic_units
from storage.tables_work import topics as table
from tests.handlers.conversation import Conversation
from workflow.affair import AffairKind, AffairState
from workflow.topic import Topic, TopicState

pytestmark = pytest.mark.forged

CHIEF, OWNER, HEAD, DISCIPLINE = "党委书记", "外事副院长", "国际处处长", "纪委书记"
LEDGER: Final = topics.in_states(*(*TopicState,)[2:])
APRIL: Final = datetime(2026, 4, 10, 15, 59, 59, tzinfo=UTC)
JULY: Final = datetime(2026, 7, 6, 2, tzinfo=UTC)


def seen(college: Conversation, period: Period | None = None, **scope: Any) -> Figures:
    asked = Scope((LEDGER,), **{"admonitions": True, **scope})
    return college.ask(lambda tx: figures(tx, college.policy, asked, period))


def stages(found: Figures) -> list[int | None]:
    return [one.count for one in found.stages]


def in_work(college: Conversation, **more: Any) -> Topic:
    topic = college.issued(**more)
    college.do(OWNER, lambda work: claiming.claim(work, topic.id))
    step = Step("修订办法", (college.unit("财务处"),), APRIL)
    college.do(OWNER, lambda work: measuring.decompose(work, topic.id, [step]))
    return topic


def test_an_empty_college_has_zeros(college: Conversation) -> None:
    found = seen(college)

    assert (found.total, found.open, found.overdue, found.units) == (0, 0, 0, ())
    assert [(one.state.value, one.count) for one in found.states] == [
        ("issued", 0),
        ("in_progress", 0),
        ("submitted", 0),
        ("closed", 0),
        ("withdrawn", 0),
    ]
    assert [week.first for week in found.weeks] == [date(2026, 3, 2) + timedelta(weeks=no) for no in range(8)]
    assert len(found.months) == 12
    assert (found.months[0].first, found.months[-1].first) == (date(2025, 4, 1), date(2026, 3, 1))
    assert stages(found) == [0] * 6


def test_topics_are_counted_where_they_stand_and_when_they_are_due(college: Conversation) -> None:
    in_work(college, title="在办")
    college.issued(deadline=datetime(2026, 3, 8, 15, 59, 59, tzinfo=UTC))
    college.issued(deadline=datetime(2026, 3, 9, 15, 59, 59, tzinfo=UTC), title="另一题")
    found = seen(college)

    counts = {one.state: one.count for one in found.states if one.count}
    assert counts == {TopicState.ISSUED: 2, TopicState.IN_PROGRESS: 1}
    due = [(week.first, week.topics, week.measures) for week in found.weeks if week.topics or week.measures]
    assert due == [(date(2026, 3, 2), 1, 0), (date(2026, 3, 9), 1, 0), (date(2026, 4, 6), 0, 1)]
    assert found.weeks[0].last == date(2026, 3, 8)  # Sunday's deadline falls within, Monday's does not
    assert (found.months[-1].issued, found.months[-1].closed) == (3, 0)


def test_what_is_overdue_stands_by_unit_in_the_rosters_order(college: Conversation) -> None:
    both = (college.unit("审计处"), college.unit("国际处"))
    in_work(college, lead_units=both, deadline=APRIL)
    in_work(college, lead_units=(college.unit("审计处"),), deadline=APRIL, title="另一题")
    college.clock.advance(JULY - college.clock.now())
    found = seen(college)

    assert found.overdue == 2
    assert [(one.name, one.topics, one.measures) for one in found.units] == [
        ("国际处", 1, 0),
        ("财务处", 0, 2),
        ("审计处", 2, 0),
    ]
    audit = seen(college, unit=college.unit("审计处"))
    assert [(one.name, one.topics) for one in audit.units] == [("审计处", 2)]
    assert seen(college, unit=college.unit("国际处")).overdue == 1


def test_each_stage_is_known_by_its_records(college: Conversation) -> None:
    college.issued(title="未领")
    assert stages(seen(college)) == [1, 0, 0, 0, 0, 0]

    topic = in_work(college)
    assert stages(seen(college)) == [2, 1, 0, 0, 0, 0]

    college.do(OWNER, lambda work: progress.report(work, topic.id, "已完成初稿"))
    college.do(DISCIPLINE, lambda work: pressing.nudge(work, topic.id, work.now + timedelta(days=3)))
    assert stages(seen(college)) == [2, 1, 1, 1, 0, 0]

    college.do(OWNER, lambda work: verifying.submit(work, topic.id, "措施另行办理"))
    college.do(
        DISCIPLINE, lambda work: verifying.send_back(work, topic.id, ["补附件"], work.now + timedelta(days=9))
    )
    assert stages(seen(college)) == [2, 1, 1, 1, 1, 0]

    admonish(college, topic)
    assert stages(seen(college)) == [2, 1, 1, 1, 1, 1]
    assert stages(seen(college, admonitions=False)) == [2, 1, 1, 1, 1, None]


def admonish(college: Conversation, topic: Topic) -> None:
    """A talk about a topic is recorded."""
    person = college.id(OWNER)

    def record(tx: Tx) -> None:
        tx.execute(affairs.update().where(COLUMNS.topic_id == topic.id).values(state=AffairState.RECORDED))

    college.do(
        DISCIPLINE,
        lambda work: acting.begin(work, AffairKind.ADMONITION, topic_id=topic.id, person_id=person),
    )
    assert stages(seen(college))[-1] == 0  # proposed is not yet talked
    college.store.run_now(record)


def test_what_is_withdrawn_or_outside_the_period_came_to_no_stage(college: Conversation) -> None:
    topic = college.issued()
    college.do(CHIEF, lambda work: issuing.withdraw(work, topic.id, "重复"))
    college.issued(title="另一题")

    assert stages(seen(college)) == [1, 0, 0, 0, 0, 0]
    before = Period(date(2025, 12, 15), date(2026, 2, 28))
    found = seen(college, before)
    assert stages(found)[0] == 0
    assert [month.first for month in found.months] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_the_ladder_presses_and_a_verified_topic_is_closed_in_its_month(college: Conversation) -> None:
    topic = in_work(college, deadline=APRIL)
    college.pass_to(datetime(2026, 4, 13, 4, tzinfo=UTC))
    assert stages(seen(college))[3] == 1

    college.do(OWNER, lambda work: verifying.submit(work, topic.id, "措施另行办理"))
    college.do(DISCIPLINE, lambda work: verifying.close(work, topic.id))
    found = seen(college)
    assert [(m.first, m.issued, m.closed) for m in found.months[-2:]] == [
        (date(2026, 3, 1), 1, 0),
        (date(2026, 4, 1), 0, 1),
    ]
    assert stages(found)[4] == 1


def test_ten_thousand_topics_are_counted_within_a_second(college: Conversation) -> None:
    pattern = college.issued()

    def fill(tx: Tx) -> None:
        row = dict(tx.execute(table.select().where(table.c.id == pattern.id)).one()._asdict())
        ids = range(1_000, 11_000)
        tx.execute(insert(table), [{**row, "id": no, "number": f"2027-{no}"} for no in ids])
        tx.execute(insert(topic_units), [{"topic_id": n, "unit_id": 1, "part": "lead"} for n in ids])

    college.store.run_now(fill)
    began = perf_counter()
    found = seen(college)
    assert perf_counter() - began < 1
    assert found.total == 10_001
