"""What a file would bring, or what is wrong with it, in words: cell by cell, as spreadsheets name them."""

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any, Final

from handlers import names
from handlers.texts.sheets import vocabulary
from handlers.turn import Turn
from services.imports import Assumed, read_ledger
from services.imports_applying import FirstSweep, import_ledger
from services.rosters import read_roster
from services.rosters_applying import apply_roster
from services.sheets import CellProblem
from workflow.roles import PersonId
from workflow.topic import TopicState

MOST: Final = 10
GATED: Final = "gate"
NAMELESS: Final = "issuer_missing"


@dataclass(frozen=True, slots=True)
class Offered:
    """A file to import: which, in whose name (0: as it says), and why the gate lets it pass."""

    kind: str
    sha256: str
    name: str
    issuer: int = 0
    reason: str = ""

    @classmethod
    def of(cls, args: tuple[Any, ...]) -> "Offered":
        """From a button's arguments."""
        return cls(*args)

    @property
    def args(self) -> tuple[int | str, ...]:
        """As a button's arguments."""
        return astuple(self)

    def named(self, issuer: PersonId) -> "Offered":
        """The same in somebody's name."""
        return replace(self, issuer=issuer)


@dataclass(frozen=True, slots=True)
class Preview:
    """What came, or would come, of a file. With problems nothing is written."""

    lines: tuple[str, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]


def lines(turn: Turn, found: Preview, most: int = MOST) -> tuple[str, ...]:
    """The card's lines: the problems, the first of them, or else the counts."""
    say = turn.say
    said = _problems(turn, found.problems, most) if found.problems else found.lines
    if not found.ignored:
        return said
    return (*said, say("importing.ignored", columns=say("common.listing").join(found.ignored[:MOST])))


def _problems(turn: Turn, problems: tuple[CellProblem, ...], most: int) -> tuple[str, ...]:
    say = turn.say
    gated = {(one.sheet, one.where) for one in problems if one.code == GATED}
    wrong = [_problem(turn, one, hidden=(one.sheet, one.where) in gated) for one in problems[:most]]
    more = len(problems) - most
    codes = {one.code for one in problems}
    hints = [say(f"importing.hint.{code}") for code in (NAMELESS, GATED) if code in codes]
    rest = [say("importing.more", count=more)] if more > 0 else []
    return (say("importing.problems", count=len(problems)), *wrong, *rest, *hints)


def _problem(turn: Turn, one: CellProblem, *, hidden: bool) -> str:
    say = turn.say
    key = f"importing.problem.{one.code}"
    what = say(key if key in say else "importing.problem.other")
    shown = "importing.cell_value" if one.value and not hidden else "importing.cell"
    said = say(shown, sheet=one.sheet, cell=one.where, what=what, value=one.value)
    return said + say("importing.cell_meant", meant=one.meant) if one.meant and not hidden else said


def _roster(turn: Turn, path: Path, offered: Offered, dry_run: bool) -> Preview:
    report = apply_roster(turn.work, read_roster(path, offered.name, vocabulary()), dry_run=dry_run)
    counts = turn.say(
        "importing.roster",
        people=report.people,
        people_added=report.people_added,
        people_changed=report.people_changed,
        units=report.units,
        units_added=report.units_added,
        units_changed=report.units_changed,
    )
    return Preview((counts,), report.problems, report.ignored)


def _ledger(turn: Turn, path: Path, offered: Offered, dry_run: bool) -> Preview:
    assumed = Assumed(PersonId(offered.issuer) if offered.issuer else None, let_pass=offered.reason)
    sheet = read_ledger(path, offered.name, vocabulary())
    came = import_ledger(turn.work, sheet, assumed, dry_run=dry_run)
    states = _states(turn, came.states or {})
    counts = turn.say("importing.ledger", topics=came.topics, states=states, measures=came.measures)
    sweep = _first(turn, came.first) if dry_run and not came.problems else ()
    return Preview((counts, *sweep), came.problems, came.ignored)


def _states(turn: Turn, states: Mapping[TopicState, int]) -> str:
    say = turn.say
    said = [say("importing.state", state=say(f"topic_state.{one}"), count=n) for one, n in states.items()]
    return say("common.listing").join(said)


def _first(turn: Turn, first: FirstSweep | None) -> tuple[str, ...]:
    """What the first sweep would send, and to whom."""
    say = turn.say
    if first is None or not first.waiting:
        return (say("importing.no_sweep"),)
    told = [
        say(
            "importing.waiting",
            person=names.title(turn.tx, PersonId(one.person_id)),
            singles=one.singles,
            lines=one.lines,
        )
        for one in first.waiting[:MOST]
    ]
    more = len(first.waiting) - MOST
    rest = [say("importing.more_people", count=more)] if more > 0 else []
    return (say("importing.sweep", at=turn.dates.clock(first.at)), *told, *rest)


READERS: Final[Mapping[str, Callable[[Turn, Path, Offered, bool], Preview]]] = {
    "import_roster": _roster,
    "import_topics": _ledger,
}
