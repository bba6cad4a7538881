"""The running list: what the ladder did, to whom and why, from the journal, told in both languages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.sandbox.shapes import Json
from handlers import texts
from handlers.texts import Catalogue
from services.policy import Policy
from services.reminding import LADDER
from storage import firings, journal, people, topics
from storage.journal import Row
from storage.people import Person
from storage.store import Tx
from workflow.ladder import Step
from workflow.ladder_text import dump, loads
from workflow.roles import PersonId
from workflow.topic import Topic, TopicId

Trigger = Mapping[str, Any]
BETWEEN: Final = {"zh": "、", "en": ", "}


def since(tx: Tx, policy: Policy, after: int) -> list[Json]:
    """Every step the ladder took after row `after` of the journal, oldest first."""
    rows = journal.of_event(tx.connection, LADDER, after)
    told = {person for row in rows for person in journal.facts_of(row)["told"]}
    known = people.many(tx, [PersonId(person) for person in told])
    about = {topic.id: topic for topic in topics.by_ids(tx, [TopicId(row.topic_id or 0) for row in rows])}
    return [_event(tx, policy, row, about[TopicId(row.topic_id or 0)], known) for row in rows]


def _event(tx: Tx, policy: Policy, row: Row, topic: Topic, known: Mapping[PersonId, Person]) -> Json:
    facts = journal.facts_of(row)
    step, triggers = _step(tx, topic, facts["step"])
    reached = [known[PersonId(person)] for person in facts["told"]]
    said: Json = {}
    for language in texts.LANGUAGES:
        say = texts.catalogue(language)
        said[f"text_{language}"] = _what(say, topic, facts, reached)
        said[f"why_{language}"] = BETWEEN[language].join(_why(say, trigger) for trigger in triggers)
    return {
        "seq": row.seq,
        "at": row.at.astimezone(policy.calendar.tz).isoformat(timespec="seconds"),
        "item": topic.number,
        "step": facts["step"],
        "level": _tone(step, reached),
        "people": _seats(tx, reached),
    } | said


def _step(tx: Tx, topic: Topic, key: str) -> tuple[Step | None, list[Trigger]]:
    """The step as the topic's own ladder has it, and its triggers as they were written."""
    text = firings.ladders_of(tx, [topic.id]).get(topic.id)
    ladder = loads(text) if text else None
    for place, step in enumerate(ladder.steps if ladder else ()):
        if ladder and step.key == key:
            return step, list(dump(ladder)["step"][place]["when"])
    return None, []


def _what(say: Catalogue, topic: Topic, facts: Mapping[str, Any], reached: Sequence[Person]) -> str:
    """What happened; whom it reached stands beside it."""
    title = "" if topic.confidential else topic.short_title
    key = "events.step" if reached else "events.nobody"
    return say(key, number=topic.number, title=title, level=facts["level"])


def _why(say: Catalogue, trigger: Trigger) -> str:
    """A trigger's first word names it; the rest fills its sentence."""
    word, n = next(iter(trigger.items()))
    unit = say(f"events.unit.{trigger.get('unit', 'workday')}")
    return say(f"events.why.{word}", n=n, unit=unit, after=trigger.get("after", ""))


def _tone(step: Step | None, reached: Iterable[Person]) -> str:
    """The colour of the line: its paper's, or by how loudly the step speaks."""
    if not reached:
        return "skip"
    if step is None:
        return "info"
    return step.paper or ("orange" if step.escalates else "yellow" if step.single else "info")


def _seats(tx: Tx, reached: Iterable[Person]) -> list[str]:
    found = (people.reach(tx, person.id) for person in reached)
    return [account.sender for account in found if account]
