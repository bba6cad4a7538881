"""The gate, asked before anything a person typed goes anywhere durable and readable.

What it stops is kept nowhere: not in a draft, not in the trail, and the raw message is blanked when the turn
commits. The office may announce, with a reason, that its next text is to pass.
"""

from typing import Final

from handlers import verbs
from handlers.registry import answers
from handlers.turn import Turn
from handlers.verbs import Named
from storage import facts
from storage.dialogues import Dialogue
from workflow.gate import found
from workflow.roles import Role

ANNOUNCED: Final = "let_pass"


def stopped(turn: Turn) -> bool:
    """Whether the message is held back; the person has then been told why and what to do.

    A verb of ours is no such word, even where case work knows it too (初核). What follows in the album of
    something held back goes with it, silently.
    """
    if _with_held_back(turn):
        return True
    named = verbs.read(turn.incoming.text.strip())
    text = named.rest if named else turn.incoming.text
    said = "\n".join((text, *(f.name for f in turn.incoming.fetched)))
    words = found(said, turn.policy.gate_words, turn.policy.gate_exceptions)
    if not words or _announcing(turn, named) or _announced(turn):
        return False
    facts.put(turn.tx, _held_back(turn), turn.incoming.album)
    turn.tx.record("gate", actor_id=turn.actor.id, facts={"words": len(words)})
    office = Role.OFFICE in turn.actor.roles
    turn.tell(
        "gate.stopped_office" if office else "gate.stopped", words=turn.say("common.listing").join(words)
    )
    return True


def _held_back(turn: Turn) -> str:
    """Where the album that was last held back is remembered, one for each person."""
    return f"gate:{turn.actor.id}"


def _with_held_back(turn: Turn) -> bool:
    last = facts.get(turn.tx, _held_back(turn)) if turn.incoming.album else None
    return last is not None and last.value == turn.incoming.album


def _announcing(turn: Turn, named: Named | None) -> bool:
    """Whether this is the office's reason itself, which can hardly avoid the word."""
    return named is not None and named.name == ANNOUNCED and Role.OFFICE in turn.actor.roles


def _announced(turn: Turn) -> bool:
    """Whether it was announced; what was open before the announcement is open again."""
    open_ = turn.dialogue
    if open_ is None or open_.name != ANNOUNCED or Role.OFFICE not in turn.actor.roles:
        return False
    turn.tx.record("gate_passed", actor_id=turn.actor.id, texts={"reason": str(open_.draft["reason"])})
    turn.done()
    if before := open_.draft.get("before"):
        name, step, draft = before
        turn.keep(name, step, draft)
    return True


@answers(ANNOUNCED)
def not_needed(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The announced text turned out to be harmless: it is still announced."""
    turn.tell("gate.still_open")
