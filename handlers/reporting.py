"""报进展: reports on a topic or a measure, however they came, and taking one back."""

import re
from typing import Final

from handlers.cards import About, Card, Subject, rows
from handlers.finding import topic_named
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import acting, progress
from storage import measures, topics
from storage.dialogues import Dialogue
from storage.reports import ReportId
from workflow.measure import MeasureId
from workflow.roles import Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

REPORT: Final = "report"
_PERCENT: Final = re.compile(r"(?<!\d)(\d{1,3})\s*[%％]")


def about(turn: Turn, topic: Topic, text: str, measure_id: MeasureId | None = None) -> None:
    """What was said of an item: a report by those who do the work, a comment by everybody else."""
    measure = measures.get(turn.tx, measure_id) if measure_id else None
    if Event.REPORT in acting.open_events(turn.work, topic, measure):
        said = _PERCENT.search(text)
        percent = min(int(said[1]), 100) if said else None
        made = progress.report(turn.work, topic.id, text, measure_id=measure_id, percent=percent)
        key = "reports.kept"
    else:
        acting.right(turn.work, topic, Event.COMMENT)
        made = progress.comment(turn.work, topic.id, text, measure_id=measure_id)
        key = "reports.commented"
    files = len(turn.work.said.files)
    lines = [turn.say(key, number=topic.number, title=topic.short_title)]
    if files:
        lines.append(turn.say("reports.files", count=files))
    turn.reply(
        Card(
            lines=tuple(lines),
            buttons=rows(turn.button("take_back", made)),
            about=About(Subject.REPORT, made),
        )
    )


@command("report", Role.LEADER, Role.UNIT_HEAD, Role.LIAISON)
def report_command(turn: Turn, rest: str) -> None:
    """`报进展 017 已完成修订`."""
    topic = topic_named(turn, rest, Event.REPORT)
    if topic is None:
        return
    text = rest.partition(" ")[2].strip() if rest else ""
    if text or turn.work.said.files:
        about(turn, topic, text)
    else:
        start_report(turn, topic.id)


@button("topic.report")
def start_report(turn: Turn, topic_id: TopicId) -> None:
    """Ask for the report's words."""
    topic = topics.get(turn.tx, topic_id)
    acting.right(turn.work, topic, Event.REPORT)
    question = turn.say("reports.say", number=topic.number)
    turn.ask(
        REPORT,
        "text",
        {"topic": topic_id},
        Card(lines=(question,), buttons=rows(turn.button("cancel")), about=About(Subject.TOPIC, topic_id)),
    )


@button("measure.report")
def start_measure_report(turn: Turn, measure_id: MeasureId) -> None:
    """Ask for the report's words."""
    measure = measures.get(turn.tx, measure_id)
    topic = topics.get(turn.tx, measure.topic_id)
    acting.right(turn.work, topic, Event.REPORT, measure)
    question = turn.say("reports.say_measure", number=topic.number, no=measure.no)
    draft = {"topic": topic.id, "measure": measure_id}
    turn.ask(REPORT, "text", draft, Card(lines=(question,), buttons=rows(turn.button("cancel"))))


@answers(REPORT)
def reported(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The words came."""
    topic = topics.get(turn.tx, TopicId(dialogue.draft["topic"]))
    measure = dialogue.draft.get("measure")
    turn.done()
    about(turn, topic, text, MeasureId(measure) if measure else None)


@button("take_back")
def take_back(turn: Turn, report_id: ReportId) -> None:
    """撤回."""
    progress.take_back(turn.work, report_id)
    turn.toast("reports.taken_back")
    turn.edit(Card(lines=(turn.say("reports.taken_back"),)))
