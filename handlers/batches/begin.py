"""反馈批次: the source and a name, then a sheet or pasted rows; looked at whole, and written by one press.

`反馈批次 巡察 校党委第三轮巡察反馈` as the caption of the sheet needs one tap more.
"""

from dataclasses import replace
from typing import Final

from handlers import printing, verbs
from handlers.affair_cards import affair_card
from handlers.asking.listing import alone
from handlers.asking.previewing import AGREE, agreed, preview
from handlers.batches.card import batch_list
from handlers.batches.draft import BATCH, REASON, ROWS, SOURCE, Handed, run, sheet_of, source_word
from handlers.batches.words import shown
from handlers.cards import Button, Card, fit, rows
from handlers.issuing.reading import issuers
from handlers.office.importing_words import GATED, MOST
from handlers.registry import answers, button, command
from handlers.texts.sheets import vocabulary
from handlers.turn import Turn
from services.affairs.batches import SOURCES, Came
from services.affairs.batches_reading import BatchSheet, is_pasted
from services.affairs.seating import Frame, authorise
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.dates import DateNote, DateProblem, parse_when
from workflow.errors import Missing
from workflow.roles import Role

PROBLEMS: Final = "batch_problems"


@command(BATCH, Role.OFFICE, Role.CHIEF, Role.DISCIPLINE_SECRETARY)
def batch_command(turn: Turn, rest: str) -> None:
    """`反馈批次`: those there are; `反馈批次 巡察 名称 3月20日`, with the rows below it or in a file."""
    if not alone(turn):
        return
    if not rest and not turn.work.said.files:
        batch_list(turn)
        return
    _require(turn)
    head, _, below = rest.partition("\n")
    _next(turn, replace(_headed(turn, head), text=below if is_pasted(below) else ""))


@button("batch.new")
def new(turn: Turn) -> None:
    """新批次: begin with the source."""
    _require(turn)
    _next(turn, Handed())


@button("batch.source")
def source(turn: Turn, code: str) -> None:
    """The source was pressed."""
    open_ = turn.dialogue
    if open_ is None or (open_.name, open_.step) != (BATCH, SOURCE):
        turn.toast("refusals.unknown_button", alert=True)
        return
    _next(turn, replace(Handed.of(open_.draft), source=code))


@answers(BATCH)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The source, the rows, or the reason why the gate should let them pass; a new sheet replaces the old.

    The whole command said again, perhaps with another file, begins anew: its source is the one that counts.
    """
    if (named := verbs.read(text)) and named.name == BATCH:
        turn.done()
        batch_command(turn, named.rest)
        return
    _require(turn)
    one = Handed.of(dialogue.draft)
    if dialogue.step == SOURCE and not turn.work.said.files:
        head = _headed(turn, text)
        _next(turn, replace(one, source=head.source, title=head.title or one.title, on=head.on))
    elif dialogue.step == REASON and not turn.work.said.files:
        _look(turn, replace(one, reason=text))
    elif turn.work.said.files:
        _next(turn, replace(one, sha256="", text="", reason=""))
    elif is_pasted(text):
        _look(turn, replace(one, sha256="", text=text, reason=""))
    else:
        turn.tell("batches.press" if dialogue.step == AGREE else "batches.send_rows")


@button("batch.issuer")
def issuer(turn: Turn, mark: str, person: int) -> None:
    """In another chief's name."""
    if draft := agreed(turn, BATCH, mark):
        _look(turn, replace(Handed.of(draft), issuer=person))


@button("batch.pass")
def let_pass(turn: Turn) -> None:
    """Ask the office why the gate should let this pass."""
    open_ = turn.dialogue
    if open_ is None or open_.name != BATCH:
        turn.toast("refusals.unknown_button", alert=True)
        return
    _require(turn)
    question = Card(lines=(turn.say("importing.why"),), buttons=rows(turn.button("cancel")))
    turn.ask(BATCH, REASON, open_.draft, question)


