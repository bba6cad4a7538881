"""What a meeting decided: done where the seat may, told to whoever must where it may not; and the pack."""

from datetime import UTC, datetime, timedelta

import pytest

from services import claiming, extending, issuing, measuring
from services.affairs import meetings, meetings_decisions, meetings_pack, meetings_reading
from services.affairs.acting import begin_by_rule
from services.affairs.meetings_decisions import Decision
from services.issuing import Draft
from storage import affairs, topics
from storage.requests import RequestState, of_topic
from tests.services.conftest import World
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.errors import NoRight, NotFound
from workflow.meeting import Act
from workflow.topic import Topic, TopicState

LATER = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def held(world: World) -> Affair:
    """A meeting that takes decisions, presided by the secretary."""
    chair = world.id("secretary")
    return world.run(
        lambda tx: begin_by_rule(
            tx, world.policy, AffairKind.MEETING, state=AffairState.HELD, person_id=chair, due_at=tx.now
        )
    )


def noted(world: World, affair: Affair, decision: Decision, by: str = "clerk") -> AffairItem:
    (item,) = world.do(
        by, lambda work: meetings_decisions.note(work, affairs.get(work.tx, affair.id), [decision])
    )
    return item


def asked(world: World) -> Topic:
    topic = world.issued()
    world.do("foreign", lambda work: claiming.claim(work, topic.id))
    until = LATER - timedelta(days=20)
    world.do("foreign", lambda work: extending.ask(work, topic.id, until, "等待招标"))
    return topic


def told(world: World, who: str) -> list[str]:
    person = world.id(who)
    owed = world.ask(lambda tx: tx.connection.exec_driver_sql("select kind, person_id from notices").all())
    return [kind for kind, whom in owed if whom == person]


def test_an_extension_is_granted_where_the_chair_decides_it(world: World, held: Affair) -> None:
    topic = asked(world)
    item = noted(world, held, Decision(Act.EXTENSION, topic=topic.id, due=LATER), "secretary")
    assert item.state == "done"
    assert world.ask(lambda tx: topics.get(tx, topic.id)).deadline == LATER
    (request,) = world.ask(lambda tx: of_topic(tx, topic.id))
    assert request.state is RequestState.GRANTED


def test_one_that_cannot_be_granted_so_waits(world: World, held: Affair) -> None:
    topic = asked(world)
    early = datetime(2026, 6, 1, tzinfo=UTC)
    item = noted(world, held, Decision(Act.EXTENSION, topic=topic.id, due=early), "secretary")
    assert item.state == "owed"


def test_the_office_grants_nothing_but_tells_who_must(world: World, held: Affair) -> None:
    topic = asked(world)
    assert noted(world, held, Decision(Act.EXTENSION, topic=topic.id, due=LATER)).state == "owed"
    assert "meeting_extension" in told(world, "secretary")
    bare = world.issued("deputy")
    assert noted(world, held, Decision(Act.EXTENSION, topic=bare.id)).state == "owed"
    assert "meeting_extension_ask" in told(world, "deputy")


def test_a_withdrawal_is_the_issuers(world: World, held: Affair) -> None:
    topic = world.issued()
    decision = Decision(Act.WITHDRAWAL, "与002重复", topic=topic.id)
    first = noted(world, held, decision, "secretary")
    assert first.state == "done"
    assert world.ask(lambda tx: topics.get(tx, topic.id)).state is TopicState.WITHDRAWN
    second = noted(world, held, Decision(Act.WITHDRAWAL, "重复", topic=topic.id))
    assert second.state == "owed"
    assert "meeting_withdrawal" in told(world, "secretary")


