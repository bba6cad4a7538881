"""The card of an appraisal, its list in the order of seats, one person's result. Never sorted by result."""

from handlers import names
from handlers.affair_cards import choices, drawn
from handlers.asking.listing import PAGE, Entry, Pager, list_card
from handlers.cards import Button, Card
from handlers.reader import Reader
from services.affairs import appraising
from services.affairs.seating import open_to
from workflow.affair import Affair, AffairItem, AffairKind
from workflow.affair_table import AffairEvent
from workflow.ballots import GRADES, HEADINGS, TOTALS, share


@drawn(AffairKind.APPRAISAL)
def appraisal_card(reader: Reader, affair: Affair) -> Card:
    """When it is held and how far it is; whoever is appraised sees one's own result when all is done."""
    say, items = reader.say, appraising.counts(reader.work, affair)
    when = reader.policy.calendar.end_of(appraising.held_on(affair))
    voters = affair.facts["voters"]
    lines = [say("appraising.held", date=reader.dates.full(when), voters=voters, count=len(items))]
    lines += [say("appraising.headings"), say(f"affairs.state.{affair.state}")]
    if not appraising.sees_all(reader.work, affair):
        own = [item for item in items if item.person_id == reader.actor.id]
        shown = [line for item in own for line in result_lines(reader, item)] if affair.settled else []
        return Card(say("appraising.title", title=affair.title), (*lines, *shown))
    entered = sum(bool(item.state) for item in items)
    lines.insert(2, say("appraising.entered", done=entered, count=len(items)))
    return Card(
        say("appraising.title", title=affair.title),
        tuple(lines),
        choices(reader, _buttons(reader, affair, items)),
    )


def _buttons(reader: Reader, affair: Affair, items: list[AffairItem]) -> list[Button | None]:
    allowed = open_to(reader.work, affair)
    following = next((item for item in items if not item.state), None)
    found: list[Button | None] = [reader.button("appraise.list", affair.id)]
    if AffairEvent.ADD in allowed and following and following.person_id:
        found.append(reader.button("appraise.enter", affair.id, following.person_id))
    if AffairEvent.FINISH in allowed and not following:
        found.append(reader.button("appraise.finish", affair.id))
    if AffairEvent.ANNUL in allowed:
        found.append(reader.button("appraise.annul", affair.id))
    return found


def listed(reader: Reader, affair: Affair, page: int) -> Card:
    """Everybody in the fixed order of seats, with whether the count is in."""
    items = appraising.counts(reader.work, affair)
    pager = Pager("appraise.list", (affair.id,), page)
    shown = [_entry(reader, affair, item) for item in items[pager.start : pager.start + PAGE]]
    return list_card(reader, reader.say("appraising.title", title=affair.title), shown, len(items), pager)


def person_card(reader: Reader, affair: Affair, item: AffairItem) -> Card:
    """One person's count, heading by heading."""
    allowed = open_to(reader.work, affair)
    label = "appraise.correct" if item.state else "appraise.enter"
    person = item.person_id or 0
    enter = reader.button("appraise.enter", affair.id, person, label=label)
    back = reader.button("affair.open", affair.id, label="back")
    title = reader.say("appraising.person", person=names.titles(reader.tx, reader.say, [item.person_id]))
    buttons = choices(reader, [enter if AffairEvent.ADD in allowed else None, back])
    return Card(title, tuple(result_lines(reader, item)), buttons)


def result_lines(reader: Reader, item: AffairItem) -> list[str]:
    """A count in words: the totals, then every heading with its shares of the valid ballots."""
    say, facts = reader.say, item.facts
    if not item.state:
        return [say("appraising.not_entered")]
    lines = [say("appraising.totals", **{name: facts[name] for name in TOTALS})]
    if item.state == appraising.VOID:
        lines.append(say("appraising.void", over=facts["returned"] - facts["issued"]))
    lines += [
        row_line(reader, name, facts["rows"][name], facts["valid"])
        for name in HEADINGS
        if name in facts["rows"]
    ]
    if times := facts.get("corrected"):
        lines.append(say("appraising.corrected", times=times))
    return lines


def row_line(reader: Reader, heading: str, marks: list[int] | tuple[int, ...], valid: int) -> str:
    """One heading."""
    say = reader.say
    said = [
        say(
            "appraising.mark",
            grade=say(f"appraising.grade.{grade}"),
            count=number,
            share=share(number, valid),
        )
        if number and valid
        else say("appraising.mark_none", grade=say(f"appraising.grade.{grade}"), count=number)
        for grade, number in zip(GRADES, marks, strict=True)
    ]
    return say(
        "appraising.row", heading=say(f"appraising.heading.{heading}"), marks=say("appraising.gap").join(said)
    )


def _entry(reader: Reader, affair: Affair, item: AffairItem) -> Entry:
    say = reader.say
    text = say(
        "appraising.line",
        person=names.titles(reader.tx, say, [item.person_id]),
        state=say(f"appraising.state.{item.state or 'lacking'}"),
    )
    return Entry(text, "appraise.person", (affair.id, item.person_id or 0))
