"""What a person wrote of a meeting to be, read: `联席会议 3月20日 9:00 行政楼301 主持 党委书记`.

What is not understood is said and asked again; what was understood is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any, Final

from handlers.asking import whom
from handlers.asking.naming import either, spoken
from handlers.asking.phrases import with_date
from handlers.asking.questions import date_notes
from handlers.refusals import words
from handlers.turn import Turn
from services.affairs.meetings import Plan, sort_of, window_of
from storage import people
from workflow.affair import Affair
from workflow.dates import DateNote, When
from workflow.errors import WorkflowError
from workflow.meeting import Sort
from workflow.roles import PersonId, Role

FIELDS: Final = ("sort", "at", "place", "chair")
KEYED: Final = ("at", "place", "chair", "window", "title")
SECRETARY: Final = "secretary"
INTAKE: Final = 2
"""Workdays before a meeting on which its intake closes unless another day is said."""
LONGEST_PLACE: Final = 30
_EDGES: Final = " \t\r\n,，、;；。:："


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of it. Instants are ISO texts, UTC; `day` is a day whose hour was not said yet."""

    sort: str = ""
    at: str = ""
    place: str = ""
    chair: int = 0
    window: str = ""
    title: str = ""
    day: str = ""
    notes: tuple[str, ...] = ()
    affair: int = 0
    problems: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The first field still empty; nothing when it is whole."""
        return next((name for name in FIELDS if not getattr(self, name)), "")


def dump(form: Form) -> dict[str, Any]:
    """The form as a dialogue's draft."""
    return asdict(replace(form, problems=()))


def load(draft: Mapping[str, Any]) -> Form:
    """The form a dialogue holds."""
    known = {name: draft[name] for name in Form.__slots__ if name in draft}
    return Form(**{**known, "notes": tuple(draft["notes"]), "problems": ()})


def of(affair: Affair) -> Form:
    """The form of a meeting there is, to move it."""
    return Form(
        sort=sort_of(affair),
        at=affair.due_at.isoformat() if affair.due_at else "",
        place=affair.words.get("place", ""),
        chair=affair.person_id or 0,
        window=window_of(affair).isoformat(),
        title=affair.title,
        affair=affair.id,
    )


def plan(turn: Turn, form: Form) -> Plan:
    """The whole form as what is to be. Intake closes some workdays before, unless a day was said."""
    at = datetime.fromisoformat(form.at)
    said = datetime.fromisoformat(form.window) if form.window else usual_window(turn, at)
    return Plan(Sort(form.sort), at, form.place, PersonId(form.chair), min(said, at), form.title)


def usual_window(turn: Turn, at: datetime) -> datetime:
    """The end of the second workday before; at once where that is past."""
    calendar = turn.policy.calendar
    last = calendar.end_of(calendar.add_workdays(calendar.day(at), -INTAKE))
    return max(last, turn.tx.now)


def usual_chair(turn: Turn) -> int:
    """The secretary before the other chiefs."""
    chiefs = sorted(people.holding(turn.tx, Role.CHIEF), key=lambda one: one.post != SECRETARY)
    return chiefs[0].id if chiefs else 0


def read(turn: Turn, form: Form, text: str, asked: str = "") -> Form:
    """The form with what a message says; words under no keyword answer what was asked."""
    reading = _Reading(turn, form)
    rest = reading.sort(text.strip())
    for name, said in _parts(rest):
        reading.put(name or (asked if asked in KEYED else ""), said)
    return reading.form


def is_change(text: str) -> bool:
    """Whether a reply to a meeting's card begins with another time, place or chair."""
    found = _keys().match(text.strip())
    return found is not None and found[1] not in spoken("meetings.keys.title")


@cache
def _keys() -> re.Pattern[str]:
    known = either(word for name in KEYED for word in spoken(f"meetings.keys.{name}"))
    moved = either(spoken("meetings.say.moved"))
    return re.compile(rf"(?:^|(?<=[\s,，;；。]))({known}(?=[:：\s])|{moved})[:：\s]*")


def _parts(text: str) -> list[tuple[str, str]]:
    """What stands before any keyword, then each keyword's words."""
    pieces = _keys().split(text)
    known = {word: name for name in KEYED for word in spoken(f"meetings.keys.{name}")}
    found = [
        ("", pieces[0]),
        *((known.get(word, "at"), said) for word, said in zip(pieces[1::2], pieces[2::2], strict=True)),
    ]
    return [(name, said.strip(_EDGES)) for name, said in found if said.strip(_EDGES)]


