"""代录: the office enters what somebody told it, with the source; that person is told at once."""

from collections.abc import Mapping
from typing import Any, Final

from handlers.asking import naming
from handlers.asking.addressed import called, here, numbered
from handlers.asking.keeping import KEPT, with_files
from handlers.asking.naming import Roll, spoken
from handlers.asking.previewing import agreed, ask, dated, lines_of, preview, screen
from handlers.cards import Button, Card, fit
from handlers.refusals import words
from handlers.registry import answers, button, command
from handlers.turn import Turn
from handlers.working.reporting import percent_in, receipt
from services import progress
from services.authorising import authorise
from services.work import EnteredFor
from storage import measures, people, topics
from storage.dialogues import Dialogue
from workflow.errors import Missing, NoRight
from workflow.measure import Measure, MeasureId
from workflow.roles import PersonId, Role
from workflow.topic import Topic, TopicId
from workflow.transitions import Event

ENTER: Final = "enter_for"
ITEM, WHO, SOURCE, TEXT = "item", "who", "source", "text"
LONGEST_SOURCE: Final = 40

Draft = dict[str, Any]


@command("enter_for", Role.OFFICE)
def enter_command(turn: Turn, rest: str) -> None:
    """`代录 017 国际处联络员 电话 已完成清理`, or step by step."""
    if Role.OFFICE not in turn.actor.roles:
        raise NoRight("only_the_office_enters")
    draft: Draft = dated(turn, {})
    for take in (_take_item, _take_who, _take_source, _take_text):
        rest = take(turn, draft, rest)
    _next(turn, draft)


@answers(ENTER)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The next thing that was asked for; while a preview is open: the words anew."""
    draft = dict(dialogue.draft)
    if dialogue.step == ITEM:
        _take_item(turn, draft, text)
    elif dialogue.step == WHO and not _named(turn, draft, text):
        return
    elif dialogue.step == SOURCE:
        _check_source(text)
        draft["source"] = text
    elif dialogue.step != WHO:
        draft.update(text=text or draft.get("text", ""))
        draft[KEPT] = with_files(draft[KEPT], turn.work.said)
    _next(turn, draft)


@button("enter_for.source")
def source_chosen(turn: Turn, source: str) -> None:
    """How it reached the office, by button."""
    open_ = turn.dialogue
    if open_ is None or (open_.name, open_.step) != (ENTER, SOURCE):
        turn.toast("refusals.unknown_button", alert=True)
        return
    _next(turn, {**open_.draft, "source": source})


@button("enter_for.now")
def enter_now(turn: Turn, mark: str) -> None:
    """The preview was right."""
    draft = agreed(turn, ENTER, mark)
    if draft is None:
        return
    topic, measure = _item(turn, draft)
    _speaking(turn, draft, topic, measure)
    text = draft["text"]
    percent = percent_in(text)
    made = progress.report(
        turn.work, topic.id, text, measure_id=measure.id if measure else None, percent=percent
    )
    turn.toast("entering.toast")
    card = receipt(
        turn, topic, measure, made, turn.say("entering.entered", name=called(turn.say, topic, measure))
    )
    turn.edit(card)


def _next(turn: Turn, draft: Draft) -> None:
    """Ask for what is missing, in order; then show it all."""
    if "topic" not in draft:
        _ask(turn, draft, ITEM, Card(turn.say("entering.ask_item")))
        return
    topic, measure = _item(turn, draft)
    title = called(turn.say, topic, measure)
    if "who" not in draft:
        _ask(turn, draft, WHO, screen(turn, topic, title, turn.say("entering.ask_who")))
        return
    _speaking(turn, {"source": "?", **draft}, topic, measure)
    if "source" not in draft:
        words = turn.say.words("entering.sources")[:5]
        options = [Button(fit(word), "enter_for.source", (word,)) for word in words]
        _ask(turn, draft, SOURCE, screen(turn, topic, title, turn.say("entering.ask_source")), *options)
    elif not draft.get("text") and not draft[KEPT]["files"]:
        _ask(turn, draft, TEXT, screen(turn, topic, title, turn.say("entering.ask_text")))
    else:
        _preview(turn, draft, topic, measure)


def _ask(turn: Turn, draft: Draft, step: str, card: Card, *options: Button) -> None:
    turn.keep(ENTER, step, draft)
    ask(turn, card, *options)


def _preview(turn: Turn, draft: Draft, topic: Topic, measure: Measure | None) -> None:
    say, who = turn.say, people.get(turn.tx, PersonId(draft["who"]))
    draft.setdefault("text", "")
    percent = percent_in(draft["text"])
    files = len(draft[KEPT]["files"])
    lines = lines_of(
        say("entering.who", title=who.title, source=draft["source"]),
        say("entering.words", text=draft["text"]) if draft["text"] else "",
        say("reports.percent", percent=percent) if percent is not None else "",
        say("reports.files", count=files) if files else "",
        say("entering.told", title=who.title),
    )
    card = screen(turn, topic, say("entering.preview", name=called(say, topic, measure)), *lines)
    preview(turn, ENTER, draft, card, "enter_for.now", label="enter_for")


def _item(turn: Turn, draft: Mapping[str, Any]) -> tuple[Topic, Measure | None]:
    topic = here(turn, topics.get(turn.tx, TopicId(draft["topic"])))
    return topic, measures.get(turn.tx, MeasureId(draft["measure"])) if draft["measure"] else None


def _speaking(turn: Turn, draft: Mapping[str, Any], topic: Topic, measure: Measure | None) -> None:
    """Whose words these are, and whether that person may report on the item at all."""
    progress.enter_for(turn.work, EnteredFor(PersonId(draft["who"]), draft["source"]))
    authorise(turn.work, topic, Event.REPORT, measure)


def _take_item(turn: Turn, draft: Draft, text: str) -> str:
    first, rest = _first(text)
    named = numbered(turn, first)
    if named is None:
        return text
    topic, measure = named
    draft.update(topic=here(turn, topic).id, measure=measure.id if measure else None)
    return rest


def _take_who(turn: Turn, draft: Draft, text: str) -> str:
    """The longest title the text begins with, else its first word as part of the only title that has it."""
    roll: Roll = naming.roll_of(people.active(turn.tx))
    title = roll.at(text, 0) or _first(text)[0]
    picked = roll.pick(title)
    if len(picked.found) != 1 or picked.unclear:
        return text
    draft["who"] = picked.found[0]
    return text[len(title) :].strip()


def _named(turn: Turn, draft: Draft, text: str) -> bool:
    """Whether an answer names somebody who has a part in the item; if not, it is asked again."""
    _take_who(turn, draft, text)
    if "who" not in draft:
        turn.tell("entering.nobody", name=text[:20])
        return False
    try:
        _speaking(turn, {"source": "?", **draft}, *_item(turn, draft))
    except NoRight as refused:
        turn.tell("entering.no_part", why=words(turn, refused))
        return False
    return True


def _take_source(turn: Turn, draft: Draft, text: str) -> str:
    first, rest = _first(text)
    if not first.casefold().startswith(spoken("entering.sources")):
        return text
    draft["source"] = first[:LONGEST_SOURCE]
    return rest


def _take_text(turn: Turn, draft: Draft, text: str) -> str:
    if text:
        draft["text"] = text
    return ""


def _first(text: str) -> tuple[str, str]:
    """The first word, and what follows it."""
    first, *rest = text.split(None, 1) or [""]
    return first, rest[0] if rest else ""


def _check_source(text: str) -> None:
    if not text or len(text) > LONGEST_SOURCE:
        raise Missing("source_missing")
