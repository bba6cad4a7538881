"""What a message means, in this order: a press; a reply to a card; an answer to the open dialogue; a verb.

Anything else is kept and answered with a choice, never dropped. A verb counts only as the whole message or
before a space or punctuation, since a report may begin with the same characters.
"""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers import gatekeeping, rooms, strangers, verbs
from handlers.asking import keeping
from handlers.asking.addressed import begins_with_item
from handlers.asking.previewing import AGREE
from handlers.cards import Button, Card, Subject, load
from handlers.incoming import Incoming, Kind
from handlers.refusals import words
from handlers.registry import COMMANDS, DIALOGUES, press
from handlers.said import button_said
from handlers.stale import ALWAYS, is_stale, show_fresh
from handlers.turn import DRAFT_VERSION, Outcome, Turn, open_turn
from handlers.working import replies
from services import pushing
from services.policy import Policy
from services.work import Said, Work
from storage import cards, dialogues, outbox, people
from storage.cards import Posted
from storage.dialogues import Dialogue
from storage.people import Person
from storage.reports import Evidence
from storage.store import Tx
from workflow.errors import Barred, NoRight, NotInThisState, Stale, WorkflowError

rooms.open_all()
TOKEN: Final = re.compile(r"(?P<key>[A-Za-z0-9_-]{1,24}):(?P<index>\d{1,2})")
CANCEL: Final = "cancel"
RISK: Final = "risk_new"
OVER: Final = (NotInThisState, NoRight, Barred, Stale)
"""Refusals no other answer could change."""
UNKNOWN: Final = "unknown"
PREVIEW_LIVES: Final = timedelta(days=1)
"""How long a preview may be agreed to."""


def take(tx: Tx, policy: Policy, incoming: Incoming) -> Outcome:
    """Serve one event. Answers are owed in the outbox when this returns; nothing is sent here."""
    if incoming.kind is Kind.MEMBERSHIP:
        strangers.membership(tx, policy, incoming)
        return Outcome()
    if incoming.sender is None:
        return Outcome()
    account = people.account(tx, incoming.messenger, incoming.sender)
    person = people.get(tx, account.person_id) if account and account.state == "active" else None
    if person is None or not person.active:
        return strangers.take(tx, policy, incoming)
    turn = _turn(tx, policy, incoming, person)
    _serve(turn)
    pushing.push(tx, policy, turn.work.told)
    return turn.outcome


def _turn(tx: Tx, policy: Policy, incoming: Incoming, person: Person) -> Turn:
    files = tuple(Evidence(f.sha256, f.name, f.mime, f.size) for f in incoming.fetched if not f.problem)
    said = Said(incoming.sent_at, incoming.chat.id, incoming.message_id, incoming.album, files)
    turn = open_turn(Work(tx, policy, person, said), incoming, person.language or policy.language)
    chat = incoming.chat
    turn.dialogue = dialogues.get(tx, person.id, chat.id, chat.thread)
    _close_outdated(turn)
    if incoming.reply_to:
        turn.replied = _replied(tx, incoming)
    return turn


def _replied(tx: Tx, incoming: Incoming) -> Posted | None:
    """The card replied to; where we do not know that it arrived, by its buttons, and then we know."""
    card = cards.by_message(tx, incoming.messenger, incoming.chat.id, incoming.reply_to)
    if card is None and (token := TOKEN.fullmatch(incoming.reply_token)):
        card = cards.by_key(tx, token["key"])
        if card is None or (card.messenger, card.chat) != (incoming.messenger, incoming.chat.id):
            return None
        cards.learn_message(tx, card.key, incoming.reply_to)
    if card is not None:
        outbox.proven(tx, card.key, incoming.reply_to, tx.now)
    return card


def _close_outdated(turn: Turn) -> None:
    """A question put by an older program is closed, and a preview left for a day swallows no message.

    Whoever writes is told; a press on the old preview still agrees to what it shows.
    """
    open_ = turn.dialogue
    if open_ is None:
        return
    known = open_.version == DRAFT_VERSION and open_.name in DIALOGUES
    writes = turn.incoming.kind is Kind.MESSAGE
    old = writes and open_.step == AGREE and turn.tx.now - open_.updated_at > PREVIEW_LIVES
    if known and not old:
        return
    turn.done()
    if writes:
        turn.tell("help.preview_over" if known else "help.begin_again")


def _serve(turn: Turn) -> None:
    """Serve within a savepoint: a refusal undoes what was begun, and is answered in words."""
    try:
        with turn.tx.attempt():
            _dispatch(turn)
    except WorkflowError as refused:
        turn.work.told.clear()
        _refuse(turn, refused)


