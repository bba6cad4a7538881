"""查找: topics by words, two-character Chinese ones included, among those the seeker may see."""

from typing import Final

from handlers.asking.listing import PAGE, Pager, alone, list_card, show
from handlers.cards import Card, rows
from handlers.looking.ledger import line
from handlers.looking.seeing import visible
from handlers.registry import answers, button, command
from handlers.turn import Turn
from storage import topics
from storage.dialogues import Dialogue

FIND: Final = "find"
LONGEST: Final = 40  # characters of a search


@command(FIND)
def find_command(turn: Turn, rest: str) -> None:
    """`查找 采购 验收`."""
    if not alone(turn):
        return
    if rest.strip():
        found(turn, rest[:LONGEST])
    else:
        question = Card(lines=(turn.say("queries.which_words"),), buttons=rows(turn.button("cancel")))
        turn.ask(FIND, "words", {}, question)


@answers(FIND)
def worded(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The words came."""
    if not text.strip():
        turn.tell("queries.which_words")
        return
    turn.done()
    found(turn, text[:LONGEST])


@button(FIND)
def found(turn: Turn, words: str, page: int = 0) -> None:
    """One page of what was found."""
    where = (*visible(turn), topics.words(words))
    total = topics.count(turn.tx, *where)
    if not total:
        turn.tell("queries.not_found", words=words)
        return
    pager = Pager(FIND, (words,), page)
    shown = [line(turn, topic) for topic in topics.find(turn.tx, *where, limit=PAGE, offset=pager.start)]
    show(turn, list_card(turn, turn.say("queries.found", words=words), shown, total, pager))
