"""自查自纠表: the four questions of art. 19, answered and checked, beside the facts of the ledger."""

from dataclasses import dataclass
from typing import Final

from reports.papers.scribe import Scribe
from services.affairs.self_checking import problem_of
from storage import affairs, topics
from workflow.affair import Affair, AffairItem

QUESTIONS: Final = (1, 2, 3, 4)
COUNTS: Final = (
    *("topics", "unclaimed", "undivided", "closed", "overdue", "returned"),
    *("shared", "measures", "settled", "late", "nudged", "extended", "covered"),
)
"""What the ledger says under the questions, in the order in which it is told."""
BLANK: Final = ("own", "checked", "problem", "facts", "measure", "owner", "deadline")


@dataclass(frozen=True, slots=True)
class Row:
    """A question."""

    no: int
    question: str
    own: str
    checked: str
    problem: str
    facts: str
    measure: str
    owner: str
    deadline: str


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """A seat's or a unit's answers, and what is done about each "no"."""

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
        return Row(no, question, *("" for _ in BLANK))
    problem, measure = problem_of(item)
    return Row(
        no=no,
        question=question,
        own=_yes(scribe, item.state),
        checked=_yes(scribe, str(item.facts.get("checked") or "")),
        problem=problem,
        facts=_facts(scribe, item),
        measure=measure,
        owner=_owner(scribe, item),
        deadline=scribe.day(item.facts.get("by")),
    )


def _owner(scribe: Scribe, item: AffairItem) -> str:
    """Who leads the topic that was made of it, if one was."""
    topic = topics.get(scribe.tx, item.topic_id) if item.topic_id else None
    return scribe.names.titles([topic.owner_id] if topic and topic.owner_id else ())


def _yes(scribe: Scribe, said: str) -> str:
    return scribe.words(f"paper.self_check.{said}") if said in ("yes", "no") else ""


def _facts(scribe: Scribe, item: AffairItem) -> str:
    """The counts the question came with, as far as there are words for them."""
    known = [(name, item.facts[name]) for name in COUNTS if name in item.facts]
    return "\n".join(scribe.words(f"paper.self_check.count.{name}", count=count) for name, count in known)
