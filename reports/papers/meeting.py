"""会议议程 and 会议纪要, from a meeting's items; of a confidential topic they say the number alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from reports.papers.scribe import Scribe
from storage import affairs, topics
from workflow.affair import Affair, AffairItem
from workflow.roles import PersonId, UnitId
from workflow.topic import Topic

_LOST: Final = ("no", "taken")
"""Answers of a part that was taken back, or taken over by somebody else."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line of the agenda."""

    no: int
    topic: str
    speaker: str
    units: str
    minutes: str
    papers: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What stands on an agenda."""

    college: str
    sort: str
    at: str
    place: str
    topics: str
    present: str
    observers: str
    attachments: str
    approved: str
    rows: tuple[AgendaRow, ...]


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """A decision."""

    no: int
    decided: str
    owner: str
    unit: str
    deadline: str
    number: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """What stands in minutes; who took them signs by hand."""

    college: str
    sort: str
    at: str
    place: str
    chair: str
    scribe: str
    present: str
    observers: str
    absent: str
    rows: tuple[MinutesRow, ...]


def agenda(scribe: Scribe, meeting: Affair) -> Agenda:
    """The agenda of a meeting; whoever only observes is asked as well, and named as an observer alone."""
    observers = people_in(scribe, meeting, "observer")
    items = sorted(_standing(scribe, meeting, "agenda"), key=lambda item: item.facts.get("place", item.no))
    rows = tuple(_agenda_row(scribe, no, item) for no, item in enumerate(items, 1))
    return Agenda(
        college=scribe.policy.college,
        sort=sort(scribe, meeting),
        at=scribe.clock(meeting.facts.get("at")),
        place=meeting.words.get("place", ""),
        topics="\n".join(f"{row.no}. {row.topic}" for row in rows),
        present=scribe.names.titles(
            one for one in people_in(scribe, meeting, "asked") if one not in observers
        ),
        observers=scribe.names.titles(observers),
        attachments="",
        approved=scribe.names.titles([meeting.person_id] if meeting.person_id else ()),
        rows=rows,
    )


def minutes(scribe: Scribe, meeting: Affair) -> Minutes:
    """The minutes of a meeting: who was there and what was decided."""
    names = scribe.names
    present = people_in(scribe, meeting, "present")
    asked, observers = people_in(scribe, meeting, "asked"), people_in(scribe, meeting, "observer")
    called = dict.fromkeys([*([meeting.person_id] if meeting.person_id else ()), *asked])
    items = _standing(scribe, meeting, "decision")
    return Minutes(
        college=scribe.policy.college,
        sort=sort(scribe, meeting),
        at=scribe.clock(meeting.facts.get("at")),
        place=meeting.words.get("place", ""),
        chair=names.titles([meeting.person_id] if meeting.person_id else ()),
        scribe="",
        present=names.titles(one for one in present if one not in observers),
        observers=names.titles(one for one in observers if one in present),
        absent=names.titles(one for one in called if one not in present) if present else "",
        rows=tuple(_minutes_row(scribe, no, item) for no, item in enumerate(items, 1)),
    )


def sort(scribe: Scribe, meeting: Affair) -> str:
    """What the meeting is, with its title."""
    said = scribe.words(f"paper.meeting.{meeting.facts.get('sort', 'joint')}")
    return scribe.words("paper.meeting.titled", sort=said, title=meeting.title) if meeting.title else said


def people_in(scribe: Scribe, affair: Affair, part: str) -> list[PersonId]:
    """Who has a part in an affair and did not lose it to another, in the order of the roster."""
    return [one.person_id for one in affairs.parts(scribe.tx, affair.id, part) if one.answer not in _LOST]


def _standing(scribe: Scribe, meeting: Affair, kind: str) -> list[AffairItem]:
    """The items that were not struck out."""
    return [item for item in affairs.items(scribe.tx, meeting.id, kind) if item.state != "dropped"]


def _agenda_row(scribe: Scribe, no: int, item: AffairItem) -> AgendaRow:
    topic = _topic(scribe, item)
    told = topic is not None and not topic.confidential
    return AgendaRow(
        no=no,
        topic=_about(scribe, item, topic),
        speaker=scribe.names.titles([item.person_id] if item.person_id else ()),
        units=_units(scribe, topic.lead_units if topic and told else ()) or _units(scribe, _given(item)),
        minutes=_minutes(scribe, item.facts),
        papers="",
    )


def _minutes_row(scribe: Scribe, no: int, item: AffairItem) -> MinutesRow:
    topic = _topic(scribe, item)
    untold = topic is not None and topic.confidential
    return MinutesRow(
        no=no,
        decided=scribe.words("ledger.confidential") if untold else item.words or _about(scribe, item, topic),
        owner=scribe.names.titles([item.person_id] if item.person_id else ()),
        unit="" if untold else _units(scribe, _given(item)),
        deadline=scribe.day(item.facts.get("due")),
        number=topic.number if topic else "",
    )


def _about(scribe: Scribe, item: AffairItem, topic: Topic | None) -> str:
    """An item in a line: the topic and why it stands there, or what somebody wrote."""
    why = item.facts.get("why")
    reason = scribe.words(f"paper.why.{why}") if why else ""
    text = f"{topic.number} {scribe.matter(topic)}" if topic else item.words
    return scribe.words("paper.why.line", text=text, why=reason) if reason else text


def _topic(scribe: Scribe, item: AffairItem) -> Topic | None:
    return topics.get(scribe.tx, item.topic_id) if item.topic_id else None


def _given(item: AffairItem) -> tuple[UnitId, ...]:
    return (item.unit_id,) if item.unit_id else ()


def _units(scribe: Scribe, units: Iterable[UnitId]) -> str:
    return scribe.names.units(units)


def _minutes(scribe: Scribe, facts: Any) -> str:
    said = facts.get("minutes")
    return scribe.words("paper.minutes", count=said) if said else ""