@dataclass(slots=True)
class _Reading:
    turn: Turn
    form: Form

    def sort(self, text: str) -> str:
        """The sort of meeting a text begins with, or names among the rest, cut out."""
        known = {word: sort for sort in Sort for word in spoken(f"meetings.sorts.{sort}")}
        found = re.match(rf"({either(known)})(?=$|[\s,，:：\d])", text)
        if found is None and not self.form.sort:
            found = re.search(rf"(?<=[\s,，;；。])({either(known)})(?=$|[\s,，;；。])", text)
        if found is None:
            if not self.form.sort and not self.form.at:
                first = text.split()[:1]
                self.form = replace(
                    self.form, problems=(self.turn.say("meetings.no_sort", text=first[0][:20]),)
                )
            return text
        self.form = replace(self.form, sort=known[found[1]])
        return text[: found.start()] + text[found.end() :]

    def put(self, name: str, text: str) -> None:
        """A part into its field; without a name, a date and then the place."""
        if name == "place":
            self._place(text)
        elif name == "chair":
            self._chair(text)
        elif name == "title":
            self.form = replace(self.form, title=text)
        elif name == "window":
            self._window(text)
        else:
            self._time(text)

    def _time(self, text: str) -> None:
        said = with_date(self.turn, text)
        if day := self._known_day():
            whole = with_date(self.turn, f"{day} {text}")
            when = whole.when
            same = when is not None and when.clock is not None and when.day.isoformat() == day
            said = whole if same else said
        if said.when is None:
            self._else(text, said.problem)
            return
        if said.rest and not self.form.place:
            self._place(said.rest)
        elif said.rest:
            self._else(said.rest, "", over=True)
        self._when(said.when)

    def _known_day(self) -> str:
        """The day said before, for an hour said alone."""
        if self.form.day or not self.form.at:
            return self.form.day
        return self.turn.policy.calendar.day(datetime.fromisoformat(self.form.at)).isoformat()

    def _when(self, when: When) -> None:
        if when.clock is None:
            self.form = replace(self.form, day=when.day.isoformat(), at="")
            self._problem("meetings.no_clock")
            return
        at = self._at(when.day, when.clock)
        if DateNote.PAST in when.notes or at <= self.turn.tx.now:
            self._problem("meetings.past", at=self.turn.dates.clock(at))
            return
        notes = date_notes(self.turn, when)
        self.form = replace(self.form, at=at.isoformat(), day="", notes=notes)

    def _else(self, text: str, problem: str, *, over: bool = False) -> None:
        if problem:
            self.form = replace(self.form, problems=(*self.form.problems, problem))
        elif over or (self.form.at and not self.form.place):
            self._place(text)
        elif self.form.at:
            self._problem("meetings.no_place_for", text=text[:20])
        else:
            self._problem("meetings.no_time", text=text[:20])

    def _place(self, text: str) -> None:
        """A push has room for a place, not for a story."""
        if len(text) > LONGEST_PLACE:
            self._problem("meetings.place_long", most=str(LONGEST_PLACE))
        else:
            self.form = replace(self.form, place=text)

    def _chair(self, text: str) -> None:
        try:
            self.form = replace(self.form, chair=whom.person(self.turn.tx, text).id)
        except WorkflowError as refused:
            self.form = replace(self.form, problems=(*self.form.problems, words(self.turn, refused)))

    def _window(self, text: str) -> None:
        said = with_date(self.turn, text)
        if said.when is None or DateNote.PAST in said.when.notes:
            self._problem("meetings.no_window", text=text[:20])
            return
        calendar, when = self.turn.policy.calendar, said.when
        until = calendar.at(when.day, when.clock) if when.clock else calendar.end_of(when.day)
        self.form = replace(self.form, window=until.isoformat())
        if said.rest:
            self.put("", said.rest)

    def _at(self, day: date, clock: time) -> datetime:
        return self.turn.policy.calendar.at(day, clock)

    def _problem(self, key: str, **values: str) -> None:
        self.form = replace(self.form, problems=(*self.form.problems, self.turn.say(key, **values)))
