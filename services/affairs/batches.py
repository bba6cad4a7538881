"""反馈批次: an inspection's or audit's findings come in at once, become topics a chief confirms by one tap.

All or nothing: what is wrong anywhere keeps everything out. Measures are kept as a plan until the owner of
their topic has claimed it and agrees (S2 art. 16, 25).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from services import issuing
from services.affairs import acting, duties_rows, listing
from services.affairs.batches_checking import Entry, check_batch
from services.affairs.batches_reading import BatchSheet
from services.affairs.seating import Frame, authorise
from services.authorising import open_events
from services.imports_register import register
from services.measuring import burdens_discipline
from services.sheets import CellProblem
from services.work import Work
from storage import affair_plans, affairs, people, topics
from storage.affair_plans import MEASURE, PLANNED
from workflow.affair import Affair, AffairItem, AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.errors import Invalid, Missing, WorkflowError
from workflow.roles import PersonId, UnitId
from workflow.topic import Topic, TopicState
from workflow.transitions import Event

SOURCES: Final = ("inspection", "case_review", "audit", "special", "own_check")
"""Where feedback comes from: 巡察, 执纪审查, 审计, 专项检查, 自查."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a batch is: its source, its name, what its topics say of their origin, the day of the feedback."""

    source: str
    title: str
    named: str
    on: date


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a batch, or would. With problems nothing was written."""

    problems: tuple[CellProblem, ...]
    topics: int = 0
    measures: int = 0
    units: int = 0
    duties: int = 0
    proposed: int = 0
    burdened: int = 0
    batch: Affair | None = None


def import_batch(
    work: Work, tag: Tag, sheet: BatchSheet, issuer: PersonId, *, let_pass: str = "", dry_run: bool = False
) -> Came:
    """Check a batch and write it whole, or say what would be written. Raises NoRight, Invalid."""
    authorise(work, Frame(AffairKind.BATCH), START, AffairEvent.BEGIN)
    if not work.policy.may_issue(people.get(work.tx, issuer)):
        raise Invalid("not_an_issuer", title=people.get(work.tx, issuer).title)
    acting.check_lengths(work.policy, tag.title)
    known = register(work)
    checked = check_batch(known, sheet, issuer, let_pass=bool(let_pass))
    duties, wrong = duties_rows.check(known, sheet, let_pass=bool(let_pass))
    problems = (*checked.problems, *wrong)
    came = _counted(work, checked.entries, problems, len(duties))
    if problems or dry_run:
        return came
    batch = _written(work, tag, sheet.name, checked.entries, let_pass)
    duties_rows.write(work, duties)
    return replace(came, batch=batch)


def confirm_all(work: Work, batch: Affair) -> tuple[list[Topic], list[tuple[Topic, WorkflowError]]]:
    """The chief's one tap: every topic of the batch that waits for it is issued; what cannot be, and why."""
    issued: list[Topic] = []
    left: list[tuple[Topic, WorkflowError]] = []
    for topic in to_confirm(work, batch):
        told = set(work.told)
        try:
            with work.tx.attempt():
                issued.append(issuing.issue(work, topic.id, Event.CONFIRM, quietly=True))
        except WorkflowError as refused:
            work.told.intersection_update(told)
            left.append((topic, refused))
    if issued:
        acting.tell(work, [batch.opened_by], "batches.confirmed", batch, data={"count": len(issued)})
    return issued, left


def to_confirm(work: Work, batch: Affair) -> list[Topic]:
    """The topics of a batch that wait for the actor's confirmation."""
    found = [topic for topic in topics_of(work, batch) if topic.state is TopicState.CONFIRMING]
    return [topic for topic in found if Event.CONFIRM in open_events(work, topic)]


def topics_of(work: Work, batch: Affair) -> list[Topic]:
    """The topics a batch brought, oldest first."""
    found = topics.by_ids(work.tx, affairs.raised_by(work.tx, batch.id))
    return sorted(found, key=lambda topic: topic.id)