def _dispatch(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.kind is Kind.PRESS:
        _press(turn)
    elif incoming.kind is Kind.EDITED:
        _edited(turn)
    elif _readable(turn) and not gatekeeping.stopped(turn):
        _message(turn)


def _readable(turn: Turn) -> bool:
    """Say which files cannot be kept; False when nothing else was sent."""
    spoilt = [file for file in turn.incoming.fetched if file.problem]
    for file in spoilt:
        turn.tell(f"files.{file.problem}", name=file.name)
    return not spoilt or bool(turn.incoming.text.strip() or turn.work.said.files)


def _message(turn: Turn) -> None:
    text = turn.incoming.text.strip()
    named = verbs.read(text)
    if named and named.name == CANCEL:
        COMMANDS[CANCEL].run(turn, named.rest)
    elif turn.incoming.album and (keeping.joins(turn, text) or replies.joins_album(turn, text)):
        return
    elif turn.replied and (button := button_said(turn, text)):
        _carry_out(turn, turn.replied, button)
    elif turn.replied and turn.replied.subject and not (named and named.slash):
        replies.to_card(turn, turn.replied, text)
    elif turn.dialogue and not (named and _leaves(named, turn.dialogue)):
        _answer(turn, turn.dialogue, text)
    elif named:
        if not _beside(named):
            turn.done()
        COMMANDS.get(named.name, COMMANDS[UNKNOWN]).run(turn, named.rest)
    elif turn.private:
        replies.unplaced(turn, text)


def _leaves(named: verbs.Named, dialogue: Dialogue) -> bool:
    """Whether a command is heard while a dialogue is open: slashed, aside, where a press is awaited.

    The dialogue's own, said again with a number, is said anew as a whole and answers nothing. A preview waits
    for a press: whoever writes another command with its content has left it; so has who was asked for a risk,
    since what is said there goes to others at once.
    """
    anew = named.name == dialogue.name and begins_with_item(named.rest)
    left = (dialogue.step == AGREE or dialogue.name == RISK) and bool(named.rest)
    return named.slash or anew or left or _beside(named) or dialogue.name == replies.UNPLACED


def _beside(named: verbs.Named) -> bool:
    """Whether the open dialogue goes on after it."""
    return named.name in verbs.ASIDE or (named.name in verbs.GLANCES and not named.rest)


def _answer(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """Go on with a dialogue. One whose item has moved on is over: it must not swallow what is said next."""
    try:
        with turn.tx.attempt():
            DIALOGUES[dialogue.name](turn, dialogue, text)
    except OVER as refused:
        turn.work.told.clear()
        turn.done()
        _refuse(turn, refused)


def _press(turn: Turn) -> None:
    incoming = turn.incoming
    token = TOKEN.fullmatch(incoming.press.token) if incoming.press else None
    card = cards.by_key(turn.tx, token["key"]) if token else None
    if token is None or card is None or (card.messenger, card.chat) != (incoming.messenger, incoming.chat.id):
        _suspicious(turn, "unknown_button")
        return
    if card.person_id is not None and card.person_id != turn.actor.id:
        _suspicious(turn, "foreign_button")
        return
    turn.pressed = replace(card, message_id=card.message_id or incoming.message_id)
    cards.learn_message(turn.tx, card.key, incoming.message_id)
    outbox.proven(turn.tx, card.key, incoming.message_id, turn.tx.now)
    button = load(card.body).pressed(int(token["index"]))
    if button is None:
        _suspicious(turn, "unknown_button")
    else:
        _carry_out(turn, card, button)


def _carry_out(turn: Turn, card: Posted, button: Button) -> None:
    """Do what a button means, unless its card is no longer true."""
    if button.verb not in ALWAYS and is_stale(turn, card):
        turn.tx.record("stale_button", actor_id=turn.actor.id)
        show_fresh(turn, card)
    elif not press(button.verb, turn, button.args):
        show_fresh(turn, card, quietly=True)
        turn.toast("refusals.unknown_button", alert=True)


def _suspicious(turn: Turn, code: str) -> None:
    """A button we did not put there for this person: refused, and noted."""
    turn.tx.record(code, actor_id=turn.actor.id)
    turn.toast(f"refusals.{code}", alert=True)


def _edited(turn: Turn) -> None:
    if not gatekeeping.stopped(turn):
        replies.edited(turn, turn.incoming.text.strip())


def _refuse(turn: Turn, refused: WorkflowError) -> None:
    sentence = words(turn, refused)
    if turn.incoming.kind is not Kind.PRESS:
        turn.reply(Card(lines=(sentence,)))
        return
    turn.outcome = Outcome(sentence, alert=True)
    if turn.pressed and turn.pressed.subject in (Subject.TOPIC, Subject.MEASURE, Subject.AFFAIR):
        show_fresh(turn, turn.pressed, quietly=True)
