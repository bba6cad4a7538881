"""When the college's years are over the words of settled topics go; the numbers and the trail stay."""

from datetime import timedelta

import pytest

from services import claiming, erasing, leaving, progress, verifying
from services.work import Work
from storage import erasure, inbox, journal, outbox, people, replay, reports, topics
from storage.store import Tx
from tests.services.conftest import World
from workflow.errors import Invalid
from workflow.topic import Topic

REPORT = "办法已印发"


def closed(world: World) -> Topic:
    topic = world.issued("foreign")

    def work(given: Work) -> None:
        claiming.claim(given, topic.id)
        progress.report(given, topic.id, REPORT)
        verifying.submit(given, topic.id, "已完成")

    world.do("foreign", work)
    return world.do("discipline", lambda given: verifying.close(given, topic.id))


def whole(world: World) -> bool:
    verdict = world.ask(lambda tx: journal.verify(tx.connection))
    return not verdict.problem and world.ask(replay.differences) == []


def test_a_settled_topic_is_forgotten_after_its_years(world: World) -> None:
    old, working = closed(world), world.issued("deputy")
    world.later(days=400)
    before = world.clock.now() - timedelta(days=365)

    assert world.run(lambda tx: erasing.forget_old(tx, before)) == 1
    assert world.run(lambda tx: erasing.forget_old(tx, before)) == 0

    now = world.ask(lambda tx: topics.get(tx, old.id))
    assert (now.number, now.state, now.closed_at) == (old.number, old.state, old.closed_at)
    assert (now.title, now.goal) == ("—", "—")
    assert {r.text for r in world.ask(lambda tx: reports.of_topic(tx, old.id))} == {"—"}
    assert world.ask(lambda tx: topics.get(tx, working.id)).title == working.title
    assert whole(world)
    assert world.trail()[-1] == "forgotten"


def test_nothing_is_forgotten_too_soon(world: World) -> None:
    closed(world)
    assert world.run(lambda tx: erasing.forget_old(tx, world.clock.now() - timedelta(days=365))) == 0


def test_what_never_arrived_is_blanked_when_it_is_old(world: World) -> None:
    def owe(tx: Tx) -> int:
        message = {"messenger": "telegram", "chat": "c", "person_id": None, "kind": "card"}
        return outbox.enqueue(tx, **message, body='{"lines":["words"]}')  # type: ignore[arg-type]

    refused, waiting = world.run(owe), world.run(owe)
    world.run(lambda tx: outbox.dead(tx, refused, "refused"))
    world.later(days=31)
    before = world.clock.now() - timedelta(days=30)

    assert world.run(lambda tx: erasure.blank_messages(tx, before)) == 1
    assert world.run(lambda tx: erasure.blank_messages(tx, before)) == 0
    assert world.ask(lambda tx: outbox.get(tx, refused)).body == ""
    assert world.ask(lambda tx: outbox.get(tx, waiting)).body


def test_what_nobody_could_understand_is_blanked_when_it_is_old(world: World) -> None:
    def set_aside(tx: Tx) -> None:
        inbox.keep(tx, "telegram", "1", "c", '{"words": "nobody understands"}')
        [row] = inbox.waiting(tx, 1)
        inbox.quarantine(tx, row.id, "Malformed")

    world.run(set_aside)
    world.later(days=31)
    before = world.clock.now() - timedelta(days=30)

    assert world.run(lambda tx: erasure.blank_messages(tx, before)) == 1
    assert world.run(lambda tx: erasure.blank_messages(tx, before)) == 0
    assert world.ask(inbox.backlog).quarantined == 1


@pytest.mark.parametrize("who", ["foreign", "intl-head", "admin"])
def test_whoever_holds_a_role_or_a_seat_is_not_erased(world: World, who: str) -> None:
    person = world.id(who)
    with pytest.raises(Invalid, match="still_holds"):
        world.do("operator", lambda work: erasing.erase(work, person, "~"))


def test_an_erased_person_is_a_pseudonym_that_nobody_can_reach(world: World) -> None:
    closed(world)
    for code in ("foreign", "deputy"):
        world.bound(code)
    foreign, deputy = world.id("foreign"), world.id("deputy")
    world.do("clerk", lambda work: leaving.leave(work, foreign, deputy))
    salted = world.ask(lambda tx: tx.connection.exec_driver_sql("SELECT count(*) FROM salts").scalar_one())

    world.do("operator", lambda work: erasing.erase(work, foreign, "已注销人员"))

    gone = world.ask(lambda tx: people.get(tx, foreign))
    assert (gone.title, gone.code, gone.state) == ("已注销人员", f"~{foreign}", "erased")
    assert world.ask(lambda tx: people.account(tx, "telegram", "u-foreign")) is None
    assert world.ask(lambda tx: people.account(tx, "telegram", "u-deputy")) is not None
    left = world.ask(lambda tx: tx.connection.exec_driver_sql("SELECT count(*) FROM salts").scalar_one())
    assert left < salted
    assert whole(world)
