"""自查自纠 (art. 19): asked after one look, answered by presses, checked by the inspectors."""

from datetime import datetime
from typing import Final

from handlers import names
from handlers.affair_cards import affair_card
from handlers.asking.listing import PAGE, Pager, alone, list_card, show
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.cards import Card, rows
from handlers.checking.self_check_card import entry, form_card, question_card
from handlers.checking.self_check_words import Wanted, read
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import self_checking
from services.affairs.seating import Frame, authorise, concerned, may_begin, open_to
from services.affairs.waiting import waits_for
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairId, AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.errors import NotFound
from workflow.roles import PersonId, Role, UnitId

OPEN: Final = "self_check"


@command("self_check", Role.OFFICE, Role.DISCIPLINE_SECRETARY, Role.DISCIPLINE_STAFF, Role.UNIT_HEAD)
def self_check_command(turn: Turn, rest: str) -> None:
    """`自查自纠`: one's own, or all of them; `自查自纠 国际处、财务处 11月20日前` asks."""
    if not alone(turn):
        return
    own = [one for one in waits_for(turn.work) if one.kind is AffairKind.SELF_CHECK]
    if rest:
        _open(turn, rest)
    elif len(own) == 1:
        turn.reply(affair_card(turn, own[0]))
    else:
        self_checks(turn)


@button("self_checks")
def self_checks(turn: Turn, page: int = 0) -> None:
    """Those one may look at that are not done with."""
    found = [one for one in affairs.of_kind(turn.tx, AffairKind.SELF_CHECK) if concerned(turn.work, one)]
    if not found:
        may = may_begin(turn.work, AffairKind.SELF_CHECK)
        turn.tell("self_checking.begin_how" if may else "self_checking.none")
        return
    pager = Pager("self_checks", (), page)
    shown = [entry(turn, one) for one in found[pager.start : pager.start + PAGE]]
    show(turn, list_card(turn, turn.say("self_checking.list"), shown, len(found), pager))


@button("self_check.now")
def open_now(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, OPEN, mark)
    if draft is None:
        return
    units = [UnitId(one) for one in draft["units"]]
    persons = [PersonId(one) for one in draft["persons"]]
    by = datetime.fromisoformat(draft["by"])
    title = turn.say("self_checking.default_title", year=turn.dates.today.year)
    opened = self_checking.open_for(turn.work, title, units, persons, by)
    turn.toast("self_checking.opened_toast", count=len(opened))
    said = turn.say("self_checking.opened", count=len(opened), date=turn.dates.full(by))
    back = turn.button("self_check.undo", *(one.id for one in opened), label="take_back")
    turn.edit(Card(lines=(said,), buttons=rows(back)))


@button("self_check.undo")
def undo(turn: Turn, *ids: int) -> None:
    """It was opened by mistake."""
    gone = self_checking.undo(turn.work, [AffairId(one) for one in ids])
    turn.edit(Card(lines=(turn.say("self_checking.undone", count=len(gone)),)))


@answers(OPEN)
def said_anew(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press: all anew."""
    _open(turn, text)


@button("self_check.ask")
def ask_(turn: Turn, affair_id: int, no: int) -> None:
    """A question once more."""
    affair = _seen(turn, affair_id)
    item = next((one for one in self_checking.questions(turn.work, affair) if one.no == no), None)
    if item is None or AffairEvent.ADD not in open_to(turn.work, affair):
        raise NotFound("no_such_affair")
    turn.edit(question_card(turn, affair, item))


@button("self_check.form")
def form(turn: Turn, affair_id: int) -> None:
    """The whole form."""
    turn.reply(form_card(turn, _seen(turn, affair_id)))


@button("self_check.give")
def give(turn: Turn, affair_id: int) -> None:
    """Hand it in; what was found wrong goes on at once."""
    affair = affairs.get(turn.tx, affair_id)
    wrong = sum(item.state == self_checking.NO for item in self_checking.questions(turn.work, affair))
    given, drafted = self_checking.give(turn.work, affair, turn.say("self_checking.source"))
    turn.toast("self_checking.given_toast")
    key = "self_checking.drafted" if drafted else "self_checking.queued"
    told = turn.say(key, count=wrong) if wrong else turn.say("self_checking.clean")
    turn.edit(affair_card(turn, given).with_lines(told))


@button("self_check.check")
def check(turn: Turn, affair_id: int, no: int, answer: str) -> None:
    """他查, question after question."""
    affair = affairs.get(turn.tx, affair_id)
    self_checking.check(turn.work, affair, no, answer)
    turn.edit(affair_card(turn, affair))


@button("self_check.draft")
def draft_(turn: Turn, affair_id: int) -> None:
    """Drafts of what was found wrong, for a chief to issue."""
    affair = _seen(turn, affair_id)
    drafted = self_checking.draft_topics(turn.work, affair, turn.say("self_checking.source"))
    turn.toast("self_checking.drafted_toast", count=len(drafted))
    turn.edit(affair_card(turn, affair).with_lines(turn.say("self_checking.drafted", count=len(drafted))))


@button("self_check.finish")
def finish(turn: Turn, affair_id: int) -> None:
    """It is done with."""
    done = self_checking.finish(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("self_checking.finished_toast")
    turn.edit(affair_card(turn, done))


def _open(turn: Turn, text: str) -> None:
    """Read whom and until when, and show both."""
    authorise(turn.work, Frame(AffairKind.SELF_CHECK), START, AffairEvent.BEGIN)
    wanted = read(turn, text)
    if wanted.by is None:
        turn.reply(Card(lines=lines_of(wanted.problem, turn.say("self_checking.date_wanted"))))
        return
    units = self_checking.manned(turn.work, wanted.units)
    if not units and not wanted.persons:
        turn.tell("self_checking.whom_wanted")
        return
    draft = {"units": units, "persons": list(wanted.persons), "by": wanted.by.isoformat()}
    card = Card(turn.say("self_checking.preview"), _shown(turn, wanted, units))
    preview(turn, OPEN, draft, card, "self_check.now")


def _shown(turn: Turn, wanted: Wanted, units: list[UnitId]) -> tuple[str, ...]:
    say, tx = turn.say, turn.tx
    left = [unit for unit in wanted.units if unit not in units]
    by = turn.dates.full(wanted.by) if wanted.by else ""
    return lines_of(
        say("self_checking.to_units", count=len(units), units=names.units(tx, say, units)) if units else "",
        say(
            "self_checking.to_people", count=len(wanted.persons), people=names.titles(tx, say, wanted.persons)
        )
        if wanted.persons
        else "",
        say("self_checking.unmanned", units=names.units(tx, say, left)) if left else "",
        say("self_checking.by", date=by + wanted.notes),
    )


def _seen(turn: Turn, affair_id: int) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    if affair.kind is not AffairKind.SELF_CHECK or not concerned(turn.work, affair):
        raise NotFound("no_such_affair")
    return affair
