"""Meetings under the table: who hears what, what is refused, and what the record then says."""

from datetime import UTC, datetime, timedelta

import pytest

from services import claiming, extending, measuring
from services.affairs import meetings, meetings_agenda, meetings_clock, meetings_inviting, meetings_reading
from services.affairs.acting import begin_by_rule
from services.affairs.meetings import Plan
from services.affairs.reminding import sweep
from services.work import Work
from storage import affairs
from tests.services.conftest import World
from workflow.affair import Affair, AffairKind, AffairState
from workflow.errors import Invalid, Missing, NoRight, NotFound, NotInThisState
from workflow.meeting import Sort, Why, moved, propose
from workflow.topic import TopicId

AT = datetime(2026, 3, 20, 1, tzinfo=UTC)
WINDOW = datetime(2026, 3, 18, 15, 59, 59, tzinfo=UTC)


def opened(world: World, sort: Sort = Sort.JOINT, by: str = "clerk", chair: str = "secretary") -> Affair:
    plan = Plan(sort, AT, "行政楼301", world.id(chair), WINDOW)
    return world.do(by, lambda work: meetings.begin(work, plan))


def fresh(world: World, affair: Affair) -> Affair:
    return world.ask(lambda tx: affairs.get(tx, affair.id))


def offered(world: World, affair: Affair, text: str = "采购验收", by: str = "foreign") -> None:
    world.do(by, lambda work: meetings_agenda.offer(work, affairs.get(work.tx, affair.id), text))


def to_called(world: World, affair: Affair, *asked: str) -> Affair:
    offered(world, affair)
    world.do("clerk", lambda work: meetings.submit(work, affairs.get(work.tx, affair.id)))
    world.do("secretary", lambda work: meetings.approve(work, affairs.get(work.tx, affair.id)))
    whom = [world.id(one) for one in asked]
    return world.do("clerk", lambda work: meetings.call(work, affairs.get(work.tx, affair.id), whom))


def kinds(world: World, who: str) -> list[str]:
    person = world.id(who)
    owed = world.ask(lambda tx: tx.connection.exec_driver_sql("select kind, person_id from notices").all())
    return [kind for kind, whom in owed if whom == person and kind.startswith("meetings.")]


def swept(world: World, at: datetime) -> None:
    world.clock.advance(at - world.clock.now())
    world.run(lambda tx: sweep(tx, world.policy))


def test_reasons_are_heard_in_order_and_each_topic_once() -> None:
    found = {Why.NEW: [TopicId(1), TopicId(2)], Why.OVERDUE: [TopicId(1)], Why.DISPUTED: [TopicId(3)]}
    assert propose(found) == [(2, Why.NEW), (3, Why.DISPUTED), (1, Why.OVERDUE)]
    assert moved([1, 2, 3], 3, 1) == [3, 1, 2]
    assert moved([1, 2, 3], 1, 9) == [2, 3, 1]


def test_intake_is_asked_for_where_the_ledger_speaks(world: World) -> None:
    opened(world)
    assert kinds(world, "foreign") == kinds(world, "finance-head") == ["meetings.intake"]
    opened(world, Sort.DEMOCRATIC)
    assert kinds(world, "foreign") == ["meetings.intake"]


def test_a_meeting_in_the_past_or_by_nobody_is_refused(world: World) -> None:
    plan = Plan(Sort.JOINT, AT - timedelta(days=90), "x", world.id("secretary"), WINDOW)
    with pytest.raises(Invalid, match="meeting_past"):
        world.do("clerk", lambda work: meetings.begin(work, plan))
    with pytest.raises(NoRight):
        opened(world, by="foreign")


