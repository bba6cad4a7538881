"""点题: a chief or the office sets a topic, in one message or step by step, and sees it whole beforehand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from handlers import names, verbs
from handlers.asking.naming import as_people, as_units
from handlers.issuing.card import fields_card, form_card
from handlers.issuing.form import ISSUE, PREVIEW, STEPS, WHICH, Form, dump, load
from handlers.issuing.reading import REST, answer, issuers, read
from handlers.issuing.words import VALUES
from handlers.registry import answers, button, command
from handlers.topic_card import topic_card
from handlers.turn import Turn
from services import issuing
from services.affairs.risks import raised
from services.authorising import authorise
from services.issuing import Draft
from storage import topics
from storage.dialogues import Dialogue
from workflow.affair import AffairId
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicState
from workflow.transitions import Event

NEW: Final = "new"
LISTS: Final[Mapping[str, Callable[[Iterable[int]], tuple[int, ...]]]] = {
    "co_owners": as_people,
    "lead_units": as_units,
    "assist_units": as_units,
}


@command(NEW, Role.CHIEF, Role.OFFICE)
def new(turn: Turn, rest: str) -> None:
    """`点题 完善因公出国内控制度 @外事副院长 目标 … 11月30日前`, or question by question."""
    issuing.require_draft(turn.work)
    form = Form(Draft(issuer_id=_usual_issuer(turn)))
    show(turn, _proposing(turn, read(turn, form, rest, "title")) if rest else replace(form, todo=STEPS))


def show(turn: Turn, form: Form, page: int = 0) -> None:
    """Keep the form and show it; a confidential one nowhere but in a private chat."""
    if form.given.confidential and not turn.private:
        turn.done()
        turn.tell("issuing.private_only")
        return
    form = replace(form, rev=form.rev + 1)
    turn.keep(ISSUE, form.question, dump(form))
    turn.edit(form_card(turn, form, page))


@answers(ISSUE)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """An answer to the question asked; on the preview, a correction such as `时限 12月15日`.

    A whole `点题 …` instead begins anew.
    """
    named = verbs.read(text)
    if named and named.name == NEW:
        new(turn, named.rest)
        return
    form = _allowed(turn, load(dialogue.draft))
    if turn.work.said.files:
        form = replace(form, problems=(turn.say("issuing.no_files"),))
    asked = form.question
    if asked == WHICH:
        half, *halves = form.halves
        asked, form = half.field, replace(form, halves=tuple(halves))
    if asked == PREVIEW:
        form = read(turn, form, text, REST)
    elif text:
        form = answer(turn, form, asked, text)
    if asked == "title" and any(map(form.filled, STEPS[1:])):
        form = replace(form, todo=())
    show(turn, _proposing(turn, form))


@button("issue.set")
def choose(turn: Turn, rev: int, name: str, value: int | str) -> None:
    """A likely answer was pressed."""
    _change(turn, rev, lambda form: _proposing(turn, _chosen(turn, form, name, value)))


@button("issue.pick")
def pick(turn: Turn, rev: int, chosen: int) -> None:
    """Which of several was meant."""
    _change(turn, rev, lambda form: _proposing(turn, form.resolved(chosen)))


@button("issue.skip")
def skip(turn: Turn, rev: int) -> None:
    """Leave the field asked for as it is."""
    _change(turn, rev, lambda form: form.without(form.question))


@button("issue.clear")
def clear(turn: Turn, rev: int) -> None:
    """Empty the field asked for."""
    empty = Draft()
    _change(turn, rev, lambda form: form.put(form.question, getattr(empty, form.question)))


@button("issue.ask")
def ask(turn: Turn, rev: int, name: str) -> None:
    """Change this field."""
    _change(turn, rev, lambda form: replace(form, todo=(name, *form.todo)))


@button("issue.back")
def back(turn: Turn, rev: int) -> None:
    """Nothing to change after all."""
    _change(turn, rev, lambda form: form)


@button("issue.sure")
def sure(turn: Turn, rev: int) -> None:
    """The doubtful deadline is right."""
    _change(turn, rev, lambda form: replace(form, doubts=()))


@button("issue.page")
def page(turn: Turn, rev: int, wanted: int) -> None:
    """More answers to choose from."""
    if form := _current(turn, rev):
        show(turn, form, wanted)


@button("issue.fields")
def fields(turn: Turn, rev: int, wanted: int) -> None:
    """修改: which field?"""
    if form := _current(turn, rev):
        form = replace(form, rev=rev + 1)
        turn.keep(ISSUE, form.question, dump(form))
        turn.edit(fields_card(turn, form, wanted))


@button("issue.publish")
def publish(turn: Turn, rev: int) -> None:
    """发布: the form becomes a topic, issued or sent to the chief in whose name it is."""
    form = _current(turn, rev)
    if form is None:
        return
    given = replace(form.given, short_title=form.short_title)
    work = turn.work
    kept = issuing.edit(work, form.topic, given) if form.topic else issuing.draft(work, given)
    if form.raised_by is not None:
        raised(work, AffairId(form.raised_by), kept)
    topic = issuing.publish(work, kept.id)
    turn.done()
    announce(turn, topic)


def announce(turn: Turn, topic: Topic) -> None:
    """Say what became of it, on its own card."""
    if topic.state is TopicState.CONFIRMING:
        headline = turn.say("issuing.sent", title=names.title(turn.tx, topic.issuer_id))
        turn.toast("issuing.toast_sent")
    else:
        headline = turn.say("issuing.issued", number=topic.number)
        turn.toast("issuing.toast_issued")
    turn.edit(topic_card(turn, topic, headline=headline))


def _change(turn: Turn, rev: int, change: Callable[[Form], Form]) -> None:
    if form := _current(turn, rev):
        show(turn, change(form))


def _current(turn: Turn, rev: int) -> Form | None:
    """The open form, if the card pressed shows it as it is; an older card shows the present one."""
    open_ = turn.dialogue
    if open_ is None or open_.name != ISSUE:
        turn.toast("refusals.unknown_button", alert=True)
        return None
    form = _allowed(turn, load(open_.draft))
    if form.rev == rev:
        return form
    turn.toast("refusals.stale")
    show(turn, form)
    return None


def _allowed(turn: Turn, form: Form) -> Form:
    """The form, if the actor may still write it: whoever began it may have lost the seat meanwhile."""
    if form.topic is not None:
        authorise(turn.work, topics.get(turn.tx, form.topic), Event.EDIT)
    else:
        issuing.require_draft(turn.work)
    return form


def _chosen(turn: Turn, form: Form, name: str, value: int | str) -> Form:
    if name == "owner":
        return form.owned((int(value),))
    if name == "issuer":
        return form.put(name, PersonId(int(value)))
    if name in LISTS:
        return form.put(name, LISTS[name]((int(value),)))
    if name == "deadline":
        return read(turn, form, str(value), name)
    return form.put(name, VALUES[name][str(value)] if name in VALUES else value)


def _proposing(turn: Turn, form: Form) -> Form:
    """The leader in charge of the lead units, where nobody was named and only one can be meant."""
    asked = "owner" in form.todo or any(half.field == "owner" for half in form.halves)
    if asked or form.filled("owner") or not form.given.lead_units:
        return form
    found = issuing.propose_owners(turn.work, form.given.lead_units)
    return form.owned(tuple(found), proposed=True) if len(found) == 1 else form


def _usual_issuer(turn: Turn) -> PersonId | None:
    """The actor, or the secretary before the other chiefs; the preview names the issuer and can change it."""
    if turn.policy.may_issue(turn.actor):
        return turn.actor.id
    return next((person.id for person in issuers(turn)), None)
