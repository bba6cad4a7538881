"""The link to the web page opens once, for minutes; its session ends with hours, office or account."""

import re

import pytest

from services import erasing, inviting, leaving, web_links
from services.web_links import Fate
from storage import people, people_changes
from storage import web_links as rows
from storage.columns import METADATA
from tests.services.conftest import World


def offered(world: World, code: str = "foreign") -> str:
    """The secret of a new link."""
    person = world.id(code)
    return world.run(lambda tx: web_links.offer(tx, world.policy, person)).rpartition("/")[2]


def entered(world: World, secret: str, before: str = "") -> str:
    return world.run(lambda tx: web_links.enter(tx, world.policy, secret, before))


def fate(world: World, secret: str) -> Fate:
    return world.ask(lambda tx: web_links.look(tx, secret))


def inside(world: World, session: str) -> str:
    """The title of whoever the session belongs to; "" for nobody."""
    person = world.ask(lambda tx: web_links.who(tx, session))
    return person.title if person else ""


def test_a_link_opens_once_and_looking_does_not_use_it_up(world: World) -> None:
    secret = offered(world)
    assert [fate(world, secret), fate(world, secret)] == [Fate.OPENS] * 2

    session = entered(world, secret)

    assert inside(world, session) == "外事副院长"
    assert fate(world, secret) is Fate.SPENT
    assert entered(world, secret) == ""
    assert world.trail()[-1] == "web_entered"


def test_a_link_expires_and_a_newer_one_takes_its_place(world: World) -> None:
    old = offered(world)
    new = offered(world)
    assert (fate(world, old), fate(world, new)) == (Fate.SPENT, Fate.OPENS)
    world.later(minutes=10)
    assert fate(world, new) is Fate.SPENT
    assert entered(world, new) == ""


def test_only_digests_are_stored(world: World) -> None:
    secret = offered(world)
    session = entered(world, secret)
    kept = world.ask(
        lambda tx: [
            str(row) for table in METADATA.sorted_tables for row in tx.connection.execute(table.select())
        ]
    )
    assert not any(secret in row or session in row for row in kept)
    assert len(re.sub(r"[^\w-]", "", secret)) >= 43, "256 bits"


@pytest.mark.parametrize("secret", ["", "x", "一" * 200])
def test_what_nobody_gave_opens_nothing(world: World, secret: str) -> None:
    assert fate(world, secret) is Fate.UNKNOWN
    assert entered(world, secret) == ""
    assert inside(world, secret) == ""
    world.run(lambda tx: web_links.leave(tx, secret))
    assert "web_ended" not in world.trail()


def test_a_link_is_no_session_and_a_session_no_link(world: World) -> None:
    secret = offered(world)
    assert inside(world, secret) == ""
    session = entered(world, secret)
    assert fate(world, session) is Fate.UNKNOWN


def test_a_session_ends_with_its_hours(world: World) -> None:
    session = entered(world, offered(world))
    world.later(hours=8)
    assert inside(world, session) == ""


def test_a_session_ends_when_its_person_says_so(world: World) -> None:
    session = entered(world, offered(world))
    other = entered(world, offered(world))
    world.run(lambda tx: web_links.leave(tx, session))
    assert (inside(world, session), inside(world, other)) == ("", "外事副院长")

    link, person = offered(world), world.id("foreign")
    assert world.run(lambda tx: web_links.end(tx, person, person)) == 1
    assert world.run(lambda tx: web_links.end(tx, person, person)) == 0
    assert (inside(world, other), fate(world, link)) == ("", Fate.SPENT)
    assert world.trail().count("web_ended") == 2


def test_a_browser_has_one_session(world: World) -> None:
    first = entered(world, offered(world))
    second = entered(world, offered(world, "clerk"), before=first)
    assert (inside(world, first), inside(world, second)) == ("", "党办主任")


def test_whoever_leaves_is_out_at_once(world: World) -> None:
    session, link = entered(world, offered(world, "president")), offered(world, "president")
    person = world.id("president")
    world.do("admin", lambda work: leaving.leave(work, person, world.id("secretary")))
    assert (inside(world, session), fate(world, link)) == ("", Fate.UNKNOWN)


def test_the_row_of_somebody_out_of_office_opens_nothing(world: World) -> None:
    """Should a way out of office ever forget the sessions, the office is asked all the same."""
    session, link = entered(world, offered(world, "deputy")), offered(world, "deputy")
    person = world.id("deputy")
    from_now_on = {"state": "left"}
    world.run(lambda tx: people_changes.set_person(tx, person, from_now_on))
    assert (inside(world, session), fate(world, link)) == ("", Fate.UNKNOWN)


def test_erased_means_no_row_is_left(world: World) -> None:
    person = world.id("president")
    entered(world, offered(world, "president"))
    world.do("admin", lambda work: leaving.leave(work, person, world.id("secretary")))
    world.do("operator", lambda work: erasing.erase(work, person, "—"))
    assert world.ask(lambda tx: tx.execute(rows.web_links.select()).all()) == []


def test_an_account_that_is_taken_away_takes_the_sessions_along(world: World) -> None:
    world.bound("foreign")
    session = entered(world, offered(world))
    account = world.ask(lambda tx: people.reach(tx, world.id("foreign")))
    assert account is not None
    world.do("clerk", lambda work: inviting.revoke_account(work, account.id))
    assert inside(world, session) == ""


def test_what_is_long_over_is_forgotten(world: World) -> None:
    secret = offered(world)
    world.later(days=1)
    before = world.clock.now()
    world.run(lambda tx: rows.prune(tx, before))
    assert fate(world, secret) is Fate.UNKNOWN
