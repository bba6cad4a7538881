"""An invitation is a code: used once, for a while, by one person, and then the office has its say."""

import re
from datetime import timedelta
from functools import partial

import pytest

from services import inviting, pushing
from services.inviting import Redeemed
from storage import accounts, notices, outbox, people
from storage.people import Account
from storage.processes import Epoch
from storage.store import Tx
from tests.services.conftest import World
from workflow.errors import Invalid, NoRight, Stale


def invited(world: World, code: str = "foreign", by: str = "clerk") -> str:
    person = world.id(code)
    return world.do(by, lambda work: inviting.invite(work, person))


def redeemed(world: World, secret: str, sender: str = "42") -> Redeemed:
    return world.run(
        lambda tx: inviting.redeem(tx, world.policy, "telegram", sender, f"chat-{sender}", secret)
    )


def account(world: World, sender: str = "42") -> Account:
    found = world.ask(lambda tx: people.account(tx, "telegram", sender))
    assert found is not None
    return found


def test_a_code_opens_the_door_and_the_office_lets_in(world: World) -> None:
    world.bound("clerk")
    result = redeemed(world, invited(world))

    assert result == Redeemed("bound", world.id("foreign"))
    waiting = account(world)
    assert waiting.state == "pending"
    assert world.ask(lambda tx: people.reach(tx, world.id("foreign"))) is None
    [told] = world.ask(lambda tx: notices.get_many(tx, range(10)))
    assert (told.kind, told.person_id, told.by_id) == (
        "account_pending",
        world.id("clerk"),
        world.id("foreign"),
    )
    assert told.data == {"account": waiting.id, "person": world.id("foreign")}
    assert told.outbox_id is not None

    world.do("clerk", lambda work: inviting.confirm_account(work, waiting.id))

    reached = world.ask(lambda tx: people.reach(tx, world.id("foreign")))
    assert reached is not None
    assert reached.chat == "chat-42"
    assert world.told == {world.id("foreign")}
    assert world.person("foreign").next_digest_at is not None


def test_the_office_may_say_no(world: World) -> None:
    redeemed(world, invited(world))

    world.do("admin", lambda work: inviting.refuse_account(work, account(world).id))

    assert account(world).state == "revoked"
    with pytest.raises(Stale, match="already_decided"):
        world.do("clerk", lambda work: inviting.confirm_account(work, account(world).id))


def test_a_code_can_be_read_over_the_telephone(world: World) -> None:
    secret = invited(world)

    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}(-[2-9A-HJKMNP-TV-Z]{4}){3}", secret)
    spoken = f" {secret.lower().replace('-', ' ')} "
    assert redeemed(world, spoken).outcome == "bound"


def test_only_its_digest_is_kept(world: World) -> None:
    secret = invited(world)

    assert inviting.plain(secret).encode() not in world.trail_bytes()
    assert world.ask(lambda tx: accounts.invitation(tx, secret)) is None


def test_a_code_is_used_once(world: World) -> None:
    secret = invited(world)
    redeemed(world, secret, "42")

    assert redeemed(world, secret, "43").outcome == "invitation_used"


def test_a_code_lapses(world: World) -> None:
    secret = invited(world)
    world.later(hours=72)

    assert redeemed(world, secret).outcome == "invitation_expired"


def test_a_new_code_makes_the_old_one_worthless(world: World) -> None:
    old, new = invited(world), invited(world)

    assert redeemed(world, old).outcome == "invitation_expired"
    assert redeemed(world, new).outcome == "bound"


def test_guessing_is_counted_by_the_hour(world: World) -> None:
    secret = invited(world)
    for _ in range(world.policy.guesses_per_hour):
        assert redeemed(world, "AAAA-BBBB-CCCC-DDDD").outcome == "invitation_unknown"

    assert redeemed(world, secret).outcome == "guesses_exceeded"
    assert redeemed(world, secret, "43").outcome == "bound"
    world.later(hours=1)
    assert redeemed(world, invited(world, "deputy")).outcome == "bound"


def test_an_account_is_one_person(world: World) -> None:
    redeemed(world, invited(world, "foreign"))
    other = invited(world, "deputy")

    assert redeemed(world, other).outcome == "account_taken"
    assert redeemed(world, other, "43").outcome == "bound"


