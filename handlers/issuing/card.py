"""The card of a topic being written: everything understood so far, what is missing, and the next question."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from handlers import names
from handlers.cards import MOST_BUTTONS, Button, Card, fit, rows
from handlers.issuing.form import FIELDS, PEOPLE, PREVIEW, TO_CONFIRM, UNITS, WHICH, Form
from handlers.issuing.reading import issuers
from handlers.issuing.words import VALUES
from handlers.turn import Turn
from services import issuing, measuring
from storage import people
from storage.people import Person
from workflow.roles import PersonId, Role
from workflow.topic import Kind

CATALOGUED: Final = {"kind": "kind", "duty": "duty", "cycle": "cycle"}
OPTIONAL: Final = (
    *("problem", "source", "co_owners", "assist_units", "lead_units", "category", "duty", "short_title"),
    "cycle",
)


def form_card(turn: Turn, form: Form, page: int = 0) -> Card:
    """The topic as it stands, with its next question or the buttons that end it."""
    lines = (*form.problems, *form_lines(turn, form), *_warnings(turn, form), _last_line(turn, form))
    ready = form.question == PREVIEW
    return Card(
        title=turn.say("issuing.preview" if ready else "issuing.heading"),
        lines=tuple(line for line in lines if line),
        buttons=rows(*(_ending(turn, form) if ready else _answers(turn, form, page))),
        vanish=turn.policy.vanish if form.given.confidential else None,
    )


def fields_card(turn: Turn, form: Form, page: int) -> Card:
    """Which field is to be changed."""
    room = MOST_BUTTONS - 2
    own = turn.policy.may_issue(turn.actor)
    changeable = [name for name in FIELDS if name != "issuer" or not own]
    shown = changeable[page * room : (page + 1) * room]
    following = page + 1 if (page + 1) * room < len(changeable) else 0
    buttons = [Button(turn.say(f"issuing.label.{name}"), "issue.ask", (form.rev, name)) for name in shown]
    more = turn.button("issue.fields", form.rev, following, label="more")
    back = turn.button("issue.back", form.rev, label="back")
    lines = (*form_lines(turn, form), turn.say("issuing.fields"))
    return Card(turn.say("issuing.preview"), lines, rows(*buttons, more, back))


def form_lines(turn: Turn, form: Form) -> tuple[str, ...]:
    """Every field that has a value, spelt out."""
    say, given = turn.say, form.given
    shown = {
        "title": given.title,
        "short_title": form.short_title,
        "problem": given.problem,
        "goal": given.goal,
        "source": given.source,
        "category": turn.policy.categories[given.category].name if given.category else "",
        "duty": say(f"duty.{given.duty}") if given.duty else "",
        "kind": say(f"kind.{given.kind}") if given.title else "",
        "cycle": say(f"cycle.{given.cycle}") if given.cycle else "",
        "issuer": _titles(turn, (given.issuer_id,)) if given.issuer_id != turn.actor.id else "",
        "owner" if given.owner_id or not given.eligible else "eligible": _owner(turn, form),
        "co_owners": _titles(turn, given.co_owners),
        "lead_units": names.units(turn.tx, say, given.lead_units) if given.lead_units else "",
        "assist_units": names.units(turn.tx, say, given.assist_units) if given.assist_units else "",
        "deadline": _deadline(turn, form),
        "confidential": say("issuing.confidential") if given.confidential else "",
    }
    return tuple(
        say("topics.field", name=say(f"field.{name}"), value=value) for name, value in shown.items() if value
    )


def _owner(turn: Turn, form: Form) -> str:
    titles = _titles(turn, form.listed("owner"))
    return turn.say("issuing.proposed", titles=titles) if form.proposed else titles


def _titles(turn: Turn, ids: Iterable[int | None]) -> str:
    wanted = [PersonId(one) for one in ids if one is not None]
    return names.titles(turn.tx, turn.say, wanted) if wanted else ""


def _deadline(turn: Turn, form: Form) -> str:
    if form.given.deadline is None or form.given.kind is Kind.STANDING:
        return ""
    notes = [turn.say(_note(doubt)) for doubt in form.doubts]
    return turn.dates.full(form.given.deadline) + "".join(notes)


def _note(doubt: str) -> str:
    return "dates.provisional" if doubt == "provisional" else f"dates.note_{doubt}"


def _warnings(turn: Turn, form: Form) -> tuple[str, ...]:
    given, say = form.given, turn.say
    missing = given.missing() if given.title else ()
    listed = say("common.listing").join(say(f"field.{name}") for name in missing)
    burdened = measuring.burdens_discipline(turn.work, (*given.lead_units, *given.assist_units))
    return (
        say("issuing.missing", fields=listed) if listed else "",
        say("issuing.discipline") if burdened else "",
    )


def _last_line(turn: Turn, form: Form) -> str:
    say, asked = turn.say, form.question
    if asked == WHICH:
        half = form.halves[0]
        key = "which_unit" if half.field in UNITS else "which_owner"
        return say(f"issuing.{key}", word=half.unclear.word)
    if asked != PREVIEW:
        return say(f"issuing.ask.{asked}")
    if doubted(form) and form.given.deadline:
        return say("issuing.doubt", date=turn.dates.full(form.given.deadline))
    if issues_now(turn, form):
        return say("issuing.ready")
    return say("issuing.ready_send", title=_titles(turn, (form.given.issuer_id,)))


def doubted(form: Form) -> bool:
    """Whether the deadline was rolled or could be read otherwise, so that it is to be confirmed first."""
    return bool(TO_CONFIRM & set(form.doubts))


def issues_now(turn: Turn, form: Form) -> bool:
    """Whether the actor's press issues it, or only sends it to the chief."""
    issuer = form.given.issuer_id
    return issuer is None or issuer == turn.actor.id or people.get(turn.tx, issuer).standing_authority


