"""The college's own numbers: read from everywhere, checked as one, all faults told at once.

A typing error in a settings file must never be found by a reminder that did not come.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.settings_layers import Problem, Tree, Unreadable, from_environment, from_toml, merged, with_secrets
from bot.settings_sections import Settings

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
    file, problems = _read(path)
    tree, more = with_secrets(merged((defaults, file, from_environment(env))), folder)
    try:
        settings = Settings.model_validate(tree)
    except ValidationError as error:
        told = [_problem(detail, defaults) for detail in error.errors(include_url=False, include_input=False)]
        raise BadSettings([*problems, *more, *told]) from None
    if problems or more:
        raise BadSettings([*problems, *more])
    return settings.model_copy(update={"data": folder / settings.data.expanduser()})


def _read(path: Path | None) -> tuple[Tree, list[Problem]]:
    try:
        return (from_toml(path) if path else {}), []
    except Unreadable as error:
        return {}, [error.problem]


def _problem(detail: ErrorDetails, defaults: Tree) -> Problem:
    keys = detail["loc"]
    if detail["type"] == "extra_forbidden":
        return Problem(_path(keys), "unknown", f"there is no such key{_did_you_mean(keys, defaults)}")
    return Problem(_path(keys), _code(detail["type"]), detail["msg"].removeprefix("Value error, "))


def _path(keys: Sequence[int | str]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _code(kind: str) -> str:
    if kind in ("missing", "enum", "literal_error"):
        return "missing" if kind == "missing" else "choice"
    if kind.endswith(("_type", "_parsing")):
        return "type"
    return "range" if kind.startswith(("greater_", "less_", "too_", "string_too_")) else "invalid"


def _did_you_mean(keys: Sequence[int | str], defaults: Tree) -> str:
    """The closest key beside the unknown one, or else in another table."""
    *tables, wrong = (key for key in keys if isinstance(key, str))
    known = list(_every_key(defaults))
    for paths in ([path for path in known if [*path[:-1]] == tables], known):
        if close := get_close_matches(wrong, [path[-1] for path in paths], n=1):
            found = next(path for path in paths if path[-1] == close[0])
            return f"; did you mean {'.'.join(found)}?"
    return ""


def _every_key(table: Tree, *above: str) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        yield *above, key
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, dict):
            yield from _every_key(first, *above, key)
