"""What is not there is said to be missing, and whoever comes second is told so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from storage import measures, people, reports, requests, topics
from storage.measures import MeasureId
from storage.reports import Evidence, ReportId
from storage.requests import RequestId, RequestKind, RequestState
from storage.store import Store, Tx
from workflow.errors import NotFound, Stale
from workflow.roles import PersonId, UnitId
from workflow.topic import Kind, TopicId, TopicState

NOWHERE = 404


@pytest.mark.parametrize(
    ("look", "what"),
    [
        (lambda tx: people.get(tx, PersonId(NOWHERE)), "no_such_person"),
        (lambda tx: people.unit(tx, UnitId(NOWHERE)), "no_such_unit"),
        (lambda tx: topics.get(tx, TopicId(NOWHERE)), "no_such_topic"),
        (lambda tx: topics.by_number(tx, "2026-404"), "no_such_number"),
        (lambda tx: measures.get(tx, MeasureId(NOWHERE)), "no_such_measure"),
        (lambda tx: reports.get(tx, ReportId(NOWHERE)), "no_such_report"),
        (lambda tx: requests.get(tx, RequestId(NOWHERE)), "no_such_request"),
    ],
)
def test_what_is_not_there_is_missing(store: Store, look: Callable[[Tx], object], what: str) -> None:
    with pytest.raises(NotFound, match=what):
        store.read_now(look)


@pytest.fixture
def topic(store: Store, dean: PersonId) -> TopicId:
    values: dict[str, Any] = {
        **dict.fromkeys(("title", "short_title", "problem", "goal", "source", "category", "cycle"), ""),
        "number": "2026-001",
        "state": TopicState.ISSUED,
        "version": 1,
        "kind": Kind.DATED,
        "confidential": False,
        "verifier": "chief",
        "issuer_id": dean,
        "extensions": 0,
        "anchor": 0,
    }
    return store.run_now(lambda tx: topics.add(tx, values | {"created_at": tx.now}))


def test_a_change_of_what_was_read_before_somebody_elses_is_refused(store: Store, topic: TopicId) -> None:
    read = store.read_now(lambda tx: topics.get(tx, topic))
    store.run_now(lambda tx: topics.save(tx, read, {"title": "台账"}))
    with pytest.raises(Stale):
        store.run_now(lambda tx: topics.save(tx, read, {"title": "清单"}))
    assert store.read_now(lambda tx: topics.get(tx, topic)).title == "台账"


def test_a_request_is_settled_once(store: Store, topic: TopicId, dean: PersonId) -> None:
    def ask(tx: Tx) -> RequestId:
        wanted = tx.now + timedelta(days=9)
        row = {"kind": RequestKind.EXTENSION, "topic_id": topic, "asker_id": dean, "anchor": 0}
        return requests.add(tx, row | {"wanted": wanted})

    asked = store.run_now(ask)
    store.run_now(lambda tx: requests.decide(tx, asked, RequestState.GRANTED, dean))
    with pytest.raises(Stale, match="already_decided"):
        store.run_now(lambda tx: requests.decide(tx, asked, RequestState.REFUSED, dean))
    assert store.read_now(lambda tx: requests.get(tx, asked)).state is RequestState.GRANTED


def test_a_file_is_held_by_the_report_it_proves(store: Store, topic: TopicId, dean: PersonId) -> None:
    proof, nothing = Evidence("a" * 64, "办法.pdf", "application/pdf", 7), "b" * 64

    def report(tx: Tx) -> None:
        said = {"topic_id": topic, "event": "report", "author_id": dean, "text": "已印发"}
        reports.attach(tx, reports.add(tx, said | {"sent_at": tx.now, "recorded_at": tx.now}), [proof])

    store.run_now(report)
    assert store.read_now(lambda tx: reports.held(tx, [proof.sha256, nothing])) == {proof.sha256}
