"""The card of a topic or a measure: what it is, where it stands, and the buttons the table allows."""

from collections.abc import Iterable, Sequence
from typing import Final

from handlers import names, topic_beside
from handlers.batches.plan_offer import offer
from handlers.cards import MOST_BUTTONS, Button, Card, rows
from handlers.checking.recheck_card import of_topic as recheck_of
from handlers.reader import Reader
from handlers.stamps import about
from services.authorising import authorise, open_events
from storage import measures
from workflow.measure import Measure, MeasureState
from workflow.topic import Kind, Topic, TopicState
from workflow.transitions import Event

TOPIC_BUTTONS: Final = (
    Event.CONFIRM,
    Event.CLAIM,
    Event.DECLINE,
    Event.CLOSE,
    Event.RETURN,
    Event.REPORT,
    Event.DECOMPOSE,
    Event.SUBMIT,
    Event.ASK_EXTENSION,
    Event.OPINE,
    Event.NUDGE,
    Event.INQUIRE,
    Event.RECALL,
    Event.REOPEN,
    Event.REROUTE,
    Event.AMEND,
    Event.PROPOSE,
    Event.ISSUE,
    Event.EDIT,
    Event.REASSIGN,
    Event.WITHDRAW,
)
"""In the order of what a person is most likely to want; six fit, the rest are one press further."""

MEASURE_BUTTONS: Final = (
    Event.RECEIVE,
    Event.REPORT_DONE,
    Event.REPORT,
    Event.ASK_EXTENSION,
    Event.CONFIRM_DONE,
    Event.RETURN_DONE,
    Event.NUDGE,
    Event.WITHDRAW,
)


PUBLIC: Final = frozenset({"state", "owner", "eligible", "deadline"})
"""What a group may read of a topic, beside its number and short title."""


def topic_card(reader: Reader, topic: Topic, *, headline: str = "", page: int = 0) -> Card:
    """A topic as its reader may see it."""
    authorise(reader.work, topic, Event.VIEW)
    name, lines = _told(reader, topic)
    buttons = topic_buttons(reader, topic)
    if not _has_measures(reader, topic):
        buttons.sort(key=lambda one: one.verb != f"topic.{Event.DECOMPOSE}")  # the next step comes first
    elif reader.private:
        buttons.append(reader.button("measures", topic.id))
    if reader.private:
        buttons += topic_beside.buttons(reader, topic)
    if topic.issued_at and reader.private:
        buttons.append(reader.button("timeline", topic.id))
    plan, agree = offer(reader, topic)
    buttons, lines = [*agree, *buttons], (*lines, *plan)
    return Card(
        title=headline or name,
        lines=((name, *lines) if headline else lines),
        buttons=paged(reader, buttons, topic, page),
        about=about(topic),
        vanish=reader.policy.vanish if topic.confidential and reader.private else None,
    )


def measure_card(reader: Reader, topic: Topic, measure: Measure, *, headline: str = "") -> Card:
    """A measure, with what its reader may do."""
    authorise(reader.work, topic, Event.VIEW, measure)
    say = reader.say
    name = say("measures.heading", number=topic.number, no=measure.no)
    buttons = [*measure_buttons(reader, topic, measure), reader.button("topic.view", topic.id, label="topic")]
    lines = one_measure(reader, topic, measure) if reader.private else ()
    return Card(
        title=headline or name,
        lines=((name, *lines) if headline else lines),
        buttons=rows(*buttons[:MOST_BUTTONS]),
        about=about(measure),
        vanish=reader.policy.vanish if topic.confidential and reader.private else None,
    )


def topic_buttons(reader: Reader, topic: Topic) -> list[Button]:
    """What the table allows its reader to do to a topic now."""
    allowed = open_events(reader.work, topic)
    return [reader.button(f"topic.{e}", topic.id, label=e) for e in TOPIC_BUTTONS if e in allowed]


def measure_buttons(reader: Reader, topic: Topic, measure: Measure) -> list[Button]:
    """What the table allows its reader to do to a measure now; nothing while its topic is not worked on."""
    if topic.state is not TopicState.IN_PROGRESS:
        return []
    allowed = open_events(reader.work, topic, measure)
    labels = {Event.WITHDRAW: "withdraw_measure"}
    return [
        reader.button(f"measure.{e}", measure.id, label=labels.get(e, e))
        for e in MEASURE_BUTTONS
        if e in allowed
    ]


def paged(
    reader: Reader, buttons: Sequence[Button], topic: Topic, page: int
) -> tuple[tuple[Button, ...], ...]:
    """At most six buttons; when there are more, the sixth leads to the next five."""
    if len(buttons) <= MOST_BUTTONS:
        return rows(*buttons)
    room = MOST_BUTTONS - 1
    shown = buttons[page * room : (page + 1) * room] or buttons[:room]
    following = page + 1 if (page + 1) * room < len(buttons) else 0
    return rows(*shown, reader.button("topic.more", topic.id, following, label="more"))


