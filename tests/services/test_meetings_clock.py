"""A meeting's clock: intake closes, people are reminded once, what is owed afterwards is said."""

from datetime import UTC, datetime

from services.affairs import meetings, meetings_clock
from storage import affairs
from tests.services.conftest import World
from tests.services.test_meetings import kinds, opened, swept, to_called


def test_the_clock_reminds_a_workday_before_and_after(world: World) -> None:
    affair = to_called(world, opened(world), "foreign", "deputy", "logistics")
    world.do("foreign", lambda work: meetings.reply(work, affair, meetings.YES))
    world.do("logistics", lambda work: meetings.reply(work, affair, meetings.LEAVE))
    swept(world, datetime(2026, 3, 19, 2, tzinfo=UTC))
    assert "meetings.soon" in kinds(world, "foreign")
    assert "meetings.unanswered" in kinds(world, "deputy")
    assert not {"meetings.soon", "meetings.unanswered"} & {*kinds(world, "logistics")}
    world.do("deputy", lambda work: meetings.reply(work, affairs.get(work.tx, affair.id), meetings.YES))
    swept(world, datetime(2026, 3, 19, 3, tzinfo=UTC))
    assert kinds(world, "foreign").count("meetings.soon") == 1
    world.do("foreign", lambda work: meetings.reply(work, affairs.get(work.tx, affair.id), meetings.YES))
    swept(world, datetime(2026, 3, 19, 4, tzinfo=UTC))
    assert kinds(world, "foreign").count("meetings.soon") == 1
    swept(world, datetime(2026, 3, 23, 2, tzinfo=UTC))
    assert "meetings.record_due" in kinds(world, "clerk")
    world.do("clerk", lambda work: meetings.hold(work, affairs.get(work.tx, affair.id)))
    swept(world, datetime(2026, 3, 23, 3, tzinfo=UTC))
    assert "meetings.minutes_due" not in kinds(world, "clerk")
    swept(world, datetime(2026, 3, 24, 2, tzinfo=UTC))
    assert "meetings.minutes_due" in kinds(world, "clerk")
    assert world.ask(lambda tx: affairs.due_next(tx)) is None


def test_nobody_called_by_the_day_before_is_said(world: World) -> None:
    opened(world)
    swept(world, datetime(2026, 3, 19, 2, tzinfo=UTC))
    assert "meetings.not_called" in kinds(world, "clerk")


def test_a_second_look_at_the_same_moment_tells_nobody_twice(world: World) -> None:
    affair = opened(world)
    at = datetime(2026, 3, 19, 2, tzinfo=UTC)
    swept(world, at)
    said = kinds(world, "clerk")
    again = world.run(lambda tx: meetings_clock.fire(tx, world.policy, affairs.get(tx, affair.id)))
    assert again == set()
    assert kinds(world, "clerk") == said
