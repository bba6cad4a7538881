"""邀请: who will be called is shown and may be changed; then one push goes to each."""

from collections.abc import Iterable, Sequence
from typing import Final

from handlers import names
from handlers.affair_cards import affair_card, name_of
from handlers.asking.naming import as_people, roll_of
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.cards import Card
from handlers.meetings.saying import clauses, leading
from handlers.meetings.words import place_and_time
from handlers.registry import answers, button
from handlers.turn import Turn
from services.affairs import meetings, meetings_inviting
from services.affairs.seating import ASKED, authorise, frame_of
from storage import affairs, people
from storage.dialogues import Dialogue
from workflow.affair import Affair, AffairState
from workflow.affair_table import AffairEvent

INVITE: Final = "meeting_invite"
WORDS: Final = ("add", "remove", "observe")


@button("meeting.invite")
def invite(turn: Turn, affair_id: int) -> None:
    """Who will be called."""
    affair = _callable(turn, affair_id)
    _show(turn, affair, *_guests(turn, affair))


@answers(INVITE)
def changed(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """`加 财务处处长；减 副书记`, `列席 审计处处长`; names alone are added."""
    draft = dialogue.draft
    _change(turn, _callable(turn, draft["meeting"]), draft["asked"], draft["observers"], text)


def is_change(text: str) -> bool:
    """Whether a reply to the meeting's card says who is to be called."""
    return bool(leading(text, *WORDS)[0])


def named(turn: Turn, affair: Affair, text: str) -> None:
    """Whom a reply to the meeting's card names, before anybody hears of it."""
    asked, observers = _guests(turn, _callable(turn, affair.id))
    _change(turn, affair, asked, observers, text)


def _change(turn: Turn, affair: Affair, asked: Sequence[int], observers: Sequence[int], text: str) -> None:
    roll = roll_of(people.active(turn.tx))
    already = {part.person_id for part in affairs.parts(turn.tx, affair.id, ASKED)}
    unclear: list[str] = []
    for name, said in clauses(text, *WORDS):
        picked = roll.pick(said)
        new = [one for one in picked.found if one not in already]
        asked, observers = _changed(asked, observers, name, new)
        unclear += [turn.say("meetings.nobody", text=one.word[:20]) for one in picked.unclear]
    _show(turn, affair, asked, observers, unclear)


@button("meeting.call")
def call(turn: Turn, mark: str) -> None:
    """One push to each of those shown."""
    draft = agreed(turn, INVITE, mark)
    if draft is None:
        return
    affair = affairs.get(turn.tx, draft["meeting"])
    asked, observers = as_people(draft["asked"]), as_people(draft["observers"])
    called = meetings.call(turn.work, affair, asked, observers)
    turn.toast("meetings.called_toast", count=len(asked) + len(observers))
    turn.edit(affair_card(turn, called))


def _changed(
    called: Sequence[int], sitting_in: Sequence[int], name: str, said: Iterable[int]
) -> tuple[list[int], list[int]]:
    """Whom it leaves: nobody is both called and sitting in."""
    named = list(said)
    asked = [one for one in called if one not in named]
    observers = [one for one in sitting_in if one not in named]
    if name == "observe":
        observers += named
    elif name != "remove":
        asked += named
    return asked, observers


def _show(
    turn: Turn, affair: Affair, asked: Iterable[int], observers: Iterable[int], problems: Iterable[str] = ()
) -> None:
    attending, sitting_in = list(asked), list(observers)
    say, titles = turn.say, names.titles
    draft = {"meeting": affair.id, "asked": attending, "observers": sitting_in}
    count = len(attending) + len(sitting_in)
    lines = lines_of(
        place_and_time(turn, affair),
        say("meetings.guests", who=titles(turn.tx, say, as_people(attending))) if attending else "",
        say("meetings.observers", who=titles(turn.tx, say, as_people(sitting_in))) if sitting_in else "",
        list(problems),
        say("meetings.guests_how" if count else "meetings.guests_none"),
    )
    title = say("meetings.invite", name=name_of(turn, affair), count=count)
    preview(turn, INVITE, draft, Card(title, lines), "meeting.call", label="invite")


def _guests(turn: Turn, affair: Affair) -> tuple[Sequence[int], Sequence[int]]:
    """Who is proposed to come and to sit in; nobody more once people were called."""
    if affair.state is AffairState.CALLED:
        return (), ()
    guests = meetings_inviting.proposed(turn.work, affair)
    return guests.asked, guests.observers


def _callable(turn: Turn, affair_id: int) -> Affair:
    """The meeting, for who may call people to it, or more people."""
    affair = affairs.get(turn.tx, affair_id)
    event = AffairEvent.EDIT if affair.state is AffairState.CALLED else AffairEvent.CALL
    authorise(turn.work, frame_of(affair), affair.state, event)
    return affair
