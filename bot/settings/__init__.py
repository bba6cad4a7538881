"""The college's own numbers: read from everywhere, checked as one, all faults told at once.

A typing error in a settings file must never be found by a reminder that did not come.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.settings import ladder
from bot.settings.layers import Problem, Tree, Unreadable, from_environment, from_toml, merged, with_secrets
from bot.settings.sections import Settings

__all__ = ["BadSettings", "Problem", "Settings", "load"]

DEFAULTS: Final = Path(__file__).with_name("defaults.toml")


class BadSettings(Exception):
    """The settings cannot be used; `problems` holds everything that is wrong with them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def load(path: Path | None, env: Mapping[str, str]) -> Settings:
    """The settings of a TOML file (None: defaults only), overruled by LINGTI_… in `env`.

    Relative paths in them count from the file's folder. Raises BadSettings with every problem found.
    """
    folder = path.parent if path else Path()
    defaults = from_toml(DEFAULTS)
    file, unread = _read(path)
    tree, unopened = with_secrets(merged((defaults, file, from_environment(env))), folder)
    problems = [*unread, *unopened, *ladder.faults(tree)]
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        problems += map(_problem, error.errors(include_url=False, include_input=False))
        raise _bad(problems, defaults) from None
    if problems:
        raise _bad(problems, defaults)
    return settings.placed(folder)


def _read(path: Path | None) -> tuple[Tree, list[Problem]]:
    try:
        return (from_toml(path) if path else {}), []
    except Unreadable as error:
        return {}, [error.problem]


def _bad(problems: Sequence[Problem], defaults: Tree) -> BadSettings:
    return BadSettings([_with_suggestion(problem, defaults) for problem in problems])


def _problem(detail: ErrorDetails) -> Problem:
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in detail["loc"])
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        return Problem(path.removeprefix("."), "unknown", "there is no such key")
    return Problem(path.removeprefix("."), _code(detail["type"]), message)


def _code(kind: str) -> str:
    if kind in ("missing", "enum", "literal_error"):
        return "missing" if kind == "missing" else "choice"
    if kind.endswith(("_type", "_parsing")):
        return "type"
    return "range" if kind.startswith(("greater_", "less_", "string_too_")) else "invalid"


def _with_suggestion(problem: Problem, defaults: Tree) -> Problem:
    """For an unknown key, the closest one beside it, or else in another table."""
    if problem.code != "unknown":
        return problem
    *tables, wrong = re.sub(r"\[\d+\]", "", problem.path).split(".")
    known = list(dict.fromkeys(_every_key(defaults)))
    for paths in ([path for path in known if [*path[:-1]] == tables], known):
        if close := get_close_matches(wrong, [path[-1] for path in paths], n=1):
            found = next(path for path in paths if path[-1] == close[0])
            return replace(problem, message=f"{problem.message}; did you mean {'.'.join(found)}?")
    return problem


def _every_key(value: object, *above: str) -> Iterator[tuple[str, ...]]:
    for row in value if isinstance(value, list) else [value]:
        for key, below in row.items() if isinstance(row, dict) else ():
            yield *above, key
            yield from _every_key(below, *above, key)
