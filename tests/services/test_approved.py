"""Art. 28: the numbers a college approved have versions; a change is on the trail and told to the office."""

from dataclasses import fields, replace
from datetime import timedelta

from services import approved
from services.policy import Policy
from storage import notices
from tests.services.conftest import World
from workflow.workdays import Calendar

ELSEWHERE = {
    *("ladder", "calendar", "named_dates", "categories", "issuers", "aide_may_not", "admonishers"),
    *("gate_words", "gate_exceptions"),
}


def note(world: World) -> int | None:
    return world.run(lambda tx: approved.note(tx, world.policy))


def heard(world: World, who: str) -> list[str]:
    person = world.person(who).id
    return [one.kind for one in world.ask(lambda tx: notices.waiting_digest(tx, person, tx.now))]


def test_the_first_start_is_the_first_version_and_tells_nobody(world: World) -> None:
    assert world.ask(approved.current) is None
    assert note(world) == 1
    assert note(world) is None
    assert world.trail()[-1] == "settings"
    assert world.trail().count("settings") == 1
    assert heard(world, "clerk") == []


def test_another_number_is_another_version_and_the_office_hears_once(world: World) -> None:
    note(world)
    world.clock.advance(timedelta(days=1))
    world.policy = replace(world.policy, cap=3)
    assert note(world) == 2
    assert note(world) is None
    found = world.ask(approved.current)
    assert found is not None
    assert (found.no, found.at) == (2, world.clock.now())
    assert world.trail().count("settings") == 2
    for who in ("clerk", "admin"):
        assert heard(world, who) == ["settings_changed"]
    for who in ("secretary", "foreign"):
        assert heard(world, who) == []


def test_going_back_is_a_version_too(world: World) -> None:
    before = world.policy
    note(world)
    world.policy = replace(before, calendar=Calendar(extra_off=(world.clock.now().date(),)))
    assert note(world) == 2
    world.policy = before
    assert note(world) == 3


def test_every_setting_is_a_rule_or_known_to_be_none(world: World) -> None:
    named = {*approved.PLAIN, *approved.APART, *ELSEWHERE}
    assert named == {one.name for one in fields(Policy)}


def test_what_is_no_rule_makes_no_version(world: World) -> None:
    note(world)
    world.policy = replace(world.policy, web="https://board.example", language="en", trial=False)
    assert note(world) is None
