"""Affairs as tests open them: a cover notice, an assessment, and what comes of them."""

from datetime import datetime

from services.affairs import acting, reminding
from services.work import Work
from storage import affairs, journal, replay
from storage.notices import Notice
from tests.services.conftest import World
from tests.services.sweeping import owed
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent
from workflow.roles import PersonId

FRIDAY = datetime.fromisoformat("2026-03-06T17:30:00+08:00")


def whole(world: World) -> bool:
    verdict = world.ask(lambda tx: journal.verify(tx.connection))
    return not verdict.problem and world.ask(replay.differences) == []


def cover(world: World, *, due: datetime | None = None) -> Affair:
    """A cover notice about the leader of a topic, opened by the office."""
    topic = world.issued("foreign")
    about = world.id("foreign")
    return world.do(
        "clerk",
        lambda work: acting.begin(
            work, AffairKind.COVER, title="出国审批", topic_id=topic.id, person_id=about, due_at=due
        ),
    )


def assessment(world: World, *, due: datetime) -> Affair:
    """A leader's self-assessment, opened by the office; it can be filled in without being handed in."""
    about = world.id("foreign")
    return world.do(
        "clerk",
        lambda work: acting.begin(work, AffairKind.ASSESSMENT, title="自评", person_id=about, due_at=due),
    )


def released(world: World, *asked: str) -> Affair:
    affair = cover(world, due=FRIDAY)
    ids = [world.id(one) for one in asked]
    world.do("foreign", lambda work: acting.act(work, affair, AffairEvent.GIVE))

    def release(work: Work) -> Affair:
        after = acting.act(work, affairs.get(work.tx, affair.id), AffairEvent.RELEASE)
        assert acting.ask(work, after, ids) == ids
        assert acting.ask(work, after, ids) == []
        return after

    return world.do("clerk", release)


def sweep(world: World) -> list[PersonId]:
    return sorted(world.run(lambda tx: reminding.sweep(tx, world.policy))[1])


def pushes(world: World, who: str, affair: Affair) -> list[Notice]:
    return [one for one in owed(world, who) if one.affair_id == affair.id]
