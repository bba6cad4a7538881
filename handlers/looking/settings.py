"""设置: when the digest comes, in which language, when to be left alone; by presses or in one line."""

import re
from collections.abc import Callable
from typing import Final

from handlers import texts
from handlers.asking.listing import alone
from handlers.asking.questions import choice
from handlers.cards import Button, Card, rows
from handlers.looking.settings_college import KEEPERS, of_college
from handlers.registry import answers, button, command
from handlers.texts import LANGUAGES
from handlers.turn import Turn
from services import preferences
from storage import people
from storage.dialogues import Dialogue
from storage.people import Person

SETTINGS: Final = "settings"
DIGEST, LANGUAGE, QUIET = "digest", "language", "quiet"
CLOCKS: Final = ("08:00", "08:30", "09:00")
HOURS: Final = ("18:00-08:30", "20:00-09:00", "12:00-14:00")
COLLEGE: Final = "college"
_APART: Final = re.compile(r"[-－—~～,，\s]+")


@command(SETTINGS)
def settings_command(turn: Turn, rest: str) -> None:
    """`设置`, or in one line: `设置 摘要 08:10`, `设置 语言 English`, `设置 静默 18:00-08:30`."""
    if not alone(turn):
        return
    word, _, value = rest.partition(" ")
    name = _named(turn, word)
    if name and value.strip():
        _set(turn, name, value)
    elif name:
        ask(turn, name)
    elif rest:
        turn.tell("settings.unknown", word=word)
    else:
        turn.reply(_card(turn, turn.actor))


@button(SETTINGS)
def settings(turn: Turn) -> None:
    """The same, by button."""
    turn.edit(_card(turn, turn.actor))


@button("settings.ask")
def ask(turn: Turn, name: str) -> None:
    """Offer the likely values; another one is typed."""
    options = [Button(_spelt(turn, name, value), "settings.set", (name, value)) for value in _offered(name)]
    card = choice(turn, turn.say(f"settings.ask_{name}"), options)
    turn.keep(SETTINGS, name, {})
    turn.edit(card)


@button("settings.set")
def pressed(turn: Turn, name: str, value: str) -> None:
    """A value was picked."""
    turn.done()
    _set(turn, name, value)


@answers(SETTINGS)
def answered(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """A value was typed; one that is refused leaves the question open."""
    _set(turn, dialogue.step, text)
    turn.done()


def _set(turn: Turn, name: str, value: str) -> None:
    _SET[name](turn, value.strip())
    person = people.get(turn.tx, turn.actor.id)
    turn.say = texts.catalogue(person.language or turn.policy.language)
    card = _card(turn, person)
    turn.edit(Card(turn.say("settings.saved"), card.lines, card.buttons))


def _set_digest(turn: Turn, value: str) -> None:
    preferences.set_digest(turn.work, "" if _is(turn, COLLEGE, value) else value)


def _set_language(turn: Turn, value: str) -> None:
    known = next((code for code in LANGUAGES if _is(turn, code, value)), value)
    preferences.set_language(turn.work, "" if _is(turn, COLLEGE, value) else known)


def _set_quiet(turn: Turn, value: str) -> None:
    if _is(turn, "none", value):
        preferences.set_quiet_hours(turn.work, "", "")
        return
    for word in (word for each in LANGUAGES for word in texts.catalogue(each).words("settings.until")):
        value = value.replace(word, " ")
    since, *until = _APART.split(value.strip(), maxsplit=1)
    preferences.set_quiet_hours(turn.work, since, until[0] if until else "")


_SET: Final[dict[str, Callable[[Turn, str], None]]] = {
    DIGEST: _set_digest,
    LANGUAGE: _set_language,
    QUIET: _set_quiet,
}


def _card(turn: Turn, person: Person) -> Card:
    say = turn.say
    digest = person.digest_at or say("settings.of_college", value=f"{turn.policy.digest_at:%H:%M}")
    chosen = person.language or turn.policy.language
    language = _spelt(turn, LANGUAGE, chosen)
    if not person.language:
        language = say("settings.of_college", value=language)
    quiet = f"{person.quiet_from}-{person.quiet_to}" if person.quiet_from else say("settings.no_quiet")
    lines = tuple(
        say("topics.field", name=say(f"settings.name.{name}"), value=value)
        for name, value in ((DIGEST, digest), (LANGUAGE, language), (QUIET, quiet))
    )
    buttons = [Button(say(f"settings.name.{name}"), "settings.ask", (name,)) for name in _SET]
    college = of_college(turn) if turn.actor.roles & KEEPERS else ()
    return Card(say("settings.title"), (*lines, say("settings.duty"), *college), rows(*buttons))


def _offered(name: str) -> tuple[str, ...]:
    return {DIGEST: (*CLOCKS, COLLEGE), LANGUAGE: LANGUAGES, QUIET: (*HOURS, "none")}[name]


def _spelt(turn: Turn, name: str, value: str) -> str:
    key = f"settings.value.{value}"
    return turn.say.words(key)[0] if key in turn.say else value


def _is(turn: Turn, code: str, value: str) -> bool:
    """Whether a person means a value by one of its words, in any language."""
    return any(
        value.casefold() in map(str.casefold, texts.catalogue(each).words(f"settings.value.{code}"))
        or value == code
        for each in LANGUAGES
    )


def _named(turn: Turn, word: str) -> str:
    """The setting a word names in any language, or ""."""
    for each in LANGUAGES:
        for name in _SET:
            if word.casefold() in map(str.casefold, texts.catalogue(each).words(f"settings.word.{name}")):
                return name
    return ""