def finish(work: Work, batch: Affair) -> Affair:
    """办结: every topic of the batch is closed or withdrawn. Raises Invalid while some are not."""
    live = [topic for topic in topics_of(work, batch) if topic.open or topic.state is TopicState.CONFIRMING]
    if live:
        raise Invalid("batch_open", count=len(live))
    return acting.act(work, batch, AffairEvent.FINISH)


def _counted(work: Work, entries: Sequence[Entry], problems: tuple[CellProblem, ...], duties: int) -> Came:
    steps = [step for entry in entries for step in entry.steps]
    called: list[tuple[UnitId, ...]] = [(*one.lead_units, *one.assist_units) for one in steps]
    called += [(*entry.draft.lead_units, *entry.draft.assist_units) for entry in entries]
    units = {unit for some in called for unit in some}
    burdened = sum(burdens_discipline(work, some) for some in called) if units else 0
    proposed = sum(entry.proposed for entry in entries)
    return Came(problems, len(entries), len(steps), len(units), duties, proposed, burdened)


def _written(work: Work, tag: Tag, file: str, entries: Sequence[Entry], let_pass: str) -> Affair:
    words = {"file": file} | ({"let_pass": let_pass} if let_pass else {})
    facts = {"source": tag.source, "on": tag.on.isoformat()}
    batch = acting.begin(work, AffairKind.BATCH, title=tag.title, words=words, facts=facts)
    items: list[AffairItem] = []
    issuers: dict[PersonId, int] = {}
    for entry in entries:
        topic = _topic(work, entry, tag.named)
        affairs.link(work.tx, topic.id, "raised_by", affair_id=batch.id)
        if topic.state is TopicState.CONFIRMING:
            issuers[topic.issuer_id] = issuers.get(topic.issuer_id, 0) + 1
        items += _planned(batch, topic, entry, len(items))
    affair_plans.add(work.tx, items)
    _journal(work, batch, items)
    if entries:
        listing.keep(work.tx, work.policy, cause=batch.id, by=work.actor.id)
    for issuer, count in issuers.items():
        acting.tell(work, [issuer], "batches.confirm", batch, data={"count": count})
    return batch


def _topic(work: Work, entry: Entry, source: str) -> Topic:
    """A topic that waits for its chief; issued at once where the chief acts, or has said so before."""
    drafted = issuing.draft(work, replace(entry.draft, source=source))
    issuer = people.get(work.tx, drafted.issuer_id)
    if issuer.standing_authority or issuer.id == work.actor.id:
        return issuing.publish(work, drafted.id)
    return issuing.propose(work, drafted.id, quietly=True)


def _planned(batch: Affair, topic: Topic, entry: Entry, before: int) -> list[AffairItem]:
    """The measures of a topic as items; the product, if one is wanted, stands below the text."""
    return [
        AffairItem(
            batch.id,
            before + no,
            MEASURE,
            PLANNED,
            topic.id,
            step.lead_units[0],
            None,
            {"lead": [*step.lead_units], "assist": [*step.assist_units], "due": step.deadline.isoformat()},
            f"{step.text}\n{step.deliverable}" if step.deliverable else step.text,
        )
        for no, step in enumerate(entry.steps, 1)
    ]


def _journal(work: Work, batch: Affair, items: Sequence[AffairItem]) -> None:
    """One row for each topic's plan, so that a long batch does not swell the trail."""
    by_topic: dict[int, list[AffairItem]] = {}
    for item in items:
        by_topic.setdefault(item.topic_id or 0, []).append(item)
    for topic, some in by_topic.items():
        told: list[dict[str, Any]] = [{"item": one.no, "facts": dict(one.facts)} for one in some]
        work.tx.record(
            "affair_plan",
            topic_id=topic,
            actor_id=work.actor.id,
            facts={"affair": batch.id, "items": told},
            texts={str(one.no): one.words for one in some},
        )


def tag_of(source: str, title: str, named: str, on: date) -> Tag:
    """A batch's tag. Raises Missing for a batch without a name, Invalid for an unknown source."""
    if source not in SOURCES:
        raise Invalid("unknown_source", source=source)
    if not title.strip():
        raise Missing("batch_name_missing")
    return Tag(source, title.strip(), named.strip(), on)
