"""A request for tolerance or clarification: what it rests on, and what was decided."""

from typing import Final

from handlers import names
from handlers.affair_cards import affair_about, choices, drawn, lasting, name_of
from handlers.asking.previewing import lines_of
from handlers.cards import Button, Card
from handlers.pushing.item_words import name_of as topic_name
from handlers.reader import Reader
from handlers.topic_beside import Word, told
from services.affairs.seating import ASKED, concerned, open_to
from storage import affairs, topics
from workflow.affair import Affair, AffairKind
from workflow.affair_table import AffairEvent

BUTTONS: Final = (
    (AffairEvent.GRANT, "plea.grant"),
    (AffairEvent.REFUSE, "plea.refuse"),
    (AffairEvent.DROP, "plea.drop"),
)


@drawn(AffairKind.TOLERANCE, AffairKind.CLARIFICATION)
def plea_card(reader: Reader, affair: Affair, *, headline: str = "") -> Card:
    """The request, and for who may decide it two buttons."""
    say, tx = reader.say, reader.tx
    topic = topics.get(tx, affair.topic_id) if affair.topic_id else None
    allowed = open_to(reader.work, affair)
    decision = affair.words.get("decision", "")
    asked = [part.person_id for part in affairs.parts(tx, affair.id, ASKED)]
    by = [affair.settled_by] if affair.settled else asked
    lines = lines_of(
        say("tolerating.of_topic", topic=topic_name(reader, topic)) if topic else "",
        say("tolerating.asker", person=names.titles(tx, say, [affair.opened_by])),
        say(f"tolerating.distinction.d{affair.facts['distinction']}"),
        say("tolerating.reason", text=affair.words.get("reason", "")),
        say(
            "tolerating.state_line",
            state=say(f"tolerating.state.{affair.state}"),
            people=names.titles(tx, say, by),
        ),
        say("tolerating.decision", text=decision) if decision else "",
        say("tolerating.hint") if AffairEvent.GRANT in allowed else "",
    )
    buttons = [reader.button(verb, affair.id) for event, verb in BUTTONS if event in allowed]
    title = headline or name_of(reader, affair)
    shown = choices(reader, buttons)
    return Card(title, lines, shown, about=affair_about(affair), vanish=lasting(reader, affair))


@told(AffairKind.TOLERANCE, AffairKind.CLARIFICATION)
def beside(reader: Reader, affair: Affair) -> Word | None:
    """A line on the topic's card, for whom it concerns."""
    if not concerned(reader.work, affair):
        return None
    text = reader.say(
        "tolerating.beside",
        kind=reader.say(f"tolerating.kind.{affair.kind}"),
        number=affair.number,
        state=reader.say(f"tolerating.state.{affair.state}"),
    )
    return Word(affair.opened_at, text, not affair.settled)


def distinctions(reader: Reader, mark: str) -> list[Button]:
    """One button for each of the three."""
    return [reader.button("plea.as", mark, no, label=f"plea.{no}") for no in (1, 2, 3)]