def test_a_new_time_wants_new_answers_and_a_new_place_none(world: World) -> None:
    affair = to_called(world, opened(world), "foreign", "deputy")
    world.do("foreign", lambda work: meetings.reply(work, affair, meetings.YES))
    same = Plan(Sort.JOINT, AT, "行政楼302", world.id("secretary"), WINDOW)
    world.do("clerk", lambda work: meetings.move(work, affairs.get(work.tx, affair.id), same))
    assert [p.answer for p in world.ask(lambda tx: affairs.parts(tx, affair.id, "asked"))] == ["yes", ""]
    later = Plan(Sort.JOINT, AT + timedelta(days=3), "行政楼302", world.id("secretary"), WINDOW)
    moved_ = world.do("clerk", lambda work: meetings.move(work, affairs.get(work.tx, affair.id), later))
    assert [p.answer for p in world.ask(lambda tx: affairs.parts(tx, affair.id, "asked"))] == ["", ""]
    assert moved_.words["place"] == "行政楼302"
    assert kinds(world, "foreign").count("meetings.moved") == 2


def test_moving_before_anybody_was_called_tells_nobody(world: World) -> None:
    affair = opened(world)
    plan = Plan(Sort.JOINT, AT, "二楼", world.id("secretary"), WINDOW)
    world.do("clerk", lambda work: meetings.move(work, affair, plan))
    assert "meetings.moved" not in kinds(world, "foreign")


def test_an_empty_agenda_goes_nowhere_and_a_struck_item_is_told(world: World) -> None:
    affair = opened(world)
    with pytest.raises(Invalid, match="meeting_no_agenda"):
        world.do("clerk", lambda work: meetings.submit(work, affair))
    offered(world, affair, "采购验收", "foreign")
    offered(world, affair, "经费报销", "deputy")
    world.do("clerk", lambda work: meetings_agenda.strike(work, affairs.get(work.tx, affair.id), 1))
    world.do("clerk", lambda work: meetings.submit(work, affairs.get(work.tx, affair.id)))
    world.do("secretary", lambda work: meetings.approve(work, affairs.get(work.tx, affair.id)))
    assert "meetings.unlisted" in kinds(world, "foreign")
    assert "meetings.listed" in kinds(world, "deputy")
    with pytest.raises(Invalid, match="meeting_agenda_fixed"):
        world.do("clerk", lambda work: meetings_agenda.strike(work, affairs.get(work.tx, affair.id), 1))


def test_agenda_and_minutes_go_back_with_a_remark(world: World) -> None:
    affair = opened(world)
    offered(world, affair)
    world.do("clerk", lambda work: meetings.submit(work, affairs.get(work.tx, affair.id)))
    back = world.do(
        "secretary", lambda work: meetings.send_back(work, affairs.get(work.tx, affair.id), "精简")
    )
    assert (back.state, back.words["remark"]) == (AffairState.OPEN, "精简")
    assert "meetings.agenda_back" in kinds(world, "clerk")
    called = to_called(world, affair, "foreign")
    world.clock.advance(AT - world.clock.now())
    world.do("clerk", lambda work: meetings.hold(work, called))
    given = world.do("clerk", lambda work: meetings.draw_up(work, affairs.get(work.tx, affair.id)))
    assert given.state is AffairState.GIVEN
    again = world.do("secretary", lambda work: meetings.send_back(work, given))
    assert again.state is AffairState.HELD
    assert "meetings.minutes_back" in kinds(world, "clerk")
    done = world.do("secretary", lambda work: meetings.draw_up(work, again))
    assert done.state is AffairState.DONE
    assert "meetings.minutes" in kinds(world, "foreign")


def test_nobody_is_called_twice_and_nobody_at_all_is_refused(world: World) -> None:
    affair = opened(world)
    called = to_called(world, affair, "foreign")
    with pytest.raises(Invalid, match="meeting_nobody_asked"):
        world.do("clerk", lambda work: meetings.call(work, called, []))
    both, head = [world.id("foreign"), world.id("deputy")], [world.id("finance-head")]
    world.do("clerk", lambda work: meetings.call(work, affairs.get(work.tx, affair.id), both, head))
    assert kinds(world, "foreign").count("meetings.called") == 1
    assert "meetings.called" in kinds(world, "deputy")
    sheet = world.ask(lambda tx: meetings_reading.agenda(tx, affairs.get(tx, affair.id)))
    assert (sheet.asked, sheet.observers) == (("外事副院长", "副书记"), ("财务处处长",))