@button("batch.now")
def now(turn: Turn, mark: str) -> None:
    """导入: write it, if it is still as it was shown."""
    draft = agreed(turn, BATCH, mark)
    if draft is None:
        return
    one = Handed.of(draft)
    sheet = sheet_of(turn, one)
    came = run(turn, one, sheet, dry_run=False)
    if came.batch is None:
        turn.toast("importing.refused", alert=True)
        _refused(turn, one, sheet, came)
        return
    turn.toast("importing.toast")
    turn.edit(affair_card(turn, affairs.get(turn.tx, came.batch.id)))


def _require(turn: Turn) -> None:
    authorise(turn.work, Frame(AffairKind.BATCH), START, AffairEvent.BEGIN)


def _headed(turn: Turn, head: str) -> Handed:
    """The source, the name and the day somebody wrote, each if it was."""
    words = head.split()
    code = vocabulary().word("source", words[0]) if words else None
    words = words[1:] if code else words
    on = _day(turn, words[-1]) if len(words) > 1 else ""
    title = " ".join(words[:-1] if on else words)
    return Handed(source=code or "", title=title, on=on)


def _day(turn: Turn, word: str) -> str:
    """A day that has been: one without a year is this year's or the last one's."""
    try:
        when = parse_when(word, turn.tx.now, turn.policy.calendar, turn.policy.named_dates)
    except DateProblem:
        return ""
    day = when.day.replace(year=when.day.year - 1) if DateNote.ROLLED in when.notes else when.day
    return day.isoformat()


def _next(turn: Turn, one: Handed) -> None:
    """Ask for the source, then for the rows; then look at them."""
    if turn.work.said.files:
        file = turn.work.said.files[0]
        one = replace(one, sha256=file.sha256, name=file.name)
    if not one.source:
        turn.keep(BATCH, SOURCE, one.draft)
        choices = [Button(source_word(turn, code), "batch.source", (code,)) for code in SOURCES]
        turn.edit(
            Card(lines=(turn.say("batches.which_source"),), buttons=rows(*choices, turn.button("cancel")))
        )
    elif not (one.sha256 or one.text):
        turn.keep(BATCH, ROWS, one.draft)
        ways = rows(turn.button("batch.template"), turn.button("cancel"))
        turn.edit(Card(lines=(turn.say("batches.send", source=source_word(turn, one.source)),), buttons=ways))
    else:
        _look(turn, one)


def _look(turn: Turn, one: Handed) -> None:
    """What would come of it. Nothing is written."""
    chiefs, today = issuers(turn), turn.dates.today
    if not chiefs:
        raise Missing("issuer_missing")
    untitled = turn.say("batches.untitled", source=source_word(turn, one.source), year=today.year)
    one = replace(
        one,
        on=one.on or today.isoformat(),
        title=one.title or untitled,
        issuer=one.issuer or chiefs[0].id,
    )
    sheet = sheet_of(turn, one)
    came = run(turn, one, sheet, dry_run=True)
    if came.problems:
        _refused(turn, one, sheet, came)
        return
    others = [chief for chief in chiefs if chief.id != one.issuer][:2]
    mark = turn.incoming.event_id
    instead = [Button(fit(chief.title), "batch.issuer", (mark, chief.id)) for chief in others]
    preview(turn, BATCH, one.draft, shown(turn, one, sheet, came), "batch.now", *instead, label="import_now")


def _refused(turn: Turn, one: Handed, sheet: BatchSheet, came: Came) -> None:
    """What is wrong, cell by cell; the corrected sheet may simply be sent. Many problems come as a sheet."""
    turn.keep(BATCH, ROWS, one.draft)
    gated = any(problem.code == GATED for problem in came.problems)
    ways = rows(
        turn.button("batch.pass", label="import_let_pass") if gated else None,
        turn.button("batch.template"),
        turn.button("cancel"),
    )
    card = replace(shown(turn, one, sheet, came), buttons=ways)
    if len(came.problems) <= MOST:
        turn.edit(card)
        return
    args = (one.source, one.title, one.on, one.sha256, one.name, one.text, str(one.issuer), one.reason)
    printing.order(turn, PROBLEMS, *args, answer=card)
