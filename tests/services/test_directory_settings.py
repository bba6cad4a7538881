"""What a person sets for oneself, and the chats the office binds."""

from datetime import UTC, datetime

import pytest

from services import groups, preferences
from storage import people_changes
from tests.services.conftest import World
from workflow.errors import Invalid, NoRight, NotFound


@pytest.mark.parametrize(("said", "kept"), [("9:05", "09:05"), ("８：３０", "08:30"), ("", "")])
def test_the_digest_comes_when_it_is_wanted(world: World, said: str, kept: str) -> None:
    assert world.do("foreign", lambda work: preferences.set_digest(work, said)).digest_at == kept


def test_another_digest_time_counts_from_the_next_morning(world: World) -> None:
    world.bound("foreign")
    assert world.person("foreign").next_digest_at == datetime(2026, 3, 3, 0, 30, tzinfo=UTC)

    changed = world.do("foreign", lambda work: preferences.set_digest(work, "9:00"))

    assert changed.next_digest_at == datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("said", ["24:00", "8", "morning", "8:60"])
def test_what_is_no_time_of_day(world: World, said: str) -> None:
    with pytest.raises(Invalid, match="clock_not_understood"):
        world.do("foreign", lambda work: preferences.set_digest(work, said))


def test_a_language_is_one_we_speak(world: World) -> None:
    assert world.do("foreign", lambda work: preferences.set_language(work, "en")).language == "en"
    with pytest.raises(Invalid, match="language_unknown"):
        world.do("foreign", lambda work: preferences.set_language(work, "fr"))


def test_quiet_hours_leave_room_for_the_digest(world: World) -> None:
    quiet = world.do("foreign", lambda work: preferences.set_quiet_hours(work, "20:00", "7:30"))
    assert (quiet.quiet_from, quiet.quiet_to) == ("20:00", "07:30")
    with pytest.raises(Invalid, match="digest_in_quiet_hours"):
        world.do("foreign", lambda work: preferences.set_digest(work, "7:00"))
    with pytest.raises(Invalid, match="digest_in_quiet_hours"):
        world.do("foreign", lambda work: preferences.set_quiet_hours(work, "8:00", "10:00"))
    with pytest.raises(Invalid, match="quiet_hours_incomplete"):
        world.do("foreign", lambda work: preferences.set_quiet_hours(work, "", "7:30"))
    with pytest.raises(Invalid, match="quiet_hours_incomplete"):
        world.do("foreign", lambda work: preferences.set_quiet_hours(work, "7:30", "7:30"))
    assert world.do("foreign", lambda work: preferences.set_quiet_hours(work, "", "")).quiet_from == ""


def test_the_office_binds_a_group_and_lets_it_go(world: World) -> None:
    intl = world.unit("intl")
    with pytest.raises(NoRight, match="may_not_administer"):
        world.do("admin", lambda work: groups.bind(work, "telegram", "-1", "工作群"))

    world.do("clerk", lambda work: groups.bind(work, "telegram", "-1", "工作群"))
    again = world.do("clerk", lambda work: groups.bind(work, "telegram", "-1", "国际处群", intl))
    assert world.ask(groups.bound) == [again]
    assert (again.unit_id, again.title) == (intl, "国际处群")

    world.do("clerk", lambda work: groups.unbind(work, "telegram", "-1"))
    assert world.ask(groups.bound) == []
    with pytest.raises(NotFound, match="no_such_group"):
        world.do("clerk", lambda work: groups.unbind(work, "telegram", "-1"))


def test_a_group_that_moved_is_followed_once(world: World) -> None:
    world.do("clerk", lambda work: groups.bind(work, "telegram", "-1", "工作群"))
    for _ in range(2):
        world.run(lambda tx: people_changes.move_chat(tx, "telegram", "-1", "-100"))
    assert [group.chat for group in world.ask(groups.bound)] == ["-100"]

    world.run(lambda tx: people_changes.end_group(tx, "telegram", "-100"))
    assert world.ask(groups.bound) == []
