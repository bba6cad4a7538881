"""The card of a recheck (回头看), and what a topic's card says of it."""

from handlers import names
from handlers.affair_cards import choices, drawn
from handlers.asking.addressed import called
from handlers.asking.listing import Entry
from handlers.cards import Button, Card
from handlers.reader import Reader
from services.affairs.assessing import archived
from services.affairs.recheck_planning import fires_on, latest, planned_day
from services.affairs.seating import open_to
from storage import topics
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.rechecks import picked
from workflow.topic import Topic, TopicId, TopicState


@drawn(AffairKind.RECHECK)
def recheck_card(reader: Reader, affair: Affair) -> Card:
    """When its topic was closed, when it is to be looked at again, and what came of it."""
    say, topic = reader.say, topic_of(reader, affair)
    allowed = open_to(reader.work, affair)
    buttons: list[Button | None] = []
    if AffairEvent.GIVE in allowed:
        buttons = [
            reader.button("recheck.firm", affair.id),
            reader.button("recheck.relapse", affair.id),
            reader.button("recheck.later", affair.id),
        ]
    buttons.append(reader.button("topic.open", topic.id, label="topic"))
    closed = reader.dates.full(topic.closed_at) if topic.closed_at else say("common.none")
    lines = (
        say("rechecking.closed", date=closed, owner=names.titles(reader.tx, say, [topic.owner_id])),
        standing(reader, affair),
    )
    name = called(say, topic)
    return Card(say("rechecking.title", name=name), lines, choices(reader, buttons))


def standing(reader: Reader, affair: Affair) -> str:
    """Where a recheck stands, in one sentence."""
    say, full = reader.say, reader.dates.full
    if result := affair.facts.get("result"):
        by = names.titles(reader.tx, say, [affair.settled_by])
        date = full(affair.settled_at) if affair.settled_at else say("common.none")
        return say("rechecking.given", result=say(f"rechecking.result.{result}"), by=by, date=date)
    if affair.state is AffairState.CALLED and affair.due_at:
        return say("rechecking.due", date=full(affair.due_at))
    if affair.state is AffairState.CANCELLED:
        return say("rechecking.cancelled")
    return say("rechecking.planned", date=full(fires_on(reader.policy, planned_day(reader.policy, affair))))


def of_topic(reader: Reader, topic: Topic) -> str:
    """What a topic's card says after its closing: of its recheck, and whether it is archived."""
    said = (_of_topic(reader, topic), reader.say("rechecking.archived") if archived(reader.tx, topic) else "")
    return reader.say("rechecking.gap").join(one for one in said if one)


def _of_topic(reader: Reader, topic: Topic) -> str:
    found = latest(reader.tx, topic)
    if found is not None:
        return standing(reader, found)
    if topic.state is TopicState.CLOSED and not picked(topic.id, reader.policy.recheck_share):
        return reader.say("rechecking.not_picked", share=f"{reader.policy.recheck_share:.0%}".rstrip("%"))
    return ""


def entry(reader: Reader, affair: Affair) -> Entry:
    """A recheck as a line of a list."""
    heading = reader.say(f"rechecking.group.{affair.state}")
    text = reader.say(
        "rechecking.line",
        name=called(reader.say, topic_of(reader, affair)),
        standing=standing(reader, affair),
    )
    return Entry(text, "affair.open", (affair.id,), heading=heading)


def topic_of(reader: Reader, affair: Affair) -> Topic:
    """The topic it looks at."""
    return topics.get(reader.tx, TopicId(affair.topic_id or 0))
