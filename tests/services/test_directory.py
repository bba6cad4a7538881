"""The office and the administrator keep the directory; the trail keeps what they did, by ids."""

import pytest

from services import directory, directory_units
from services.directory import Identity
from services.directory_seats import change_seat
from services.directory_units import LINK, UnitIdentity
from storage import people, people_changes, topics
from storage.people import Membership
from storage.replay import differences
from tests.services.conftest import World
from workflow.errors import Barred, Invalid, Missing, NoRight, NotFound, Stale
from workflow.roles import Role
from workflow.topic import TopicState


def test_somebody_new_comes_with_an_office(world: World) -> None:
    given = Identity("teaching", " 教学副院长 ", "某某", "12345")
    made = world.do("clerk", lambda work: directory.add_person(work, given, frozenset({Role.LEADER})))

    assert (made.title, set(made.roles), made.active) == ("教学副院长", {Role.LEADER}, True)
    assert world.trail()[-2:] == ["person_added", "role_granted"]
    for secret in ("教学副院长", "某某", "12345", "teaching"):
        assert secret.encode() not in world.trail_bytes()


def test_a_correction_notes_only_what_changed(world: World) -> None:
    person = world.id("foreign")
    same, renamed = Identity("foreign", "外事副院长"), Identity("foreign", "国际副院长", contact="1")
    before = len(world.trail())

    world.do("clerk", lambda work: directory.change_person(work, person, same))
    assert len(world.trail()) == before
    world.do("clerk", lambda work: directory.change_person(work, person, renamed))

    assert world.trail()[before:] == ["person_changed"]
    assert world.person("foreign").title == "国际副院长"
    assert world.ask(lambda tx: people_changes.contact(tx, person)) == "1"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (Identity("foreign", "另一位"), "code_taken"),
        (Identity("", "无编号"), "fields_missing"),
        (Identity("x", "长" * 65), "text_too_long"),
        (Identity("x", "副校长", post="vice"), "unknown_post"),
    ],
)
def test_what_cannot_be_a_person(world: World, given: Identity, problem: str) -> None:
    with pytest.raises((Invalid, Missing), match=problem):
        world.do("clerk", lambda work: directory.add_person(work, given))


def test_a_code_belongs_to_one_person(world: World) -> None:
    person = world.id("foreign")
    with pytest.raises(Invalid, match="code_taken"):
        world.do("clerk", lambda work: directory.change_person(work, person, Identity("deputy", "外事")))


def test_leaders_do_not_keep_the_directory(world: World) -> None:
    person = world.id("deputy")
    with pytest.raises(NoRight, match="may_not_administer"):
        world.do("foreign", lambda work: directory.add_person(work, Identity("x", "新人")))
    with pytest.raises(NoRight, match="may_not_administer"):
        world.do("secretary", lambda work: directory.grant(work, person, Role.CHIEF))


def test_nobody_gives_roles_to_oneself_and_administrators_make_administrators(world: World) -> None:
    clerk, deputy, admin = world.id("clerk"), world.id("deputy"), world.id("admin")
    with pytest.raises(Barred, match="own_role"):
        world.do("clerk", lambda work: directory.grant(work, clerk, Role.CHIEF))
    with pytest.raises(Barred, match="own_role"):
        world.do("admin", lambda work: directory.grant(work, admin, Role.OFFICE))
    with pytest.raises(NoRight, match="may_not_administer"):
        world.do("clerk", lambda work: directory.grant(work, deputy, Role.ADMIN))

    made = world.do("admin", lambda work: directory.grant(work, deputy, Role.ADMIN))
    assert made.roles == {Role.LEADER, Role.ADMIN}
    back = world.do("admin", lambda work: directory.revoke(work, deputy, Role.ADMIN))
    assert back.roles == {Role.LEADER}


def test_a_role_given_twice_is_noted_once(world: World) -> None:
    deputy = world.id("deputy")
    before = len(world.trail())
    for _ in range(2):
        world.do("clerk", lambda work: directory.grant(work, deputy, Role.COMMITTEE_MEMBER))
    for _ in range(2):
        world.do("clerk", lambda work: directory.revoke(work, deputy, Role.COMMITTEE_MEMBER))

    assert world.trail()[before:] == ["role_granted", "role_revoked"]


def test_only_the_chief_lets_the_office_issue_unasked(world: World) -> None:
    secretary, foreign = world.id("secretary"), world.id("foreign")
    with pytest.raises(NoRight, match="only_oneself"):
        world.do("clerk", lambda work: directory.give_standing_authority(work, secretary, True))
    with pytest.raises(Invalid, match="not_an_issuer"):
        world.do("foreign", lambda work: directory.give_standing_authority(work, foreign, True))

    given = world.do("secretary", lambda work: directory.give_standing_authority(work, secretary, True))
    assert given.standing_authority
    with pytest.raises(Stale, match="already_so"):
        world.do("secretary", lambda work: directory.give_standing_authority(work, secretary, True))

    world.do("clerk", lambda work: directory.revoke(work, secretary, Role.CHIEF))
    taken = world.do("secretary", lambda work: directory.give_standing_authority(work, secretary, False))
    assert not taken.standing_authority


