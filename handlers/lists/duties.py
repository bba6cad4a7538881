"""责任: standing duties, written in one message, brought as a sheet, changed and ended.

`责任 国际处 党风廉政: 管好因公出国; 目标 零违规; 节点 每季度` lays one down; `责任 副书记` lists that seat's.
"""

import re
from dataclasses import asdict
from functools import cache
from typing import Any, Final

from handlers.affair_cards import affair_card
from handlers.asking.listing import alone, show
from handlers.asking.naming import either, spoken
from handlers.asking.previewing import AGREE, agreed, lines_of, preview
from handlers.asking.whom import person
from handlers.cards import Card, rows
from handlers.lists.duties_card import WATCHING, duty_card, seen_duties
from handlers.lists.lists import duties as duties_page
from handlers.office.importing_words import Preview, lines
from handlers.registry import answers, button, command
from handlers.texts.sheets import vocabulary
from handlers.turn import Turn
from services.affairs import duties, duties_rows
from services.affairs.batches_reading import BatchSheet, is_pasted, pasted_duties, read_duties
from services.affairs.duties import Duty
from services.affairs.seating import Frame, authorise, frame_of
from services.imports_register import register
from storage import affairs, people
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.errors import Missing, NoRight, NotFound
from workflow.roles import PersonId, UnitId
from workflow.topic import Duty as Responsibility

DUTY: Final = "duty"
EDIT: Final = "duty_edit"
IMPORT: Final = "duty_import"
_PART: Final = re.compile(r"[;；\n]+")
_HEAD: Final = re.compile(r"(?P<head>[^:：]{1,60})[:：]\s*(?P<rest>.+)", re.DOTALL)


@command(DUTY)
def duty_command(turn: Turn, rest: str) -> None:
    """`责任`: the list; with a seat and a colon a new one; with rows or a file many at once."""
    if not alone(turn):
        return
    if turn.work.said.files or is_pasted(rest):
        _import(turn, rest)
    elif head := _HEAD.fullmatch(rest):
        _require(turn)
        _preview(turn, _read(turn, head["head"].strip(), head["rest"]), 0)
    elif rest.strip():
        _of(turn, rest.strip())
    else:
        duties_page(turn, 0)


@button("duty.now")
def now(turn: Turn, mark: str) -> None:
    """确定: lay it down, or word it anew."""
    draft = agreed(turn, DUTY, mark)
    if draft is None:
        return
    given, old = _unpacked(draft["duty"]), int(draft["of"])
    if old:
        made = duties.edit(turn.work, affairs.get(turn.tx, old), given)
    else:
        made = duties.open_duty(turn.work, given)
    turn.toast("duties.kept")
    turn.edit(affair_card(turn, made))


