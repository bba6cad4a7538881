"""A ledger that is already running comes in: each topic in its state, and the past does not wake."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.texts.sheets import vocabulary
from services import claiming, reminding, verifying
from services.imports import read_ledger
from services.imports_applying import import_ledger
from storage import firings, measures, notices, people_changes, reports, topics
from storage.journal import verify
from storage.replay import differences
from tests.services.conftest import World
from tests.services.ledgers import HEAD, bring, row, topic
from tests.services.sheets import text_file, xlsx
from workflow.errors import Invalid, NoRight
from workflow.ladder_item import Subject
from workflow.measure import MeasureState
from workflow.roles import Role
from workflow.topic import Cycle, Kind, TopicState

NOON = datetime.fromisoformat("2026-02-01T12:00")
CLOSED = row(
    编号="2025-031",
    问题内容="公务接待台账不全",
    完成状态="已销号",
    销号日期=date(2025, 12, 20),
    完成时限="2025年12月31日",
)
UNCLAIMED = row(
    编号="2026-004", 问题内容="采购验收不规范，留痕不全", 责任领导="后勤副院长", 完成状态="未领题"
)
RUNNING = row(
    编号="2026-001",
    问题类型="制度机制",
    问题内容="因公出国管理内控制度不完善",
    整改措施="1.修订办法\n（2）核对台账\n③ 20人培训\n3个月内回头看",
    配合单位="财务处",
    负责人="国际处处长",
    延期后时限="2026.9.30",
    进展情况="办法已报党委会",
)
WAITING = row(编号="2026-002", 问题内容="科研报销审核不严", 完成状态="待核验", 责任领导="副书记、外事副院长")
LATE = row(编号="2026-003", 问题内容="合同备案不全", 完成状态="逾期", 完成时限=NOON)
STANDING = row(问题内容="支部组织生活质量不高", 完成时限="长期坚持", 责任领导="副书记", 整改措施="月度抽查")
LEDGER = [("示例学院整改台账",), HEAD, CLOSED, UNCLAIMED, RUNNING, WAITING, LATE, STANDING]


def test_every_topic_comes_in_where_it_stands(world: World) -> None:
    done = bring(world, LEDGER)

    assert (done.problems, done.topics, done.measures) == ((), 6, 4)
    assert {
        n: topic(world, n).state for n in ("2025-031", "2026-004", "2026-001", "2026-002", "2026-003")
    } == {
        "2025-031": TopicState.CLOSED,
        "2026-004": TopicState.ISSUED,
        "2026-001": TopicState.IN_PROGRESS,
        "2026-002": TopicState.SUBMITTED,
        "2026-003": TopicState.IN_PROGRESS,
    }
    running, closed = topic(world, "2026-001"), topic(world, "2025-031")
    assert (running.category, running.extensions) == ("system", 1)
    assert running.first_deadline == datetime(2026, 6, 30, 15, 59, 59, tzinfo=UTC)
    assert running.deadline == datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)
    assert closed.closed_at == datetime(2025, 12, 20, 15, 59, 59, tzinfo=UTC)
    assert topic(world, "2026-003").overdue(world.clock.now())
    assert topic(world, "2026-002").co_owners == (world.id("foreign"),)


def test_numbers_go_on_behind_the_ones_that_came(world: World) -> None:
    bring(world, LEDGER)

    assert topic(world, "2026-005").title == "支部组织生活质量不高"
    assert world.issued().number == "2026-006"


def test_what_is_standing_reports_on_a_cycle(world: World) -> None:
    bring(world, LEDGER)

    standing = topic(world, "2026-005")
    assert (standing.kind, standing.cycle, standing.deadline) == (Kind.STANDING, Cycle.QUARTERLY, None)
    assert [r.text for r in world.ask(lambda tx: reports.of_topic(tx, standing.id))] == ["月度抽查"]


def test_several_lines_of_measures_are_measures(world: World) -> None:
    bring(world, LEDGER)

    running = topic(world, "2026-001")
    steps = world.ask(lambda tx: measures.of_topic(tx, running.id))
    assert [(s.no, s.text) for s in steps] == [
        (1, "修订办法"),
        (2, "核对台账"),
        (3, "20人培训"),
        (4, "3个月内回头看"),
    ]
    assert {s.state for s in steps} == {MeasureState.RECEIVED}
    assert steps[0].lead_units == (world.unit("intl"),)
    [said] = world.ask(lambda tx: reports.of_topic(tx, running.id))
    assert said.text == "办法已报党委会\n国际处处长"


def test_the_past_does_not_wake(world: World) -> None:
    bring(world, LEDGER)

    assert world.run(lambda tx: reminding.sweep(tx, world.policy)).items == 0
    assert world.ask(lambda tx: notices.get_many(tx, range(1_000))) == []
    first = world.ask(firings.next_due)
    assert first is not None
    assert first > world.clock.now()
    assert world.ask(lambda tx: firings.ladders_of(tx, [topic(world, "2026-003").id]))


def test_a_dry_run_says_what_the_first_sweep_will_send_and_it_does(world: World) -> None:
    preview = bring(world, LEDGER, dry_run=True).first
    assert world.trail()[-1] != "ledger"
    assert world.ask(lambda tx: topics.count(tx)) == 0
    assert preview is not None

    bring(world, LEDGER)
    world.clock.advance(preview.at - world.clock.now())
    swept = world.run(lambda tx: reminding.sweep(tx, world.policy))

    sent = world.ask(lambda tx: notices.get_many(tx, range(1_000)))
    assert swept.told == {waiting.person_id for waiting in preview.waiting}
    assert len(sent) == sum(waiting.singles + waiting.lines for waiting in preview.waiting)
    assert sum(notice.single for notice in sent) == sum(waiting.singles for waiting in preview.waiting)


def test_what_is_closed_will_never_send_anything(world: World) -> None:
    assert bring(world, [HEAD, CLOSED], dry_run=True).first is None


def test_the_work_goes_on_from_there(world: World) -> None:
    bring(world, LEDGER)

    world.do("logistics", lambda work: claiming.claim(work, topic(world, "2026-004").id))
    world.do("discipline", lambda work: verifying.close(work, topic(world, "2026-002").id))

    assert topic(world, "2026-004").state is TopicState.IN_PROGRESS
    assert topic(world, "2026-002").state is TopicState.CLOSED


def test_the_trail_holds_each_topic_whole_and_no_words(world: World) -> None:
    bring(world, LEDGER)

    assert world.trail().count("import") == 6 + 4
    assert world.ask(differences) == []
    assert world.ask(lambda tx: verify(tx.connection)).problem == ""
    for word in ("因公出国", "修订办法", "党委会"):
        assert word.encode() not in world.trail_bytes()


def test_only_the_office_brings_a_ledger(world: World) -> None:
    with pytest.raises(NoRight, match="may_not_administer"):
        bring(world, LEDGER, "admin")
    assert bring(world, LEDGER, "operator").topics == 6


def test_a_text_file_does_as_well(world: World) -> None:
    rows = [(*HEAD, "点题人"), (*row(问题内容="采购验收不规范", 完成时限="2026/6/30"), "党委书记")]
    sheet = read_ledger(text_file(rows, "gb18030"), "台账.csv", vocabulary())

    done = world.do("clerk", lambda work: import_ledger(work, sheet))

    assert (done.problems, done.topics) == ((), 1)


def test_the_only_chief_who_may_issue_need_not_be_named(world: World) -> None:
    president = world.id("president")
    world.run(lambda tx: people_changes.revoke(tx, president, Role.CHIEF))

    bring(world, [HEAD, UNCLAIMED], issuer_id=None)

    assert topic(world, "2026-004").issuer_id == world.id("secretary")


def test_what_is_no_ledger() -> None:
    with pytest.raises(Invalid, match="no_table"):
        read_ledger(xlsx(("台账", [("编号", "问题内容")])), "台账.xlsx", vocabulary())


def test_a_ledger_of_thousands_comes_in_one_turn(world: World) -> None:
    rows = [HEAD, *(row(问题内容=f"问题{n}", 整改措施="修订办法") for n in range(2_000))]

    done = bring(world, rows)

    assert (done.topics, done.measures) == (2_000, 2_000)
    due = world.ask(firings.next_due)
    assert due is not None
    assert due > world.clock.now() + timedelta(hours=1)
    assert world.run(lambda tx: firings.due_items(tx, Subject.TOPIC, 10)) == []
