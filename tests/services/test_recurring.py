"""Templates and campaigns where something is missing: nobody to draft, to issue or to own; and the rhythm."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services import directory, issuing
from services.affairs import campaigning, recurring, reminding
from services.affairs.following import after_claim
from services.affairs.recurring import Template
from services.claiming import claim
from services.directory import end_roles
from services.issuing import Draft, draft
from storage import affairs, measures, people_changes, topics
from tests.services.conftest import World
from tests.services.sweeping import owed
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing, Stale
from workflow.rhythm import Every, Rhythm
from workflow.topic import Duty, Topic, TopicState


def template(world: World, **more: object) -> Template:
    given = Draft(
        title="集体学习",
        goal="按计划完成",
        issuer_id=world.id("secretary"),
        owner_id=world.id("foreign"),
        lead_units=(world.unit("intl"),),
    )
    values: dict[str, object] = {"given": given, "rhythm": Rhythm(Every.MONTHLY, 1, 10), "days": 20}
    return Template("study", **(values | more))  # type: ignore[arg-type]


def kept(world: World, who: str = "clerk", **more: object) -> Affair:
    return world.do(who, lambda work: recurring.begin(work, template(world, **more)))


def fire(world: World, days: float = 9) -> list[Topic]:
    world.later(days=days)
    world.run(lambda tx: reminding.sweep(tx, world.policy))
    return world.ask(lambda tx: topics.find(tx))


def gone(world: World, who: str) -> None:
    world.run(lambda tx: people_changes.set_person(tx, world.id(who), {"state": "left"}))


@pytest.mark.parametrize(
    ("rhythm", "after", "then"),
    [
        (Rhythm(Every.MONTHLY, 1, 31), date(2026, 2, 1), date(2026, 2, 28)),
        (Rhythm(Every.MONTHLY, 1, 31), date(2026, 2, 28), date(2026, 3, 31)),
        (Rhythm(Every.QUARTERLY, 3, 1), date(2026, 3, 1), date(2026, 6, 1)),
        (Rhythm(Every.HALF_YEARLY, 1, 10), date(2026, 1, 9), date(2026, 1, 10)),
        (Rhythm(Every.YEARLY, 12, 5), date(2026, 12, 5), date(2027, 12, 5)),
        (Rhythm(Every.YEARLY, 2, 29), date(2026, 1, 1), date(2026, 2, 28)),
    ],
)
def test_the_next_day_of_a_rhythm(rhythm: Rhythm, after: date, then: date) -> None:
    assert rhythm.after(after) == then


def test_what_is_not_whole_is_not_kept(world: World) -> None:
    with pytest.raises(Missing, match="fields_missing"):
        kept(world, given=Draft(title="集体学习"))
    with pytest.raises(Invalid, match="term_not_possible"):
        kept(world, days=0)
    with pytest.raises(Missing, match="issuer_missing"):
        kept(world, given=replace(template(world).given, issuer_id=world.id("foreign")))
    assert world.ask(lambda tx: affairs.of_kind(tx, AffairKind.TEMPLATE)) == []


def test_what_rests_is_not_paused_again_and_what_runs_not_resumed(world: World) -> None:
    affair = kept(world)
    with pytest.raises(Stale):
        world.do("clerk", lambda work: recurring.resume(work, affair))
    resting = world.do("clerk", lambda work: recurring.pause(work, affair))
    with pytest.raises(Stale):
        world.do("clerk", lambda work: recurring.pause(work, resting))


def test_without_an_office_the_draft_is_the_chiefs_own(world: World) -> None:
    kept(world)
    world.do("operator", lambda work: end_roles(work, world.person("clerk")))
    (topic,) = fire(world)
    assert (topic.state, topic.drafter_id) == (TopicState.DRAFT, None)
    assert [one.kind for one in owed(world, "secretary") if one.affair_id] == ["recurring.set"]


def test_without_a_chief_nothing_is_set_and_the_office_hears_of_it(world: World) -> None:
    kept(world)
    world.do("operator", lambda work: end_roles(work, world.person("secretary")))
    world.do("operator", lambda work: end_roles(work, world.person("president")))
    assert fire(world) == []
    assert [one.kind for one in owed(world, "clerk") if one.affair_id] == ["recurring.stuck"]


def test_another_owner_is_found_by_the_units(world: World) -> None:
    given = replace(template(world).given, owner_id=world.id("deputy"))
    kept(world, given=given)
    gone(world, "deputy")
    (topic,) = fire(world)
    assert (topic.owner_id, topic.state) == (world.id("foreign"), TopicState.CONFIRMING)


def test_a_draft_that_lacks_an_owner_waits_and_is_said(world: World) -> None:
    kept(world, given=replace(template(world).given, owner_id=world.id("deputy"), lead_units=()))
    gone(world, "deputy")
    (topic,) = fire(world)
    assert (topic.owner_id, topic.state) == (None, TopicState.DRAFT)
    for who in ("clerk", "secretary"):
        assert [one.kind for one in owed(world, who) if one.affair_id] == ["recurring.stuck"]


def test_what_cannot_be_published_waits_as_a_draft(world: World) -> None:
    world.do("secretary", lambda work: directory.give_standing_authority(work, work.actor.id, True))
    kept(world)
    world.do("operator", lambda work: end_roles(work, world.person("foreign")))
    (topic,) = fire(world)
    assert topic.state is TopicState.DRAFT
    assert [one.kind for one in owed(world, "clerk") if one.affair_id] == ["recurring.stuck"]


def test_several_may_claim_and_a_category_that_is_gone_is_left_out(world: World) -> None:
    both = (world.id("foreign"), world.id("deputy"))
    given = replace(template(world).given, owner_id=None, eligible=both, duty=Duty.MAIN)
    affair = kept(world, given=given)
    facts = {**affair.facts, "category": "gone"}
    world.run(lambda tx: affairs.save(tx, affair, {"facts": facts}))
    (topic,) = fire(world)
    assert (set(topic.eligible), topic.category, topic.duty) == (set(both), "", Duty.MAIN)


def test_members_topics_are_published_at_once_under_an_authority(world: World) -> None:
    world.do("secretary", lambda work: directory.give_standing_authority(work, work.actor.id, True))
    given = replace(template(world).given, owner_id=None)
    kept(world, given=given, each=True)
    made = fire(world)
    assert {topic.state for topic in made} == {TopicState.ISSUED}
    assert {topic.owner_id for topic in made} == {
        world.id(who) for who in ("president", "foreign", "deputy", "logistics", "discipline")
    }


def test_stages_need_units_time_and_a_clean_sheet(world: World) -> None:
    kept(world, stages=("分析", "方案"))
    (topic,) = fire(world)
    world.do("secretary", lambda work: issuing.publish(work, topic.id))
    claimed = world.do("foreign", lambda work: claim(work, topic.id))
    steps = world.ask(lambda tx: measures.of_topic(tx, topic.id))
    assert [step.text for step in steps] == ["分析", "方案"]
    assert steps[-1].deadline == claimed.deadline

    again = world.do("foreign", lambda work: after_claim(work, claimed))
    assert again.version == claimed.version
    assert len(world.ask(lambda tx: measures.of_topic(tx, topic.id))) == 2


def test_who_may_not_decompose_lays_nothing_down(world: World) -> None:
    kept(world, stages=("分析", "方案"))
    (topic,) = fire(world)
    issued = world.do("secretary", lambda work: issuing.publish(work, topic.id))
    world.do("secretary", lambda work: after_claim(work, issued))
    assert world.ask(lambda tx: measures.of_topic(tx, topic.id)) == []


def drafted(world: World, **more: object) -> Topic:
    values = {
        "title": "合同备案不全",
        "goal": "应备尽备",
        "issuer_id": world.id("secretary"),
        "owner_id": world.id("foreign"),
        "lead_units": (world.unit("intl"),),
        "deadline": world.clock.now() + timedelta(days=60),
        **more,
    }
    return world.do("clerk", lambda work: draft(work, Draft(**values)))  # type: ignore[arg-type]


def test_a_campaign_needs_a_meeting_topics_and_a_year(world: World) -> None:
    topic = drafted(world)
    with pytest.raises(Missing, match="reference_missing"):
        world.do("clerk", lambda work: campaigning.begin(work, 2026, " ", [topic.id]))
    with pytest.raises(Missing, match="nothing_to_publish"):
        world.do("clerk", lambda work: campaigning.begin(work, 2026, "年初会", []))
    with pytest.raises(Invalid, match="campaign_year"):
        world.do("clerk", lambda work: campaigning.check_year(work, 2024))
    world.do("clerk", lambda work: campaigning.check_year(work, 2027))


def test_a_campaign_ends_with_its_last_claim_and_a_version_of_the_lists(world: World) -> None:
    topics_ = [drafted(world), drafted(world, title="采购验收不规范")]
    affair = world.do("clerk", lambda work: campaigning.begin(work, 2026, "年初会", [t.id for t in topics_]))
    with pytest.raises(Stale):
        world.do("clerk", lambda work: campaigning.publish(work, affair))
    world.later(days=1.1)
    world.run(lambda tx: reminding.sweep(tx, world.policy))
    world.do("secretary", lambda work: campaigning.publish(work, affair))
    world.do("foreign", lambda work: claim(work, topics_[0].id))
    assert world.ask(lambda tx: affairs.get(tx, affair.id)).state is AffairState.OPEN
    world.do("foreign", lambda work: claim(work, topics_[1].id))
    assert world.ask(lambda tx: affairs.get(tx, affair.id)).state is AffairState.DONE
    (version,) = world.ask(lambda tx: affairs.of_kind(tx, AffairKind.LISTING, AffairState.RECORDED))
    assert version.parent_id == affair.id
    world.do("foreign", lambda work: after_claim(work, topics.get(work.tx, topics_[0].id)))


def test_a_campaign_is_ended_by_hand_or_when_all_is_withdrawn(world: World) -> None:
    first, second = drafted(world), drafted(world, title="采购验收不规范")
    one = world.do("clerk", lambda work: campaigning.begin(work, 2026, "年初会", [first.id]))
    world.do("clerk", lambda work: campaigning.end(work, one))
    two = world.do("clerk", lambda work: campaigning.begin(work, 2026, "年初会", [second.id]))
    world.do("clerk", lambda work: issuing.withdraw(work, second.id, "重复"))
    world.later(days=1.1)
    world.run(lambda tx: reminding.sweep(tx, world.policy))
    assert world.ask(lambda tx: affairs.get(tx, two.id)).state is AffairState.DONE
