"""自评 (art. 24): the office asks every seat once a period; a line is one press, and words if one likes."""

import re
from datetime import datetime
from typing import Final

from handlers import names
from handlers.affair_cards import affair_card, heard
from handlers.asking import phrases
from handlers.asking.listing import alone, show
from handlers.asking.naming import spoken
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.asking.questions import date_notes, end_of
from handlers.cards import Card, rows
from handlers.checking.assess_card import line_card, listed, overview_card, people_card
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import assessing
from services.affairs.assessing import STATES
from services.affairs.seating import Frame, authorise, concerned, may_begin
from services.affairs.waiting import waits_for
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairId, AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.dates import DateNote
from workflow.errors import NotFound
from workflow.roles import Role

PERIOD: Final = "assess"
_NUMBERED: Final = re.compile(r"\s*(?P<no>\d{1,3})(?:[.、,，:：]|\s)\s*(?P<said>.*)", re.DOTALL)


@command("assess", Role.OFFICE, Role.CHIEF, Role.DISCIPLINE_SECRETARY, Role.LEADER, Role.UNIT_HEAD)
def assess_command(turn: Turn, rest: str) -> None:
    """`自评`: one's own, or for those who ask, how far it is; `自评 上半年 6月20日前` asks everybody."""
    if not alone(turn):
        return
    own = [one for one in waits_for(turn.work) if one.kind is AffairKind.ASSESSMENT]
    if rest:
        _open(turn, rest)
    elif own:
        turn.reply(affair_card(turn, own[0]))
    elif may_begin(turn.work, AffairKind.ASSESSMENT):
        overview(turn)
    else:
        turn.tell("assessing.none")


@button("assess.now")
def open_now(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, PERIOD, mark)
    if draft is None:
        return
    by = datetime.fromisoformat(draft["by"])
    opened = assessing.open_period(turn.work, draft["title"], by)
    turn.toast("assessing.opened_toast", count=len(opened))
    said = turn.say("assessing.opened", title=draft["title"], count=len(opened), date=turn.dates.full(by))
    back = turn.button("assess.undo", *(one.id for one in opened), label="take_back")
    turn.edit(Card(lines=(said,), buttons=rows(turn.button("assess.overview"), back)))


@button("assess.undo")
def undo(turn: Turn, *ids: int) -> None:
    """It was opened by mistake."""
    gone = assessing.undo(turn.work, [AffairId(one) for one in ids])
    turn.edit(Card(lines=(turn.say("assessing.undone", count=len(gone)),)))


@answers(PERIOD)
def said_anew(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press: all anew."""
    _open(turn, text)


@button("assess.mark")
def mark(turn: Turn, affair_id: int, key: str, state: str) -> None:
    """One press on a line; the next line comes by itself."""
    affair = affairs.get(turn.tx, affair_id)
    assessing.mark(turn.work, affair, key, state=state)
    turn.edit(affair_card(turn, affair))


@button("assess.line")
def line(turn: Turn, affair_id: int, key: str) -> None:
    """One line of the list."""
    affair = _seen(turn, affair_id)
    found = next((one for one in assessing.lines(turn.tx, affair) if one.key == key), None)
    if found is None:
        raise NotFound("not_on_the_list")
    turn.reply(line_card(turn, affair, found))


@button("assess.list")
def list_(turn: Turn, affair_id: int, page: int = 0) -> None:
    """The whole list."""
    show(turn, listed(turn, _seen(turn, affair_id), page))


@button("assess.give")
def give(turn: Turn, affair_id: int) -> None:
    """Submit it."""
    given = assessing.give(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("assessing.given_toast")
    turn.edit(affair_card(turn, given))


@button("assess.overview")
def overview(turn: Turn) -> None:
    """How far the latest period is; where there was none, how to begin."""
    authorise(turn.work, Frame(AffairKind.ASSESSMENT), START, AffairEvent.BEGIN)
    if found := assessing.period(turn.tx):
        turn.reply(overview_card(turn, found))
    else:
        turn.tell("assessing.begin_how")


@button("assess.people")
def people_(turn: Turn, page: int = 0) -> None:
    """Everybody of the period."""
    authorise(turn.work, Frame(AffairKind.ASSESSMENT), START, AffairEvent.BEGIN)
    show(turn, people_card(turn, assessing.period(turn.tx), page))


@button("assess.close")
def close(turn: Turn) -> None:
    """End the period."""
    given, left = assessing.close_period(turn.work)
    turn.toast("assessing.closed_toast")
    turn.edit(Card(lines=(turn.say("assessing.closed", given=given, left=left),)))


@heard(AffairKind.ASSESSMENT)
def replied(turn: Turn, affair: Affair, text: str) -> None:
    """A plain reply: `3 推进中 方案已上会`, or words on the line that is shown."""
    numbered = _NUMBERED.fullmatch(text)
    all_ = assessing.lines(turn.tx, affair)
    left = assessing.lacking(turn.tx, affair)
    if numbered and 0 < int(numbered["no"]) <= len(all_):
        found, said = all_[int(numbered["no"]) - 1], numbered["said"]
    elif left:
        found, said = left[0], text
    else:
        turn.tell("assessing.which")
        return
    state, words = _answer(said)
    assessing.mark(turn.work, affair, found.key, state=state, words=words or None)
    turn.reply(affair_card(turn, affair))


def _answer(said: str) -> tuple[str | None, str]:
    for state in STATES:
        for word in spoken(f"assessing.word.{state}"):
            if said.casefold().startswith(word):
                return state, said[len(word) :].strip(" ，,：:。")
    return None, said.strip()


def _open(turn: Turn, text: str) -> None:
    """Read the date and the title, and show whom it goes to."""
    authorise(turn.work, Frame(AffairKind.ASSESSMENT), START, AffairEvent.BEGIN)
    said = phrases.with_date(turn, text)
    if said.when is None or DateNote.PAST in said.when.notes:
        turn.reply(Card(lines=lines_of(said.problem, turn.say("assessing.date_wanted"))))
        return
    asked = assessing.whom(turn.tx)
    if not asked:
        turn.tell("refusals.nobody_to_assess")
        return
    title = said.rest.strip() or turn.say("assessing.default_title", year=turn.dates.today.year)
    by = end_of(turn, said.when)
    when = turn.dates.full(by) + "".join(date_notes(turn, said.when))
    lines = (
        turn.say("assessing.to", count=len(asked), people=names.titles(turn.tx, turn.say, asked)),
        turn.say("assessing.by", date=when),
    )
    card = Card(turn.say("assessing.preview", title=title), lines)
    preview(turn, PERIOD, {"title": title, "by": by.isoformat()}, card, "assess.now")


def _seen(turn: Turn, affair_id: int) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    if affair.kind is not AffairKind.ASSESSMENT or not concerned(turn.work, affair):
        raise NotFound("no_such_affair")
    return affair
