"""Affairs: opened by who may, answered by who is asked, reminded once, reported once, and on the trail."""

from datetime import datetime, timedelta

import pytest

from services import standing_in
from services.affairs import acting, reminding
from services.affairs.seating import Frame, concerned, frame_of, may_begin, open_to, seats
from services.affairs.waiting import waits_for
from services.work import Work
from storage import affairs
from storage.store import Tx
from tests.services.affairing import FRIDAY, assessment, cover, pushes, released, sweep, whole
from tests.services.conftest import World
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent, AffairSeat
from workflow.errors import Barred, Invalid, NoRight, NotFound
from workflow.roles import PersonId


def test_an_affair_has_a_number_a_state_and_a_place_on_the_trail(world: World) -> None:
    affair = cover(world)
    assert (affair.number, affair.state, affair.version) == ("C2026-01", AffairState.WAITING, 1)
    assert not affair.settled
    assert world.trail()[-1] == "affair_begin"
    assert world.ask(lambda tx: affairs.by_number(tx, "C2026-01")) == affair
    assert whole(world)


def test_whoever_may_not_open_one_is_refused_and_nothing_is_left(world: World) -> None:
    with pytest.raises(NoRight):
        world.do("foreign", lambda work: acting.begin(work, AffairKind.COVER, title="x"))
    assert world.ask(lambda tx: affairs.of_kind(tx, AffairKind.COVER)) == []
    assert world.do("clerk", lambda work: may_begin(work, AffairKind.COVER))
    assert not world.do("foreign", lambda work: may_begin(work, AffairKind.COVER))


def test_words_that_are_too_long_are_refused(world: World) -> None:
    words = {"detail": "长" * 2_001}
    with pytest.raises(Invalid, match="text_too_long"):
        world.do("clerk", lambda work: acting.begin(work, AffairKind.RISK, title="x", words=words))


def test_the_person_concerned_cannot_release_what_is_about_oneself(world: World) -> None:
    topic, me = world.issued("foreign"), world.id("clerk")
    affair = world.do(
        "discipline",
        lambda work: acting.begin(work, AffairKind.COVER, title="x", topic_id=topic.id, person_id=me),
    )
    given = world.do("clerk", lambda work: acting.act(work, affair, AffairEvent.GIVE))
    with pytest.raises(Barred):
        world.do("clerk", lambda work: acting.act(work, given, AffairEvent.RELEASE))


def test_an_answer_is_kept_once_asked_for_and_the_latest_counts(world: World) -> None:
    affair = released(world, "deputy", "logistics")
    with pytest.raises(NoRight):
        world.do("foreign", lambda work: acting.answer(work, affair, "follow"))
    with pytest.raises(NotFound):
        world.do("deputy", lambda work: acting.answer(work, affair, "yes", part="observer"))

    world.do("deputy", lambda work: acting.answer(work, affair, "na"))
    world.do("deputy", lambda work: acting.answer(work, affair, "follow", "对照检查"))

    parts = world.ask(lambda tx: affairs.parts(tx, affair.id))
    answered = {part.person_id: (part.answer, part.words) for part in parts}
    assert answered == {world.id("deputy"): ("follow", "对照检查"), world.id("logistics"): ("", "")}
    assert world.ask(lambda tx: affairs.asking(tx, world.id("deputy"))) == []
    assert [a.id for a in world.ask(lambda tx: affairs.asking(tx, world.id("logistics")))] == [affair.id]
    assert whole(world)


def test_a_deputy_answers_in_the_absence_of_who_was_asked(world: World) -> None:
    affair = released(world, "deputy")
    since = world.clock.now()

    def away(work: Work) -> None:
        until = since + timedelta(days=5)
        standing_in.delegate(work, world.id("deputy"), world.id("logistics"), since, until)

    world.do("deputy", away)
    assert [a.id for a in world.do("logistics", waits_for)] == [affair.id]
    part = world.do("logistics", lambda work: acting.answer(work, affair, "na"))
    assert part.person_id == world.id("deputy")
    assert world.do("logistics", waits_for) == []


