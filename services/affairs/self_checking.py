"""自查自纠 (S2 art. 19): four questions to units and leaders; a "no" names problem, measure and date.

Whoever may draft topics drafts one of it at once; from anybody else it is laid before the office as a risk.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from services import issuing
from services.affairs import risks
from services.affairs.acting import act, begin, change_item, put, tell
from services.affairs.seating import Frame, authorise
from services.affairs.self_check_facts import Facts, ledger
from services.issuing import Draft
from services.work import Work
from storage import affairs, people
from workflow.affair import Affair, AffairId, AffairItem, AffairKind, AffairState
from workflow.affair_table import START, AffairEvent
from workflow.errors import Invalid, Missing, NoRight, NotFound
from workflow.roles import PersonId, Role, UnitId
from workflow.topic import Topic

QUESTIONS: Final = (1, 2, 3, 4)
"""责任分解是否明确, 责任项目是否落实, 责任履行是否协同, 责任追究是否严格."""
QUESTION: Final = "question"
YES, NO = "yes", "no"
OPENED, DROPPED, GIVEN = "self_checking.opened", "self_checking.dropped", "self_checking.given"


def open_for(
    work: Work, title: str, units: Sequence[UnitId], persons: Sequence[PersonId], by: datetime
) -> list[Affair]:
    """Ask units and leaders. Raises Missing for nobody, Invalid for a date past, and the table's refusals."""
    authorise(work, Frame(AffairKind.SELF_CHECK), START, AffairEvent.BEGIN)
    if by <= work.now:
        raise Invalid("deadline_past", deadline=by)
    if not units and not persons:
        raise Missing("nobody_to_check")
    known = ledger(work.tx)
    return [
        *(_opened(work, title, by, known.of_unit(one), unit_id=one) for one in units),
        *(_opened(work, title, by, known.of_person(one), person_id=one) for one in persons),
    ]


def manned(work: Work, units: Iterable[UnitId]) -> list[UnitId]:
    """Those of some units that have somebody to answer."""
    seated = {member.unit_id for member in people.members_of(work.tx, units)}
    return [unit for unit in units if unit in seated]


def questions(work: Work, affair: Affair) -> list[AffairItem]:
    """The four questions with their answers."""
    return affairs.items(work.tx, affair.id, QUESTION)


def clear(work: Work, affair: Affair, no: int) -> AffairItem:
    """是: nothing amiss."""
    act(work, affair, AffairEvent.ADD)
    item = _question(work, affair, no)
    facts = {name: value for name, value in item.facts.items() if name != "by"}
    return change_item(work, affair, item, state=YES, words="", facts=facts)


def amiss(work: Work, affair: Affair, no: int, problem: str, measure: str, by: datetime) -> AffairItem:
    """否: what is wrong, what is done about it, and until when. Raises Missing, Invalid."""
    act(work, affair, AffairEvent.ADD)
    if not problem.strip() or not measure.strip():
        raise Missing("problem_missing")
    if by <= work.now:
        raise Invalid("deadline_past", deadline=by)
    item = _question(work, affair, no)
    words = f"{problem.strip()}\n{measure.strip()}"
    return change_item(work, affair, item, state=NO, words=words, facts={**item.facts, "by": by.isoformat()})


def problem_of(item: AffairItem) -> tuple[str, str]:
    """The problem and the measure of a "no"."""
    problem, _, measure = item.words.partition("\n")
    return problem, measure


def give(work: Work, affair: Affair, source: str) -> tuple[Affair, list[Topic]]:
    """Hand it in: it, and the topics drafted of it. `source` is how a topic names where it comes from.

    Raises Missing while a question is open.
    """
    asked = questions(work, affair)
    given = act(work, affair, AffairEvent.GIVE)
    if left := sum(not item.state for item in asked):
        raise Missing("self_check_incomplete", count=left)
    wrong = [item for item in asked if item.state == NO]
    if issuing.may_draft(work):
        return given, [_drafted(work, given, item, source) for item in wrong]
    for item in wrong:
        risk = risks.found_by_check(work, given, item.words, given.unit_id)
        change_item(work, given, item, facts={**item.facts, "risk": risk.id})
    staff = [person.id for person in people.holding(work.tx, Role.DISCIPLINE_STAFF)]
    tell(work, [given.opened_by, *staff], GIVEN, given, single=False)
    return given, []


