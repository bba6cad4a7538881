"""Entering a count, in one message or line by line; a wrong line is named and the rest is kept."""

from collections.abc import Mapping
from typing import Any, Final

from handlers import names, verbs
from handlers.affair_cards import affair_card
from handlers.asking.previewing import agreed, ask, lines_of, preview
from handlers.cards import Card
from handlers.checking.appraise_card import row_line
from handlers.checking.appraise_words import heard
from handlers.registry import COMMANDS, answers, button
from handlers.turn import Turn
from services.affairs import appraising
from services.affairs.seating import authorise, frame_of
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair
from workflow.affair_table import AffairEvent
from workflow.ballots import HEADINGS, TOTALS, Count, Fault, fault, row
from workflow.roles import PersonId

COUNT: Final = "appraise_count"
LINE: Final = "line"

Draft = Mapping[str, Any]


def begin_count(turn: Turn, affair: Affair, person: PersonId, text: str) -> None:
    """Begin with a person's count, and with what was said of it already."""
    _may(turn, affair)
    appraising.of_person(turn.work, affair, person)
    draft = {"affair": affair.id, "person": person, "totals": {}, "rows": {}}
    _said(turn, affair, draft, text)


@button("appraise.enter")
def enter(turn: Turn, affair_id: int, person_id: PersonId) -> None:
    """Enter a person's count, or enter it anew."""
    begin_count(turn, affairs.get(turn.tx, affair_id), person_id, "")


@answers(COUNT)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """One line or several; another person's command begins anew."""
    affair = affairs.get(turn.tx, dialogue.draft["affair"])
    _may(turn, affair)
    if (named := verbs.read(text)) and named.name == "appraise":
        turn.done()
        COMMANDS[named.name].run(turn, named.rest)
        return
    _said(turn, affair, dialogue.draft, text)


@button("appraise.count_now")
def count_now(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, COUNT, mark)
    if draft is None:
        return
    affair = affairs.get(turn.tx, draft["affair"])
    appraising.enter(turn.work, affair, PersonId(draft["person"]), _count(draft))
    turn.toast("appraising.entered_toast")
    turn.edit(affair_card(turn, affairs.get(turn.tx, affair.id)))


def _may(turn: Turn, affair: Affair) -> None:
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.ADD)


def _said(turn: Turn, affair: Affair, draft: Draft, text: str) -> None:
    found = heard(text, draft["totals"], draft["rows"])
    totals, rows = {**draft["totals"], **found.totals}, {**draft["rows"], **found.rows}
    known = {name: draft[name] for name in ("affair", "person")} | {"totals": totals, "rows": rows}
    problem = _unclear(turn, found.unclear) if found.unclear else ""
    if {*totals} == {*TOTALS} and (wrong := fault(_count(known), affair.facts["voters"])):
        problem = _wrong(turn, wrong)
        known = _without(known, wrong.line)
    _next(turn, affair, known, problem)


def _next(turn: Turn, affair: Affair, draft: Draft, problem: str) -> None:
    """Ask for the next line that is lacking; where none is, show the whole."""
    lacking = _lacking(draft)
    person = names.title(turn.tx, draft["person"])
    if not lacking and not problem:
        _preview(turn, draft, person)
        return
    turn.keep(COUNT, LINE, draft)
    kind = "row" if lacking not in TOTALS else "total" if draft["totals"] else "totals"
    wanted = turn.say(f"appraising.ask_{kind}", line=_line_name(turn, lacking))
    ask(
        turn,
        Card(turn.say("appraising.count_of", person=person), lines_of(problem, wanted if lacking else "")),
    )


def _preview(turn: Turn, draft: Draft, person: str) -> None:
    count, say = _count(draft), turn.say
    lines = [say("appraising.totals", **{name: getattr(count, name) for name in TOTALS})]
    if count.void:
        lines.append(say("appraising.void", over=count.returned - count.issued))
    else:
        lines += [row_line(turn, name, count.rows[name], count.valid) for name in HEADINGS]
    title = say("appraising.count_of", person=person)
    lines.append(say("appraising.amend"))
    preview(turn, COUNT, draft, Card(title, tuple(lines)), "appraise.count_now", label="yes")


def _count(draft: Draft) -> Count:
    """The count as far as it is known; a heading not yet said counts as all abstentions."""
    totals = draft["totals"]
    valid = totals["valid"]
    rows = {name: row(valid, draft["rows"].get(name, (0, 0, 0, 0))) for name in HEADINGS}
    return Count(**{name: totals[name] for name in TOTALS}, rows=rows)


def _lacking(draft: Draft) -> str:
    totals = draft["totals"]
    for name in TOTALS:
        if name not in totals:
            return name
    void = totals["returned"] > totals["issued"]
    return "" if void else next((name for name in HEADINGS if name not in draft["rows"]), "")


def _without(draft: Draft, line: str) -> dict[str, Any]:
    """The draft without the line that does not add up."""
    return {
        **draft,
        "totals": {name: value for name, value in draft["totals"].items() if name != line},
        "rows": {name: value for name, value in draft["rows"].items() if name != line},
    }


def _unclear(turn: Turn, line: str) -> str:
    key = "unclear_totals" if line in (*TOTALS, "totals") else "unclear"
    return turn.say(f"appraising.{key}", line=_line_name(turn, line))


def _wrong(turn: Turn, wrong: Fault) -> str:
    key = "over" if wrong.by > 0 else "under"
    kind = wrong.line if wrong.line in TOTALS else "row"
    return turn.say(f"appraising.{key}_{kind}", line=_line_name(turn, wrong.line), by=abs(wrong.by))


def _line_name(turn: Turn, line: str) -> str:
    if line in HEADINGS:
        return turn.say(f"appraising.heading.{line}")
    return turn.say(f"appraising.total.{line}") if line else ""
