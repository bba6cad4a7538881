"""设置代办 and 委托: who acts for whom, standing or during an absence. Both names are on every card."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from handlers import names
from handlers.asking import whom
from handlers.asking.choosing import choose
from handlers.asking.whom import privately
from handlers.cards import Button, Card, rows
from handlers.office.stand_in_words import Term, read_pair, read_term
from handlers.registry import answers, button, command
from handlers.turn import Turn
from services import standing_in
from services.administering import Act, may
from services.standing_in import ABSENCE, AIDE, WITH_AIDES
from storage import people, stand_ins
from storage.dialogues import Dialogue
from storage.people import Person, StandIn
from workflow.roles import PersonId, Role

TERM: Final = "absence_term"
MOST: Final = 4


@command("aide", Role.CHIEF, Role.LEADER, Role.DISCIPLINE_SECRETARY, Role.OFFICE)
def aide_command(turn: Turn, rest: str) -> None:
    """`设置代办 国际处联络员`; the office names the leader first."""
    privately(turn)
    principal, deputy, _ = read_pair(turn, rest)
    if deputy:
        _propose_aide(turn, principal.id, deputy.id)
    else:
        _overview(turn, principal, AIDE)


@command("absence")
def absence_command(turn: Turn, rest: str) -> None:
    """`委托 副书记 3月2日 至 3月9日`; the office names the absent person first."""
    privately(turn)
    principal, deputy, dates = read_pair(turn, rest)
    if deputy is None:
        _overview(turn, principal, ABSENCE)
    elif not dates:
        absence_deputy(turn, principal.id, deputy.id)
    elif term := read_term(turn, dates):
        _propose_absence(turn, principal.id, deputy.id, term)


@button("stand_in_of")
def of_somebody(turn: Turn, kind: str, principal: PersonId) -> None:
    """The office chose for whom."""
    standing_in.require_own(turn.work, principal)
    _overview(turn, people.get(turn.tx, principal), kind)


@button("stand_in_new")
def new(turn: Turn, kind: str, principal: PersonId) -> None:
    """Choose who is to act."""
    standing_in.require_own(turn.work, principal)
    person = people.get(turn.tx, principal)
    others = [one for one in people.active(turn.tx) if one.id != principal]
    verb = "aide_deputy" if kind == AIDE else "absence_deputy"
    question = turn.say(f"standing.which_{kind}", person=person.title)
    choose(turn, question, whom.persons(turn, others), verb, principal)


@button("aide_deputy")
def aide_deputy(turn: Turn, principal: PersonId, deputy: PersonId) -> None:
    """Chosen: ask whether that is meant."""
    _propose_aide(turn, principal, deputy)


@button("absence_deputy")
def absence_deputy(turn: Turn, principal: PersonId, deputy: PersonId) -> None:
    """Chosen: ask from when until when."""
    standing_in.require_own(turn.work, principal)
    question = turn.say("standing.when", deputy=names.title(turn.tx, deputy))
    draft = {"principal": principal, "deputy": deputy}
    turn.ask(TERM, "dates", draft, Card(lines=(question,), buttons=rows(turn.button("cancel"))))


@answers(TERM)
def term_given(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The dates came; if they were not understood the question stays open."""
    term = read_term(turn, text)
    if term is not None:
        turn.done()
        draft = dialogue.draft
        _propose_absence(turn, PersonId(draft["principal"]), PersonId(draft["deputy"]), term)


@button("aide_now")
def aide_now(turn: Turn, principal: PersonId, deputy: PersonId) -> None:
    """Appoint."""
    standing_in.appoint_aide(turn.work, principal, deputy)
    _made(turn, principal, AIDE)


@button("absence_now")
def absence_now(turn: Turn, principal: PersonId, deputy: PersonId, since: str, until: str) -> None:
    """Delegate."""
    first, last = datetime.fromisoformat(since), datetime.fromisoformat(until)
    standing_in.delegate(turn.work, principal, deputy, first, last)
    _made(turn, principal, ABSENCE)