def test_whoever_is_waited_for_is_reminded_once_and_then_reported_once(world: World) -> None:
    affair = released(world, "deputy", "logistics")
    world.do("logistics", lambda work: acting.answer(work, affair, "na"))
    assert sweep(world) == []

    world.clock.advance(datetime.fromisoformat("2026-03-05T09:00:00+08:00") - world.clock.now())
    assert sweep(world) == [world.id("deputy")]
    assert sweep(world) == []
    assert [one.kind for one in pushes(world, "deputy", affair)] == ["affairs.due"]

    world.clock.advance(datetime.fromisoformat("2026-03-09T09:00:00+08:00") - world.clock.now())
    assert sweep(world) == sorted([world.id("deputy"), world.id("clerk")])
    assert [one.data["over"] for one in pushes(world, "deputy", affair)] == [False, True]
    assert [one.kind for one in pushes(world, "clerk", affair)] == ["affairs.late"]
    assert pushes(world, "logistics", affair) == []
    world.later(days=30)
    assert sweep(world) == []


def test_a_reminder_that_comes_after_the_term_leaves_it_to_the_report(world: World) -> None:
    affair = released(world, "deputy")
    world.clock.advance(FRIDAY - world.clock.now() + timedelta(hours=1))
    assert sweep(world) == []
    assert pushes(world, "deputy", affair) == []


def test_nobody_hears_of_it_when_all_have_answered_or_it_is_over(world: World) -> None:
    affair = released(world, "deputy")
    world.do("deputy", lambda work: acting.answer(work, affair, "na"))
    world.later(days=30)
    assert sweep(world) == []
    done = world.do("clerk", lambda work: acting.act(work, affair, AffairEvent.FINISH))
    assert done.settled
    assert done.settled_by == world.id("clerk")
    assert world.ask(affairs.due_next) is None


def test_nobody_is_reported_to_about_oneself(world: World) -> None:
    affair = released(world, "clerk")
    world.later(days=30)
    assert sweep(world) == sorted([world.id("clerk"), world.id("discipline")])
    assert [one.kind for one in pushes(world, "discipline", affair)] == ["affairs.late"]


def test_an_affair_scheduled_for_nothing_is_laid_to_rest(world: World) -> None:
    affair = cover(world)
    world.run(lambda tx: affairs.schedule(tx, affair.id, tx.now))
    assert sweep(world) == []
    assert world.ask(affairs.due_next) is None


def test_a_look_that_is_due_stays_due_whatever_is_done_before_it(world: World) -> None:
    affair = assessment(world, due=FRIDAY)
    world.clock.advance(datetime.fromisoformat("2026-03-09T09:30:00+08:00") - world.clock.now())
    world.do("foreign", lambda work: acting.act(work, affair, AffairEvent.ADD))
    assert sweep(world) == sorted([world.id("foreign"), world.id("clerk")])


def test_a_change_that_leaves_the_term_alone_reminds_nobody_twice(world: World) -> None:
    affair = assessment(world, due=FRIDAY)
    world.clock.advance(datetime.fromisoformat("2026-03-05T09:00:00+08:00") - world.clock.now())
    assert sweep(world) == [world.id("foreign")]
    world.do("foreign", lambda work: acting.act(work, affair, AffairEvent.ADD, {"words": {"reply": "已办"}}))
    assert sweep(world) == []
    assert len(pushes(world, "foreign", affair)) == 1


def test_a_kind_that_fires_does_what_it_says(world: World) -> None:
    fired: list[str] = []

    @reminding.fires(AffairKind.RISK)
    def note(tx: Tx, policy: object, affair: Affair) -> list[PersonId]:
        fired.append(affair.number)
        affairs.schedule(tx, affair.id, None)
        return []

    at = world.clock.now() + timedelta(hours=1)
    facts = {"fires_at": at.isoformat()}
    try:
        world.do("clerk", lambda work: acting.begin(work, AffairKind.RISK, title="x", facts=facts))
        assert world.ask(affairs.due_next) == at
        world.later(hours=2)
        assert sweep(world) == []
    finally:
        del reminding.FIRINGS[AffairKind.RISK]
    assert fired == ["R2026-01"]