def test_a_meeting_without_a_time_can_be_called_and_held(world: World) -> None:
    made = world.run(lambda tx: begin_by_rule(tx, world.policy, AffairKind.MEETING, person_id=None))
    assert meetings.sort_of(made) is Sort.JOINT
    assert meetings.window_of(made) == made.opened_at
    offered(world, made, by="clerk")
    world.do("secretary", lambda work: meetings.approve(work, affairs.get(work.tx, made.id)))
    whom = [world.id("deputy")]
    world.do("clerk", lambda work: meetings.call(work, affairs.get(work.tx, made.id), whom))
    held = world.do("clerk", lambda work: meetings.hold(work, affairs.get(work.tx, made.id)))
    assert world.ask(lambda tx: affairs.parts(tx, held.id, "present")) == []
    assert world.run(lambda tx: meetings_clock.fire(tx, world.policy, held)) == set()


def test_attendance_is_put_right_both_ways(world: World) -> None:
    affair = to_called(world, opened(world), "foreign", "deputy")
    for who in ("foreign", "deputy"):
        world.do(who, lambda work: meetings.reply(work, affair, meetings.YES))
    with pytest.raises(Invalid, match="meeting_not_yet"):
        world.do("clerk", lambda work: meetings.hold(work, affair))
    world.clock.advance(AT - world.clock.now())
    world.do("clerk", lambda work: meetings.hold(work, affair))
    away, came = [world.id("foreign"), world.id("discipline")], [world.id("foreign"), world.id("logistics")]
    world.do(
        "clerk", lambda work: meetings.attend(work, affairs.get(work.tx, affair.id), away, present=False)
    )
    read = world.ask(lambda tx: meetings_reading.minutes(tx, affairs.get(tx, affair.id)))
    assert read.present == ("党委书记", "副书记")
    assert read.absent == ("外事副院长",)
    world.do("clerk", lambda work: meetings.attend(work, affairs.get(work.tx, affair.id), came, present=True))
    read = world.ask(lambda tx: meetings_reading.minutes(tx, affairs.get(tx, affair.id)))
    assert read.present == ("党委书记", "外事副院长", "副书记", "后勤副院长")
    assert not read.confirmed


def test_a_leave_goes_to_the_office_each_persons_once(world: World) -> None:
    affair = to_called(world, opened(world), "foreign", "deputy")
    for who in ("foreign", "foreign", "deputy"):
        world.do(who, lambda work: meetings.reply(work, affair, meetings.LEAVE, "出差"))
    assert kinds(world, "clerk").count("meetings.leave") == 2
    with pytest.raises(NoRight):
        world.do("logistics", lambda work: meetings.reply(work, affair, meetings.YES))


def test_a_cancelled_meeting_is_told_to_who_was_called_or_gave_an_item(world: World) -> None:
    affair = opened(world)
    offered(world, affair, by="finance-head")
    world.do("clerk", lambda work: meetings.drop(work, affairs.get(work.tx, affair.id), "并入党委会"))
    assert "meetings.cancelled" in kinds(world, "finance-head")
    assert "meetings.cancelled" in kinds(world, "secretary")
    bare = world.run(lambda tx: begin_by_rule(tx, world.policy, AffairKind.MEETING))
    told = world.do("clerk", lambda work: meetings.concerned_by(work, bare))
    assert told == [world.id("clerk")]
    with pytest.raises(NotInThisState):
        world.do("clerk", lambda work: meetings.drop(work, affairs.get(work.tx, affair.id)))


def test_after_the_window_only_the_keeper_adds(world: World) -> None:
    affair = opened(world)
    swept(world, WINDOW + timedelta(hours=1))
    assert "meetings.ready" in kinds(world, "clerk")
    with pytest.raises(Invalid, match="meeting_window_over"):
        offered(world, affair)
    offered(world, affair, by="clerk")
    with pytest.raises(Missing):
        offered(world, affair, " ", "clerk")


