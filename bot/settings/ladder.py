"""The ladder's faults in the sentences of the settings: `workflow` knows what is wrong, we say it."""

from collections.abc import Mapping
from typing import Final

from bot.settings.layers import Problem, Tree
from workflow import ladder_text
from workflow.ladder_tables import LadderProblem

SAYS: Final[Mapping[str, tuple[str, str]]] = {
    "wrong_type": ("type", "this is not the kind of value that belongs here"),
    "missing": ("missing", "this is missing"),
    "unknown_key": ("unknown", "there is no such key"),
    "unknown_word": ("choice", "this word is not known here"),
    "out_of_range": ("range", "this number is too small or too large"),
    "empty": ("range", "name at least one"),
    "bad_name": ("invalid", "use letters, digits, - and _, at most 32"),
    "not_one_trigger": (
        "invalid",
        "a trigger has exactly one leading word, such as before, after or unanswered",
    ),
    "given_twice": ("invalid", "another step has this key"),
    "unknown_step": ("invalid", "there is no other step of this key on the same kind of item"),
    "cycle_stands_alone": ("invalid", "a cycle shares its step with no other trigger and no repeat"),
}
"""From the codes of `workflow.ladder_tables` to a code of ours and a sentence."""


def faults(tree: Tree) -> list[Problem]:
    """Everything wrong with the steps as written, with paths from the top of the settings."""
    ladder = tree.get("ladder")
    if not isinstance(ladder, dict):
        return []
    try:
        ladder_text.parse({"step": ladder.get("step")})
    except LadderProblem as bad:
        return [Problem(f"ladder.{found.path}", *SAYS[found.code]) for found in bad.problems]
    return []
