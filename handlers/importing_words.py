"""What a file would bring, or what is wrong with it, in words: cell by cell, as spreadsheets name them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from handlers.texts.sheets import vocabulary
from handlers.turn import Turn
from services.rosters import read_roster
from services.rosters_applying import apply_roster
from services.sheets import CellProblem

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """What came, or would come, of a file. With problems nothing is written."""

    lines: tuple[str, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]


def lines(turn: Turn, found: Preview) -> tuple[str, ...]:
    """The card's lines: the problems, the first ten of them, or else the counts."""
    say = turn.say
    if not found.problems:
        said = found.lines
    else:
        wrong = [_problem(turn, one) for one in found.problems[:MOST]]
        more = len(found.problems) - MOST
        rest = (say("importing.more", count=more),) if more > 0 else ()
        said = (say("importing.problems", count=len(found.problems)), *wrong, *rest)
    if not found.ignored:
        return said
    return (*said, say("importing.ignored", columns=say("common.listing").join(found.ignored[:MOST])))


def _problem(turn: Turn, one: CellProblem) -> str:
    say = turn.say
    key = f"importing.problem.{one.code}"
    what = say(key if key in say else "importing.problem.other")
    shown = "importing.cell_value" if one.value else "importing.cell"
    return say(shown, sheet=one.sheet, cell=one.where, what=what, value=one.value)


def _roster(turn: Turn, path: Path, name: str, dry_run: bool) -> Preview:
    report = apply_roster(turn.work, read_roster(path, name, vocabulary()), dry_run=dry_run)
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


READERS: Final[Mapping[str, Callable[[Turn, Path, str, bool], Preview]]] = {"import_roster": _roster}
