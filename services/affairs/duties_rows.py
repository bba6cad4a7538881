"""Standing duties as rows of a sheet: what they mean, or what is wrong with them; then written at once."""

from collections.abc import Sequence

from services.affairs.batches_reading import BatchSheet
from services.affairs.duties import Duty as Given
from services.affairs.duties import open_duty, standing
from services.imports_register import Register, near
from services.sheets import CellProblem
from services.sheets_tables import Record
from services.work import Work
from workflow.affair import Affair
from workflow.gate import found as gated
from workflow.topic import Duty

_TEXTS = ("content", "item", "goal", "steps", "node")


def check(
    register: Register, sheet: BatchSheet, *, let_pass: bool
) -> tuple[list[Given], tuple[CellProblem, ...]]:
    """The duties of a sheet, and everything wrong with them. Nothing is written."""
    rows = [record.again() for record in sheet.duties]
    known = {_key(one.person_id, one.unit_id, one.title) for one in standing(register.work.tx)}
    met: set[tuple[int | None, int | None, str]] = set()
    found = []
    for row in rows:
        given = _given(register, sheet, row, let_pass)
        key = _key(given.person_id, given.unit_id, given.content)
        if key in known | met:
            row.refuse("content", "already_there" if key in known else "duplicate")
        met.add(key)
        found.append(given)
    return found, tuple(problem for row in rows for problem in row.problems)


def write(work: Work, given: Sequence[Given]) -> list[Affair]:
    """Open every duty. Raises NoRight."""
    return [open_duty(work, one) for one in given]


def _given(register: Register, sheet: BatchSheet, row: Record, let_pass: bool) -> Given:
    policy = register.work.policy
    for name in _TEXTS:
        said = str(row.values.get(name, ""))
        if not let_pass and gated(said, policy.gate_words, policy.gate_exceptions):
            row.refuse(name, "gate")
    longest = policy.longest_text
    duty = row.word("duty", "duty", sheet.vocabulary)
    seat = row.text("seat", needed=True)
    people = register.people.get(seat, [])
    unit = register.units.get(seat)
    if seat and unit is None and len(people) != 1:
        row.refuse(
            "seat",
            "ambiguous_person" if people else "unknown_seat",
            "" if people else near(seat, [*register.people, *register.units]),
        )
    return Given(
        content=row.text("content", needed=True, longest=longest),
        duty=Duty(duty) if duty else None,
        person_id=people[0].id if unit is None and len(people) == 1 else None,
        unit_id=unit,
        goal=row.text("goal", longest=longest),
        steps="\n".join(part for name in ("item", "steps") if (part := row.text(name, longest=longest))),
        node=_node(row, longest),
    )


def _node(row: Record, longest: int) -> str:
    """When: words such as 每季度, or a day of the calendar."""
    value = row.values.get("node")
    iso = getattr(value, "isoformat", None)
    return str(iso())[:10] if iso else row.text("node", longest=longest)


def _key(person: int | None, unit: int | None, content: str) -> tuple[int | None, int | None, str]:
    return (person, unit, content)
