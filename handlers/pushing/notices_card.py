"""The card of a push: its sentence, what its reader may do at once, and the way to the rest."""

from typing import Final

from handlers.cards import MOST_BUTTONS, About, Button, Card, rows
from handlers.issuing.deciding_card import request_about, request_card
from handlers.pushing.affair_words import affair_notice_card
from handlers.pushing.notices import Matter
from handlers.pushing.notices_words import sentence
from handlers.reader import Reader
from handlers.stamps import about
from handlers.topic_beside import push_buttons
from handlers.topic_card import measure_buttons, measure_line, topic_buttons
from services.authorising import open_events
from services.pushing import ASSIGNED
from storage import reports
from storage.reports import ReportId
from workflow.topic import Topic
from workflow.transitions import Event

NOT_PUSHED: Final = frozenset({"reassign", "withdraw", "reroute", "recall", "reopen"})
"""What a push does not suggest; the topic's card has it."""
MOST_ACTS: Final = 3
WORDS: Final = 40
"""As much of a measure's text as a push shows, in characters."""
POINTS: Final = frozenset({"returned", "measure_returned", "opined", "opined_not"})


def notice_card(reader: Reader, found: Matter) -> Card:
    """One notice. A plain reply to it is about its item."""
    if found.affair:
        return affair_notice_card(reader, found.notice, found.affair)
    topic, line = found.topic, sentence(reader, found)
    first = [
        *_acknowledge(reader, found),
        *_account(reader, found),
        *_note(reader, found),
    ]
    beside = _beside(reader, found)
    if topic is None or Event.VIEW not in open_events(reader.work, topic):
        return Card(lines=(line,), buttons=rows(*first, *beside))
    last = _further(reader, found, topic)
    acts = _acts(reader, found, topic)[: min(MOST_ACTS, MOST_BUTTONS - len(first) - len(beside) - len(last))]
    lines = (line, *_words(reader, found, topic))
    return Card(lines=lines, buttons=rows(*first, *acts, *beside, *last), about=_about(found))


def _words(reader: Reader, found: Matter, topic: Topic) -> tuple[str, ...]:
    """A new measure comes with its words, unless its topic is confidential."""
    new = found.notice.kind == ASSIGNED and found.measure and not topic.confidential
    return (measure_line(reader, found.measure, WORDS),) if new and found.measure else ()


def _about(found: Matter) -> About | None:
    """What a plain reply to it is about: the question it puts, or its item."""
    if found.waits and found.request:
        return request_about(found.request)
    return about(found.item) if found.item else None


def _acknowledge(reader: Reader, found: Matter) -> list[Button]:
    notice = found.notice
    if notice.wants_ack and notice.acknowledged_at is None:
        return [reader.button("acknowledge", notice.id)]
    return []


def _account(reader: Reader, found: Matter) -> list[Button]:
    """An account that waits is decided on the spot."""
    account = found.notice.data.get("account")
    if found.notice.kind != "account_pending" or not isinstance(account, int):
        return []
    return [
        reader.button("account.confirm", account, label="yes"),
        reader.button("account.refuse", account, label="no"),
    ]


def _note(reader: Reader, found: Matter) -> list[Button]:
    """Whoever took something over may look at the list of it."""
    if found.notice.kind != "handed_over":
        return []
    return [reader.button("handover", found.notice.id, 0, label="handover")]


def _beside(reader: Reader, found: Matter) -> list[Button]:
    """What other rooms have to offer on a push about a topic."""
    return push_buttons(reader, found.notice, found.topic) if found.topic else []


def _acts(reader: Reader, found: Matter, topic: Topic) -> list[Button]:
    if found.waits and found.request:
        drawn = request_card(reader, found.request).buttons
        return [button for row in drawn for button in row if button.verb != "topic.view"]
    measure = found.measure
    buttons = measure_buttons(reader, topic, measure) if measure else topic_buttons(reader, topic)
    return [button for button in buttons if button.verb.partition(".")[2] not in NOT_PUSHED]


def _further(reader: Reader, found: Matter, topic: Topic) -> list[Button]:
    """The words that came with it, and the whole item."""
    view = reader.button("topic.open", topic.id, label="view" if topic.confidential else "topic")
    report_id = found.notice.report_id
    if report_id is None or not reports.get(reader.tx, ReportId(report_id)).text:
        return [view]
    label = "points" if found.notice.kind in POINTS else "words"
    return [reader.button("report.view", report_id, label=label), view]
