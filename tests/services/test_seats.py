"""Who sits where: a verifying unit, those who left, and whom a push finds."""

from dataclasses import replace

import pytest

from services import claiming, issuing, leaving, preferences, standing_in, verifying
from services.authorising import open_events
from services.directory_units import seat
from services.issuing import Draft
from services.policy import Category
from services.telling import tell
from storage.notices import Notice
from tests.services.conftest import World
from tests.services.sweeping import owed
from workflow.errors import Invalid, NoRight, NotInThisState
from workflow.roles import Role
from workflow.topic import Topic
from workflow.transitions import Event


def handed_in(world: World, verifier: str) -> Topic:
    """A topic of a category with this verifier, waiting for the verdict."""
    world.policy = replace(world.policy, categories={"it": Category("it", "信息化", verifier)})
    topic = world.issued("foreign", category="it")
    world.do("foreign", lambda work: claiming.claim(work, topic.id))
    return world.do("foreign", lambda work: verifying.submit(work, topic.id))


def may_close(world: World, who: str, topic: Topic) -> bool:
    return Event.CLOSE in world.do(who, lambda work: open_events(work, topic))


def test_a_unit_may_verify(world: World) -> None:
    topic = handed_in(world, "unit:finance")
    assert may_close(world, "finance-head", topic)
    assert not may_close(world, "discipline", topic)


def test_where_the_verifying_unit_is_gone_a_chief_verifies(world: World) -> None:
    topic = handed_in(world, "unit:gone")
    assert may_close(world, "president", topic)


def test_only_leaders_are_called_and_only_chiefs_call(world: World) -> None:
    topic, clerk = world.issued("foreign"), world.id("clerk")
    with pytest.raises(Invalid, match="not_a_leader"):
        world.do("secretary", lambda work: claiming.reroute(work, topic.id, clerk))
    with pytest.raises(NoRight, match="may_not_issue"):
        world.do("foreign", lambda work: issuing.draft(work, Draft(title="台账")))


def test_who_left_may_do_nothing_and_hears_nothing(world: World) -> None:
    secretary, admin = world.id("secretary"), world.id("admin")
    given = Draft(issuer_id=secretary, title="台账", goal="账实一致", owner_id=world.id("deputy"))
    given = replace(given, deadline=world.later(days=30))
    topic = world.do("clerk", lambda work: issuing.publish(work, issuing.draft(work, given).id))
    world.do("operator", lambda work: leaving.leave(work, world.id("clerk"), admin))
    with pytest.raises(NoRight):
        world.do("clerk", lambda work: issuing.amend(work, topic.id))


def test_two_seats_are_one_push(world: World) -> None:
    topic, intl, secretary = world.issued("foreign"), world.unit("intl"), world.id("secretary")
    world.do("operator", lambda work: seat(work, intl, secretary, Role.LIAISON))
    world.do("foreign", lambda work: claiming.claim(work, topic.id))
    assert [(n.kind, n.single) for n in owed(world, "secretary") if n.kind == "claimed"] == [
        ("claimed", True)
    ]


def test_in_quiet_hours_nothing_comes(world: World) -> None:
    world.do("foreign", lambda work: preferences.set_quiet_hours(work, "12:00", "14:30"))
    world.later(hours=4)
    world.issued("foreign")
    issued: Notice = owed(world, "foreign")[-1]
    assert issued.due_at == world.later(hours=2)


def test_an_aide_may_not_do_what_the_settings_keep_from_aides(world: World) -> None:
    world.policy = replace(world.policy, aide_may_not=frozenset({Event.CLAIM}))
    topic, foreign, head = world.issued("foreign"), world.id("foreign"), world.id("intl-head")
    world.do("foreign", lambda work: standing_in.appoint_aide(work, foreign, head))
    with pytest.raises(NoRight, match="aide_may_not"):
        world.do("intl-head", lambda work: claiming.claim(work, topic.id))


def test_what_is_over_cannot_be_claimed(world: World) -> None:
    topic = world.issued("foreign")
    world.do("secretary", lambda work: issuing.withdraw(work, topic.id, "另行部署"))
    with pytest.raises(NotInThisState):
        world.do("foreign", lambda work: claiming.claim(work, topic.id))


def test_who_left_is_told_nothing(world: World) -> None:
    topic, deputy = world.issued("foreign"), world.id("deputy")
    world.do("clerk", lambda work: leaving.leave(work, deputy))
    before = len(owed(world, "deputy"))
    world.do("secretary", lambda work: tell(work, [deputy], "issued", topic))
    assert len(owed(world, "deputy")) == before
