"""Telling bound groups what everybody may know. What is owed holds ids only; it is put into words when sent.

A confidential topic is never announced, and neither is what was over before anybody had heard of it.
"""

import json
from dataclasses import dataclass
from typing import Final

from services.work import Work
from storage import groups, outbox
from storage.groups import Group
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

ANNOUNCEMENT: Final = "announcement"
PUBLIC: Final = frozenset({Event.ISSUE, Event.CONFIRM, Event.CLAIM, Event.CLOSE, Event.WITHDRAW})
_UNSEEN: Final = frozenset({TopicState.DRAFT, TopicState.CONFIRMING})


@dataclass(frozen=True, slots=True)
class Announced:
    """What an announcement is about."""

    topic_id: TopicId
    event: Event


def announce(work: Work, before: Topic, after: Topic, event: Event) -> None:
    """Owe each group that is concerned a word about this, in working hours."""
    unseen = event is Event.WITHDRAW and before.state in _UNSEEN
    if event not in PUBLIC or after.confidential or unseen:
        return
    for group in groups.bound(work.tx):
        if _concerns(group, after):
            outbox.enqueue(
                work.tx,
                messenger=group.messenger,
                chat=group.chat,
                person_id=None,
                kind=ANNOUNCEMENT,
                body=json.dumps({"topic": after.id, "event": event}),
                not_before=work.policy.calendar.next_open(work.now),
            )


def announced(body: str) -> Announced:
    """What an outbox row of this kind is about."""
    told = json.loads(body)
    return Announced(TopicId(told["topic"]), Event(told["event"]))


def _concerns(group: Group, topic: Topic) -> bool:
    return group.unit_id is None or group.unit_id in (*topic.lead_units, *topic.assist_units)
