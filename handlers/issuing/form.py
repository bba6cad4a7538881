"""The topic being written: a dialogue's draft, what is still to be asked, and what was understood only half.

It lives in the dialogue's row until it is issued, so that a half-written topic survives anything. Every card
drawn of it has a revision; a press on an older card changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pydantic import TypeAdapter

from handlers.asking.naming import Picked, Unclear, as_people, as_units
from services.issuing import Draft
from workflow.topic import Kind, Topic, TopicId, short_title

ISSUE: Final = "issue"
PREVIEW: Final = "preview"
WHICH: Final = "which"
STEPS: Final = ("title", "goal", "owner", "lead_units", "deadline")
TEXTS: Final = ("title", "short_title", "problem", "goal", "source")
PEOPLE: Final = ("owner", "co_owners")
UNITS: Final = ("lead_units", "assist_units")
CODED: Final = ("category", "duty", "kind", "cycle", "confidential")
FIELDS: Final = (
    *("deadline", "owner", "goal", "lead_units", "title"),
    *("short_title", "assist_units", "category", "kind", "duty"),
    *("problem", "source", "co_owners", "confidential", "cycle"),
    "issuer",
)
"""In the order in which people change them."""
_ATTRIBUTE: Final = {"issuer": "issuer_id"}
TO_CONFIRM: Final = frozenset({"rolled", "ambiguous"})
"""Doubts of a date that are asked, not only shown."""


@dataclass(frozen=True, slots=True)
class Half:
    """A name in a field that may mean several."""

    field: str
    unclear: Unclear


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of the topic. `doubts` are the deadline's; `proposed`: the owner follows from the units;
    `problems` are said on the next card and then forgotten; `raised_by` is the affair it is made of.
    """

    given: Draft
    todo: tuple[str, ...] = ()
    halves: tuple[Half, ...] = ()
    doubts: tuple[str, ...] = ()
    proposed: bool = False
    topic: TopicId | None = None
    rev: int = 0
    raised_by: int | None = None
    problems: tuple[str, ...] = field(default=())

    @property
    def question(self) -> str:
        """The field asked for now, or what else the card is about."""
        if self.halves:
            return WHICH
        issuer = () if self.given.issuer_id else ("issuer",)
        return next(iter((*self.todo, *issuer, *self.given.missing())), PREVIEW)

    def put(self, name: str, value: Any) -> "Form":
        """The form with a field filled, which is then asked no more."""
        values: dict[str, Any] = {_ATTRIBUTE.get(name, name): value}
        if name == "title" and self.given.short_title == short_title(self.given.title):
            values["short_title"] = ""
        return self.settled(name, replace(self.given, **values))

    def owned(self, ids: tuple[int, ...], *, proposed: bool = False) -> "Form":
        """One owner, or several leaders of whom one may claim it."""
        people = as_people(ids)
        one = people[0] if len(people) == 1 else None
        given = replace(self.given, owner_id=one, eligible=() if one else people)
        return replace(self.settled("owner", given), proposed=proposed)

    def named(self, name: str, picked: Picked) -> "Form":
        """The form with people or units in a field; a name that may mean several is asked about."""
        halves = tuple(Half(name, unclear) for unclear in picked.unclear if unclear.candidates)
        form = self._listed(name, picked.found) if picked.found or halves else self
        return replace(form, halves=(*form.halves, *halves))

    def resolved(self, chosen: int) -> "Form":
        """The first half-understood name meant this one."""
        half, *rest = self.halves
        known = self.listed(half.field)
        form = self._listed(half.field, tuple(dict.fromkeys((*known, chosen))))
        return replace(form, halves=tuple(rest))

    def listed(self, name: str) -> tuple[int, ...]:
        """Whom or which units a field names."""
        if name == "owner":
            return (self.given.owner_id,) if self.given.owner_id else self.given.eligible
        found: tuple[int, ...] = getattr(self.given, name)
        return found

    def settled(self, name: str, given: Draft) -> "Form":
        """The form with this draft, one question fewer to ask."""
        done = {name, "deadline" if given.kind is Kind.STANDING else ""}
        return replace(self, given=given, todo=tuple(step for step in self.todo if step not in done))

    def without(self, name: str) -> "Form":
        """The form with one question put aside."""
        return replace(self, todo=tuple(step for step in self.todo if step != name))

    def filled(self, name: str) -> bool:
        """Whether a field has a value."""
        if name == "owner":
            return bool(self.listed(name))
        return bool(getattr(self.given, _ATTRIBUTE.get(name, name)))

    @property
    def short_title(self) -> str:
        """The short title, or the one proposed: the title's beginning."""
        return self.given.short_title or short_title(self.given.title)

    def _listed(self, name: str, ids: tuple[int, ...]) -> "Form":
        if name == "owner":
            return self.owned(ids)
        return self.put(name, as_people(ids) if name in PEOPLE else as_units(ids))


_FORM: Final = TypeAdapter(Form)


def dump(form: Form) -> dict[str, Any]:
    """The form as a dialogue's draft."""
    plain: dict[str, Any] = _FORM.dump_python(replace(form, problems=()), mode="json")
    return plain


def load(draft: Mapping[str, Any]) -> Form:
    """The form a dialogue holds."""
    return _FORM.validate_python(draft)


def form_of(topic: Topic) -> Form:
    """The form of a draft that was kept, to change it."""
    names = Draft.__dataclass_fields__
    return Form(Draft(**{name: getattr(topic, name) for name in names}), topic=topic.id)
