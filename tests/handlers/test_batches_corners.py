"""Corners of a batch: what only a hand-made call or an odd sheet can bring about."""

from datetime import date
from pathlib import Path

import pytest

from handlers.texts.sheets import vocabulary
from services.affairs import batches, batches_asking, coverage, duties, duties_rows, listing, risks
from services.affairs.batches import Tag, import_batch, tag_of
from services.affairs.batches_reading import BatchSheet, pasted_batch, pasted_duties
from services.affairs.coverage import Gap
from services.imports_register import register
from services.sheets import read
from storage import affairs
from tests.handlers.conversation import Conversation
from tests.handlers.handing import CHECK, OFFICE, ROOMS, TRAVEL, brought, handing, sheet
from workflow.affair import AffairKind, AffairState
from workflow.errors import Invalid, Missing, NotFound

TAG = Tag("audit", "审计", "审计", date(2026, 3, 1))


def pasted(text: str) -> BatchSheet:
    return pasted_batch(text, "粘贴", vocabulary())


def wrong(college: Conversation, text: str, **more: str) -> list[tuple[str, str]]:
    issuer = college.id("党委书记")
    came = college.do(
        OFFICE, lambda work: import_batch(work, TAG, pasted(text), issuer, dry_run=True, **more)
    )
    return [(problem.where, problem.code) for problem in came.problems]


def test_rows_that_lack_something_are_told_where(college: Conversation) -> None:
    head = "问题概述|整改目标|责任领导|牵头单位|完成时限|问题类型|整改类型|具体措施|措施时限"
    assert wrong(college, f"{head}\n题|目标|||6月30日||||") == [("C2", "missing")]
    assert wrong(college, f"{head}\n题|目标|副书记||6月30日|天文|||") == [("F2", "unknown_category")]
    assert wrong(college, f"{head}\n题|目标|副书记||6月30日|||做|") == [("D2", "missing")]
    assert wrong(college, f"{head}\n题|目标|副书记|财务处|||长期坚持|做|") == [("I2", "missing")]
    assert wrong(college, f"{head}\n题|目标|副书记|财务处|||长期坚持|做|6月1日") == []
    assert wrong(college, f"{head}\n题|目标|副书记|财务处||||") == [("E2", "missing")]
    assert wrong(college, f"{head}\n题|目标|副书记|财务处|6月30日|||做|3月1日前") == [("I2", "date_unclear")]
    assert wrong(college, f"{head}\n题|目标|副书记|财务处|6月30日|||做|2026-02-01") == [("I2", "date_past")]
    assert wrong(college, "问题概述|整改目标|责任领导|完成时限\n|目标||") == [("A2", "missing")]
    assert wrong(college, "|问题概述|整改目标|责任领导|完成时限|\n|题|目标|副书记|6月30日|") == []


def test_several_leaders_in_charge_may_all_claim(college: Conversation) -> None:
    text = "问题概述|整改目标|牵头单位|完成时限\n题|目标|财务处、国际处|6月30日"
    issuer = college.id("党委书记")
    college.do(OFFICE, lambda work: import_batch(work, TAG, pasted(text), issuer))
    [topic] = brought(college)
    assert {*topic.eligible} == {college.id("副书记"), college.id("外事副院长")}


def test_too_much_is_refused(college: Conversation) -> None:
    cells = "|".join("x" * 201)
    with pytest.raises(Invalid, match="sheet_too_large"):
        pasted(f"{cells}\n{cells}")
    many = "\n".join(f"||||做{no}" for no in range(2001))
    text = f"问题概述|整改目标|牵头单位|完成时限|具体措施\n题|目标|财务处|6月30日|做\n{many}"
    assert ("E2", "too_many_steps") in wrong(college, text)


