"""What is refused, and what changes nothing, when the directory is kept."""

import pytest

from services import claiming, directory, directory_units, inviting, leaving
from services.directory_seats import change_seat
from services.directory_units import UnitIdentity
from storage import accounts, groups, people, people_changes
from tests.services.conftest import World
from workflow.errors import Invalid, NotFound
from workflow.roles import Role


@pytest.fixture
def gone(world: World) -> World:
    """The deputy secretary has left."""
    deputy = world.id("deputy")
    world.do("clerk", lambda work: leaving.leave(work, deputy))
    return world


def test_who_left_gets_no_role_no_seat_and_no_charge(gone: World) -> None:
    deputy, intl, topic = gone.id("deputy"), gone.unit("intl"), gone.issued()
    with pytest.raises(Invalid, match="person_left"):
        gone.do("clerk", lambda work: directory.grant(work, deputy, Role.LEADER))
    with pytest.raises(Invalid, match="person_left"):
        gone.do("clerk", lambda work: directory_units.seat(work, intl, deputy, Role.LIAISON))
    with pytest.raises(Invalid, match="person_left"):
        gone.do("clerk", lambda work: directory_units.put_in_charge(work, deputy, intl))
    with pytest.raises(Invalid, match="person_left"):
        gone.do("clerk", lambda work: change_seat(work, topic.id, deputy))


def test_what_is_so_already_is_not_noted(world: World) -> None:
    intl, foreign, head, clerk = (world.unit("intl"), *map(world.id, ("foreign", "intl-head", "clerk")))
    before = len(world.trail())

    world.do("clerk", lambda work: directory_units.change_unit(work, intl, UnitIdentity("intl", "国际处")))
    world.do("clerk", lambda work: directory_units.seat(work, intl, head, Role.UNIT_HEAD))
    world.do("clerk", lambda work: directory_units.unseat(work, intl, clerk))
    world.do("clerk", lambda work: directory_units.put_in_charge(work, foreign, intl))
    world.do("clerk", lambda work: directory_units.relieve(work, clerk, intl))

    assert len(world.trail()) == before


def test_a_claimed_topic_keeps_its_claim_when_the_seat_changes(world: World) -> None:
    topic, deputy = world.issued(), world.id("deputy")
    world.do("foreign", lambda work: claiming.claim(work, topic.id))

    moved = world.do("clerk", lambda work: change_seat(work, topic.id, deputy))

    assert (moved.owner_id, moved.claim_by) == (deputy, topic.claim_by)


def test_an_heir_keeps_the_seat_held_already(world: World) -> None:
    head, liaison, intl = world.id("intl-head"), world.id("intl-liaison"), world.unit("intl")
    world.bound("intl-head")
    [lost] = world.ask(lambda tx: accounts.of_person(tx, head))
    world.do("clerk", lambda work: inviting.revoke_account(work, lost.id))

    world.do("clerk", lambda work: leaving.leave(work, head, liaison))

    assert [(m.person_id, m.role) for m in world.ask(lambda tx: people.members_of(tx, [intl]))] == [
        (liaison, Role.LIAISON)
    ]


def test_what_does_not_exist_is_said_to(world: World) -> None:
    with pytest.raises(NotFound, match="no_such_account"):
        world.do("clerk", lambda work: inviting.confirm_account(work, 99))
    with pytest.raises(NotFound, match="no_such_group"):
        world.ask(lambda tx: groups.get(tx, 99))


def test_who_waits_for_the_office_is_listed(world: World) -> None:
    deputy = world.id("deputy")
    code = world.do("clerk", lambda work: inviting.invite(work, deputy))
    world.run(lambda tx: inviting.redeem(tx, world.policy, "telegram", "7", "7", code))

    assert [account.person_id for account in world.ask(accounts.pending)] == [deputy]


def test_somebody_may_become_unreachable_and_come_back(world: World) -> None:
    deputy, now = world.id("deputy"), world.clock.now()
    world.run(lambda tx: people_changes.set_unreachable(tx, deputy, now))
    assert world.person("deputy").unreachable_at == now
    world.run(lambda tx: people_changes.set_unreachable(tx, deputy, None))
    assert world.person("deputy").unreachable_at is None
