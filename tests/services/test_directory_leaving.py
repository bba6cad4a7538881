"""Whoever leaves hands over: topics, questions, seats and the map go to a successor, by the office's hand."""

from datetime import timedelta

import pytest

from services import claiming, extending, inviting, leaving, measuring
from services.issuing import Draft, draft
from services.leaving import OpenItems
from services.measuring import Step
from services.standing_in import appoint_aide
from storage import people, requests, topics
from storage.replay import differences
from tests.services.conftest import World
from workflow.errors import Invalid, Missing, NoRight
from workflow.roles import Role
from workflow.topic import Topic


def claimed(world: World) -> Topic:
    topic = world.issued("foreign")
    return world.do("foreign", lambda work: claiming.claim(work, topic.id))


def left_behind(world: World, code: str, by: str = "clerk") -> OpenItems:
    person = world.id(code)
    return world.do(by, lambda work: leaving.open_items(work, person))


def test_what_is_open_is_shown_first(world: World) -> None:
    topic = claimed(world)
    wanted = (topic.deadline or world.clock.now()) + timedelta(days=30)
    asked = world.do("foreign", lambda work: extending.ask(work, topic.id, wanted, "假期"))

    items = left_behind(world, "foreign")

    assert [one.id for one in items.topics] == [topic.id]
    assert [one.id for one in items.requests] == [asked.id]
    assert items.in_charge == ((world.unit("intl"), "charge"), (world.unit("finance"), "link"))
    assert items.need_heir


def test_a_units_work_is_shown_with_the_seat(world: World) -> None:
    topic, intl = claimed(world), world.unit("intl")
    step = Step("修订办法", (intl,), world.clock.now() + timedelta(days=20))
    [measure] = world.do("foreign", lambda work: measuring.decompose(work, topic.id, [step]))

    assert [one.id for one in left_behind(world, "intl-head").measures] == [measure.id]


def test_nothing_is_left_without_a_holder(world: World) -> None:
    claimed(world)
    foreign, clerk = world.id("foreign"), world.id("clerk")

    with pytest.raises(Missing, match="successor_missing"):
        world.do("clerk", lambda work: leaving.leave(work, foreign))
    with pytest.raises(Invalid, match="not_a_successor"):
        world.do("clerk", lambda work: leaving.leave(work, foreign, foreign))
    with pytest.raises(Invalid, match="not_a_leader"):
        world.do("clerk", lambda work: leaving.leave(work, foreign, clerk))
    assert world.person("foreign").active


def test_a_leader_hands_over_and_goes(world: World) -> None:
    world.bound("foreign")
    world.bound("deputy")
    topic, intl, head = claimed(world), world.unit("intl"), world.id("intl-head")
    foreign, deputy = world.id("foreign"), world.id("deputy")
    wanted = (topic.deadline or world.clock.now()) + timedelta(days=30)
    asked = world.do("foreign", lambda work: extending.ask(work, topic.id, wanted, "假期"))
    world.do("foreign", lambda work: appoint_aide(work, foreign, head))

    world.do("clerk", lambda work: leaving.leave(work, foreign, deputy))

    assert world.ask(lambda tx: topics.get(tx, topic.id)).owner_id == deputy
    assert world.ask(lambda tx: requests.get(tx, asked.id)).asker_id == deputy
    assert world.ask(lambda tx: people.leaders_of(tx, intl)) == [deputy]
    assert deputy in world.told
    assert world.ask(differences) == []
    gone = world.person("foreign")
    assert (gone.state, gone.roles, gone.next_digest_at) == ("left", frozenset(), None)
    assert world.ask(lambda tx: people.reach(tx, foreign)) is None
    assert world.ask(lambda tx: people.deputies(tx, foreign)) == []
    assert {"reassign", "handed_over", "stand_in_ended", "account_revoked", "left"} <= set(world.trail())
    with pytest.raises(Invalid, match="person_left"):
        world.do("clerk", lambda work: leaving.leave(work, foreign, deputy))


def test_a_head_hands_over_the_seat(world: World) -> None:
    head, liaison, intl = world.id("intl-head"), world.id("intl-liaison"), world.unit("intl")

    heir = world.id("finance-head")

    world.do("clerk", lambda work: leaving.leave(work, head, heir))

    seated = {m.person_id: m.role for m in world.ask(lambda tx: people.members_of(tx, [intl]))}
    assert seated == {heir: Role.UNIT_HEAD, liaison: Role.LIAISON}


def test_a_chiefs_topics_go_to_a_chief(world: World) -> None:
    topic, secretary = world.issued(), world.id("secretary")
    foreign, president = world.id("foreign"), world.id("president")
    kept = world.do("secretary", lambda work: draft(work, Draft(title="未发布")))

    with pytest.raises(Invalid, match="not_an_issuer"):
        world.do("clerk", lambda work: leaving.leave(work, secretary, foreign))
    world.do("clerk", lambda work: leaving.leave(work, secretary, president))

    assert [one.issuer_id for one in world.ask(lambda tx: topics.by_ids(tx, [topic.id, kept.id]))] == [
        president,
        president,
    ]


def test_a_co_owner_who_inherits_is_named_once(world: World) -> None:
    deputy, foreign = world.id("deputy"), world.id("foreign")
    topic = world.issued("foreign", co_owners=(deputy,))

    world.do("clerk", lambda work: leaving.leave(work, foreign, deputy))

    after = world.ask(lambda tx: topics.get(tx, topic.id))
    assert (after.owner_id, after.co_owners) == (deputy, ())


def test_somebody_without_open_items_just_goes(world: World) -> None:
    inspector = world.id("inspector")
    secret = world.do("clerk", lambda work: inviting.invite(work, inspector))

    world.do("admin", lambda work: leaving.leave(work, inspector))

    late = world.run(lambda tx: inviting.redeem(tx, world.policy, "telegram", "9", "9", secret))
    assert late.outcome == "invitation_expired"


def test_the_administrator_does_not_hand_topics_over(world: World) -> None:
    world.issued("foreign")
    foreign, deputy = world.id("foreign"), world.id("deputy")
    with pytest.raises(NoRight):
        world.do("admin", lambda work: leaving.leave(work, foreign, deputy))
    with pytest.raises(NoRight, match="may_not_administer"):
        world.do("deputy", lambda work: leaving.leave(work, foreign, deputy))
