"""What one row of a running ledger means, or everything that is wrong with it.

Nothing is guessed: a state has to be said, what is open has a goal, a leader and a deadline (S2 art. 10),
what is closed has its day. Only what a paper ledger has no column for is assumed, and the caller says what.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile
from typing import Any, Final

from services.imports import Assumed, Ledger
from services.imports_register import Register
from services.sheets import CellProblem
from services.sheets_tables import Record
from workflow.gate import found as gated
from workflow.roles import PersonId, Role
from workflow.topic import OPEN, Cycle, Duty, Kind, TopicState, short_title

NUMBER: Final = re.compile(r"(20\d\d)-(\d{1,4})")
OVERDUE: Final = "overdue"
LONGEST_TITLE: Final = 40
_CLAUSE: Final = re.compile(r"[。；;，,\n]")
_AFTER_NUMBER: Final = "、.．)）:： "
_TEXTS: Final = ("title", "problem", "goal", "source", "measures", "progress", "in_hand", "recheck", "remark")


@dataclass(frozen=True, slots=True)
class Entry:
    """One topic to come: the columns that depend on the row, its steps, and what else the row said."""

    record: Record
    number: str
    values: Mapping[str, Any]
    steps: tuple[str, ...]
    remark: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A record with what every question about it needs."""

    record: Record
    ledger: Ledger
    assumed: Assumed
    register: Register

    @property
    def now(self) -> datetime:
        return self.register.work.now

    def word(self, name: str, kind: str | None = None) -> str | None:
        return self.record.word(name, kind or name, self.ledger.vocabulary)

    def text(self, name: str, *, needed: bool = False) -> str:
        return self.record.text(name, needed=needed, longest=self.register.work.policy.longest_text)


def check(
    register: Register, ledger: Ledger, assumed: Assumed
) -> tuple[list[Entry], tuple[CellProblem, ...]]:
    """The entries of a ledger, and everything wrong with it in the order of the file."""
    rows = [_Row(record.again(), ledger, assumed, register) for record in ledger.records]
    entries = [_entry(row) for row in rows]
    found = [problem for row in rows for problem in row.record.problems]
    return entries, (*ledger.problems, *found)


def _entry(row: _Row) -> Entry:
    _gate(row)
    state, overdue = _state(row)
    kind = _kind(row)
    title = _title(row)
    owners = row.register.owners(row.record)
    values: dict[str, Any] = {
        "state": state,
        "title": title,
        "short_title": short_title(title),
        "problem": row.text("problem"),
        "goal": row.text("goal", needed=state in OPEN),
        "source": row.text("source"),
        "kind": kind,
        "cycle": _cycle(row, kind),
        "duty": Duty(duty) if (duty := row.word("duty")) else None,
        "confidential": row.word("confidential", "answer") == "yes",
        "issuer_id": _issuer(row),
        "owner_id": next(iter(owners), None),
        "eligible": (),
        "co_owners": owners[1:],
        "lead_units": row.register.unit_ids(row.record, "lead_units"),
        "assist_units": row.register.unit_ids(row.record, "assist_units"),
        **_category(row),
        **_deadlines(row, state, kind, overdue),
        **_dates(row, state),
    }
    if state in OPEN and not owners:
        row.record.refuse("owners", "missing")
    _once(row, title, values["owner_id"], values["lead_units"])
    steps, rest = _steps(row, values)
    said = (*rest, *(row.text(name) for name in ("progress", "in_hand", "recheck", "remark")))
    return Entry(row.record, _number(row), values, steps, "\n".join(part for part in said if part))


def _gate(row: _Row) -> None:
    policy = row.register.work.policy
    for name in _TEXTS:
        if not row.assumed.let_pass and gated(
            str(row.record.values.get(name, "")), policy.gate_words, policy.gate_exceptions
        ):
            row.record.refuse(name, "gate")


def _state(row: _Row) -> tuple[TopicState, bool]:
    """Where it stands, and whether it was called overdue. A wrong state demands nothing of the row."""
    if "state" not in row.record.values:
        row.record.refuse("state", "missing")
    wrong = TopicState.CLOSED if "closed_on" in row.record.values else TopicState.WITHDRAWN
    word = row.word("state") or wrong
    return (TopicState.IN_PROGRESS, True) if word == OVERDUE else (TopicState(word), False)


def _kind(row: _Row) -> Kind:
    """The column of its own, or a deadline that reads 长期坚持; what is standing has no other."""
    said = row.record.values.get("deadline")
    standing = isinstance(said, str) and row.ledger.vocabulary.word("kind", said) == Kind.STANDING
    kind = Kind(row.word("kind") or (Kind.STANDING if standing else Kind.DATED))
    if kind is Kind.STANDING and said is not None and not standing:
        row.record.refuse("deadline", "standing_dated")
    return kind


