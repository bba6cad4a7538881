"""The documented example is the truth: it names every key, and what it calls a default is one."""

import re
import tomllib
from pathlib import Path

from bot.settings import DEFAULTS, load

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
STATED = re.compile(r"^#(?=[\[\]a-z]| {4}\")", re.MULTILINE)
PROSE = re.compile(r"# \S")
ENGLISH = re.compile(r"[a-z]{2} [a-z]{2}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_example_works_as_it_stands() -> None:
    assert load(EXAMPLE, {}).college == load(None, {}).college


def test_the_defaults_it_states_are_the_defaults_and_all_of_them() -> None:
    stated = STATED.sub("", EXAMPLE.read_text("utf-8"))
    assert tomllib.loads(stated) == tomllib.loads(DEFAULTS.read_text("utf-8"))


def test_every_key_is_explained_in_both_languages() -> None:
    told: list[str] = []
    above = ""
    for line in EXAMPLE.read_text("utf-8").splitlines():
        if PROSE.match(line):
            told = [*told, line] if PROSE.match(above) else [line]
        elif line.startswith("["):
            told = []
        elif re.match(r"#[a-z_]+ = ", line):
            assert any(CHINESE.search(prose) for prose in told), line
            assert any(ENGLISH.search(prose) for prose in told), line
        above = line
