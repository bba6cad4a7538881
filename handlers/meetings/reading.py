"""A decision as it is said, a line each: `点题 …`, `延期 017 12月20日`, `撤题 017 重复`, or plain words."""

from dataclasses import dataclass, replace

from handlers import verbs
from handlers.asking.finding import by_number
from handlers.asking.naming import as_people, as_units, roll_of, units
from handlers.asking.phrases import with_date
from handlers.asking.questions import end_of
from handlers.issuing import reading
from handlers.issuing.form import Form
from handlers.meetings.saying import leading
from handlers.refusals import words
from handlers.turn import Turn
from handlers.working.measure_lines import unnumbered
from services import issuing
from services.affairs import meetings_decisions
from services.affairs.meetings_decisions import Decision
from services.issuing import Draft
from storage import people
from workflow.affair import Affair
from workflow.errors import WorkflowError
from workflow.meeting import Act
from workflow.topic import Topic


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was said: the decision, or what is wrong with it."""

    said: str
    decision: Decision | None = None
    problems: tuple[str, ...] = ()


def lines(turn: Turn, affair: Affair, text: str) -> list[Line]:
    """Every line that is not empty, read."""
    said = [unnumbered(line) for line in text.splitlines()]
    return [_line(turn, affair, line) for line in said if line]


def _line(turn: Turn, affair: Affair, said: str) -> Line:
    name, rest = leading(said, "topic", "extension", "withdrawal")
    try:
        if name == "topic":
            return _topic(turn, affair, said, rest)
        if name == "extension":
            return _extension(turn, said, rest)
        if name == "withdrawal":
            return _withdrawal(turn, said, rest)
        return _note(turn, said)
    except WorkflowError as refused:
        return Line(said, problems=(words(turn, refused),))


def _topic(turn: Turn, affair: Affair, said: str, rest: str) -> Line:
    """A topic to be set, read as `点题` reads it; the leader in charge is proposed."""
    issuer = meetings_decisions.issuer(turn.work, affair)
    form = reading.read(turn, Form(Draft(issuer_id=issuer)), rest, "title")
    given = form.given
    if not form.filled("owner") and given.lead_units:
        found = issuing.propose_owners(turn.work, given.lead_units)
        given = replace(given, owner_id=found[0]) if len(found) == 1 else given
    unclear = [turn.say("meetings.unclear", text=half.unclear.word[:20]) for half in form.halves]
    if not given.title:
        return Line(said, problems=(turn.say("meetings.no_title"),))
    given = replace(given, short_title=form.short_title)
    return Line(said, Decision(Act.TOPIC, given.title, draft=given), (*form.problems, *unclear))


def _extension(turn: Turn, said: str, rest: str) -> Line:
    topic, more = _addressed(turn, rest)
    if topic is None:
        return Line(said, problems=(turn.say("meetings.no_number"),))
    date = with_date(turn, more)
    if date.when is None:
        return Line(said, problems=(date.problem or turn.say("meetings.no_date"),))
    until = end_of(turn, date.when)
    if until <= (topic.deadline or turn.tx.now):
        return Line(said, problems=(turn.say("meetings.not_later", number=topic.number),))
    return Line(said, Decision(Act.EXTENSION, date.rest, topic=topic.id, person=topic.owner_id, due=until))


def _withdrawal(turn: Turn, said: str, rest: str) -> Line:
    topic, reason = _addressed(turn, rest)
    if topic is None:
        return Line(said, problems=(turn.say("meetings.no_number"),))
    if not reason.strip():
        return Line(said, problems=(turn.say("refusals.reason_missing"),))
    return Line(said, Decision(Act.WITHDRAWAL, reason.strip(), topic=topic.id, person=topic.owner_id))


def _note(turn: Turn, said: str) -> Line:
    """Plain words: perhaps on a topic, with who does it until when."""
    topic, rest = _addressed(turn, said)
    date = with_date(turn, rest)
    body, mentioned = roll_of(people.active(turn.tx)).mentions(date.rest)
    body, person, unit = _who(turn, body, mentioned)
    due = end_of(turn, date.when) if date.when else None
    problems = (date.problem,) if date.problem else ()
    decision = Decision(
        Act.NOTE,
        body,
        topic=topic.id if topic else None,
        person=as_people((person,))[0] if person else None,
        unit=as_units((unit,))[0] if unit else None,
        due=due,
    )
    return Line(said, decision, problems)


def _who(turn: Turn, body: str, mentioned: str) -> tuple[str, int, int]:
    """Titles and units that stand in the text as words of their own, taken out of it."""
    leaders, known = dict(roll_of(people.active(turn.tx)).names), dict(units(turn.tx).names)
    person = next(iter(roll_of(people.active(turn.tx)).pick(mentioned).found), 0) if mentioned else 0
    unit = 0
    kept: list[str] = []
    for word in body.split():
        if not person and word in leaders:
            person = leaders[word]
        elif not unit and word in known:
            unit = known[word]
        else:
            kept.append(word)
    return " ".join(kept), person, unit


def _addressed(turn: Turn, text: str) -> tuple[Topic | None, str]:
    """The topic a text begins with by number, and the rest."""
    said = verbs.itemised(text)
    return (by_number(turn, said[0]), said[1]) if said else (None, text)
