"""评议 (art. 21): when, who is appraised, who votes; then what came of it. No ballot is cast here."""

import re
from datetime import date
from typing import Final

from handlers import names
from handlers.affair_cards import affair_card
from handlers.asking import phrases
from handlers.asking.listing import alone, show
from handlers.asking.naming import Roll, as_people, either, roll_of, spoken
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.asking.questions import date_notes
from handlers.asking.whom import person as person_called
from handlers.cards import Card
from handlers.checking.appraise_card import listed, person_card
from handlers.checking.appraise_count import begin_count
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services.affairs import appraising
from services.affairs.seating import Frame, authorise, concerned, may_begin
from storage import affairs, people
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairKind
from workflow.affair_table import START, AffairEvent
from workflow.dates import DateNote
from workflow.errors import NotFound
from workflow.roles import PersonId, Role

SCHEDULE: Final = "appraise"


@command("appraise", Role.OFFICE, Role.CHIEF, Role.DISCIPLINE_SECRETARY)
def appraise_command(turn: Turn, rest: str) -> None:
    """`评议`; `评议 12月28日 教职工代表60人`; `评议 外事副院长 实到58 发出58 收回57 有效57 …`."""
    if not alone(turn):
        return
    roll = roll_of(people.active(turn.tx))
    named = roll.at(rest.lstrip("@＠ "), 0)
    affair = appraising.open_one(turn.work)
    if named and affair:
        begin_count(turn, affair, person_called(turn.tx, named).id, rest.lstrip("@＠ ")[len(named) :])
    elif rest:
        _schedule(turn, rest, roll)
    else:
        _latest(turn)


@button("appraise.now")
def schedule_now(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, SCHEDULE, mark)
    if draft is None:
        return
    on = date.fromisoformat(draft["on"])
    title = turn.say("appraising.default_title", year=on.year)
    affair = appraising.schedule(turn.work, title, on, draft["voters"], as_people(draft["people"]))
    turn.toast("appraising.scheduled_toast")
    turn.edit(affair_card(turn, affair))


@answers(SCHEDULE)
def said_anew(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Words instead of the press: all anew."""
    _schedule(turn, text, roll_of(people.active(turn.tx)))


@button("appraise.list")
def list_(turn: Turn, affair_id: int, page: int = 0) -> None:
    """Everybody, in the order of seats."""
    show(turn, listed(turn, _all_of(turn, affair_id), page))


@button("appraise.person")
def person(turn: Turn, affair_id: int, person_id: PersonId) -> None:
    """One person's result."""
    affair = _all_of(turn, affair_id)
    show(turn, person_card(turn, affair, appraising.of_person(turn.work, affair, person_id)))


@button("appraise.finish")
def finish(turn: Turn, affair_id: int) -> None:
    """All counts are in."""
    done = appraising.finish(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("appraising.finished_toast")
    turn.edit(affair_card(turn, done))


@button("appraise.annul")
def annul(turn: Turn, affair_id: int) -> None:
    """Asked once more, since the appraised were told."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, Frame(affair.kind), affair.state, AffairEvent.ANNUL)
    sure = turn.button("appraise.annul_now", affair.id, label="yes")
    back = turn.button("affair.open", affair.id, label="back")
    turn.edit(Card(lines=(turn.say("appraising.annul_ask", title=affair.title),), buttons=((sure, back),)))


@button("appraise.annul_now")
def annul_now(turn: Turn, affair_id: int) -> None:
    """It does not count."""
    void = appraising.annul(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("appraising.annulled_toast")
    turn.edit(affair_card(turn, void))


def _latest(turn: Turn) -> None:
    affair = appraising.latest(turn.work)
    if affair and concerned(turn.work, affair):
        turn.reply(affair_card(turn, affair))
    elif may_begin(turn.work, AffairKind.APPRAISAL):
        turn.reply(Card(lines=tuple(turn.say("appraising.how").splitlines())))
    else:
        turn.tell("appraising.none")


def _schedule(turn: Turn, text: str, roll: Roll) -> None:
    """Read date, voters and names; whatever is lacking is said, and nothing is opened."""
    authorise(turn.work, Frame(AffairKind.APPRAISAL), START, AffairEvent.BEGIN)
    said = phrases.with_date(turn, text)
    if said.when is None or DateNote.PAST in said.when.notes:
        turn.reply(Card(lines=lines_of(said.problem, turn.say("appraising.date_wanted"))))
        return
    voters = re.search(rf"(\d{{1,5}})\s*{either(spoken('appraising.people_word'))}", said.rest)
    if voters is None or not int(voters[1]):
        turn.tell("appraising.voters_wanted")
        return
    rest = said.rest.replace(voters[0], " ")
    picked = roll.pick(re.sub(either(spoken("appraising.filler")), " ", rest))
    if picked.unclear:
        raise NotFound("nobody_called", text=picked.unclear[0].word[:20])
    whom = as_people(picked.found) or tuple(appraising.usual(turn.work))
    draft = {"on": said.when.day.isoformat(), "voters": int(voters[1]), "people": sorted(whom)}
    when = turn.dates.full(turn.policy.calendar.end_of(said.when.day)) + "".join(date_notes(turn, said.when))
    lines = (
        turn.say("appraising.held", date=when, voters=voters[1], count=len(whom)),
        turn.say("appraising.whom", people=names.titles(turn.tx, turn.say, sorted(whom))),
        turn.say("appraising.headings"),
    )
    preview(turn, SCHEDULE, draft, Card(turn.say("appraising.preview"), lines), "appraise.now")


def _all_of(turn: Turn, affair_id: int) -> Affair:
    """The appraisal, for those who may look at everybody's result. Raises NotFound."""
    affair = affairs.get(turn.tx, affair_id)
    if affair.kind is not AffairKind.APPRAISAL or not appraising.sees_all(turn.work, affair):
        raise NotFound("no_such_affair")
    return affair
