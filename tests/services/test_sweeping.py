"""The sweep on real items: cycles, verdicts, vacant seats, a calendar that changed under it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services import calendars, claiming, extending, issuing, measuring, progress, reminding, verifying
from services.issuing import Draft
from services.measuring import Step as Measured
from storage import firings
from storage.notices import Notice
from tests.services.conftest import World
from tests.services.sweeping import owed, pass_days, steps
from workflow.ladder import Ladder, Listed
from workflow.ladder_item import Subject
from workflow.topic import Cycle, Kind, Topic
from workflow.workdays import Calendar


def claimed(world: World, **more: object) -> Topic:
    topic = world.issued("foreign", **more)
    return world.do("foreign", lambda work: claiming.claim(work, topic.id))


def test_a_report_covers_its_month_and_the_next_month_is_asked_for_again(world: World) -> None:
    topic = claimed(world, kind=Kind.STANDING, cycle=Cycle.MONTHLY, deadline=None)
    world.later(days=1)
    world.do("foreign", lambda work: progress.report(work, topic.id, "已部署"))
    pass_days(world, 31)
    assert "cycle-late" not in steps(world, "foreign")
    pass_days(world, 35)
    assert "cycle-late" in steps(world, "foreign")


def test_a_verdict_that_is_awaited_is_asked_for(world: World) -> None:
    topic = claimed(world)
    world.do("foreign", lambda work: verifying.submit(work, topic.id))
    pass_days(world, 10)
    assert "to-verify" in steps(world, "discipline")


def test_a_vacant_seat_is_said_once_to_the_office(world: World) -> None:
    claimed(world, lead_units=(world.unit("party"),), deadline=world.clock.now() + timedelta(days=14))
    pass_days(world, 30)
    vacant = [notice.audience for notice in owed(world, "clerk") if notice.kind == "vacancy"]
    assert vacant == ["unit_heads"]


def test_a_step_may_tell_a_unit_by_its_code(world: World) -> None:
    first, *_ = (step for step in world.policy.ladder.steps if step.key == "due-3")
    told = replace(first, to=(Listed("unit:finance"), Listed("unit:nowhere")))
    world.policy = replace(world.policy, ladder=Ladder((told,)))
    claimed(world, deadline=world.clock.now() + timedelta(days=14))
    pass_days(world, 14)
    assert steps(world, "finance-head") == ["due-3"]
    assert [notice.audience for notice in owed(world, "clerk")] == ["unit:nowhere"]


def holds(world: World, notice: Notice) -> bool:
    return world.ask(lambda tx: reminding.still_holds(tx, world.policy, notice))


def test_what_waited_is_asked_again_before_it_is_sent(world: World) -> None:
    topic = claimed(world, deadline=datetime(2026, 4, 3, 15, 59, 59, tzinfo=UTC))
    later = datetime(2026, 5, 29, 15, 59, 59, tzinfo=UTC)
    pass_days(world, 29.5)
    reminder = owed(world, "foreign")[-1]
    assert reminder.step == "due-3"
    assert holds(world, reminder)

    asked = world.do("foreign", lambda work: extending.ask(work, topic.id, later, "等待批复"))
    world.do("secretary", lambda work: extending.grant(work, asked.id))
    assert not holds(world, reminder)


def test_new_days_off_are_counted_before_anything_is_owed_by_the_old_ones(world: World) -> None:
    topic = claimed(world, deadline=datetime(2026, 4, 3, 15, 59, 59, tzinfo=UTC))
    step = Measured("核对台账", (world.unit("intl"),), world.clock.now() + timedelta(days=30))
    world.do("foreign", lambda work: measuring.decompose(work, topic.id, [step]))
    assert world.run(lambda tx: calendars.recompute(tx, world.policy)) == 2
    assert world.run(lambda tx: calendars.recompute(tx, world.policy)) is None
    assert [notice.kind for notice in owed(world, "admin")] == []

    off = frozenset(datetime(2026, 3, day, tzinfo=UTC).date() for day in range(25, 32))
    world.policy = replace(world.policy, calendar=Calendar(extra_off=off))
    assert world.run(lambda tx: calendars.recompute(tx, world.policy)) == 2
    assert [notice.kind for notice in owed(world, "admin")] == ["calendar_changed"]
    assert world.trail()[-1] == "calendar"


def test_a_sweep_under_new_days_off_owes_nothing_early(world: World) -> None:
    world.issued("foreign")
    planned = world.ask(reminding.next_due)
    assert planned is not None
    world.policy = replace(world.policy, calendar=Calendar(extra_off=frozenset({planned.date()})))
    world.clock.advance(planned - world.clock.now())

    world.run(lambda tx: reminding.sweep(tx, world.policy))

    assert steps(world, "foreign") == []
    again = world.ask(reminding.next_due)
    assert again is not None
    assert again > planned


def test_who_falls_short_on_a_measure_changes_when_it_is_reported_done(world: World) -> None:
    topic = claimed(world)
    step = Measured("核对台账", (world.unit("intl"),), world.clock.now() + timedelta(days=30))
    [made] = world.do("foreign", lambda work: measuring.decompose(work, topic.id, [step]))
    world.do("intl-head", lambda work: measuring.report_done(work, made.id, "已核对"))
    pass_days(world, 10)
    assert "measure-to-confirm" in steps(world, "foreign")


def test_a_draft_that_was_made_due_by_mistake_is_laid_to_rest(world: World) -> None:
    draft = world.do("secretary", lambda work: issuing.draft(work, Draft(title="台账")))
    world.run(lambda tx: firings.schedule(tx, Subject.TOPIC, draft.id, tx.now))
    world.run(lambda tx: reminding.sweep(tx, world.policy))
    assert world.ask(reminding.next_due) is None


def test_a_reminder_of_nothing_does_not_hold(world: World) -> None:
    claimed(world, deadline=datetime(2026, 4, 3, 15, 59, 59, tzinfo=UTC))
    pass_days(world, 29.5)
    assert not holds(world, replace(owed(world, "foreign")[-1], topic_id=None))