def waiting(work: Work, affair: Affair) -> list[AffairItem]:
    """The problems no topic was made of yet, neither here nor from the list of risks."""
    found = [item for item in questions(work, affair) if item.state == NO and not item.topic_id]
    if affair.state not in (AffairState.GIVEN, AffairState.DONE):
        return []
    return [item for item in found if not affairs.get(work.tx, item.facts["risk"]).settled]


def draft_topics(work: Work, affair: Affair, source: str) -> list[Topic]:
    """Topics in draft of every problem that waits, in a chief's name. Raises NoRight, Missing."""
    issuing.require_draft(work)
    return [_drafted(work, affair, item, source) for item in waiting(work, affair)]


def check(work: Work, affair: Affair, no: int, answer: str) -> AffairItem:
    """他查: the inspectors' own answer to a question."""
    act(work, affair, AffairEvent.NOTE)
    if answer not in (YES, NO):
        raise Invalid("no_such_answer")
    item = _question(work, affair, no)
    return change_item(work, affair, item, facts={**item.facts, "checked": answer})


def unchecked(work: Work, affair: Affair) -> list[AffairItem]:
    """The questions the inspectors have not answered yet."""
    return [item for item in questions(work, affair) if not item.facts.get("checked")]


def finish(work: Work, affair: Affair) -> Affair:
    """It is done with. Raises Missing before all four were checked."""
    left = unchecked(work, affair)
    done = act(work, affair, AffairEvent.FINISH)
    if left:
        raise Missing("self_check_unchecked", count=len(left))
    return done


def undo(work: Work, ids: Iterable[AffairId]) -> list[Affair]:
    """Take an opening back within the college's time, while nobody has handed in. Raises Invalid."""
    found = [affairs.get(work.tx, one) for one in ids]
    late = any(work.now - one.opened_at > work.policy.undo for one in found)
    if late or any(one.state is not AffairState.OPEN for one in found):
        raise Invalid("undo_over", minutes=int(work.policy.undo.total_seconds() // 60))
    gone = [act(work, one, AffairEvent.DROP) for one in found]
    for one in gone:
        tell(work, _asked(work, one), DROPPED, one)
    return gone


def _opened(work: Work, title: str, by: datetime, facts: Sequence[Facts], **of: Any) -> Affair:
    affair = begin(work, AffairKind.SELF_CHECK, title=title, due_at=by, **of)
    for counted in facts:
        put(work, affair, QUESTION, facts=counted)
    tell(work, _asked(work, affair), OPENED, affair, data={"while": AffairState.OPEN})
    return affair


def _asked(work: Work, affair: Affair) -> list[PersonId]:
    if affair.unit_id is None:
        return [PersonId(affair.person_id or 0)]
    return [member.person_id for member in people.members_of(work.tx, [affair.unit_id])]


def _question(work: Work, affair: Affair, no: int) -> AffairItem:
    for item in questions(work, affair):
        if item.no == no:
            return item
    raise NotFound("not_on_the_list")


def _drafted(work: Work, affair: Affair, item: AffairItem, source: str) -> Topic:
    problem, measure = problem_of(item)
    units = (affair.unit_id,) if affair.unit_id else ()
    owner = affair.person_id or next(iter(issuing.propose_owners(work, units)), None)
    given = Draft(
        title=risks.titled(problem),
        problem=problem,
        goal=measure,
        source=source,
        issuer_id=_issuer(work),
        owner_id=owner,
        lead_units=units,
        deadline=datetime.fromisoformat(item.facts["by"]),
    )
    topic = issuing.draft(work, given)
    affairs.link(work.tx, topic.id, "raised_by", affair_id=affair.id)
    if risk := item.facts.get("risk"):
        risks.raised(work, AffairId(risk), topic)
    change_item(work, affair, item, topic_id=topic.id)
    return topic


def _issuer(work: Work) -> PersonId:
    if work.policy.may_issue(work.actor):
        return work.actor.id
    for chief in people.holding(work.tx, Role.CHIEF):
        if work.policy.may_issue(chief):
            return chief.id
    raise NoRight("may_not_issue")
