"""约谈提醒记录: date, people and what set it off; outline and demands are left for handwriting (art. 27)."""

from dataclasses import dataclass

from reports.papers.meeting import people_in
from reports.papers.scribe import Scribe
from storage import people, topics
from workflow.affair import Affair


@dataclass(frozen=True, slots=True)
class Admonition:
    """What stands on the record before anybody writes on it."""

    college: str
    number: str
    form: str
    talkers: str
    person: str
    unit: str
    post: str
    cause: str
    at: str
    place: str
    follow_up: str
    result: str


def admonition(scribe: Scribe, affair: Affair) -> Admonition:
    """The facts of one admonition."""
    names, words, facts = scribe.names, scribe.words, affair.facts
    person = affair.person_id
    result, form = facts.get("result"), facts.get("form")
    seats = people.units_of(scribe.tx, person) if person else []
    title = names.titles([person] if person else ())
    return Admonition(
        college=scribe.policy.college,
        number=affair.number,
        form=words(f"paper.form.{form}") if form else words("paper.form.both"),
        talkers=names.titles(people_in(scribe, affair, "asked")),
        person=title,
        unit=names.units([seat.unit_id for seat in seats]) or scribe.policy.college,
        post=title,
        cause=_cause(scribe, affair),
        at=scribe.day(facts.get("talked_on")),
        place="",
        follow_up=scribe.day(facts.get("follow_up")),
        result=words(f"paper.result.{result}") if result else "",
    )


def _cause(scribe: Scribe, affair: Affair) -> str:
    if affair.topic_id is None:
        return ""
    topic = topics.get(scribe.tx, affair.topic_id)
    text = f"{topic.number} {scribe.matter(topic)}"
    times = affair.facts.get("reminders")
    return scribe.words("paper.cause", text=text, times=times) if times else text
