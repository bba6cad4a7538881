"""报办结与退回: a unit says its measure is done, with evidence if it likes; the owner may disagree."""

from typing import Final

from handlers.asking.addressed import begun_measure, called, measure_addressed
from handlers.asking.previewing import ask, screen
from handlers.registry import answers, button, command
from handlers.topic_card import measure_card
from handlers.turn import Turn
from services import measuring
from storage import topics
from storage.dialogues import Dialogue
from workflow.measure import Measure, MeasureId
from workflow.roles import Role
from workflow.transitions import Event

DONE: Final = "report_done"
RETURN: Final = "return_done"


@command("done", Role.UNIT_HEAD, Role.LIAISON)
def done_command(turn: Turn, rest: str) -> None:
    """`办结 017-2 制度已印发`, perhaps with a file; without words it asks for them."""
    found = measure_addressed(turn, rest, Event.REPORT_DONE)
    if found is None or found.measure is None:
        return
    if found.rest or turn.work.said.files:
        _done(turn, found.measure.id, found.rest)
    else:
        report_done(turn, found.measure.id)


@button("measure.report_done")
def report_done(turn: Turn, measure_id: MeasureId) -> None:
    """Ask for words or evidence; there may be none."""
    topic, measure = begun_measure(turn, measure_id, Event.REPORT_DONE)
    turn.keep(DONE, "text", {"measure": measure_id})
    title = turn.say("measuring.done_ask", name=called(turn.say, topic, measure))
    card = screen(turn, topic, title, measure.text, turn.say("measuring.done_how"))
    ask(turn, card, turn.button("measure.done_now", measure_id, label="done_now"))


@button("measure.done_now")
def done_now(turn: Turn, measure_id: MeasureId) -> None:
    """Done, and nothing to add."""
    _done(turn, measure_id, "")
    turn.toast("measuring.done")


@answers(DONE)
def done_with(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Done, in these words, with these files."""
    _done(turn, MeasureId(dialogue.draft["measure"]), text)


@button("measure.return_done")
def return_done(turn: Turn, measure_id: MeasureId) -> None:
    """Ask what is missing."""
    topic, measure = begun_measure(turn, measure_id, Event.RETURN_DONE)
    turn.keep(RETURN, "text", {"measure": measure_id})
    title = turn.say("measuring.return_ask", name=called(turn.say, topic, measure))
    ask(turn, screen(turn, topic, title, measure.text))


@answers(RETURN)
def returned(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Sent back, with the reason."""
    measure_id = MeasureId(dialogue.draft["measure"])
    begun_measure(turn, measure_id, Event.RETURN_DONE)
    back = measuring.send_back(turn.work, measure_id, text)
    turn.done()
    _show(turn, back, "returned")


def _done(turn: Turn, measure_id: MeasureId, text: str) -> None:
    begun_measure(turn, measure_id, Event.REPORT_DONE)
    done = measuring.report_done(turn.work, measure_id, text)
    turn.done()
    _show(turn, done, "done")


def _show(turn: Turn, measure: Measure, done: str) -> None:
    topic = topics.get(turn.tx, measure.topic_id)
    turn.edit(measure_card(turn, topic, measure, headline=turn.say(f"measuring.{done}_headline")))
