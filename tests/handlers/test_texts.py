"""Both catalogues are whole: they say the same, and everything that is asked for is there."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from handlers.registry import COMMANDS
from handlers.router import TOKEN
from handlers.texts import Catalogue, catalogue
from workflow.ladder_words import TRIGGERS

HOUSE = Path(__file__).parent.parent.parent
ZH, EN = catalogue("zh"), catalogue("en")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SAYERS = {"say", "tell", "toast", "words"}
TELLERS = {"tell", "inform", "_tell", "_tell_all"}
assert TOKEN, "the router opens every room, so that COMMANDS is whole"


def test_both_languages_have_the_same_texts() -> None:
    assert ZH.names() == EN.names()


def test_a_text_takes_the_same_values_in_both_languages() -> None:
    unlike = {key for key in ZH.names() & EN.names() if placeholders(ZH, key) != placeholders(EN, key)}
    assert unlike == set()


def test_a_text_is_never_empty_by_accident() -> None:
    on_purpose = {"notices.heard.nothing", "queries.year_sign", "issuing.by"}
    assert {key for say in (ZH, EN) for key in say.names() if not plain(say, key)} <= on_purpose


def test_english_speaks_no_chinese() -> None:
    """But for the names of languages, and a term of art beside its translation."""
    spoken = {key for key in EN.names() if CHINESE.search(plain(EN, key))}
    on_purpose = {"refusals.language_unknown", "issuing.discipline"}
    assert {key for key in spoken if not key.startswith("settings.")} <= on_purpose


@pytest.mark.parametrize("say", [ZH, EN], ids=["zh", "en"])
def test_a_button_fits(say: Catalogue) -> None:
    room = {"acknowledge_no": {"no": 12}}
    for key in sorted(say.names()):
        room_, _, name = key.partition(".")
        if room_ == "buttons":
            label = say(key, **room.get(name, {}))
            assert width(label) <= 12, f"{key}: {label}"


def test_every_key_that_handlers_use_exists() -> None:
    """A key put together while it runs is there at least by its beginning."""
    missing = {
        f"{path.name}:{line} {key}"
        for path in sorted((HOUSE / "handlers").rglob("*.py"))
        for line, key in keys_used(ast.parse(path.read_text("utf-8")))
        if not any(name == key or (key.endswith("*") and name.startswith(key[:-1])) for name in ZH.names())
    }
    assert missing == set()


def test_every_button_that_handlers_draw_has_its_label() -> None:
    missing = {
        f"{path.name}:{line} {label}"
        for path in sorted((HOUSE / "handlers").rglob("*.py"))
        for line, label in labels_used(ast.parse(path.read_text("utf-8")))
        if f"buttons.{label}" not in ZH
    }
    assert missing == set()


def test_everything_that_is_owed_anywhere_has_its_sentence() -> None:
    owed = {
        kind
        for path in (*(HOUSE / "services").glob("*.py"), HOUSE / "bot" / "sending" / "failures.py")
        for kind in kinds_owed(ast.parse(path.read_text("utf-8")))
    }
    assert {"issued", "reported", "vacancy", "unreachable", "stand_in_ended", "extension_granted"} <= owed
    told = {key.split(".")[1] for key in ZH.names() if key.startswith("notices.")}
    variants = {name.rpartition("_")[0] for name in told}
    assert owed - told - variants - {"ladder"} == set()


def test_every_reason_of_the_ladder_has_both_its_sentences() -> None:
    for trigger in TRIGGERS:
        assert f"notices.tag.{trigger.__name__}" in ZH
        for part in ("doing", "watching"):
            text = plain(ZH, f"notices.ladder.{trigger.__name__}.{part}")
            assert "（提醒第{level}级）" in text, "every automatic message names its step"


def test_every_refusal_of_the_rules_has_its_sentence() -> None:
    rooms = (path for room in ("workflow", "services", "storage") for path in (HOUSE / room).glob("*.py"))
    codes = {code for path in rooms for code in codes_raised(ast.parse(path.read_text("utf-8")))}
    assert {"no_right", "own_work", "already_claimed", "clock_not_understood"} <= codes
    assert {code for code in codes if f"refusals.{code}" not in ZH} == set()


def test_every_command_has_its_verb_and_its_line_in_the_menu() -> None:
    for command in COMMANDS.values():
        if command.menu is not None:
            for say in (ZH, EN):
                assert f"menu.{command.name}" in say, command.name
                assert say.words(f"verbs.{command.name}"), command.name


def plain(say: Catalogue, key: str) -> str:
    text = say.words(key)
    return "".join(text)


def placeholders(say: Catalogue, key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(plain(say, key)) if name is not None}


def width(label: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def constants(node: ast.AST) -> Iterator[str]:
    """The strings an argument can be, through conditions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))


def keys_used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What texts are asked for; one put together is given by its beginning and a star."""
    for name, call in calls(tree):
        if name in SAYERS and call.args:
            first = call.args[0]
            yield from ((call.lineno, key) for key in constants(first))
            if isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                yield call.lineno, f"{first.values[0].value}*"


def labels_used(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for name, call in calls(tree):
        if name == "button" and isinstance(call.func, ast.Attribute) and call.args:
            labels = [keyword.value for keyword in call.keywords if keyword.arg == "label"] or [call.args[0]]
            yield from ((call.lineno, label) for label in constants(labels[0]))


def kinds_owed(tree: ast.AST) -> Iterator[str]:
    for name, call in calls(tree):
        if name in TELLERS:
            yield from (kind for arg in call.args for kind in constants(arg) if kind.isidentifier())
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            given = dict(zip((getattr(key, "value", "") for key in node.keys), node.values, strict=True))
            if "dedupe" in given and "kind" in given:
                yield from constants(given["kind"])


def codes_raised(tree: ast.AST) -> Iterator[str]:
    problems = {"NotInThisState", "NoRight", "Barred", "Missing", "NotFound", "Stale", "Invalid"}
    for name, call in calls(tree):
        if name in problems and call.args:
            yield from constants(call.args[0])