def test_another_telephone_takes_the_place_of_the_first(world: World) -> None:
    world.bound("foreign")
    redeemed(world, invited(world), "new-phone")

    world.do("clerk", lambda work: inviting.confirm_account(work, account(world, "new-phone").id))

    assert account(world, "u-foreign").state == "revoked"
    reached = world.ask(lambda tx: people.reach(tx, world.id("foreign")))
    assert reached is not None
    assert reached.sender == "new-phone"


def test_a_known_account_needs_no_second_word(world: World) -> None:
    world.bound("foreign")

    assert redeemed(world, invited(world), "u-foreign").outcome == "active"
    assert account(world, "u-foreign").state == "active"


def test_a_lost_telephone_is_taken_away(world: World) -> None:
    world.bound("foreign")
    lost = account(world, "u-foreign")

    world.do("clerk", lambda work: inviting.revoke_account(work, lost.id))

    assert world.ask(lambda tx: people.reach(tx, world.id("foreign"))) is None
    with pytest.raises(Stale, match="already_revoked"):
        world.do("clerk", lambda work: inviting.revoke_account(work, lost.id))


def on_their_way(world: World) -> list[tuple[str, str]]:
    """Chat and kind of every message that will be sent, menus apart."""
    due = world.clock.now() + timedelta(days=30)

    def claimed(tx: Tx) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        while heads := outbox.claim(tx, Epoch(1), 9, 1.0, due, due):
            found += [(out.chat, out.kind) for out in heads if out.kind != "menu"]
            for out in heads:
                outbox.void(tx, out.id)
        return found

    return world.run(claimed)


def told_of_a_topic(world: World) -> None:
    """Something waits for the morning."""
    world.bound("foreign")
    world.issued("foreign")
    world.run(lambda tx: pushing.push(tx, world.policy, world.told))


def test_what_waits_for_a_lost_telephone_does_not_go_there(world: World) -> None:
    told_of_a_topic(world)
    lost = account(world, "u-foreign")

    world.do("clerk", lambda work: inviting.revoke_account(work, lost.id))

    assert on_their_way(world) == []
    assert world.told == {world.id("foreign")}
    [owed] = world.ask(lambda tx: notices.waiting_singles(tx, world.id("foreign")))
    assert owed.kind == "issued"


def test_it_goes_to_the_new_one(world: World) -> None:
    told_of_a_topic(world)
    redeemed(world, invited(world), "new-phone")

    world.do("clerk", lambda work: inviting.confirm_account(work, account(world, "new-phone").id))

    assert {("c-foreign", "account_moved"), ("chat-new-phone", "notice")} == {*on_their_way(world)}


def test_what_is_to_be_taken_away_there_is_still_taken_away(world: World) -> None:
    world.bound("foreign")
    lost = account(world, "u-foreign")
    for kind in ("delete", "edit", "card"):
        world.run(partial(outbox.enqueue, messenger="telegram", chat=lost.chat, person_id=None, kind=kind))

    world.do("clerk", lambda work: inviting.revoke_account(work, lost.id))

    assert on_their_way(world) == [(lost.chat, "delete"), (lost.chat, "edit")]


def test_leaders_invite_nobody_and_only_the_operator_spares_the_confirmation(world: World) -> None:
    person = world.id("deputy")
    with pytest.raises(NoRight, match="may_not_administer"):
        invited(world, "deputy", by="foreign")
    with pytest.raises(NoRight, match="only_the_operator"):
        world.do("clerk", lambda work: inviting.invite(work, person, confirm=False))


def test_whoever_is_nobodys_colleague_is_not_invited(world: World) -> None:
    operator = world.id("~operator")
    with pytest.raises(Invalid, match="person_left"):
        world.do("clerk", lambda work: inviting.invite(work, operator))


def test_the_trail_knows_ids_only(world: World) -> None:
    world.bound("foreign")

    assert world.trail()[-2:] == ["invited", "account_bound"]
    assert b"u-foreign" not in world.trail_bytes()
    assert "外事副院长".encode() not in world.trail_bytes()


def test_a_new_account_in_the_same_chat_is_not_told_that_it_moved(world: World) -> None:
    world.bound("foreign")
    foreign = world.id("foreign")
    secret = world.do("operator", lambda work: inviting.invite(work, foreign, confirm=False))
    world.run(lambda tx: inviting.redeem(tx, world.policy, "telegram", "u-new", "c-foreign", secret))
    assert [
        a.sender for a in world.ask(lambda tx: accounts.of_person(tx, foreign)) if a.state == "active"
    ] == ["u-new"]
