"""风险: chiefs, leaders and the discipline secretary search together; the office or a chief decides."""

from typing import Final

from handlers import names
from handlers.affair_cards import affair_card, choices, drawn, name_of
from handlers.asking.listing import PAGE, Entry, Pager, alone, list_card, show
from handlers.asking.previewing import lines_of
from handlers.asking.questions import reason_wanted
from handlers.cards import Card
from handlers.issuing.form import Form
from handlers.issuing.issue import show as show_form
from handlers.issuing.reading import issuers
from handlers.reader import Reader
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import risks
from services.affairs.seating import Frame, authorise, frame_of, open_to
from services.issuing import LONGEST_TITLE, Draft
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.roles import Role
from workflow.topic import Kind

NEW: Final = "risk_new"
DROP: Final = "risk_drop"
WATCHING: Final = frozenset({Role.CHIEF, Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.DISCIPLINE_STAFF})
FINDERS: Final = (Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY, Role.OFFICE)


@command("risk", *FINDERS)
def risk_command(turn: Turn, rest: str) -> None:
    """`风险 实验室危化品领用无台账`; alone it asks what was found."""
    if not alone(turn):
        return
    authorise(turn.work, Frame(AffairKind.RISK), START, AffairEvent.BEGIN)
    if rest.strip():
        _report(turn, rest)
    else:
        reason_wanted(turn, NEW, {}, turn.say("risks.what"))


@answers(NEW)
def told(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What was found."""
    _report(turn, text)
    turn.done()


@drawn(AffairKind.RISK)
def risk_card(reader: Reader, risk: Affair) -> Card:
    """What was found, by whom, and what became of it."""
    say, events = reader.say, open_to(reader.work, risk)
    unit = names.units(reader.tx, say, [risk.unit_id]) if risk.unit_id else ""
    reason = risk.words.get("reason", "")
    lines = lines_of(
        risk.words["detail"],
        say(
            "risks.by",
            who=names.titles(reader.tx, say, [risk.opened_by]),
            date=reader.dates.short(risk.opened_at),
        ),
        say("risks.unit", unit=unit) if unit else "",
        say(f"risks.state.{risk.state}"),
        say("risks.reason", reason=reason) if reason else "",
    )
    buttons = (
        reader.button("risk.take", risk.id) if AffairEvent.TAKE in events else None,
        reader.button("risk.drop", risk.id) if AffairEvent.DROP in events else None,
        reader.button("topic.open", risk.topic_id, label="topic") if risk.topic_id else None,
    )
    return Card(name_of(reader, risk), lines, choices(reader, buttons))


@button("risk.take")
def take(turn: Turn, risk_id: int) -> None:
    """转为议题: the form of a topic, filled in as far as the risk says; issuing it settles the risk."""
    risk = affairs.get(turn.tx, risk_id)
    authorise(turn.work, frame_of(risk), risk.state, AffairEvent.TAKE)
    chiefs = issuers(turn)
    issuer = turn.actor.id if turn.policy.may_issue(turn.actor) else chiefs[0].id if chiefs else None
    given = Draft(
        title=risk.title[:LONGEST_TITLE],
        problem=risk.words["detail"],
        source=turn.say("risks.source", number=risk.number),
        kind=Kind.DATED,
        issuer_id=issuer,
        lead_units=(risk.unit_id,) if risk.unit_id else (),
    )
    show_form(turn, Form(given, raised_by=risk.id))


@button("risk.drop")
def drop(turn: Turn, risk_id: int) -> None:
    """不列入: why?"""
    risk = affairs.get(turn.tx, risk_id)
    authorise(turn.work, frame_of(risk), risk.state, AffairEvent.DROP)
    reason_wanted(turn, DROP, {"risk": risk_id}, turn.say("risks.why", name=name_of(turn, risk)))


@answers(DROP)
def dropped(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason came."""
    risk = risks.set_aside(turn.work, affairs.get(turn.tx, int(dialogue.draft["risk"])), text)
    turn.done()
    turn.reply(affair_card(turn, risk))


@button("list.risks")
def risk_list(turn: Turn, page: int) -> None:
    """Risks that wait for a decision: all of them for who watches over the whole, else one's own."""
    found = affairs.of_kind(turn.tx, AffairKind.RISK)
    if not turn.actor.roles & WATCHING:
        found = [one for one in found if one.opened_by == turn.actor.id]
    if not found:
        show(turn, Card(turn.say("risks.list"), (turn.say("risks.none"),)))
        return
    pager = Pager("list.risks", (), page)
    shown = [
        Entry(name_of(turn, one), "affair.open", (one.id,)) for one in found[pager.start : pager.start + PAGE]
    ]
    show(turn, list_card(turn, turn.say("risks.list"), shown, len(found), pager))


def _report(turn: Turn, text: str) -> None:
    risk = risks.report(turn.work, text)
    turn.reply(affair_card(turn, risk).with_lines(turn.say("risks.reported")))
