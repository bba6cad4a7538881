"""Doing something to an item: ask whether one may, write it, note it in the trail. The only way to act."""

from collections.abc import Mapping
from typing import Any

from services import anchoring, announcing
from services.authorising import Right, authorise
from services.work import Work
from storage import measures, reports, topics
from storage.reports import ReportId
from storage.rows import of, split
from workflow.errors import Invalid
from workflow.measure import Measure
from workflow.roles import PersonId
from workflow.topic import Topic
from workflow.transitions import Event


def on_topic(
    work: Work,
    topic: Topic,
    event: Event,
    values: Mapping[str, Any] | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Topic:
    """Do an event to a topic: decide, write, re-anchor its reminders, journal."""
    granted = authorise(work, topic, event)
    changes = dict(values or {})
    if granted.to is not topic.state:
        changes["state"] = granted.to
    changed = topics.save(work.tx, topic, changes) if changes else topic
    changed = anchoring.topic(work, topic, changed)
    if changed.state is not topic.state:
        anchoring.measures_of(work, changed)
    _journal(work, event, granted, changed, None, "topics", _anchored(changes, topic, changed), texts, facts)
    announcing.announce(work, topic, changed, event)
    return changed


def on_measure(
    work: Work,
    topic: Topic,
    measure: Measure,
    event: Event,
    values: Mapping[str, Any] | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Measure:
    """Do an event to a measure; only while its topic is being worked on."""
    granted = authorise(work, topic, event, measure)
    changes = dict(values or {})
    if granted.to is not measure.state:
        changes["state"] = granted.to
    changed = measures.save(work.tx, measure, changes) if changes else measure
    changed = anchoring.measure(work, measure, changed)
    changes = _anchored(changes, measure, changed)
    _journal(work, event, granted, topic, changed, "measures", changes, texts, facts)
    return changed


def say(
    work: Work,
    topic: Topic,
    event: Event,
    text: str,
    *,
    measure: Measure | None = None,
    percent: int | None = None,
    supersedes: ReportId | None = None,
) -> ReportId:
    """Keep the words that went with an act. Raises Invalid when they are longer than the college allows."""
    if len(text) > work.policy.longest_text:
        raise Invalid("text_too_long", length=len(text), longest=work.policy.longest_text)
    within_files(work, len(work.said.files))
    granted = authorise(work, topic, event, measure)
    entered = work.entered_for
    report = reports.add(
        work.tx,
        {
            "topic_id": topic.id,
            "measure_id": measure.id if measure else None,
            "event": event,
            "author_id": work.actor.id,
            "principal_id": _principal(work, granted),
            "entered_for_id": entered.person_id if entered else None,
            "entry_source": entered.source if entered else "",
            "text": text,
            "percent": percent,
            "sent_at": work.said.sent_at,
            "recorded_at": work.now,
            "chat": work.said.chat,
            "message_id": work.said.message_id,
            "album": work.said.album,
            "supersedes_id": supersedes,
        },
    )
    reports.attach(work.tx, report, work.said.files)
    return report


def within_files(work: Work, count: int) -> None:
    """Refuse more files on one report than the college allows. Raises Invalid."""
    if count > work.policy.most_files:
        raise Invalid("too_many_files", most=work.policy.most_files)


def touch(work: Work, topic: Topic, values: Mapping[str, Any]) -> Topic:
    """Note on a topic what an act on one of its measures means for it; no act of its own."""
    changed = anchoring.topic(work, topic, topics.save(work.tx, topic, values))
    plain, _ = split(of("topics"), _anchored(dict(values), topic, changed))
    work.tx.record(
        "touch",
        topic_id=topic.id,
        actor_id=work.actor.id,
        facts={"version": changed.version, "set": plain},
    )
    return changed


def touch_measure(work: Work, measure: Measure, values: Mapping[str, Any]) -> Measure:
    """The same for a measure."""
    changed = anchoring.measure(work, measure, measures.save(work.tx, measure, values))
    plain, _ = split(of("measures"), _anchored(dict(values), measure, changed))
    facts = {"measure": measure.id, "version": changed.version, "set": plain}
    work.tx.record("touch", topic_id=measure.topic_id, actor_id=work.actor.id, facts=facts)
    return changed


def _anchored(changes: dict[str, Any], before: Topic | Measure, after: Topic | Measure) -> dict[str, Any]:
    return changes | {"anchor": after.anchor} if after.anchor != before.anchor else changes


def _principal(work: Work, granted: Right) -> PersonId | None:
    if work.entered_for:
        return None
    return granted.place.principal if granted.place.principal != work.actor.id else None


def _journal(
    work: Work,
    event: Event,
    granted: Right,
    topic: Topic,
    measure: Measure | None,
    table: str,
    changes: Mapping[str, Any],
    texts: Mapping[str, str] | None,
    facts: Mapping[str, Any] | None,
) -> None:
    item = measure or topic
    plain, words = split(of(table), changes)
    body: dict[str, Any] = {
        "seat": granted.seat,
        "principal": _principal(work, granted),
        "measure": measure.id if measure else None,
        "version": item.version,
        "set": plain,
        "entered_for": work.entered_for.person_id if work.entered_for else None,
        "sent_at": work.said.sent_at,
        **(facts or {}),
    }
    work.tx.record(
        event,
        topic_id=topic.id,
        actor_id=work.actor.id,
        facts={name: value for name, value in body.items() if value not in (None, {})},
        texts={**words, **(texts or {})},
    )