def _cycle(row: _Row, kind: Kind) -> Cycle:
    said = row.word("cycle")
    if said is None and kind is Kind.STANDING:
        return row.assumed.cycle
    return Cycle(said or Cycle.NONE)


def _title(row: _Row) -> str:
    title = row.text("title") or _CLAUSE.split(row.text("problem"))[0][:LONGEST_TITLE].strip()
    if not title:
        row.record.refuse("title" if "title" in row.record else "problem", "missing")
    return title


def _issuer(row: _Row) -> PersonId | None:
    """Named in the row, given for all, or the only one there is."""
    named = row.register.persons(row.record, "issuer")
    chosen = named[0] if named else row.assumed.issuer_id
    if chosen is None and len(row.register.issuers) == 1:
        chosen = row.register.issuers[0]
    if chosen not in row.register.issuers:
        row.record.refuse("issuer", "not_an_issuer" if chosen else "issuer_missing")
    return chosen


def _category(row: _Row) -> dict[str, str]:
    said = row.text("category")
    code = row.register.categories.get(said, "")
    if said and not code:
        row.record.refuse("category", "unknown_category")
    policy = row.register.work.policy
    verifier = policy.categories[code].verifier if code else Role.DISCIPLINE_SECRETARY.value
    return {"category": code, "verifier": verifier}


def _deadlines(row: _Row, state: TopicState, kind: Kind, overdue: bool) -> dict[str, Any]:
    """The first deadline stays visible beside the one that counts."""
    if kind is Kind.STANDING:
        return {"deadline": None, "first_deadline": None, "extensions": 0}
    first, later = row.register.day(row.record, "deadline"), row.register.day(row.record, "extended")
    counts = later or first
    if first is None and (state in OPEN or later):
        row.record.refuse("deadline", "missing")
    if first and later and later <= first:
        row.record.refuse("extended", "not_later")
    if overdue and counts and counts > row.now:
        row.record.refuse("state", "not_overdue")
    return {"deadline": counts, "first_deadline": first, "extensions": int(later is not None)}


def _dates(row: _Row, state: TopicState) -> dict[str, Any]:
    """What happened when, as far as the ledger knows; what is open begins its term now."""
    issued = row.register.day(row.record, "issued_on")
    closed = row.register.day(row.record, "closed_on")
    today = row.register.work.policy.calendar.day(row.now)
    for name, at in (("issued_on", issued), ("closed_on", closed)):
        if at and row.register.work.policy.calendar.day(at) > today:
            row.record.refuse(name, "date_future")
    if (state is TopicState.CLOSED) != (closed is not None):
        row.record.refuse("closed_on", "not_closed" if closed else "missing")
    begun = min(issued, row.now) if issued else None
    since = begun or (row.now if state in OPEN else None)
    taken = state in (TopicState.IN_PROGRESS, TopicState.SUBMITTED)
    return {
        "created_at": begun or row.now,
        "issued_at": row.now if state is TopicState.ISSUED else since,
        "claimed_at": since if taken else None,
        "submitted_at": row.now if state is TopicState.SUBMITTED else None,
        "closed_at": min(closed, row.now) if closed else None,
    }


def _once(row: _Row, title: str, owner: PersonId | None, units: tuple[int, ...]) -> None:
    column = "title" if "title" in row.record else "problem"
    if (title, owner) in row.register.known.items:
        row.record.refuse(column, "already_there")
    if row.register.again((title, owner, units), row.record.row) is not None:
        row.record.refuse(column, "duplicate")


def _steps(row: _Row, values: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measures of a row; without a unit or a deadline they are words and no more."""
    lines = tuple(step for line in row.text("measures").split("\n") if (step := unnumbered(line)))
    if not values["deadline"]:
        return (), lines
    if len(lines) > 1 and not values["lead_units"]:
        row.record.refuse("lead_units", "missing")
    return (lines, ()) if values["lead_units"] else ((), lines)


def unnumbered(line: str) -> str:
    """A line without the number it begins with."""
    text = line.strip()
    inner = text.lstrip("(（")
    rest = "".join(dropwhile(_figure, inner))
    circled = inner[:1] != rest[:1] and unicodedata.category(inner[0]) == "No"
    marked = rest != inner and rest[:1] in tuple(_AFTER_NUMBER) and not rest[1:2].isdigit()
    return rest.lstrip(_AFTER_NUMBER) if circled or marked else text


def _figure(sign: str) -> bool:
    return unicodedata.numeric(sign, None) is not None


def _number(row: _Row) -> str:
    said = row.text("number")
    found = NUMBER.fullmatch(unicodedata.normalize("NFKC", said))
    if not found:
        if said:
            row.record.refuse("number", "bad_number")
        return ""
    number = f"{found[1]}-{int(found[2]):03d}"
    if number in row.register.known.numbers:
        row.record.refuse("number", "number_taken")
    if row.register.again(number, row.record.row) is not None:
        row.record.refuse("number", "duplicate")
    return number
