"""The card of a self-assessment: one line at a time with its three answers, then the whole to submit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from handlers import names
from handlers.affair_cards import choices, drawn
from handlers.asking.addressed import called
from handlers.asking.listing import PAGE, Entry, Pager, list_card
from handlers.cards import Button, Card
from handlers.reader import Reader
from handlers.topic_card import deadline_of, state_of
from services.affairs import assessing
from services.affairs.assessing import STATES, Line
from services.affairs.seating import may_begin, open_to
from storage.assessments import GIVEN_AT
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent


@drawn(AffairKind.ASSESSMENT)
def assessment_card(reader: Reader, affair: Affair) -> Card:
    """The next line without an answer for whoever it is about; for others, and at the end, how far it is."""
    lines = assessing.lines(reader.tx, affair)
    allowed = open_to(reader.work, affair)
    following = next((line for line in lines if not line.state), None)
    if AffairEvent.ADD in allowed and following:
        return line_card(reader, affair, following)
    say = reader.say
    counts = {state: sum(line.state == state for line in lines) for state in STATES}
    told = [say("assessing.counts", total=len(lines), **counts), _standing(reader, affair)]
    buttons: list[Button | None] = [
        reader.button("assess.give", affair.id) if AffairEvent.GIVE in allowed else None,
        reader.button("assess.list", affair.id),
        _overview(reader),
    ]
    return Card(_title(reader, affair), tuple(told), choices(reader, buttons))


def line_card(reader: Reader, affair: Affair, line: Line) -> Card:
    """One line, with one press for each answer."""
    say, lines = reader.say, assessing.lines(reader.tx, affair)
    no = next(at for at, one in enumerate(lines, 1) if one.key == line.key)
    told = [say("assessing.no", no=no, total=len(lines)), *_told(reader, line)]
    buttons: list[Button | None] = []
    if AffairEvent.ADD in open_to(reader.work, affair):
        told.append(say("assessing.how"))
        buttons = [
            reader.button("assess.mark", affair.id, line.key, state, label=f"assess.{state}")
            for state in STATES
        ]
    buttons += [reader.button("assess.list", affair.id), _overview(reader)]
    vanish = _vanish(reader, [line])
    return Card(_title(reader, affair), tuple(told), choices(reader, buttons), vanish=vanish)


def listed(reader: Reader, affair: Affair, page: int) -> Card:
    """The whole list with its answers, five a page."""
    lines = assessing.lines(reader.tx, affair)
    pager = Pager("assess.list", (affair.id,), page)
    told = lines[pager.start : pager.start + PAGE]
    shown = [Entry(_short(reader, line), "assess.line", (affair.id, line.key)) for line in told]
    card = list_card(reader, _title(reader, affair), shown, len(lines), pager)
    return replace(card, vanish=_vanish(reader, told))


def overview_card(reader: Reader, found: list[Affair]) -> Card:
    """Who has given and who has not, in the order of the roster."""
    say, tx = reader.say, reader.tx
    given = [one for one in found if GIVEN_AT in one.facts]
    left = [one for one in found if one not in given]
    due = reader.dates.full(found[0].due_at) if found[0].due_at else say("common.none")
    lines = (
        say("assessing.due", date=due, total=len(found)),
        say(
            "assessing.given_by", count=len(given), people=names.titles(tx, say, [a.person_id for a in given])
        ),
        say("assessing.lacking", count=len(left), people=names.titles(tx, say, [a.person_id for a in left])),
    )
    open_ = any(not one.settled for one in found)
    buttons = [
        reader.button("assess.people", 0, label="assess.list"),
        reader.button("assess.close") if open_ else None,
    ]
    return Card(say("assessing.overview", title=found[0].title), lines, choices(reader, buttons))


def people_card(reader: Reader, found: list[Affair], page: int) -> Card:
    """Everybody of the period, each to be opened."""
    say, pager = reader.say, Pager("assess.people", (), page)
    entries = [
        Entry(
            say(
                "assessing.person",
                person=names.titles(reader.tx, say, [one.person_id]),
                state=say(f"assessing.state.{one.state}"),
            ),
            "affair.open",
            (one.id,),
        )
        for one in found[pager.start : pager.start + PAGE]
    ]
    return list_card(reader, say("assessing.overview", title=found[0].title), entries, len(found), pager)


def _overview(reader: Reader) -> Button | None:
    return reader.button("assess.overview") if may_begin(reader.work, AffairKind.ASSESSMENT) else None


def _title(reader: Reader, affair: Affair) -> str:
    person = names.titles(reader.tx, reader.say, [affair.person_id])
    return reader.say("assessing.title", title=affair.title, person=person)


def _standing(reader: Reader, affair: Affair) -> str:
    due = reader.dates.full(affair.due_at) if affair.due_at else reader.say("common.none")
    return reader.say(f"assessing.standing.{affair.state}", date=due)


def _short(reader: Reader, line: Line) -> str:
    state = reader.say(f"assessing.answer.{line.state or 'none'}")
    return reader.say("assessing.line", name=_name(reader, line), state=state, words=_words(reader, line))


def _told(reader: Reader, line: Line) -> list[str]:
    """What is known of a line: of a topic its state and deadline, of a duty its goal and node."""
    say, told = reader.say, [_name(reader, line)]
    if line.topic:
        told.append(
            say(
                "assessing.of_topic",
                state=state_of(reader, line.topic),
                deadline=deadline_of(reader, line.topic),
            )
        )
    if line.duty:
        told += [line.duty.words[name] for name in ("goal", "steps", "node") if line.duty.words.get(name)]
    if line.state or (line.item and line.item.words):
        told.append(_short(reader, line))
    return told


def _name(reader: Reader, line: Line) -> str:
    if line.topic:
        return called(reader.say, line.topic)
    return reader.say("assessing.duty", title=line.duty.title if line.duty else "")


def _vanish(reader: Reader, shown: Iterable[Line]) -> timedelta | None:
    """How long what was said of a secret topic may stand in a chat."""
    secret = (line.topic and line.topic.confidential and _words(reader, line) for line in shown)
    return reader.policy.vanish if any(secret) else None


def _words(reader: Reader, line: Line) -> str:
    return reader.say("assessing.words", words=line.item.words) if line.item and line.item.words else ""
