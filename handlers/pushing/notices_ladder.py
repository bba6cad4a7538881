"""The sentence of a reminder: why the step fired, said to whoever does the work or to whoever watches."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from handlers.pushing.notices import Matter
from handlers.reader import Reader
from storage import notices
from workflow.ladder import Audience
from workflow.ladder_cycle import last_day
from workflow.measure import Measure
from workflow.topic import Cycle, Topic, TopicState

DOING: Final = frozenset({Audience.OWNER, Audience.CO_OWNERS, Audience.UNIT_HEADS, Audience.LIAISONS})
VERDICT: Final = "AwaitingVerification"
CYCLIC: Final = frozenset({"CycleDue", "CycleLate"})


def reminder(reader: Reader, found: Matter, topic: Topic, values: Mapping[str, Any]) -> str:
    """The sentence of a ladder's notice, its step named at the end."""
    why = str(found.notice.data["why"])
    part = "doing" if _does(found, why) else "watching"
    keys = [f"notices.{ladder}.{why}.{part}" for ladder in (*_own(found, topic), "ladder")]
    key = next(key for key in keys if key in reader.say)
    return reader.say(key, **{**values, "tag": _tag(reader, found, why), **_facts(reader, found, topic)})


def _own(found: Matter, topic: Topic) -> tuple[str, ...]:
    """Whose sentences come first: a measure's, or those of a topic that only waits to be claimed."""
    if found.measure:
        return ("measure_ladder",)
    return ("unclaimed_ladder",) if topic.state is TopicState.ISSUED else ()


def _does(found: Matter, why: str) -> bool:
    """Whether the step speaks to whoever owes the next act; everybody else watches."""
    audience = found.notice.audience
    if why == VERDICT:
        return audience in ((Audience.OWNER, Audience.CO_OWNERS) if found.measure else (Audience.VERIFIER,))
    return audience in (DOING - {Audience.OWNER, Audience.CO_OWNERS} if found.measure else DOING)


def _tag(reader: Reader, found: Matter, why: str) -> str:
    """The paper the step means, or the reason it fired."""
    say, paper = reader.say, found.notice.data.get("paper")
    if paper and f"notices.tag.{paper}" in say:
        return say(f"notices.tag.{paper}")
    own = f"notices.measure_tag.{why}"
    return say(own if found.measure and own in say else f"notices.tag.{why}")


def _facts(reader: Reader, found: Matter, topic: Topic) -> dict[str, Any]:
    item = found.measure or topic
    return {
        "due": _due(reader, topic, item),
        "claim": _claim(reader, topic),
        "heard": _heard(reader, found, item),
        "silent": _since(reader, item.last_report_at or _taken(item) or item.created_at),
        "waited": _since(reader, (item.done_at if isinstance(item, Measure) else item.submitted_at)),
        "end": _end(reader, found, topic),
    }


def _due(reader: Reader, topic: Topic, item: Topic | Measure) -> str:
    say, dates, deadline = reader.say, reader.dates, item.deadline
    if deadline is None:
        return say(f"cycle.{topic.cycle or 'none'}")
    days, date = dates.workdays_left(deadline), dates.short(deadline)
    if deadline < reader.tx.now:
        return say("notices.due.late", days=max(1, -days))
    if reader.policy.calendar.day(deadline) == dates.today:
        return say("notices.due.today", date=date)
    return say("notices.due.left" if days else "notices.due.last", date=date, days=days)


def _claim(reader: Reader, topic: Topic) -> str:
    if topic.claim_by is None:
        return ""
    key = "over" if topic.claim_by < reader.tx.now else "open"
    return reader.say(f"notices.claim.{key}", date=reader.dates.short(topic.claim_by))


def _heard(reader: Reader, found: Matter, item: Topic | Measure) -> str:
    """How many reminders went out before this one, and whether a report came after the first of them."""
    count, first = notices.reminded(reader.tx, found.notice, DOING)
    if not count or first is None:
        return reader.say("notices.heard.nothing")
    spoke = item.last_report_at is not None and item.last_report_at > first
    return reader.say(f"notices.heard.{'spoke' if spoke else 'silent'}", count=count)


def _taken(item: Topic | Measure) -> datetime | None:
    return item.received_at if isinstance(item, Measure) else item.claimed_at


def _since(reader: Reader, at: datetime | None) -> int:
    return max(0, -reader.dates.workdays_left(at)) if at else 0


def _end(reader: Reader, found: Matter, topic: Topic) -> str:
    """The last day of the cycle a report is owed for; only cyclic steps are numbered by their cycle."""
    if str(found.notice.data["why"]) not in CYCLIC or topic.cycle is Cycle.NONE:
        return ""
    calendar = reader.policy.calendar
    return reader.dates.short(calendar.end_of(last_day(topic.cycle, found.notice.occurrence)))