def test_the_agenda_comes_from_the_ledger_with_reasons(world: World) -> None:
    unclaimed, late, disputed = world.issued(), world.issued("deputy"), world.issued("logistics")
    for who, topic in (("deputy", late), ("logistics", disputed)):
        world.do(who, lambda work, topic=topic: claiming.claim(work, topic.id))
    step = measuring.Step("修订办法", (world.unit("finance"),), datetime(2026, 3, 4, 15, 59, tzinfo=UTC))
    world.do("deputy", lambda work: measuring.decompose(work, late.id, [step]))
    until = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)
    world.do("logistics", lambda work: extending.ask(work, disputed.id, until, "等待招标"))
    world.clock.advance(timedelta(days=7))
    affair = opened(world)
    world.do("clerk", lambda work: meetings_agenda.draw_up(work, affair))
    sheet = world.ask(lambda tx: meetings_reading.agenda(tx, affairs.get(tx, affair.id)))
    assert [(row.number, row.why) for row in sheet.rows] == [
        (disputed.number, Why.DISPUTED),
        (late.number, Why.OVERDUE),
        (unclaimed.number, Why.UNCLAIMED),
    ]
    assert sheet.rows[0].item.startswith(disputed.number)
    assert sheet.rows[2].units == ("国际处",)
    again = world.do("clerk", lambda work: meetings_agenda.draw_up(work, affairs.get(work.tx, affair.id)))
    assert again == []
    with pytest.raises(Invalid, match="meeting_already_listed"):
        world.do("clerk", lambda w: meetings_agenda.offer(w, affairs.get(w.tx, affair.id), "", late.id))
    other = opened(world, Sort.DEMOCRATIC)
    assert world.do("clerk", lambda w: meetings_agenda.draw_up(w, other)) == []


def test_items_are_moved_timed_and_entrusted(world: World) -> None:
    affair = opened(world)
    for text in ("甲", "乙", "丙"):
        offered(world, affair, text)
    world.do("clerk", lambda work: meetings_agenda.reorder(work, affairs.get(work.tx, affair.id), 3, 1))
    world.do("clerk", lambda work: meetings_agenda.allot(work, affairs.get(work.tx, affair.id), 1, 25))
    other = world.id("deputy")
    world.do("clerk", lambda work: meetings_agenda.entrust(work, affairs.get(work.tx, affair.id), 1, other))
    sheet = world.ask(lambda tx: meetings_reading.agenda(tx, affairs.get(tx, affair.id)))
    assert [row.item for row in sheet.rows] == ["丙", "甲", "乙"]
    assert (sheet.rows[0].minutes, sheet.rows[0].reporter) == (25, "副书记")
    with pytest.raises(Invalid, match="meeting_minutes"):
        world.do("clerk", lambda work: meetings_agenda.allot(work, affairs.get(work.tx, affair.id), 1, 0))
    with pytest.raises(NotFound):
        world.do("clerk", lambda work: meetings_agenda.strike(work, affairs.get(work.tx, affair.id), 9))


def test_who_is_called_depends_on_the_sort(world: World) -> None:
    chair = world.id("discipline")

    def guests(work: Work, sort: Sort) -> tuple[set[int], set[int]]:
        plan = Plan(sort, AT, "x", chair, WINDOW)
        found = meetings_inviting.proposed(work, meetings.begin(work, plan))
        return {*found.asked}, {*found.observers}

    democratic = world.do("clerk", lambda work: guests(work, Sort.DEMOCRATIC))
    assert democratic[1] == set()
    integrity = world.do("clerk", lambda work: guests(work, Sort.INTEGRITY))
    assert integrity[1] == {world.id("intl-head"), world.id("finance-head")}
    bare = world.run(lambda tx: begin_by_rule(tx, world.policy, AffairKind.MEETING))
    asked = world.do("clerk", lambda work: meetings_inviting.proposed(work, bare)).asked
    assert world.id("secretary") in asked
