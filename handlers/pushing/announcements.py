"""The public fields of a topic, as a group may read them: number, short title, owner, deadline, state."""

from typing import Final

from handlers import names, texts
from handlers.cards import Card
from handlers.dates import Dates
from services.announcing import announced
from services.policy import Policy
from storage import groups, topics
from storage.outbox import Out
from storage.store import Tx
from workflow.topic import Topic, TopicState
from workflow.transitions import Event

_HOLDS: Final = {Event.CLOSE: TopicState.CLOSED, Event.WITHDRAW: TopicState.WITHDRAWN}


def announcement_card(tx: Tx, policy: Policy, out: Out) -> Card | None:
    """An announcement as it is true now; None when it no longer is, or nobody is to hear it here any more."""
    told = announced(out.body)
    topic = topics.get(tx, told.topic_id)
    if topic.confidential or groups.at(tx, out.messenger, out.chat) is None or not _holds(topic, told.event):
        return None
    say = texts.catalogue(policy.language)
    dates = Dates(say, policy.calendar, tx.now)
    issued = Event.ISSUE if told.event is Event.CONFIRM else told.event
    holders = [topic.owner_id] if topic.owner_id else topic.eligible
    return Card(
        lines=(
            say(
                f"groups.announced.{issued}",
                number=topic.number,
                title=topic.short_title,
                owner=names.titles(tx, say, holders),
                deadline=dates.short(topic.deadline) if topic.deadline else say("groups.standing"),
                state=say(f"topic_state.{topic.state}"),
            ),
        )
    )


def _holds(topic: Topic, event: Event) -> bool:
    """A closing stands while it is closed; a beginning, unless all was withdrawn."""
    wanted = _HOLDS.get(event)
    return topic.state is wanted if wanted else topic.state is not TopicState.WITHDRAWN
