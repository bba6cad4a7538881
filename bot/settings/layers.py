"""Where settings come from, the later winning: our defaults, the file, the environment.

Everything here is plain nested dicts; what they mean is checked later and at once.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Any, Final

Tree = dict[str, Any]

PREFIX: Final = "LINGTI_"
NOT_SETTINGS: Final = frozenset(
    {"LINGTI_CONFIG", "LINGTI_REQUIRE_ALL", "LINGTI_TEST_DATABASE", "LINGTI_FAILPOINT"}
)
"""Names of our own in the environment that are no settings: where the file is; what the tests want."""

SECRETS: Final = (("database",), ("telegram", "token"), ("telegram", "webhook", "secret"))
"""Keys that may also be given as `<key>_file`, the path of a file that holds the value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where (`ladder.step[2].when`), what kind, and a sentence that repeats no secret."""

    path: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class Unreadable(Exception):
    """A source of settings could not be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def from_toml(path: Path) -> Tree:
    """The tables of a TOML file (UTF-8, with or without a byte-order mark). Raises Unreadable."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(Problem(path.name, "file", _reason(error))) from error
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(Problem(path.name, "syntax", str(error))) from error


def from_environment(env: Mapping[str, str]) -> Tree:
    """LINGTI_TELEGRAM__TOKEN=… as {"telegram": {"token": …}}. Empty values count as not given.

    A value that begins with a bracket is read as TOML, so lists and tables can be given too.
    """
    named = (
        (name.removeprefix(PREFIX).lower().split("__"), value)
        for name, value in sorted(env.items())
        if name.startswith(PREFIX) and name not in NOT_SETTINGS and value
    )
    return merged(_nested(keys, _parsed(value)) for keys, value in named)


def merged(layers: Iterable[Tree]) -> Tree:
    """Later layers win. Tables merge; anything else, lists too, is replaced whole."""
    return reduce(_over, layers, {})


def with_secrets(tree: Tree, folder: Path) -> tuple[Tree, list[Problem]]:
    """The tree with every secret that stands in a file read (paths are relative to `folder`)."""
    problems: list[Problem] = []
    for *tables, key in SECRETS:
        table = reduce(_below, tables, tree)
        if not isinstance(named := table.get(f"{key}_file"), str) or not named:
            continue
        path = ".".join((*tables, f"{key}_file"))
        try:
            tree = merged((tree, _nested((*tables, key), _secret(table.get(key), folder / named))))
        except Unreadable as error:
            problems.append(replace(error.problem, path=path))
    return tree, problems


def _below(table: Tree, name: str) -> Tree:
    """The table of that name; an empty one where there is none."""
    below = table.get(name)
    return below if isinstance(below, dict) else {}


def _secret(given: object, file: Path) -> str:
    if given:
        raise Unreadable(Problem(file.name, "both", "the value is given here and in the file; keep one"))
    try:
        secret = file.expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(Problem(file.name, "file", _reason(error))) from error
    if not secret:
        raise Unreadable(Problem(file.name, "file", "the file is empty"))
    return secret


def _over(lower: Tree, upper: Tree) -> Tree:
    result = dict(lower)
    for key, value in upper.items():
        below = lower.get(key)
        result[key] = _over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
        if value and _twin(key) in lower and _twin(key) not in upper:
            result[_twin(key)] = ""
    return result


def _twin(key: str) -> str:
    """A secret and its file name each other out: the later layer's word counts."""
    return key.removesuffix("_file") if key.endswith("_file") else f"{key}_file"


def _nested(keys: Iterable[str], value: object) -> Tree:
    *tables, key = keys
    return reduce(lambda inner, name: {name: inner}, reversed(tables), {key: value})


def _parsed(value: str) -> object:
    if not value.startswith(("[", "{")):
        return value
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror})"
    return "the file must be saved as UTF-8"