def _told(reader: Reader, topic: Topic) -> tuple[str, tuple[str, ...]]:
    """All of it in private, the public fields in a group; of a confidential topic there only the number."""
    say = reader.say
    if reader.private:
        name = say("topics.heading", number=topic.number, title=topic.title)
        beside = (word.text for word in topic_beside.words(reader, topic) if word.live)
        return name, (*topic_lines(reader, topic), *beside, *measure_lines(reader, topic))
    if topic.confidential:
        return say("topics.number_only", number=topic.number), ()
    return say("topics.heading", number=topic.number, title=topic.short_title), topic_lines(reader, topic)


def topic_lines(reader: Reader, topic: Topic) -> tuple[str, ...]:
    """What a card says of a topic, line by line."""
    return _written(reader, topic_fields(reader, topic))


def topic_fields(reader: Reader, topic: Topic) -> list[tuple[str, str]]:
    """Names and values of a topic: every field in private, the public ones where others read along."""
    say, tx = reader.say, reader.tx
    owner = [topic.owner_id] if topic.owner_id else topic.eligible
    fields: Iterable[tuple[str, str]] = (
        ("state", state_of(reader, topic)),
        ("problem", topic.problem),
        ("goal", topic.goal),
        ("source", topic.source),
        ("kind", say(f"kind.{topic.kind}")),
        ("issuer", names.title(tx, topic.issuer_id)),
        ("owner" if topic.owner_id else "eligible", names.titles(tx, say, owner)),
        ("co_owners", names.titles(tx, say, topic.co_owners) if topic.co_owners else ""),
        ("lead_units", names.units(tx, say, topic.lead_units) if topic.lead_units else ""),
        ("assist_units", names.units(tx, say, topic.assist_units) if topic.assist_units else ""),
        ("deadline", deadline_of(reader, topic)),
        ("claim_by", claim_by(reader, topic)),
        ("percent", f"{topic.percent}%" if topic.percent is not None else ""),
        ("recheck", recheck_of(reader, topic) if reader.private else ""),
    )
    return [(name, value) for name, value in fields if value and (reader.private or name in PUBLIC)]


def measure_lines(reader: Reader, topic: Topic) -> tuple[str, ...]:
    """The measure list in short."""
    found = [m for m in measures.of_topic(reader.tx, topic.id) if m.state is not MeasureState.WITHDRAWN]
    return tuple(measure_line(reader, measure) for measure in found)


def measure_line(reader: Reader, measure: Measure, most: int = 0) -> str:
    """A measure in one line, of its text `most` characters at most (0: all of it)."""
    cut = 0 < most < len(measure.text)
    return reader.say(
        "measures.line",
        no=measure.no,
        text=f"{measure.text[:most]}…" if cut else measure.text,
        units=names.units(reader.tx, reader.say, measure.lead_units),
        deadline=reader.dates.short(measure.deadline),
        state=reader.say(f"measure_state.{measure.state}"),
    )


def one_measure(reader: Reader, topic: Topic, measure: Measure) -> tuple[str, ...]:
    """Everything a card says of a measure."""
    say, tx = reader.say, reader.tx
    fields = (
        ("topic", say("topics.heading", number=topic.number, title=topic.title)),
        ("measure", measure.text),
        ("deliverable", measure.deliverable),
        ("state", say(f"measure_state.{measure.state}") + _overdue(reader, measure)),
        ("lead_units", names.units(tx, say, measure.lead_units)),
        ("assist_units", names.units(tx, say, measure.assist_units) if measure.assist_units else ""),
        ("deadline", deadline_of(reader, measure)),
        ("percent", f"{measure.percent}%" if measure.percent is not None else ""),
    )
    return _written(reader, fields)


def state_of(reader: Reader, topic: Topic) -> str:
    """A topic's state in words, with how long it is overdue."""
    return reader.say(f"topic_state.{topic.state}") + _overdue(reader, topic)


def deadline_of(reader: Reader, item: Topic | Measure) -> str:
    """A deadline; where it was moved, the first one and the count stay visible."""
    say = reader.say
    if item.deadline is None:
        standing = isinstance(item, Topic) and item.kind is Kind.STANDING
        return say(f"cycle.{item.cycle or 'none'}") if isinstance(item, Topic) and standing else ""
    text = reader.dates.full(item.deadline)
    if item.first_deadline is not None and item.first_deadline != item.deadline:
        first = reader.dates.full(item.first_deadline)
        key = "topics.extended_deadline" if item.extensions else "topics.moved_deadline"
        return say(key, now=text, first=first, times=item.extensions)
    return text


def claim_by(reader: Reader, topic: Topic) -> str:
    """The claim deadline, while nobody has claimed."""
    waiting = topic.state is TopicState.ISSUED and topic.claim_by is not None
    return reader.dates.full(topic.claim_by) if waiting and topic.claim_by else ""


def _written(reader: Reader, fields: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    say = reader.say
    return tuple(
        say("topics.field", name=say(f"field.{name}"), value=value) for name, value in fields if value
    )


def _overdue(reader: Reader, item: Topic | Measure) -> str:
    if item.deadline is None or not item.overdue(reader.tx.now):
        return ""
    return reader.say("topics.overdue_mark", days=max(1, -reader.dates.workdays_left(item.deadline)))


def _has_measures(reader: Reader, topic: Topic) -> bool:
    return bool(measures.of_topic(reader.tx, topic.id))