def test_only_in_the_name_of_who_may(college: Conversation) -> None:
    text, leader = "问题概述|整改目标|牵头单位|完成时限\n题|目标|财务处|6月30日", college.id("外事副院长")
    with pytest.raises(Invalid, match="not_an_issuer"):
        college.do(OFFICE, lambda work: import_batch(work, TAG, pasted(text), leader))
    assert brought(college) == []


def test_a_tag_is_whole() -> None:
    with pytest.raises(Invalid):
        tag_of("gossip", "题", "题", date(2026, 3, 1))
    with pytest.raises(Missing):
        tag_of("audit", " ", "题", date(2026, 3, 1))


def test_a_batch_is_not_ended_while_topics_are_open(college: Conversation, tmp_path: Path) -> None:
    handing(college, tmp_path)(sheet(TRAVEL, CHECK, ROOMS))
    college.press(OFFICE, "导入")
    [batch] = college.ask(lambda tx: affairs.of_kind(tx, AffairKind.BATCH, *AffairState))
    with pytest.raises(Invalid, match="batch_open"):
        college.do(OFFICE, lambda work: batches.finish(work, batch))
    assert college.do("院长", lambda work: batches.confirm_all(work, batch)) == ([], [])
    called, _ = college.do(
        OFFICE, lambda work: batches_asking.call(work, batch, batches_asking.usual_term(work))
    )
    with pytest.raises(Missing):
        college.do("审计处处长", lambda work: batches_asking.found_something(work, called, " "))


def test_where_every_unit_is_named_nobody_is_asked(college: Conversation) -> None:
    text = (
        "问题概述|整改目标|责任领导|牵头单位|完成时限\n题|目标|副书记|财务处、国际处、后勤处、审计处|6月30日"
    )
    issuer = college.id("党委书记")
    came = college.do(OFFICE, lambda work: import_batch(work, TAG, pasted(text), issuer))
    batch = came.batch
    assert batch is not None
    with pytest.raises(NotFound, match="nobody_to_ask"):
        college.do(OFFICE, lambda work: batches_asking.call(work, batch, work.now))


def test_duties_alone_are_a_batch_without_a_version(college: Conversation) -> None:
    text = "责任主体|责任内容|时间节点\n国际处|管好出国|2026-06-30"
    issuer = college.id("党委书记")
    came = college.do(OFFICE, lambda work: import_batch(work, TAG, pasted(text), issuer))
    assert (came.topics, came.duties) == (0, 1)
    assert college.ask(listing.versions) == []
    assert [one.title for one in college.do("国际处处长", duties.held_by)] == ["管好出国"]


def test_duties_pass_the_gate_too(college: Conversation) -> None:
    word = college.policy.gate_words[0]
    found = pasted_duties(f"责任主体|责任内容\n国际处|{word}", "粘贴", vocabulary())
    check = duties_rows.check
    _, problems = college.do(OFFICE, lambda work: check(register(work), found, let_pass=False))
    assert [problem.code for problem in problems] == ["gate"]


def test_a_unit_nobody_is_in_charge_of(college: Conversation) -> None:
    college.store.run_now(lambda tx: tx.connection.exec_driver_sql("DELETE FROM in_charge"))
    found = college.do(OFFICE, coverage.gaps)
    assert len([one for one in found if one.gap is Gap.CHARGE]) == 4, "the discipline unit needs none"


def test_what_no_room_waits_for_is_linked_all_the_same(college: Conversation) -> None:
    version = college.do(OFFICE, lambda work: listing.fix(work, "例会"))
    topic = college.issued()
    college.do(OFFICE, lambda work: risks.raised(work, version.id, topic))
    assert college.ask(lambda tx: affairs.raised_by(tx, version.id)) == [topic.id]


def test_no_version_is_no_answer(college: Conversation) -> None:
    with pytest.raises(NotFound):
        college.ask(lambda tx: listing.version(tx, 1))


def test_a_long_list_of_commas_is_refused_too() -> None:
    with pytest.raises(Invalid, match="sheet_too_long"):
        read(b"x\n" * 11, "a.csv", 10)