@button("stand_in_end")
def end(turn: Turn, stand_in_id: int) -> None:
    """Over before its time."""
    ended = standing_in.end(turn.work, stand_in_id)
    turn.toast("standing.ended")
    _overview(turn, people.get(turn.tx, ended.principal_id), ended.kind)


def _propose_aide(turn: Turn, principal: PersonId, deputy: PersonId) -> None:
    standing_in.require_own(turn.work, principal)
    line = turn.say("standing.ask_aide", **_pair(turn, principal, deputy))
    may_not = turn.say("common.listing").join(
        turn.say(f"event.{event}") for event in sorted(turn.policy.aide_may_not)
    )
    lines = (line, turn.say("standing.aide_may_not", events=may_not)) if may_not else (line,)
    _propose(turn, lines, turn.button("aide_now", principal, deputy, label="yes"))


def _propose_absence(turn: Turn, principal: PersonId, deputy: PersonId, term: Term) -> None:
    standing_in.require_own(turn.work, principal)
    since, until = turn.dates.full(term.since), turn.dates.full(term.until)
    line = turn.say("standing.ask_absence", since=since, until=until, **_pair(turn, principal, deputy))
    yes = turn.button(
        "absence_now", principal, deputy, term.since.isoformat(), term.until.isoformat(), label="yes"
    )
    _propose(turn, (line, *term.notes), yes)


def _propose(turn: Turn, lines: Iterable[str], yes: Button) -> None:
    turn.edit(Card(lines=tuple(lines), buttons=rows(yes, turn.button("cancel"))))


def _made(turn: Turn, principal: PersonId, kind: str) -> None:
    turn.toast("standing.made")
    _overview(turn, people.get(turn.tx, principal), kind)


def _overview(turn: Turn, principal: Person, kind: str) -> None:
    """Who acts for this person and for whom this person acts, each with a way to end it."""
    live = [one for one in stand_ins.live(turn.tx, principal.id) if one.kind == kind]
    lines = [_line(turn, one) for one in live]
    ends = (
        [turn.button("stand_in_end", one.id, label="end") for one in live[:1]]
        if len(live) == 1
        else [_numbered(turn, no, one) for no, one in enumerate(live[:MOST], 1)]
    )
    entitled = kind == ABSENCE or principal.roles & WITH_AIDES
    new_one = turn.button("stand_in_new", kind, principal.id, label=f"new_{kind}") if entitled else None
    other = turn.button("stand_in_whose", kind) if may(turn.actor, Act.STAND_IN) else None
    title = turn.say(f"standing.title_{kind}", person=principal.title)
    shown = lines or [turn.say("standing.none")]
    turn.edit(Card(title=title, lines=tuple(shown), buttons=rows(*ends, new_one, other)))


@button("stand_in_whose")
def whose(turn: Turn, kind: str) -> None:
    """The office acts for anybody: choose for whom."""
    whom.keeper(turn, Act.STAND_IN)
    found = [one for one in people.active(turn.tx) if kind == ABSENCE or one.roles & WITH_AIDES]
    choose(turn, turn.say("standing.whose"), whom.persons(turn, found), "stand_in_of", kind)


def _numbered(turn: Turn, no: int, one: StandIn) -> Button:
    return Button(turn.say("standing.end_number", no=no), "stand_in_end", (one.id,))


def _line(turn: Turn, one: StandIn) -> str:
    pair = _pair(turn, one.principal_id, one.deputy_id)
    if one.until is None:
        return turn.say("standing.line_aide", since=turn.dates.short(one.since), **pair)
    since, until = turn.dates.short(one.since), turn.dates.short(one.until)
    return turn.say("standing.line_absence", since=since, until=until, **pair)


def _pair(turn: Turn, principal: PersonId, deputy: PersonId) -> dict[str, str]:
    return {"principal": names.title(turn.tx, principal), "deputy": names.title(turn.tx, deputy)}
