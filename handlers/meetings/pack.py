"""分析材料: what the committee's periodic analysis begins with, for those who keep and lead it."""

from handlers import names
from handlers.affair_cards import affair_about, name_of
from handlers.asking.previewing import lines_of
from handlers.cards import Card, rows
from handlers.registry import button
from handlers.turn import Turn
from services.affairs import meetings_pack
from services.affairs.meetings_pack import Pack
from services.affairs.seating import authorise, frame_of
from storage import affairs
from workflow.affair_table import AffairEvent


@button("meeting.pack")
def pack(turn: Turn, affair_id: int) -> None:
    """The facts of the period, counted; nobody is ranked."""
    affair = affairs.get(turn.tx, affair_id)
    event = AffairEvent.NOTE if affair.state == "held" else AffairEvent.DROP
    authorise(turn.work, frame_of(affair), affair.state, event)
    shown = meetings_pack.pack(turn.work, affair)
    back = turn.button("affair.open", affair.id, label="back")
    title = turn.say("meetings.pack", name=name_of(turn, affair))
    turn.edit(Card(title, _lines(turn, shown), rows(back), about=affair_about(affair)))


def _lines(turn: Turn, shown: Pack) -> tuple[str, ...]:
    say, dates = turn.say, turn.dates
    listed = say("common.listing").join(
        say("meetings.pack_unit", unit=names.units(turn.tx, say, [unit]), count=count)
        for unit, count in shown.overdue_units
    )
    lacking = names.titles(turn.tx, say, sorted(shown.lacking)) if shown.lacking else ""
    asked = shown.given + len(shown.lacking)
    return lines_of(
        say("meetings.pack_period", since=dates.full(shown.since), until=dates.full(shown.until)),
        say(
            "meetings.pack_counts",
            issued=shown.issued,
            closed=shown.closed,
            open=shown.open,
            overdue=shown.overdue,
        ),
        say("meetings.pack_units", units=listed) if listed else say("meetings.pack_none"),
        say("meetings.pack_assessed", given=shown.given, lacking=len(shown.lacking))
        if asked
        else say("meetings.pack_no_assessment"),
        say("meetings.pack_lacking", who=lacking) if lacking else "",
    )