def test_a_moment_nobody_waits_for_any_more_does_not_keep_the_sweep_busy(world: World) -> None:
    facts = {"fires_at": (world.clock.now() + timedelta(hours=1)).isoformat()}
    world.do("clerk", lambda work: acting.begin(work, AffairKind.RISK, title="x", facts=facts))
    world.later(hours=2)
    assert world.run(lambda tx: reminding.sweep(tx, world.policy))[0] == 1
    assert world.run(lambda tx: reminding.sweep(tx, world.policy))[0] == 0


def test_seats_are_read_anew_each_time(world: World) -> None:
    topic = world.issued("foreign")
    affair = world.do(
        "discipline", lambda work: acting.begin(work, AffairKind.RECHECK, title="x", topic_id=topic.id)
    )
    frame = frame_of(affair)
    held = {who: world.do(who, lambda work: seats(work, frame)) for who in ("foreign", "intl-head", "admin")}
    assert held["foreign"] == {AffairSeat.LEADER, AffairSeat.OWNER} or AffairSeat.LEADER in held["foreign"]
    assert held["intl-head"] == {AffairSeat.UNIT, AffairSeat.MEMBER}
    assert held["admin"] == set()
    assert AffairSeat.VERIFIER in world.do("discipline", lambda work: seats(work, frame))
    assert not world.do("admin", lambda work: concerned(work, affair))
    assert not world.do("deputy", lambda work: concerned(work, affair))
    assert world.do("intl-head", lambda work: concerned(work, affair))
    assert AffairEvent.GIVE in world.do("discipline", lambda work: open_to(work, affair))
    assert world.do("discipline", waits_for) == [], "planned: it waits for nobody before its day"
    world.run(lambda tx: affairs.save(tx, affair, {"state": AffairState.CALLED}))
    assert [a.id for a in world.do("discipline", waits_for)] == [affair.id]
    assert world.do("president", waits_for) == []


def test_a_units_affair_waits_for_its_head(world: World) -> None:
    unit = world.unit("intl")
    frame = Frame(AffairKind.SELF_CHECK, unit_id=unit)
    affair = world.do(
        "clerk", lambda work: acting.begin(work, AffairKind.SELF_CHECK, title="x", unit_id=unit)
    )
    assert AffairSeat.UNIT in world.do("intl-head", lambda work: seats(work, frame))
    assert [a.id for a in world.do("intl-head", waits_for)] == [affair.id]
    assert world.do("finance-head", waits_for) == []


def test_items_are_numbered_and_can_be_changed(world: World) -> None:
    topic = world.issued("foreign")

    def fill(work: Work) -> Affair:
        affair = acting.begin(work, AffairKind.MEETING, title="联席会议", facts={"sort": "joint"})
        first = acting.put(work, affair, "agenda", "出国审批", topic_id=topic.id)
        acting.put(work, affair, "decision")
        acting.change_item(work, affair, first, state="held", words="出国审批进展")
        return affair

    affair = world.do("clerk", fill)
    items = world.ask(lambda tx: affairs.items(tx, affair.id))
    assert [(i.no, i.kind, i.state, i.words) for i in items] == [
        (1, "agenda", "held", "出国审批进展"),
        (2, "decision", "", ""),
    ]
    assert [i.no for i in world.ask(lambda tx: affairs.items(tx, affair.id, "decision"))] == [2]
    assert whole(world)


def test_a_rule_may_act_where_nobody_does(world: World) -> None:
    affair = cover(world)
    world.run(
        lambda tx: acting.act_by_rule(
            tx, world.policy, affair, AffairEvent.DROP, {"state": AffairState.CANCELLED}
        )
    )
    assert world.ask(lambda tx: affairs.get(tx, affair.id)).settled
    assert whole(world)
