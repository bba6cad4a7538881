"""Somebody acts for somebody else: both names are known, both are told, and it ends."""

from datetime import timedelta

import pytest

from services import claiming, standing_in
from storage import people
from storage.people import StandIn
from tests.services.conftest import World
from workflow.errors import Invalid, NoRight, NotFound, Stale


def away(world: World, by: str = "foreign", days: int = 0, until: int = 10) -> StandIn:
    principal, deputy, now = world.id("foreign"), world.id("deputy"), world.clock.now()
    since, back = now + timedelta(days=days), now + timedelta(days=until)
    return world.do(by, lambda work: standing_in.delegate(work, principal, deputy, since, back))


def test_an_absence_begins_and_ends_by_itself(world: World) -> None:
    foreign, deputy = world.id("foreign"), world.id("deputy")
    away(world, days=2)

    def present() -> list[int]:
        return [s.deputy_id for s in world.ask(lambda tx: people.deputies(tx, foreign))]

    assert present() == []
    world.later(days=3)
    assert present() == [deputy]
    world.later(days=8)
    assert present() == []


def test_the_deputy_claims_in_the_principals_name(world: World) -> None:
    topic = world.issued("foreign")
    away(world)

    taken = world.do("deputy", lambda work: claiming.claim(work, topic.id))

    assert taken.owner_id == world.id("foreign")


def test_both_are_told(world: World) -> None:
    made = away(world, by="clerk")
    assert world.told == {world.id("foreign"), world.id("deputy")}

    world.do("foreign", lambda work: standing_in.end(work, made.id))
    assert world.told == {world.id("deputy")}


def test_a_leader_has_an_aide_until_one_of_them_ends_it(world: World) -> None:
    foreign, head = world.id("foreign"), world.id("intl-head")
    made = world.do("foreign", lambda work: standing_in.appoint_aide(work, foreign, head))
    assert (made.kind, made.until) == ("aide", None)

    with pytest.raises(NoRight, match="not_your_seat"):
        world.do("deputy", lambda work: standing_in.end(work, made.id))
    world.do("intl-head", lambda work: standing_in.end(work, made.id))
    with pytest.raises(NotFound):
        world.do("foreign", lambda work: standing_in.end(work, made.id))


def test_who_cannot_stand_in(world: World) -> None:
    foreign, deputy, head = world.id("foreign"), world.id("deputy"), world.id("intl-head")
    with pytest.raises(Invalid, match="own_deputy"):
        world.do("foreign", lambda work: standing_in.appoint_aide(work, foreign, foreign))
    with pytest.raises(Invalid, match="not_a_leader"):
        world.do("intl-head", lambda work: standing_in.appoint_aide(work, head, deputy))
    with pytest.raises(NoRight, match="not_your_seat"):
        world.do("deputy", lambda work: standing_in.appoint_aide(work, foreign, deputy))
    gone = world.id("~operator")
    with pytest.raises(Invalid, match="person_left"):
        world.do("foreign", lambda work: standing_in.appoint_aide(work, foreign, gone))


def test_an_absence_lies_ahead_and_is_entered_once(world: World) -> None:
    with pytest.raises(Invalid, match="absence_over"):
        away(world, until=0)
    away(world, days=0, until=5)
    with pytest.raises(Stale, match="already_stands_in"):
        away(world, days=4, until=9)
    away(world, days=5, until=9)