def _ending(turn: Turn, form: Form) -> Sequence[Button]:
    if doubted(form):
        first = turn.button("issue.sure", form.rev, label="date_right")
    else:
        label = "issue" if issues_now(turn, form) else "propose"
        first = turn.button("issue.publish", form.rev, label=label)
    return (first, turn.button("issue.fields", form.rev, 0, label="amend"), turn.button("cancel"))


def _answers(turn: Turn, form: Form, page: int) -> Sequence[Button]:
    asked = form.question
    found = _options(turn, form, asked)
    skip = _skip(turn, form, asked)
    room = MOST_BUTTONS - 1 - len(skip)
    if len(found) > room:
        room -= 1
        following = page + 1 if (page + 1) * room < len(found) else 0
        more = [turn.button("issue.page", form.rev, following, label="more")]
        found = [*found[page * room : (page + 1) * room], *more]
    return [*found, *skip, turn.button("cancel")]


def _skip(turn: Turn, form: Form, asked: str) -> list[Button]:
    """Leave a field as it is, or empty it where it may be empty."""
    if asked == WHICH or asked not in form.todo:
        return []
    filled = form.filled(asked)
    as_is = turn.button("issue.skip", form.rev, label="unchanged" if filled else "skip")
    clear = turn.button("issue.clear", form.rev, label="clear")
    kept = [as_is] if filled or asked in (*OPTIONAL, "confidential") else []
    return [*kept, *([clear] if filled and asked in OPTIONAL else [])]


def _options(turn: Turn, form: Form, asked: str) -> list[Button]:
    if asked == WHICH:
        half = form.halves[0]
        named = _unit_names(turn) if half.field in UNITS else _person_titles(turn)
        return [_button(form, "issue.pick", i, named[i]) for i in half.unclear.candidates if i in named]
    return [_button(form, "issue.set", value, label, asked) for value, label in _likely(turn, form, asked)]


def _button(form: Form, verb: str, value: int | str, label: str, *before: str) -> Button:
    return Button(fit(label), verb, (form.rev, *before, value))


def _likely(turn: Turn, form: Form, asked: str) -> Iterable[tuple[int | str, str]]:
    """The likely answers to a question: values and what they are called."""
    if asked in PEOPLE:
        return [(one.id, one.title) for one in _leaders(turn, form)]
    if asked in UNITS:
        return _likely_units(turn, form)
    if asked == "issuer":
        return [(one.id, one.title) for one in issuers(turn)]
    if asked == "deadline":
        return [(phrase, phrase) for phrase in turn.say.words("issuing.due")]
    if asked == "category":
        return [(c.code, c.name) for c in turn.policy.categories.values()]
    if asked == "confidential":
        return [(code, turn.say(f"issuing.secrecy.{code}")) for code in VALUES[asked]]
    return [(code, turn.say(f"{CATALOGUED[asked]}.{code}")) for code in VALUES.get(asked, ())]


def _leaders(turn: Turn, form: Form) -> list[Person]:
    """Leaders in charge of the lead units first, then every other."""
    first = issuing.propose_owners(turn.work, form.given.lead_units)
    known = people.many(turn.tx, first)
    listed = chain((known[i] for i in first), people.holding(turn.tx, Role.LEADER))
    return list({one.id: one for one in listed if one.active}.values())


def _likely_units(turn: Turn, form: Form) -> list[tuple[int, str]]:
    """The owner's units first, then every other; none that is named already."""
    named = _unit_names(turn)
    leaders = form.listed("owner")
    own = [unit for leader in leaders for unit in people.units_under(turn.tx, PersonId(leader))]
    taken = (*form.given.lead_units, *form.given.assist_units)
    return [(i, named[i]) for i in dict.fromkeys((*own, *named)) if i in named and i not in taken]


def _unit_names(turn: Turn) -> dict[int, str]:
    return {unit.id: unit.name for unit in people.all_units(turn.tx) if unit.state == "active"}


def _person_titles(turn: Turn) -> dict[int, str]:
    return {person.id: person.title for person in people.active(turn.tx)}
