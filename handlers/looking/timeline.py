"""经过: what happened to a topic, and the words and files of each report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from handlers import names, printing, topic_beside
from handlers.asking.finding import topic_named
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card
from handlers.cards import Attachment, Card, rows
from handlers.registry import button, command
from handlers.stamps import about
from handlers.turn import Turn
from services import accessing
from services.authorising import authorise, open_events
from services.joining import merged_from
from storage import reports, topics
from storage.reports import Evidence, Report, ReportId
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

EXCERPT: Final = 40  # characters of a report shown in the list
PICTURE: Final = "timeline_picture"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a topic; `report` is what was said by doing it."""

    at: datetime
    text: str
    report: ReportId | None = None


@command("timeline")
def timeline_command(turn: Turn, rest: str) -> None:
    """`时间线 017`."""
    if alone(turn) and (topic := topic_named(turn, rest, Event.VIEW)):
        timeline(turn, topic.id)


@button("timeline")
def timeline(turn: Turn, topic_id: TopicId, page: int = -1) -> None:
    """What happened, the latest first; a number opens what was said."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.VIEW)
    if not alone(turn):
        return
    moments = sorted(_moments(turn, topic), key=lambda moment: moment.at, reverse=True)
    pager = Pager("timeline", (topic_id,), max(page, 0))
    shown = moments[pager.start : pager.start + PAGE]
    heading = turn.say("queries.timeline", number=topic.number, title=topic.short_title)
    listed = list_card(turn, heading, [_line(m) for m in shown], len(moments), pager)
    listed = replace(listed, buttons=(*listed.buttons, (turn.button(PICTURE, topic.id),)))
    card = _vanishing(turn, topic, listed)
    if page < 0:
        turn.reply(card)
    else:
        turn.edit(card)


@button(PICTURE)
def timeline_picture(turn: Turn, topic_id: TopicId) -> None:
    """The same as a picture, drawn after the turn; of a confidential topic it is noted now who sees it."""
    topic = topics.get(turn.tx, topic_id)
    authorise(turn.work, topic, Event.VIEW)
    if not alone(turn):
        return
    if topic.confidential:
        accessing.note(turn.tx, turn.actor.id, topic.id)
    answer = Card(lines=(turn.say("timeline.ordered", number=topic.number),))
    printing.order(turn, PICTURE, str(topic.id), answer=answer)


@button("report.view")
def view_report(turn: Turn, report_id: ReportId) -> None:
    """What was said, in full, with its files."""
    report = reports.get(turn.tx, report_id)
    topic = topics.get(turn.tx, report.topic_id)
    authorise(turn.work, topic, Event.VIEW)
    if not alone(turn):
        return
    files = reports.evidence_of(turn.tx, [report_id]).get(report_id, [])
    turn.reply(_vanishing(turn, topic, _report_card(turn, topic, report, files)))


def _report_card(turn: Turn, topic: Topic, report: Report, files: Sequence[Evidence]) -> Card:
    say = turn.say
    name = say("topics.heading", number=topic.number, title=topic.short_title)
    lines = [_who(turn, report), report.text]
    if report.percent is not None:
        lines.append(say("topics.field", name=say("field.percent"), value=f"{report.percent}%"))
    if report.entered_for_id:
        entered = names.title(turn.tx, report.entered_for_id)
        lines.append(say("queries.entered_for", person=entered, source=report.entry_source))
    return Card(
        title=name,
        lines=tuple(line for line in lines if line),
        buttons=rows(turn.button("topic.open", topic.id, label="topic")),
        files=tuple(Attachment(f.sha256, f.name, f.mime) for f in files),
        about=about(topic),
    )


def _vanishing(turn: Turn, topic: Topic, card: Card) -> Card:
    if not topic.confidential:
        return card
    return replace(card, about=about(topic), vanish=turn.policy.vanish)


def _moments(turn: Turn, topic: Topic) -> list[Moment]:
    """What happened to it, and to what was merged into it, whose words only its own seats open in full.

    Of what was merged and is secret its own seats alone hear.
    """
    own = _own(turn, topic)
    for one in merged_from(turn.work, topic):
        full = Event.VIEW in open_events(turn.work, one)
        for moment in _own(turn, one) if full or not one.confidential else ():
            text = turn.say("joining.history", number=one.number, text=moment.text)
            own.append(Moment(moment.at, text, moment.report if full else None))
    return own


def _own(turn: Turn, topic: Topic) -> list[Moment]:
    found = reports.of_topic(turn.tx, topic.id)
    replaced = {report.supersedes_id for report in found}
    latest = [report for report in found if report.id not in replaced]
    files = reports.evidence_of(turn.tx, [report.id for report in latest])
    told = [_told(turn, report, len(files.get(report.id, ()))) for report in latest]
    return told + _milestones(turn, topic) + _beside(turn, topic)


def _milestones(turn: Turn, topic: Topic) -> list[Moment]:
    """What was done without a word."""
    owner = names.titles(turn.tx, turn.say, [topic.owner_id])
    known = (
        (topic.issued_at, "issue", names.title(turn.tx, topic.issuer_id)),
        (topic.claimed_at, "claim", owner),
        (topic.closed_at, "close", ""),
    )
    return [
        Moment(
            at, turn.say("queries.milestone", when=turn.dates.clock(at), who=who, what=turn.say(f"event.{e}"))
        )
        for at, e, who in known
        if at is not None
    ]


def _beside(turn: Turn, topic: Topic) -> list[Moment]:
    """What other rooms know of it."""
    return [
        Moment(word.at, turn.say("queries.beside", when=turn.dates.clock(word.at), what=word.text))
        for word in topic_beside.words(turn, topic)
    ]


def _told(turn: Turn, report: Report, files: int) -> Moment:
    say = turn.say
    text = " ".join(report.text.split())
    parts = [_who(turn, report), text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")]
    parts += [say("reports.files", count=files)] if files else []
    parts += [say("queries.corrected")] if report.supersedes_id else []
    parts += [say("queries.taken_back")] if report.withdrawn_at else []
    return Moment(report.sent_at, say("queries.parts").join(part for part in parts if part), report.id)


def _who(turn: Turn, report: Report) -> str:
    return turn.say(
        "queries.milestone",
        when=turn.dates.clock(report.sent_at),
        who=names.spoken_by(turn.tx, turn.say, report.author_id, report.principal_id),
        what=turn.say(f"event.{report.event}"),
    )


def _line(moment: Moment) -> Entry:
    return Entry(
        moment.text, "report.view" if moment.report else "", (moment.report,) if moment.report else ()
    )
