"""The lines of a campaign: each topic with goal, duty and deadline, what one lacks, who has not claimed."""

from collections.abc import Iterable

from handlers import names
from handlers.asking.addressed import called
from handlers.reader import Reader
from handlers.topic_card import deadline_of
from handlers.turn import Turn
from services.affairs.following import Progress
from services.telling import responsible
from workflow.roles import PersonId
from workflow.topic import Topic

MOST = 20


def item_lines(reader: Reader, found: Iterable[Topic]) -> list[str]:
    """Topics before they are published; of a confidential one the number alone."""
    listed = list(found)
    lines = [_item(reader, topic) for topic in listed[:MOST]]
    left = len(listed) - MOST
    return [*lines, reader.say("campaign.and_more", count=left)] if left > 0 else lines


def lacking_lines(reader: Reader, found: Iterable[tuple[Topic, tuple[str, ...]]]) -> list[str]:
    """Drafts that stay behind, each with what it lacks."""
    return [
        reader.say(
            "campaign.lacking",
            name=called(reader.say, topic),
            fields=reader.say("common.listing").join(reader.say(f"field.{name}") for name in missing),
        )
        for topic, missing in found
    ]


def failed_lines(turn: Turn, failed: Iterable[tuple[Topic, str]]) -> list[str]:
    """What could not be published now."""
    return [turn.say("campaign.failed", name=called(turn.say, topic)) for topic, _ in failed]


def progress_lines(reader: Reader, stand: Progress) -> list[str]:
    """Who has not claimed what, in the order of the roster; how many wait to be published."""
    say = reader.say
    waiting: dict[PersonId, list[Topic]] = {}
    for topic in stand.unclaimed:
        for person in responsible(topic):
            waiting.setdefault(person, []).append(topic)
    lines = [
        say(
            "campaign.unclaimed",
            title=names.titles(reader.tx, say, [person]),
            numbers=say("common.listing").join(topic.number for topic in waiting[person]),
        )
        for person in sorted(waiting)
    ]
    drafts = [say("campaign.drafts", count=len(stand.drafts))] if stand.drafts else []
    dropped = [say("campaign.dropped", count=len(stand.dropped))] if stand.dropped else []
    return [*lines, *drafts, *dropped]


def _item(reader: Reader, topic: Topic) -> str:
    say, tx = reader.say, reader.tx
    if topic.confidential:
        return say("campaign.hidden", name=called(say, topic))
    assist = names.units(tx, say, topic.assist_units) if topic.assist_units else ""
    return say(
        "campaign.item_assisted" if assist else "campaign.item",
        name=say("topics.heading", number=topic.number, title=topic.title),
        goal=topic.goal,
        owner=names.titles(tx, say, responsible(topic)),
        lead=names.units(tx, say, topic.lead_units),
        assist=assist,
        deadline=deadline_of(reader, topic),
    )
