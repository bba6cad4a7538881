"""评议结果表: the counts of every seat in the fixed order, shares of the valid ballots; void ones are marked.

More ballots back than out is void, unmarked is 弃权; nothing is added up over headings and nobody is ranked.
"""

from dataclasses import dataclass

from reports.papers.scribe import Scribe
from storage import affairs
from workflow.affair import Affair, AffairItem
from workflow.ballots import GRADES, HEADINGS, share


@dataclass(frozen=True, slots=True)
class Row:
    """A heading: each grade as people and per cent."""

    heading: str
    good: str
    fairly: str
    fair: str
    poor: str
    blank: str


@dataclass(frozen=True, slots=True)
class Count:
    """One person's sheet; `mark` says that it is void."""

    person: str
    voters: int | str
    present: int | str
    issued: int | str
    returned: int | str
    valid: int | str
    mark: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Everybody's, in the order of the seats."""

    college: str
    counts: tuple[Count, ...]


def appraisal(scribe: Scribe, affair: Affair) -> Appraisal:
    """The facts of one appraisal."""
    items = affairs.items(scribe.tx, affair.id, "count")
    return Appraisal(scribe.policy.college, tuple(_count(scribe, affair, item) for item in items))


def _count(scribe: Scribe, affair: Affair, item: AffairItem) -> Count:
    facts = item.facts
    void, rows = item.state == "void", facts.get("rows") or {}
    return Count(
        person=scribe.names.titles([item.person_id] if item.person_id else ()),
        voters=affair.facts.get("voters", ""),
        present=facts.get("present", ""),
        issued=facts.get("issued", ""),
        returned=facts.get("returned", ""),
        valid=facts.get("valid", ""),
        mark=scribe.words(f"paper.appraisal.{item.state or 'uncounted'}"),
        rows=tuple(
            _row(scribe, name, rows.get(name), facts.get("valid", 0)) for name in HEADINGS if not void
        ),
    )


def _row(scribe: Scribe, name: str, counts: list[int] | None, valid: int) -> Row:
    heading = scribe.words(f"paper.appraisal.heading.{name}")
    if counts is None:
        return Row(heading, *("" for _ in GRADES))
    return Row(heading, *(_share(scribe, count, valid) for count in counts))


def _share(scribe: Scribe, count: int, valid: int) -> str:
    """People, and their share of the valid ballots."""
    said = share(count, valid)
    return scribe.words("paper.appraisal.share", count=count, share=said) if said else str(count)