def test_a_topic_is_drafted_in_the_chairs_name_and_linked(world: World, held: Affair) -> None:
    bare = noted(world, held, Decision(Act.TOPIC, "采购验收", draft=Draft(title="采购验收不规范")))
    deadline = LATER
    whole = Draft(title="报销审核不严", goal="审核到位", owner_id=world.id("deputy"), deadline=deadline)
    second = noted(world, held, Decision(Act.TOPIC, "报销", draft=whole))
    raised = world.ask(lambda tx: [topics.get(tx, one) for one in affairs.raised_by(tx, held.id)])
    assert [one.state for one in raised] == [TopicState.DRAFT, TopicState.CONFIRMING]
    assert {one.issuer_id for one in raised} == {world.id("secretary")}
    assert (bare.state, second.state) == ("owed", "owed")
    mine = noted(world, held, Decision(Act.TOPIC, "报销", draft=whole), "secretary")
    assert mine.state == "done"


def test_notes_are_read_and_may_be_struck(world: World, held: Affair) -> None:
    secret = world.issued(confidential=True)
    unit, leader = world.unit("finance"), world.id("deputy")
    noted(world, held, Decision(Act.NOTE, "修订办法", person=leader, unit=unit, due=LATER))
    noted(world, held, Decision(Act.NOTE, "不应外传", topic=secret.id))
    open_ = world.issued()
    noted(world, held, Decision(Act.NOTE, "加快", topic=open_.id))
    read = world.ask(lambda tx: meetings_reading.minutes(tx, affairs.get(tx, held.id)))
    first, second, third = read.decisions
    assert (first.item, first.leader, first.unit, first.due) == ("修订办法", "副书记", "财务处", LATER)
    assert (second.item, second.number) == ("", secret.number)
    assert third.item == f"{open_.title} 加快"
    struck = world.do("clerk", lambda work: meetings_decisions.strike(work, affairs.get(work.tx, held.id), 2))
    assert struck.state == "dropped"
    standing = world.do("clerk", lambda work: meetings_decisions.of(work, held))
    assert len(standing) == 2
    with pytest.raises(NotFound):
        world.do("clerk", lambda work: meetings_decisions.strike(work, affairs.get(work.tx, held.id), 7))
    done = world.do("secretary", lambda work: meetings.finish(work, affairs.get(work.tx, held.id)))
    assert done.state is AffairState.DONE
    assert "meetings.decided" in told(world, "deputy")
    assert "meetings.decided" in told(world, "finance-head")


def test_only_those_who_keep_or_lead_it_note(world: World, held: Affair) -> None:
    world.do("clerk", lambda work: meetings_decisions.may_note(work, held))
    with pytest.raises(NoRight):
        world.do("foreign", lambda work: meetings_decisions.may_note(work, held))


def test_the_pack_counts_and_ranks_nobody(world: World, held: Affair) -> None:
    late, measured = world.issued(), world.issued("deputy")
    world.issued("logistics", lead_units=())
    world.do("deputy", lambda work: claiming.claim(work, measured.id))
    units = (world.unit("finance"),)
    steps = [
        measuring.Step("修订办法", units, datetime(2026, 3, 20, 15, 59, tzinfo=UTC)),
        measuring.Step("开展培训", units, datetime(2026, 6, 29, 15, 59, tzinfo=UTC)),
    ]
    world.do("deputy", lambda work: measuring.decompose(work, measured.id, steps))
    gone = world.issued()
    world.do("secretary", lambda work: issuing.withdraw(work, gone.id, "重复"))
    person = world.id("foreign")
    for state in (AffairState.OPEN, AffairState.GIVEN):
        world.run(
            lambda tx, state=state: begin_by_rule(
                tx, world.policy, AffairKind.ASSESSMENT, state=state, person_id=person
            )
        )
    now = world.do("clerk", lambda work: meetings_pack.pack(work, held))
    assert (now.issued, now.closed, now.open, now.overdue) == (4, 0, 3, 0)
    assert (now.given, now.lacking) == (1, (person,))
    world.clock.advance(timedelta(days=40))
    pack = world.do("clerk", lambda work: meetings_pack.pack(work, held))
    assert dict(pack.overdue_units) == {world.unit("finance"): 1}
    world.clock.advance(timedelta(days=90))
    pack = world.do("clerk", lambda work: meetings_pack.pack(work, held))
    assert [unit for unit, _ in pack.overdue_units] == [world.unit("intl"), world.unit("finance")]
    assert late.id
