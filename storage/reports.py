"""What was said of an item, for the record, and the files that prove it. An original is never overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NewType

from sqlalchemy import bindparam, insert, select, update

from storage.among import among
from storage.store import Tx
from storage.tables_work import evidence, reports
from workflow.errors import NotFound
from workflow.measure import MeasureId
from workflow.roles import PersonId
from workflow.topic import TopicId

ReportId = NewType("ReportId", int)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file kept by its hash. `size` in bytes."""

    sha256: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """Something said by doing something: a progress report, a reason, points of a return, a comment.

    `sent_at` is the messenger's time, by which timeliness is judged. `principal_id` is for whom a deputy or
    liaison spoke; `entered_for_id` who said it elsewhere (代录), with its source.
    """

    id: ReportId
    topic_id: TopicId
    measure_id: MeasureId | None
    event: str
    author_id: PersonId
    principal_id: PersonId | None
    entered_for_id: PersonId | None
    entry_source: str
    text: str
    percent: int | None
    sent_at: datetime
    recorded_at: datetime
    chat: str
    message_id: str
    album: str
    supersedes_id: ReportId | None
    withdrawn_at: datetime | None


_COLUMNS: Final = tuple(reports.c)
_GET = select(*_COLUMNS).where(reports.c.id == bindparam("id"))
_OF_TOPIC = select(*_COLUMNS).where(reports.c.topic_id == bindparam("topic")).order_by(reports.c.id)
_BY_MESSAGE = (
    select(*_COLUMNS)
    .where(reports.c.chat == bindparam("chat"), reports.c.message_id == bindparam("message"))
    .order_by(reports.c.id.desc())
)
_BY_ALBUM = (
    select(*_COLUMNS)
    .where(
        reports.c.chat == bindparam("chat"),
        reports.c.album == bindparam("album"),
        reports.c.withdrawn_at.is_(None),
    )
    .order_by(reports.c.id.desc())
)
_WITHDRAW = (
    update(reports)
    .where(reports.c.id == bindparam("b_id"), reports.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("at"))
)
_HELD = select(evidence.c.sha256).where(among(evidence.c.sha256, "hashes")).distinct()
_EVIDENCE = (
    select(evidence.c.report_id, evidence.c.sha256, evidence.c.name, evidence.c.mime, evidence.c.size)
    .where(among(evidence.c.report_id, "ids"))
    .order_by(evidence.c.id)
)
_ADD = insert(reports).returning(reports.c.id)


def add(tx: Tx, values: Mapping[str, Any]) -> ReportId:
    """A new report."""
    return ReportId(tx.execute(_ADD, values).scalar_one())


def get(tx: Tx, report_id: ReportId) -> Report:
    """One report. Raises NotFound."""
    row = tx.execute(_GET, {"id": report_id}).one_or_none()
    if row is None:
        raise NotFound("no_such_report")
    return Report(*row)


def of_topic(tx: Tx, topic_id: TopicId) -> list[Report]:
    """Everything said of a topic and its measures, oldest first, superseded and withdrawn ones too."""
    return [Report(*row) for row in tx.execute(_OF_TOPIC, {"topic": topic_id})]


def by_message(tx: Tx, chat: str, message_id: str) -> Report | None:
    """The newest version of the report a message made."""
    row = tx.execute(_BY_MESSAGE, {"chat": chat, "message": message_id}).first()
    return Report(*row) if row else None


def by_album(tx: Tx, chat: str, album: str) -> Report | None:
    """The report an album's earlier parts made."""
    row = tx.execute(_BY_ALBUM, {"chat": chat, "album": album}).first()
    return Report(*row) if row else None


def withdraw(tx: Tx, report_id: ReportId) -> bool:
    """Mark a report as taken back; False when it already was."""
    return tx.execute(_WITHDRAW, {"b_id": report_id, "at": tx.now}).rowcount == 1


def attach(tx: Tx, report_id: ReportId, files: Sequence[Evidence]) -> None:
    """Evidence for a report."""
    rows = [
        {"report_id": report_id, "sha256": f.sha256, "name": f.name, "mime": f.mime, "size": f.size}
        for f in files
    ]
    if rows:
        tx.execute(insert(evidence), rows)


def held(tx: Tx, hashes: Iterable[str]) -> set[str]:
    """Which of these files prove something."""
    return set(tx.execute(_HELD, {"hashes": list(hashes)}).scalars())


def evidence_of(tx: Tx, ids: Iterable[ReportId]) -> dict[ReportId, list[Evidence]]:
    """The files of some reports."""
    found: dict[ReportId, list[Evidence]] = {}
    for report_id, *file in tx.execute(_EVIDENCE, {"ids": list(ids)}):
        found.setdefault(ReportId(report_id), []).append(Evidence(*file))
    return found
