"""What affairs leave behind: links, the trail, a person's own rows, and nothing after their years."""

from datetime import timedelta

import pytest

from services import erasing
from services.affairs import acting
from storage import affairs, dossier, replay
from storage.store import Tx
from tests.services.affairing import cover, pushes, released, whole
from tests.services.conftest import World
from workflow.affair import AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import NotFound


def test_topics_hang_together_with_what_they_came_from(world: World) -> None:
    first, second = world.issued("foreign"), world.issued("deputy")
    affair = cover(world)

    def join(tx: Tx) -> None:
        affairs.link(tx, first.id, "merged_into", other_id=second.id)
        affairs.link(tx, second.id, "raised_by", affair_id=affair.id)

    world.run(join)
    assert world.ask(lambda tx: affairs.links_of(tx, second.id)) == [
        (first.id, "merged_into", second.id, None),
        (second.id, "raised_by", None, affair.id),
    ]
    assert world.ask(lambda tx: affairs.raised_by(tx, affair.id)) == [second.id]
    assert [a.id for a in world.ask(lambda tx: affairs.of_topic(tx, affair.topic_id or first.id))] == [
        affair.id
    ]
    assert world.ask(lambda tx: affairs.of_parent(tx, affair.id)) == []
    assert world.ask(affairs.highest) == affair.id


def test_an_affair_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.ask(lambda tx: affairs.get(tx, 99))


def test_a_change_behind_the_trail_is_found(world: World) -> None:
    affair = cover(world)
    world.run(lambda tx: affairs.save(tx, affair, {"state": AffairState.DONE}))
    found = {one.column for one in world.ask(replay.differences) if one.table == "affairs"}
    assert {"state", "version"} <= found


def test_words_of_affairs_go_after_their_years_and_the_trail_still_holds(world: World) -> None:
    affair = released(world, "deputy")
    world.do("deputy", lambda work: acting.answer(work, affair, "follow", "对照检查"))
    risk = world.do(
        "clerk", lambda work: acting.begin(work, AffairKind.RISK, title="采购", words={"detail": "验收"})
    )
    world.do("clerk", lambda work: acting.act(work, risk, AffairEvent.DROP))
    world.later(days=400)
    before = world.clock.now() - timedelta(days=365)

    assert world.run(lambda tx: erasing.forget_old(tx, before)) == 1
    gone = world.ask(lambda tx: affairs.get(tx, risk.id))
    assert (gone.title, gone.words, gone.state) == ("—", {}, AffairState.CANCELLED)
    assert world.ask(lambda tx: affairs.parts(tx, affair.id))[0].words == "对照检查"
    assert world.run(lambda tx: erasing.forget_old(tx, before)) == 0
    assert whole(world)


def test_a_person_reads_what_is_kept_of_affairs(world: World) -> None:
    affair = released(world, "deputy")
    world.do("deputy", lambda work: acting.answer(work, affair, "follow", "对照检查"))
    rows = world.ask(lambda tx: dossier.rows_about(tx, world.id("deputy")))
    assert [row["words"] for row in rows["affair_answers"]] == ["对照检查"]
    about = world.ask(lambda tx: dossier.rows_about(tx, world.id("foreign")))
    assert [row["number"] for row in about["affairs"]] == [affair.number]


def test_a_push_goes_to_each_once_and_not_to_who_acts(world: World) -> None:
    affair = cover(world)
    wanted = [world.id("deputy"), world.id("clerk"), None]
    for _ in range(2):
        world.do(
            "clerk", lambda work: acting.tell(work, wanted, "cover.told", affair, data={"while": "open"})
        )
    assert [(one.kind, one.by_id) for one in pushes(world, "deputy", affair)] == [
        ("cover.told", world.id("clerk"))
    ]
    assert pushes(world, "clerk", affair) == []
