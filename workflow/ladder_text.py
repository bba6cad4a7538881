"""The ladder as written: in the settings by an office, on a topic from its issue.

A step is a table that can be read aloud; a trigger's first word says which it is:

    [[ladder.step]]
    key = "orange"
    level = 2
    on = "topic"
    when = [{ share_left = 15 }, { unanswered = "yellow", after = 3 }]
    to = ["owner", "unit_heads"]
"""

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from workflow.ladder import Ladder, Step
from workflow.ladder_course import Cyclic
from workflow.ladder_tables import LadderProblem, Problem, table
from workflow.ladder_triggers import Unanswered
from workflow.ladder_words import LADDER, plain


def parse(data: object) -> Ladder:
    """The ladder that a table of `step`, `at` and `freeze_days` describes. Raises LadderProblem."""
    ladder: Ladder = table(LADDER, Ladder)(data)
    if problems := [*_given_twice(ladder), *_unknown_steps(ladder), *_crowded_cycles(ladder)]:
        raise LadderProblem(*problems)
    return ladder


def dump(ladder: Ladder) -> dict[str, Any]:
    """The table `parse` reads back, defaults left out."""
    written: dict[str, Any] = plain(ladder)
    return written


def dumps(ladder: Ladder) -> str:
    """The ladder as JSON; equal ladders give the same text."""
    return json.dumps(dump(ladder), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=256)
def loads(text: str) -> Ladder:
    """The ladder a topic has kept, read once per text. Raises LadderProblem."""
    return parse(json.loads(text))


def _given_twice(ladder: Ladder) -> Iterator[Problem]:
    count = Counter(step.key for step in ladder.steps)
    for index, step in enumerate(ladder.steps):
        if count[step.key] > 1:
            yield Problem(f"step[{index}].key", "given_twice")


def _unknown_steps(ladder: Ladder) -> Iterator[Problem]:
    """A step may wait for the answer to another one about the same kind of item, not to itself."""
    subjects = {step.key: step.on for step in ladder.steps}
    for path, step, trigger in _triggers(ladder):
        if isinstance(trigger, Unanswered) and (
            trigger.step == step.key or subjects.get(trigger.step) is not step.on
        ):
            yield Problem(f"{path}.unanswered", "unknown_step")


def _crowded_cycles(ladder: Ladder) -> Iterator[Problem]:
    """A cycle numbers its step's occurrences itself, so it shares a step with no other trigger or repeat."""
    for path, step, trigger in _triggers(ladder):
        if isinstance(trigger, Cyclic) and (len(step.when) > 1 or step.repeat):
            yield Problem(path, "cycle_stands_alone")


def _triggers(ladder: Ladder) -> Iterator[tuple[str, Step, Any]]:
    for index, step in enumerate(ladder.steps):
        for place, trigger in enumerate(step.when):
            yield f"step[{index}].when[{place}]", step, trigger
