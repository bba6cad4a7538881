"""报进展: reports on a topic or a measure, however they came, and taking one back."""

import re
from functools import cache
from typing import Final

from handlers.asking.addressed import addressed, begun, begun_measure, called, here
from handlers.asking.naming import spoken
from handlers.asking.previewing import ask, lines_of, screen
from handlers.cards import About, Card, Subject, rows
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import progress
from services.authorising import authorise, open_events
from services.seats import places
from storage import measures, reports, topics
from storage.dialogues import Dialogue
from storage.reports import ReportId
from workflow.measure import Measure, MeasureId
from workflow.roles import EXECUTORS, OWNERS, Role, Seat
from workflow.topic import Topic, TopicId, TopicState
from workflow.transitions import Event

REPORT: Final = "report"
WHOLE: Final = 100


def about(turn: Turn, topic: Topic, text: str, measure_id: MeasureId | None = None) -> None:
    """What was said of an item: a report by those who do the work, a comment by everybody else."""
    here(turn, topic)
    working = topic.state is TopicState.IN_PROGRESS
    measure = measures.get(turn.tx, measure_id) if measure_id and working else None
    name = called(turn.say, topic, measure)
    if Event.REPORT in open_events(turn.work, topic, measure):
        percent = percent_in(text)
        made = progress.report(
            turn.work, topic.id, text, measure_id=measure.id if measure else None, percent=percent
        )
        turn.reply(receipt(turn, topic, measure, made, turn.say("reports.kept", name=name)))
        return
    authorise(turn.work, topic, Event.COMMENT)
    made = progress.comment(turn.work, topic.id, text, measure_id=measure_id)
    state = turn.say(f"measure_state.{measure.state}" if measure else f"topic_state.{topic.state}")
    kept = turn.say(_comment(turn, topic, measure), name=name, state=state)
    turn.reply(receipt(turn, topic, measure, made, kept))


def receipt(turn: Turn, topic: Topic, measure: Measure | None, made: ReportId, kept: str) -> Card:
    """What was kept, and the way to take it back."""
    report = reports.get(turn.tx, made)
    files = len(turn.work.said.files)
    lines = lines_of(
        kept,
        turn.say("reports.percent", percent=report.percent) if report.percent is not None else "",
        turn.say("reports.files", count=files) if files else "",
    )
    return Card(lines=lines, buttons=rows(turn.button("take_back", made)), about=About(Subject.REPORT, made))


def percent_in(text: str) -> int | None:
    """The progress a report states: 进度50%, 50%: …, or a percentage that ends a line; not any number."""
    found = _percent().search(text)
    percent = int(found["led"] or found["last"]) if found else WHOLE + 1
    return percent if percent <= WHOLE else None


@command("report", Role.LEADER, Role.UNIT_HEAD, Role.LIAISON)
def report_command(turn: Turn, rest: str) -> None:
    """`报进展 017 已完成修订`; 017-2 for a measure."""
    found = addressed(turn, rest, Event.REPORT)
    if found is None:
        return
    if found.rest or turn.work.said.files:
        about(turn, found.topic, found.rest, found.measure.id if found.measure else None)
    elif found.measure:
        start_measure_report(turn, found.measure.id)
    else:
        start_report(turn, found.topic.id)


@button("topic.report")
def start_report(turn: Turn, topic_id: TopicId) -> None:
    """Ask for the report's words."""
    topic = begun(turn, topic_id, Event.REPORT)
    turn.keep(REPORT, "text", {"topic": topic_id})
    ask(turn, screen(turn, topic, "", turn.say("reports.say", name=called(turn.say, topic))))


@button("measure.report")
def start_measure_report(turn: Turn, measure_id: MeasureId) -> None:
    """Ask for the report's words."""
    topic, measure = begun_measure(turn, measure_id, Event.REPORT)
    turn.keep(REPORT, "text", {"topic": topic.id, "measure": measure_id})
    ask(turn, screen(turn, topic, "", turn.say("reports.say", name=called(turn.say, topic, measure))))


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


def _comment(turn: Turn, topic: Topic, measure: Measure | None) -> str:
    """What a comment is called: where whoever does the work meant a report, it is said why it is none."""
    seats = places(turn.tx, turn.policy, turn.actor, topic, measure)
    if not seats.keys() & (OWNERS | EXECUTORS | {Seat.ELIGIBLE}):
        return "reports.commented"
    return "reports.too_early" if topic.state is TopicState.ISSUED else "reports.settled"


@cache
def _percent() -> re.Pattern[str]:
    """Led by 进度, 完成 … or standing first; or the last thing of a line."""
    led = "|".join(map(re.escape, spoken("reports.percent_after")))
    return re.compile(
        rf"(?:\A\s*|(?:{led})[^\d\n]{{0,3}})(?<!\d)(?P<led>\d{{1,3}})\s*[%％]"
        rf"|(?<!\d)(?P<last>\d{{1,3}})\s*[%％][\s。.!！]*$",
        re.IGNORECASE | re.MULTILINE,
    )
