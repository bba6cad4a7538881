"""发送告知: the office sees who would be told, narrows it, sends it; or ends it, or takes it back."""

from collections.abc import Iterable
from typing import Final

from handlers import names
from handlers.asking.naming import as_people, roll_of
from handlers.asking.previewing import agreed, lines_of, preview
from handlers.cards import Card
from handlers.covering.card import cover_card, step_of
from handlers.registry import answers, button
from handlers.turn import Turn
from services.affairs import covering
from services.affairs.seating import authorise, frame_of
from storage import affairs, people
from storage.dialogues import Dialogue
from workflow.affair import Affair
from workflow.affair_table import AffairEvent
from workflow.roles import PersonId

RELEASE: Final = "cover_release"


@button("cover.release")
def release(turn: Turn, affair_id: int) -> None:
    """Who would be told: every other leader, unless the office says otherwise."""
    affair = affairs.get(turn.tx, affair_id)
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.RELEASE)
    _show(turn, affair, covering.receivers(turn.tx, affair))


@answers(RELEASE)
def narrowed(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Titles instead of the press are those who are to be told."""
    affair = affairs.get(turn.tx, dialogue.draft["affair"])
    authorise(turn.work, frame_of(affair), affair.state, AffairEvent.RELEASE)
    said = roll_of(people.active(turn.tx)).pick(text)
    whom = [person for person in as_people(said.found) if person != affair.person_id]
    if said.unclear or not whom:
        words_ = turn.say("common.listing").join(one.word for one in said.unclear)
        turn.tell("covering.unclear", words=words_ or text[:20])
        return
    _show(turn, affair, whom)


@button("cover.send")
def send(turn: Turn, mark: str) -> None:
    """It goes to exactly those who were shown."""
    draft = agreed(turn, RELEASE, mark)
    if draft is None:
        return
    affair = affairs.get(turn.tx, draft["affair"])
    released = covering.release(turn.work, affair, as_people(draft["whom"]))
    turn.toast("covering.sent_toast")
    turn.edit(cover_card(turn, released, headline=turn.say("covering.sent", count=len(draft["whom"]))))


@button("cover.finish")
def finish(turn: Turn, affair_id: int) -> None:
    """办结, although an answer is lacking."""
    done = covering.finish(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("covering.finished")
    turn.edit(cover_card(turn, done, headline=turn.say("covering.finished")))


@button("cover.drop")
def drop(turn: Turn, affair_id: int) -> None:
    """撤回: nobody else has heard of it yet."""
    dropped = covering.drop(turn.work, affairs.get(turn.tx, affair_id))
    turn.toast("covering.dropped")
    turn.edit(cover_card(turn, dropped, headline=turn.say("covering.dropped")))


def _show(turn: Turn, affair: Affair, whom: Iterable[PersonId]) -> None:
    listed = list(whom)
    draft = {"affair": affair.id, "whom": listed}
    said = affair.words.get("answer", "")
    lines = lines_of(
        turn.say("covering.receivers", people=names.titles(turn.tx, turn.say, listed)),
        turn.say("covering.answered", text=said) if said else turn.say("covering.unanswered"),
        turn.say("covering.step_line", step=step_of(turn, affair)),
        turn.say("covering.narrow"),
    )
    title = turn.say("covering.release", number=affair.number, count=len(listed))
    preview(turn, RELEASE, draft, Card(title, lines), "cover.send")