@answers(DUTY)
def corrected(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The whole duty said again instead of the press."""
    _require(turn)
    head, of = _HEAD.fullmatch(text), int(dialogue.draft["of"])
    if head is None:
        turn.tell("duties.press")
        return
    given = _read(turn, head["head"].strip(), head["rest"]) if not of else _reworded(turn, of, text)
    _preview(turn, given, of)


@button("duty.edit")
def edit(turn: Turn, duty_id: int) -> None:
    """修改: the duty as it would be written, to be sent anew."""
    duty = affairs.get(turn.tx, duty_id)
    authorise(turn.work, frame_of(duty), duty.state, AffairEvent.EDIT)
    question = Card(
        lines=(turn.say("duties.anew", text=_spelt(turn, duty)),), buttons=rows(turn.button("cancel"))
    )
    turn.ask(EDIT, "text", {"duty": duty_id}, question)


@answers(EDIT)
def edited(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What it is to say from now on."""
    of = int(dialogue.draft["duty"])
    _preview(turn, _reworded(turn, of, text), of)


@button("duty.end")
def end(turn: Turn, duty_id: int) -> None:
    """终止."""
    ended = duties.end(turn.work, affairs.get(turn.tx, duty_id))
    turn.toast("duties.ended")
    turn.edit(duty_card(turn, ended))


@button("duty.import")
def import_now(turn: Turn, mark: str) -> None:
    """Write every duty of the sheet, if it is still as it was shown."""
    draft = agreed(turn, IMPORT, mark)
    if draft is None:
        return
    _require(turn)
    given, problems = duties_rows.check(register(turn.work), _sheet(turn, draft), let_pass=False)
    if problems:
        turn.toast("importing.refused", alert=True)
        return
    made = duties_rows.write(turn.work, given)
    turn.toast("importing.toast")
    turn.edit(Card(lines=(turn.say("duties.imported", count=len(made)),)))


@answers(IMPORT)
def import_again(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Another file or other rows instead."""
    if turn.work.said.files or is_pasted(text):
        _import(turn, text)
    else:
        turn.tell("duties.press_import" if dialogue.step == AGREE else "duties.send")


def _require(turn: Turn) -> None:
    authorise(turn.work, Frame(AffairKind.DUTY), START, AffairEvent.BEGIN)


def _of(turn: Turn, seat: str) -> None:
    """The duties of one seat, with how to lay down another."""
    found_unit = people.unit_named(turn.tx, seat)
    whose = None if found_unit else person(turn.tx, seat)
    own = whose is not None and whose.id == turn.actor.id
    if not (own or turn.actor.roles & WATCHING or found_unit):
        raise NoRight("affair_no_right", kind=AffairKind.DUTY, event=AffairEvent.BEGIN, needed=())
    found = [
        one
        for one in seen_duties(turn)
        if (found_unit and one.unit_id == found_unit.id) or (whose and one.person_id == whose.id)
    ]
    title = turn.say("duties.of", who=found_unit.name if found_unit else (whose.title if whose else seat))
    listed = [turn.say("queries.line", no=no, text=one.title) for no, one in enumerate(found, 1)]
    show(turn, Card(title, lines_of(listed or turn.say("duties.none_of"))))


def _read(turn: Turn, head: str, rest: str) -> Duty:
    """`国际处 党风廉政` before the colon, the duty and its parts behind it. Raises NotFound."""
    seat, _, said = head.rpartition(" ")
    kind = vocabulary().word("duty", said) if seat else None
    seat = seat.strip() if kind else head
    found = people.unit_named(turn.tx, seat)
    whose = None if found else person(turn.tx, seat)
    return _worded(
        rest, Responsibility(kind) if kind else None, whose.id if whose else None, found.id if found else None
    )


def _reworded(turn: Turn, of: int, text: str) -> Duty:
    """The words anew; whose it is stays, its responsibility too unless it is said."""
    duty = affairs.get(turn.tx, of)
    head = _HEAD.fullmatch(text)
    said = vocabulary().word("duty", head["head"].split()[-1]) if head else None
    kind = said or duty.facts.get("duty")
    rest = head["rest"] if head else text
    return _worded(rest, Responsibility(kind) if kind else None, duty.person_id, duty.unit_id)


def _worded(text: str, kind: Responsibility | None, whose: PersonId | None, unit_: UnitId | None) -> Duty:
    content, *parts = [part.strip() for part in _PART.split(text) if part.strip()]
    words: dict[str, str] = {}
    for part in parts:
        match = _parts().match(part)
        name = _named()[match["name"].casefold()] if match else "steps"
        said = part[match.end() :].strip() if match else part
        words[name] = f"{words[name]}\n{said}" if name in words else said
    return Duty(content, kind, whose, unit_, **words)


def _spelt(turn: Turn, duty: Affair) -> str:
    """As one would write it."""
    parts = [
        turn.say(f"duties.{name}", text=duty.words[name])
        for name in ("goal", "steps", "node")
        if name in duty.words
    ]
    return turn.say("measuring.gap").join([duty.title, *parts])


def _preview(turn: Turn, given: Duty, of: int) -> None:
    if not given.content:
        raise Missing("duty_empty")
    whose = turn.say("duties.holder", who=_seat(turn, given))
    lines_ = lines_of(
        whose,
        turn.say("duties.kind", kind=turn.say(f"duty.{given.duty}")) if given.duty else "",
        *(turn.say(f"duties.{name}", text=text) for name, text in given.words.items()),
    )
    card = Card(turn.say("duties.preview", title=given.content), lines_)
    preview(turn, DUTY, {"duty": asdict(given), "of": of}, card, "duty.now")


def _seat(turn: Turn, given: Duty) -> str:
    if given.unit_id is not None:
        return people.unit(turn.tx, given.unit_id).name
    return people.get(turn.tx, given.person_id).title if given.person_id else ""


def _unpacked(kept: dict[str, Any]) -> Duty:
    return Duty(**{**kept, "duty": Responsibility(kept["duty"]) if kept["duty"] else None})


def _import(turn: Turn, text: str) -> None:
    """What the sheet would bring. Nothing is written."""
    _require(turn)
    files = turn.work.said.files
    draft = {"text": text, "sha256": files[0].sha256 if files else "", "name": files[0].name if files else ""}
    sheet = _sheet(turn, draft)
    given, problems = duties_rows.check(register(turn.work), sheet, let_pass=False)
    counts = turn.say("duties.counts", count=len(given))
    shown = Card(
        turn.say("duties.import_title"),
        lines(turn, Preview((counts,), (*sheet.problems, *problems), sheet.ignored)),
    )
    if sheet.problems or problems:
        turn.keep(IMPORT, "file", draft)
        turn.edit(shown)
        return
    preview(turn, IMPORT, draft, shown, "duty.import")


def _sheet(turn: Turn, draft: Any) -> BatchSheet:
    if not draft["sha256"]:
        return pasted_duties(draft["text"], turn.say("batches.pasted"), vocabulary())
    path = turn.policy.kept(draft["sha256"])
    if not path.is_file():
        raise NotFound("file_gone", name=draft["name"])
    return read_duties(path, draft["name"], vocabulary())


@cache
def _named() -> dict[str, str]:
    return {
        word.casefold(): name for name in ("goal", "steps", "node") for word in spoken(f"duties.word.{name}")
    }


@cache
def _parts() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{either(_named())})\s*[:：]?\s*", re.IGNORECASE)
