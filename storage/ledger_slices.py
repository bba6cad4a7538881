"""The ledger read slice by slice: bounded memory however long it is, a fixed number of queries a slice."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, distinct, func, select

from storage import measures as all_measures
from storage import topics as all_topics
from storage.among import among
from storage.store import Tx
from storage.tables_work import evidence, reports, topics
from workflow.measure import Measure
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

SLICE: Final = 500
PROGRESS: Final = (Event.REPORT, Event.REPORT_DONE, Event.SUBMIT)
"""Acts whose words say how far the work is."""

_SAID = (
    select(
        reports.c.id,
        reports.c.topic_id,
        reports.c.supersedes_id,
        reports.c.withdrawn_at,
        (func.coalesce(reports.c.text, "") == "").label("mute"),
    )
    .where(among(reports.c.topic_id, "ids"), reports.c.event.in_(PROGRESS))
    .order_by(reports.c.id)
)
_WORDS = select(reports.c.topic_id, reports.c.text).where(among(reports.c.id, "ids"))
_FILES = (
    select(reports.c.topic_id, func.count(distinct(evidence.c.sha256)).label("files"))
    .join(evidence, evidence.c.report_id == reports.c.id)
    .where(among(reports.c.topic_id, "ids"), reports.c.withdrawn_at.is_(None))
    .group_by(reports.c.topic_id)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A topic and where it stands: its measures, what was last said of it, how many files prove it."""

    topic: Topic
    measures: tuple[Measure, ...]
    said: str
    files: int


def slices(tx: Tx, *where: ColumnElement[bool], size: int = SLICE) -> Iterator[list[Standing]]:
    """The topics under some conditions of `storage.topics`, by number, at most `size` at a time."""
    after = ""
    while ids := _ids(tx, where, after, size):
        known = {topic.id: topic for topic in all_topics.by_ids(tx, ids)}
        found = [known[i] for i in ids]
        yield _standing(tx, found, ids)
        after = found[-1].number


def _ids(tx: Tx, where: Sequence[ColumnElement[bool]], after: str, size: int) -> list[TopicId]:
    query = select(topics.c.id).where(*where, topics.c.number > after)
    return [TopicId(i) for i in tx.execute(query.order_by(topics.c.number).limit(size)).scalars()]


def _standing(tx: Tx, found: Sequence[Topic], ids: Sequence[TopicId]) -> list[Standing]:
    steps: dict[int, list[Measure]] = defaultdict(list)
    for measure in all_measures.of_topics(tx, ids):
        steps[measure.topic_id].append(measure)
    words, files = said(tx, ids), _files(tx, ids)
    return [Standing(t, tuple(steps[t.id]), words.get(t.id, ""), files.get(t.id, 0)) for t in found]


def said(tx: Tx, ids: Sequence[TopicId]) -> Mapping[int, str]:
    """The last words on each topic that were neither corrected nor taken back. An act may have none."""
    rows = tx.execute(_SAID, {"ids": [*ids]}).all()
    corrected = {row.supersedes_id for row in rows}
    kept = (row for row in rows if row.withdrawn_at is None and row.id not in corrected and not row.mute)
    last = {row.topic_id: row.id for row in kept}
    return _pairs(tx, _WORDS, list(last.values()))


def _files(tx: Tx, ids: Sequence[TopicId]) -> Mapping[int, int]:
    return _pairs(tx, _FILES, ids)


def _pairs(tx: Tx, query: Any, ids: Sequence[int]) -> dict[int, Any]:
    return dict(tx.execute(query, {"ids": [*ids]}).all())
