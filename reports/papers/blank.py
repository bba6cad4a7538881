"""A college's own blanks (四书四会三报告, 三书两会三报告 …): no text defines them, so the college draws them.

What is known of the college and of one topic is filled into its fields; everything else is written by hand.
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from reports.papers.scribe import Scribe
from reports.papers.word import BUILT_IN, SUFFIX
from services.telling import responsible
from storage import measures
from workflow.measure import MeasureState
from workflow.topic import Topic

MOST: Final = 50
"""Files of a folder that are looked at: a folder of templates holds no more."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The fields a college's own template may use; without a topic all but the first three are empty."""

    college: str
    office: str
    today: str
    number: str = ""
    title: str = ""
    problem: str = ""
    goal: str = ""
    source: str = ""
    category: str = ""
    kind: str = ""
    duty: str = ""
    issuer: str = ""
    issued_on: str = ""
    owners: str = ""
    co_owners: str = ""
    lead_units: str = ""
    assist_units: str = ""
    deadline: str = ""
    first_deadline: str = ""
    state: str = ""
    percent: str = ""
    measures: tuple[str, ...] = ()


FIELDS: Final = tuple(one.name for one in fields(Blank))


def names(own: Path | None) -> list[str]:
    """The blanks of a folder by name: templates that are none of those that come with the house."""
    if own is None or not own.is_dir():
        return []
    ours = {path.name.casefold() for path in BUILT_IN.glob(f"*/*{SUFFIX}")}
    found = [path for path in own.glob(f"*{SUFFIX}") if path.is_file() and path.name.casefold() not in ours]
    return sorted(path.stem for path in found if not path.name.startswith(("~", ".")))[:MOST]


def file_of(own: Path | None, name: str) -> Path | None:
    """Where the blank of a name lies; None where there is none by now."""
    return own / f"{name}{SUFFIX}" if own is not None and name in names(own) else None


def blank(scribe: Scribe, topic: Topic | None) -> Blank:
    """What is known. Of a confidential topic: its number, its leaders, dates and state."""
    college, office = (
        scribe.policy.college,
        scribe.words("paper.circular.office", college=scribe.policy.college),
    )
    if topic is None:
        return Blank(college, office, scribe.today)
    told, words = not topic.confidential, scribe.words
    category = scribe.policy.categories.get(topic.category)
    return Blank(
        college,
        office,
        scribe.today,
        number=topic.number,
        title=scribe.matter(topic),
        problem=topic.problem if told else "",
        goal=topic.goal if told else "",
        source=topic.source if told else "",
        category=(category.name if category else topic.category) if told else "",
        kind=words(f"kind.{topic.kind}"),
        duty=words(f"duty.{topic.duty}") if topic.duty and told else "",
        issuer=scribe.names.titles([topic.issuer_id]),
        issued_on=scribe.day(topic.issued_at),
        owners=scribe.names.titles(responsible(topic)),
        co_owners=scribe.names.titles(topic.co_owners),
        lead_units=scribe.names.units(topic.lead_units) if told else "",
        assist_units=scribe.names.units(topic.assist_units) if told else "",
        deadline=scribe.day(topic.deadline),
        first_deadline=scribe.day(topic.first_deadline),
        state=words(f"topic_state.{topic.state}"),
        percent="" if topic.percent is None else f"{topic.percent}%",
        measures=_measures(scribe, topic) if told else (),
    )


def _measures(scribe: Scribe, topic: Topic) -> tuple[str, ...]:
    found = measures.of_topic(scribe.tx, topic.id)
    return tuple(f"{one.no}. {one.text}" for one in found if one.state is not MeasureState.WITHDRAWN)