def test_the_role_of_a_unit_comes_and_goes_with_the_seat(world: World) -> None:
    deputy, intl, party = world.id("deputy"), world.unit("intl"), world.unit("party")

    world.do("clerk", lambda work: directory_units.seat(work, party, deputy, Role.UNIT_HEAD))
    world.do("clerk", lambda work: directory_units.seat(work, intl, deputy, Role.UNIT_HEAD))
    assert Role.UNIT_HEAD in world.person("deputy").roles
    world.do("clerk", lambda work: directory_units.unseat(work, party, deputy))
    assert Role.UNIT_HEAD in world.person("deputy").roles
    world.do("clerk", lambda work: directory_units.seat(work, intl, deputy, Role.LIAISON))
    assert world.person("deputy").roles == {Role.LEADER, Role.LIAISON}
    assert world.ask(lambda tx: people.units_of(tx, deputy)) == [Membership(intl, deputy, Role.LIAISON)]


def test_a_seat_in_a_unit_is_the_heads_or_a_liaisons(world: World) -> None:
    deputy, intl = world.id("deputy"), world.unit("intl")
    with pytest.raises(Invalid, match="not_a_unit_role"):
        world.do("clerk", lambda work: directory_units.seat(work, intl, deputy, Role.CHIEF))


def test_the_map_says_who_is_in_charge_of_what(world: World) -> None:
    foreign, deputy = world.id("foreign"), world.id("deputy")
    intl, finance = world.unit("intl"), world.unit("finance")
    assert world.ask(lambda tx: people.leaders_of(tx, intl)) == [foreign]
    assert world.ask(lambda tx: people.leaders_of(tx, finance, LINK)) == [foreign]

    world.do("clerk", lambda work: directory_units.put_in_charge(work, deputy, intl))
    world.do("clerk", lambda work: directory_units.relieve(work, foreign, intl))

    assert world.ask(lambda tx: people.leaders_of(tx, intl)) == [deputy]
    assert world.trail()[-2:] == ["charge_given", "charge_ended"]
    with pytest.raises(Invalid, match="unknown_relation"):
        world.do("clerk", lambda work: directory_units.put_in_charge(work, deputy, intl, "friend"))


def test_units_are_renamed_and_closed(world: World) -> None:
    intl = world.unit("intl")
    closed = UnitIdentity("intl", "国际合作处", state="closed")

    world.do("clerk", lambda work: directory_units.change_unit(work, intl, closed))

    with pytest.raises(NotFound):
        world.unit("intl")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (UnitIdentity("intl", "另一处"), "code_taken"),
        (UnitIdentity("x", "国际处"), "name_taken"),
        (UnitIdentity("x", ""), "fields_missing"),
        (UnitIdentity("x", "处" * 65), "text_too_long"),
        (UnitIdentity("x", "某处", kind="planet"), "unknown_unit_kind"),
    ],
)
def test_what_cannot_be_a_unit(world: World, given: UnitIdentity, problem: str) -> None:
    with pytest.raises((Invalid, Missing), match=problem):
        world.do("clerk", lambda work: directory_units.add_unit(work, given))


def test_the_office_changes_a_seat_and_both_names_hear_of_it(world: World) -> None:
    for code in ("foreign", "deputy"):
        world.bound(code)
    topic = world.issued("foreign")
    world.later(days=3)
    deputy = world.id("deputy")

    moved = world.do("clerk", lambda work: change_seat(work, topic.id, deputy))

    assert (moved.owner_id, moved.state) == (deputy, TopicState.ISSUED)
    assert {world.id("foreign"), deputy} <= world.told
    assert topic.claim_by is not None
    assert moved.claim_by is not None
    assert moved.claim_by > topic.claim_by
    assert moved.anchor > topic.anchor
    assert world.ask(differences) == []
    with pytest.raises(Stale, match="already_so"):
        world.do("clerk", lambda work: change_seat(work, topic.id, deputy))


def test_a_seat_is_given_to_somebody_who_can_hold_it(world: World) -> None:
    topic = world.issued("foreign")
    clerk, deputy = world.id("clerk"), world.id("deputy")
    with pytest.raises(Invalid, match="not_a_leader"):
        world.do("clerk", lambda work: change_seat(work, topic.id, clerk))
    with pytest.raises(NoRight):
        world.do("admin", lambda work: change_seat(work, topic.id, deputy))

    world.do("clerk", lambda work: change_seat(work, topic.id, co_owners=(deputy,)))
    assert world.ask(lambda tx: topics.get(tx, topic.id)).co_owners == (deputy,)
    both = (world.id("logistics"), deputy)
    world.do("clerk", lambda work: change_seat(work, topic.id, co_owners=both))
    with pytest.raises(Stale, match="already_so"):
        world.do("clerk", lambda work: change_seat(work, topic.id, co_owners=both[::-1]))
