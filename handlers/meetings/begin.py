"""会议: opened in one message or step by step, seen whole beforehand; moved to another time the same way."""

from datetime import datetime
from typing import Final

from handlers import names, verbs
from handlers.affair_cards import affair_card, name_of
from handlers.asking.listing import alone
from handlers.asking.previewing import AGREE, agreed, lines_of, preview
from handlers.cards import Button, Card, rows
from handlers.meetings import listing
from handlers.meetings.form import Form, dump, load, of, plan, read, usual_chair
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import meetings, meetings_clock
from services.affairs.seating import authorise, frame_of, may_begin
from storage import affairs
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind, AffairState
from workflow.affair_table import AffairEvent
from workflow.errors import NoRight
from workflow.meeting import FROM_LEDGER, Sort
from workflow.roles import Role

MEETING: Final = "meeting"
CLOCK: Final = meetings_clock.fire  # a room opens the clock of what it keeps


@command(MEETING)
def meeting(turn: Turn, rest: str) -> None:
    """`会议`; `会议 M2026-03`; `会议 联席会议 3月20日 9:00 行政楼301 主持 党委书记`."""
    if not alone(turn) or listing.named(turn, rest):
        return
    _may_begin(turn)
    form = Form(chair=usual_chair(turn))
    show(turn, read(turn, form, rest))


def show(turn: Turn, form: Form) -> None:
    """Ask for what is missing, or show the whole."""
    asked = form.question
    if not asked:
        _preview(turn, form)
        return
    turn.keep(MEETING, asked, dump(form))
    question = turn.say(f"meetings.ask_{asked}")
    buttons: list[Button] = []
    if asked == "sort":
        buttons = [Button(turn.say(f"meetings.sort.{sort}"), "meeting.sort", (sort,)) for sort in Sort]
    turn.edit(Card(question, form.problems, rows(*buttons, width=2) or rows(turn.button("cancel"))))


@button("meeting.sort")
def choose_sort(turn: Turn, sort: str) -> None:
    """Which sort of meeting it is to be."""
    open_ = turn.dialogue
    if open_ is None or open_.name != MEETING or sort not in set(Sort):
        turn.toast("refusals.unknown_button", alert=True)
        return
    show(turn, load({**open_.draft, "sort": sort}))


@answers(MEETING)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What was asked for; on the preview, a correction: `地点 行政楼302`. A whole `会议 …` begins anew."""
    named = verbs.read(text)
    if named and named.name == MEETING:
        turn.done()
        meeting(turn, named.rest)
        return
    form = load(dialogue.draft)
    _still(turn, form)
    show(turn, read(turn, form, text, "" if dialogue.step == AGREE else dialogue.step))


@button("meeting.begin")
def begin(turn: Turn, mark: str) -> None:
    """The preview was right: it is opened, and items are asked for."""
    draft = agreed(turn, MEETING, mark)
    if draft is None:
        return
    affair = meetings.begin(turn.work, plan(turn, load(draft)))
    turn.toast("meetings.begun_toast", number=affair.number)
    turn.edit(affair_card(turn, affair))


@button("meeting.move")
def move(turn: Turn, affair_id: int) -> None:
    """改期: another time, place or chair."""
    affair = _movable(turn, affair_id)
    turn.keep(MEETING, AGREE, dump(of(affair)))
    line = turn.say("meetings.ask_move", name=name_of(turn, affair))
    turn.edit(Card(lines=(line,), buttons=rows(turn.button("cancel"))))


@button("meeting.move_now")
def move_now(turn: Turn, mark: str) -> None:
    """The new time was right: everybody who was called hears it."""
    draft = agreed(turn, MEETING, mark)
    if draft is None:
        return
    form = load(draft)
    moved = meetings.move(turn.work, _movable(turn, form.affair), plan(turn, form))
    turn.toast("meetings.moved_toast")
    turn.edit(affair_card(turn, moved))


def _preview(turn: Turn, form: Form) -> None:
    say, shown = turn.say, plan(turn, form)
    affair = affairs.get(turn.tx, form.affair) if form.affair else None
    at = turn.dates.full(shown.at) + turn.dates.clock(shown.at)[-6:] + "".join(form.notes)
    lines = lines_of(
        say("meetings.line.at", at=at),
        say("meetings.line.place", place=shown.place),
        say("meetings.line.chair", chair=names.title(turn.tx, shown.chair)),
        say("meetings.line.title", title=shown.title) if shown.title else "",
        say("meetings.line.window", until=turn.dates.clock(shown.window)),
        _told(turn, shown.sort, shown.window, affair),
        form.problems,
        say("meetings.correct"),
    )
    title = say("meetings.preview", sort=say(f"meetings.sort.{shown.sort}"))
    verb = "meeting.move_now" if affair else "meeting.begin"
    preview(turn, MEETING, dump(form), Card(title, lines), verb, label=verb)


def _told(turn: Turn, sort: Sort, window: datetime, affair: Affair | None) -> str:
    """Whom a press will reach, before it is pressed."""
    if affair is not None:
        invited = affairs.parts(turn.tx, affair.id, "asked")
        called = affair.state is AffairState.CALLED
        return turn.say("meetings.will_tell", count=len(invited)) if called else ""
    if sort not in FROM_LEDGER or window <= turn.tx.now:
        return turn.say("meetings.no_intake")
    return turn.say("meetings.will_ask")


def _may_begin(turn: Turn) -> None:
    if not may_begin(turn.work, AffairKind.MEETING):
        needed = (Role.OFFICE, Role.CHIEF)
        raise NoRight("meeting_may_not_begin", needed=needed)


def _still(turn: Turn, form: Form) -> None:
    if form.affair:
        _movable(turn, form.affair)
    else:
        _may_begin(turn)


def _movable(turn: Turn, affair_id: int) -> Affair:
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.EDIT)
    return affair
