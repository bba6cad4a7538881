"""自查自纠表: the four questions of art. 19, answered and checked, beside the facts of the ledger."""

from dataclasses import dataclass
from typing import Final

from reports.papers.scribe import Scribe
from storage import affairs
from workflow.affair import Affair, AffairItem

QUESTIONS: Final = (1, 2, 3, 4)
_OWN: Final = frozenset({"checked"})


@dataclass(frozen=True, slots=True)
class Row:
    """A question."""

    no: int
    question: str
    own: str
    checked: str
    problem: str
    facts: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """A seat's or a unit's answers; corrections are written by hand."""

    college: str
    who: str
    rows: tuple[Row, ...]


def self_check(scribe: Scribe, affair: Affair) -> SelfCheck:
    """The facts of one self-check; questions not answered yet are blank."""
    given = {item.no: item for item in affairs.items(scribe.tx, affair.id, "question")}
    who = scribe.names.units([affair.unit_id]) if affair.unit_id else ""
    who = who or scribe.names.titles([affair.person_id] if affair.person_id else ())
    return SelfCheck(
        college=scribe.policy.college,
        who=scribe.words("paper.self_check.who", number=affair.number, who=who),
        rows=tuple(_row(scribe, no, given.get(no)) for no in QUESTIONS),
    )


def _row(scribe: Scribe, no: int, item: AffairItem | None) -> Row:
    words = scribe.words
    question = words(f"paper.self_check.question{no}")
    if item is None:
        return Row(no, question, "", "", "", "")
    return Row(
        no=no,
        question=question,
        own=_yes(scribe, item.state),
        checked=_yes(scribe, str(item.facts.get("checked") or "")),
        problem=item.words,
        facts=_facts(scribe, item),
    )


def _yes(scribe: Scribe, said: str) -> str:
    return scribe.words(f"paper.self_check.{said}") if said in ("yes", "no") else ""


def _facts(scribe: Scribe, item: AffairItem) -> str:
    """The counts the question came with, as far as there are words for them."""
    known = {k: v for k, v in item.facts.items() if k not in _OWN and isinstance(v, int)}
    told = [(name, count) for name, count in known.items() if name in COUNTS]
    return "\n".join(scribe.words(f"paper.self_check.count.{name}", count=count) for name, count in told)


COUNTS: Final = (
    "topics",
    "unclaimed",
    "undivided",
    "without_owner",
    "without_units",
    "overdue",
    "closed",
    "returned",
    "shared",
    "measures",
    "settled",
    "late",
    "nudged",
    "extended",
    "covered",
    "covers",
    "admonitions",
)
