"""What a person wrote of a topic, read into its form: a whole message, one field's answer, or a correction.

What is not understood is said and asked again; nothing is guessed and nothing that was understood is lost.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from handlers.asking import naming
from handlers.asking.naming import Roll, spoken
from handlers.asking.questions import end_of
from handlers.issuing.form import CODED, PEOPLE, TEXTS, UNITS, Form
from handlers.issuing.words import Part, parts, trimmed, value_words, values
from handlers.turn import Turn
from services import issuing
from storage import people
from storage.people import Person
from workflow.dates import DateNote, DateProblem, When, find_when
from workflow.errors import Invalid
from workflow.roles import Role
from workflow.topic import SHORT_TITLE, fits_short_title

REST: Final = "rest"
SECRETARY: Final = "secretary"
"""Where a correction's words go that belong to no field."""
_EDGE: Final = r"[\s,，。()（）]"


def read(turn: Turn, form: Form, text: str, first: str) -> Form:
    """The form with what a message says; words before any field's name belong to `first`."""
    reading = _Reading(turn, form, naming.owners(turn.tx), naming.units(turn.tx))
    text = reading.issuer(text)
    found = parts(text, first, reading.units)
    if not any(part.field == "deadline" for part in found):
        found = parts(reading.date(text), first, reading.units)
    for part in found:
        reading.put(part)
    issuing.check_lengths(turn.policy, reading.form.given)
    return reading.form


def answer(turn: Turn, form: Form, name: str, text: str) -> Form:
    """The form with one field answered. A text is taken whole; everything else is read as a message is.

    So is a text that begins with its field's own name: `目标 … 6月30日前` says more than a goal.
    """
    whole = name == "title" and not form.filled("title")
    if name not in TEXTS or whole or _named(turn, name, text):
        return read(turn, form, text, name)
    if name == "short_title" and not fits_short_title(text):
        raise Invalid("short_title_too_long", longest=SHORT_TITLE)
    form = form.put(name, text.strip())
    issuing.check_lengths(turn.policy, form.given)
    return form


def _named(turn: Turn, name: str, text: str) -> bool:
    return any(part.field == name for part in parts(text, REST, naming.units(turn.tx))[:1])


def issuers(turn: Turn) -> list[Person]:
    """Who may set topics, the secretary first (S1: 书记点题)."""
    found = [person for person in people.holding(turn.tx, Role.CHIEF) if turn.policy.may_issue(person)]
    return sorted(found, key=lambda person: person.post != SECRETARY)


@dataclass(slots=True)
class _Reading:
    turn: Turn
    form: Form
    owners: Roll
    units: Roll

    def issuer(self, text: str) -> str:
        """以书记名义: cut out when it names somebody who may issue."""
        known = naming.roll_of(issuers(self.turn))
        for phrase in spoken("issuing.in_name"):
            before, after = map(re.escape, phrase.split("{who}"))
            pattern = rf"(?:^|(?<={_EDGE})){before}(?P<who>\S{{1,20}}?){after}(?=$|{_EDGE})"
            for match in re.finditer(pattern, text, re.IGNORECASE):
                if len(found := known.pick(match["who"]).found) == 1:
                    self.form = self.form.put("issuer", found[0])
                    return f"{text[: match.start()]} {text[match.end() :]}"
        return text

    def date(self, text: str) -> str:
        """The date phrase of a whole message, cut out by its span where it stands for itself.

        Within a sentence (12月底前全部建成) it is a deadline all the same, and stays in the sentence.
        """
        turn = self.turn
        try:
            found = find_when(text, turn.tx.now, turn.policy.calendar, named=turn.policy.named_dates)
        except DateProblem as problem:
            self._date_problem(problem)
            return text.replace(problem.text, " ", 1)
        if found is None:
            return text
        self._due(found.when, text[found.start : found.end])
        apart = not trimmed(text[found.end : found.end + 1].lstrip("@＠"))
        return f"{text[: found.start]} {text[found.end :]}" if apart else text

    def put(self, part: Part) -> None:
        """A part into its field."""
        text = self._coded(part)
        if part.field not in PEOPLE:
            text = self._coded(replace(part, text=self._mentions(text)))
        if not text:
            return
        if part.field in TEXTS:
            self.form = self.form.put(part.field, text)
        elif part.field in PEOPLE:
            self._people(part.field, text)
        elif part.field in UNITS:
            self._units(part.field, text)
        elif part.field == "deadline":
            self._deadline(text)
        elif part.field == "issuer":
            self._issuer(text)
        else:
            self._problem("no_value" if part.field in CODED else "no_place", text)

    def _coded(self, part: Part) -> str:
        """The part without what it says by a word alone (保密), before a name is cut out of it and after."""
        words = value_words((c.code, c.name) for c in self.turn.policy.categories.values())
        text, said = values(part, words)
        for name, value in said:
            self.form = self.form.put(name, value)
        return text

    def _mentions(self, text: str) -> str:
        rest, named = self.owners.mentions(text)
        if named:
            self._people("owner", named)
        return trimmed(rest)

    def _people(self, name: str, text: str) -> None:
        picked = self.owners.pick(text)
        self.form = self.form.named(name, picked)
        for unclear in picked.unclear:
            if not unclear.candidates:
                self._nobody(unclear.word)

    def _nobody(self, word: str) -> None:
        known = people.by_title(self.turn.tx, word)
        if known:
            self._say(self.turn.say("refusals.not_a_leader", title=known[0].title))
        else:
            self._problem("no_owner", word)

    def _units(self, name: str, text: str) -> None:
        picked = self.units.pick(text)
        self.form = self.form.named(name, picked)
        for unclear in picked.unclear:
            if not unclear.candidates:
                self._problem("no_unit", unclear.word)

    def _issuer(self, text: str) -> None:
        found = naming.roll_of(issuers(self.turn)).pick(text).found
        if len(found) == 1:
            self.form = self.form.put("issuer", found[0])
        else:
            self._problem("no_owner", text)

    def _deadline(self, text: str) -> None:
        before = self.form
        left = trimmed(self.date(text))
        if self.form is before:
            self._say(self.turn.say("dates.not_understood", text=text))
        elif left and self.form.given.deadline:
            self._problem("no_place", left)

    def _due(self, when: When, text: str) -> None:
        turn = self.turn
        at = end_of(turn, when)
        if DateNote.PAST in when.notes:
            self._say(turn.say("dates.past", text=text, date=turn.dates.full(at)))
            return
        doubts = [note.value for note in when.notes] + ["provisional"] * when.provisional
        self.form = replace(self.form.put("deadline", at), doubts=tuple(doubts))

    def _date_problem(self, problem: DateProblem) -> None:
        self._say(self.turn.say(f"dates.{problem.code.value}", text=problem.text))

    def _problem(self, key: str, text: str) -> None:
        self._say(self.turn.say(f"issuing.{key}", word=text[:40], text=text[:40]))

    def _say(self, problem: str) -> None:
        self.form = replace(self.form, problems=(*self.form.problems, problem))
