"""The card of a self-check: a question with the facts of the ledger beneath it, then the whole form."""

from datetime import datetime

from handlers import names
from handlers.affair_cards import choices, drawn
from handlers.asking.listing import Entry
from handlers.cards import Button, Card
from handlers.reader import Reader
from services.affairs import self_checking
from services.affairs.seating import open_to
from services.affairs.self_checking import NO, YES
from services.issuing import may_draft
from storage import topics
from workflow.affair import Affair, AffairItem, AffairKind, AffairState
from workflow.affair_table import AffairEvent


@drawn(AffairKind.SELF_CHECK)
def self_check_card(reader: Reader, affair: Affair) -> Card:
    """The next open question for who is asked; the form for everybody else."""
    asked = self_checking.questions(reader.work, affair)
    allowed = open_to(reader.work, affair)
    following = next((item for item in asked if not item.state), None)
    if AffairEvent.ADD in allowed and following:
        return question_card(reader, affair, following)
    return form_card(reader, affair)


def question_card(reader: Reader, affair: Affair, item: AffairItem) -> Card:
    """One question, what the ledger says, and two answers."""
    say = reader.say
    lines = [
        question(reader, item),
        say(f"self_checking.facts.{item.no}", **_numbers(item)),
        say("self_checking.how"),
    ]
    buttons = [
        reader.button("self_check.yes", affair.id, item.no),
        reader.button("self_check.no", affair.id, item.no),
        reader.button("self_check.form", affair.id),
    ]
    return Card(_title(reader, affair), tuple(lines), choices(reader, buttons))


def form_card(reader: Reader, affair: Affair) -> Card:
    """All four with their answers, what was found wrong, and what may be done now."""
    asked = self_checking.questions(reader.work, affair)
    allowed = open_to(reader.work, affair)
    lines = [_standing(reader, affair)]
    for item in asked:
        lines += _answered(reader, item)
    buttons: list[Button | None] = []
    if AffairEvent.ADD in allowed:
        buttons = [Button(str(item.no), "self_check.ask", (affair.id, item.no)) for item in asked]
    if AffairEvent.GIVE in allowed and all(item.state for item in asked):
        buttons.append(reader.button("self_check.give", affair.id))
    buttons += _inspecting(reader, affair, allowed, lines)
    return Card(_title(reader, affair), tuple(lines), choices(reader, buttons))


def entry(reader: Reader, affair: Affair) -> Entry:
    """A self-check as a line of a list."""
    say = reader.say
    checked = 4 - len(self_checking.unchecked(reader.work, affair))
    state = say(f"self_checking.state.{affair.state}", checked=checked)
    return Entry(
        say("self_checking.line", whose=_whose(reader, affair), state=state), "affair.open", (affair.id,)
    )


def question(reader: Reader, item: AffairItem) -> str:
    """A question as the article asks it."""
    return reader.say(
        "self_checking.no", no=item.no, question=reader.say(f"self_checking.question.{item.no}")
    )


def _inspecting(
    reader: Reader, affair: Affair, allowed: tuple[AffairEvent, ...], lines: list[str]
) -> list[Button | None]:
    """What the inspectors and the office may do once it was handed in."""
    left = self_checking.unchecked(reader.work, affair)
    found: list[Button | None] = []
    if AffairEvent.NOTE in allowed and left:
        lines.append(reader.say("self_checking.check_next", no=left[0].no))
        found = [
            reader.button(
                "self_check.check", affair.id, left[0].no, answer, label=f"self_check.checked_{answer}"
            )
            for answer in (YES, NO)
        ]
    if may_draft(reader.work) and self_checking.waiting(reader.work, affair):
        found.append(reader.button("self_check.draft", affair.id))
    if AffairEvent.FINISH in allowed and not left:
        found.append(reader.button("self_check.finish", affair.id))
    return found


def _answered(reader: Reader, item: AffairItem) -> list[str]:
    say = reader.say
    own = say(f"self_checking.answer.{item.state or 'none'}")
    checked = say(f"self_checking.answer.{item.facts.get('checked') or 'none'}")
    lines = [say("self_checking.answers", question=question(reader, item), own=own, checked=checked)]
    if item.state == NO:
        problem, measure = self_checking.problem_of(item)
        by = reader.dates.full(datetime.fromisoformat(item.facts["by"]))
        lines.append(say("self_checking.problem", problem=problem, measure=measure, date=by))
    if item.topic_id:
        lines.append(say("self_checking.became", number=topics.get(reader.tx, item.topic_id).number))
    return lines


def _standing(reader: Reader, affair: Affair) -> str:
    due = reader.dates.full(affair.due_at) if affair.due_at else reader.say("common.none")
    checked = 4 - len(self_checking.unchecked(reader.work, affair))
    if affair.state is AffairState.OPEN:
        return reader.say("self_checking.due", date=due)
    return reader.say(f"self_checking.state.{affair.state}", checked=checked)


def _numbers(item: AffairItem) -> dict[str, int]:
    return {name: value for name, value in item.facts.items() if isinstance(value, int)}


def _title(reader: Reader, affair: Affair) -> str:
    return reader.say("self_checking.title", title=affair.title, whose=_whose(reader, affair))


def _whose(reader: Reader, affair: Affair) -> str:
    if affair.unit_id is not None:
        return names.units(reader.tx, reader.say, [affair.unit_id])
    return names.titles(reader.tx, reader.say, [affair.person_id])
