"""The ladder as written: read aloud, kept as JSON, and every mistake named at once with its place."""

import runpy
from collections.abc import Mapping
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.workflow.ladder_story import ladder
from workflow import ladder_words
from workflow.ladder import Audience, Ladder, Listed, Step
from workflow.ladder_course import Repeat, Unit
from workflow.ladder_item import Subject
from workflow.ladder_tables import Key, Keys, LadderProblem
from workflow.ladder_text import dump, dumps, loads, parse
from workflow.ladder_triggers import (
    After,
    AwaitingVerification,
    Before,
    CycleDue,
    CycleLate,
    ShareLeft,
    Silent,
    Since,
    Trigger,
    Unanswered,
    Unclaimed,
)

STEP = {"key": "it", "level": 1, "on": "topic", "when": [{"before": 7}], "to": ["owner"]}


def wrong(data: object) -> dict[str, str]:
    """What is wrong with a ladder, by path."""
    with pytest.raises(LadderProblem) as caught:
        parse(data)
    return {problem.path: problem.code for problem in caught.value.problems}


def wrong_step(**keys: object) -> dict[str, str]:
    return wrong({"step": [STEP | keys]})


def test_a_step_says_what_it_means() -> None:
    assert ladder("three-papers").steps[1] == Step(
        key="orange",
        level=2,
        on=Subject.TOPIC,
        when=(ShareLeft(15), Unanswered("yellow", 3)),
        to=(Audience.OWNER, Audience.UNIT_HEADS, Audience.DISCIPLINE),
        single=True,
        wants_ack=True,
        escalates=True,
        paper="orange",
    )
    assert (ladder("three-papers").at, ladder("three-papers").freeze_days) == (time(8, 30), 5)


@pytest.mark.parametrize("name", ["default", "days", "three-papers"])
def test_what_a_topic_keeps_is_what_the_college_wrote(name: str) -> None:
    assert loads(dumps(ladder(name))) == ladder(name)


def test_what_is_kept_leaves_defaults_out_and_is_read_once() -> None:
    text = dumps(parse({"step": [STEP]}))

    assert text == (
        '{"step": [{"key": "it", "level": 1, "on": "topic", "to": ["owner"], "when": [{"before": 7}]}]}'
    )
    assert loads(text) is loads(text)


DAYS = some.integers(1, 400)
UNITS = some.sampled_from(Unit)
TRIGGERS: some.SearchStrategy[Trigger] = some.one_of(
    some.builds(Before, DAYS, UNITS, some.booleans()),
    some.builds(After, DAYS, UNITS, some.booleans()),
    some.builds(ShareLeft, some.integers(1, 99), some.booleans()),
    some.builds(Unclaimed, DAYS, some.sampled_from(Since)),
    some.builds(Silent, DAYS, UNITS),
    some.builds(AwaitingVerification, DAYS),
    some.builds(Unanswered, some.just("first"), DAYS),
)
FIRST = Step("first", 1, Subject.TOPIC, (CycleDue(2),), (Audience.OWNER,))
STEPS = some.builds(
    Step,
    key=some.just("second"),
    level=some.integers(1, 99),
    on=some.just(Subject.TOPIC),
    when=some.lists(TRIGGERS, min_size=1).map(tuple),
    to=some.lists(some.sampled_from([*Audience, Listed("unit:xcb")]), min_size=1).map(tuple),
    single=some.booleans(),
    repeat=some.none() | some.builds(Repeat, DAYS, UNITS, some.none() | some.integers(2, 9)),
    paper=some.sampled_from(["", "yellow"]),
)


@given(STEPS, some.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_any_ladder_survives_being_written(step: Step, at: time) -> None:
    whole = Ladder((FIRST, step, Step("third", 1, Subject.TOPIC, (CycleLate(1),), (Audience.OWNER,))), at)

    assert parse(dump(whole)) == whole
    assert loads(dumps(whole)) == whole


def test_every_mistake_is_named_at_once() -> None:
    assert wrong(
        {
            "at": "nine",
            "steps": [],
            "step": [
                STEP | {"level": "high", "when": [{"before": -1}, {"befor": 7}], "to": ["ower", "chief"]},
                {"key": "a b", "levels": 1, "on": "topic", "when": [], "to": "owner"},
            ],
        }
    ) == {
        "at": "wrong_type",
        "steps": "unknown_key",
        "step[0].level": "wrong_type",
        "step[0].when[0].before": "out_of_range",
        "step[0].when[1]": "not_one_trigger",
        "step[0].to[0]": "unknown_word",
        "step[1].key": "bad_name",
        "step[1].levels": "unknown_key",
        "step[1].level": "missing",
        "step[1].when": "empty",
        "step[1].to": "wrong_type",
    }


@pytest.mark.parametrize(
    ("keys", "problems"),
    [
        ({"key": 7}, {"step[0].key": "wrong_type"}),
        ({"level": True}, {"step[0].level": "wrong_type"}),
        ({"on": "person"}, {"step[0].on": "unknown_word"}),
        ({"on": ["topic"]}, {"step[0].on": "unknown_word"}),
        ({"single": "yes"}, {"step[0].single": "wrong_type"}),
        ({"to": ["unit:"]}, {"step[0].to[0]": "unknown_word"}),
        ({"when": [7]}, {"step[0].when[0]": "wrong_type"}),
        ({"when": [{"before": 1, "after": 1}]}, {"step[0].when[0]": "not_one_trigger"}),
        ({"when": [{"unanswered": "it"}]}, {"step[0].when[0].after": "missing"}),
        ({"when": [{"share_left": 100}]}, {"step[0].when[0].share_left": "out_of_range"}),
        ({"when": [{"silent": 3, "unless_report": True}]}, {"step[0].when[0].unless_report": "unknown_key"}),
        ({"repeat": 5}, {"step[0].repeat": "wrong_type"}),
        ({"repeat": {"every": 0}}, {"step[0].repeat.every": "out_of_range"}),
        ({"when": [{"unanswered": "it", "after": 1}]}, {"step[0].when[0].unanswered": "unknown_step"}),
        ({"when": [{"unanswered": "no", "after": 1}]}, {"step[0].when[0].unanswered": "unknown_step"}),
        (
            {"when": [{"before": 1}, {"cycle_due": 1}]},
            {"step[0].when[1]": "cycle_stands_alone"},
        ),
        (
            {"when": [{"cycle_late": 1}], "repeat": {"every": 5}},
            {"step[0].when[0]": "cycle_stands_alone"},
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(keys: dict[str, Any], problems: dict[str, str]) -> None:
    assert wrong_step(**keys) == problems


def test_keys_are_unique() -> None:
    assert wrong({"step": [STEP, STEP | {"key": "other"}, STEP]}) == {
        "step[0].key": "given_twice",
        "step[2].key": "given_twice",
    }


def test_a_ladder_is_a_table_with_steps() -> None:
    assert wrong([]) == {"": "wrong_type"}
    assert wrong({}) == {"step": "missing"}
    assert wrong({"step": [], "at": "09:00+08:00"}) == {"step": "empty", "at": "wrong_type"}


def test_the_problem_reads_as_a_sentence() -> None:
    with pytest.raises(LadderProblem, match=r"step\[0\]\.level: wrong_type"):
        parse({"step": [STEP | {"level": "1"}]})


def test_names_are_kept_as_they_are_written() -> None:
    assert '"黄牌"' in dumps(parse({"step": [STEP | {"key": "黄牌"}]}))


def test_the_vocabulary_is_the_same_when_it_is_read_again() -> None:
    """It is put together as the module loads; once more every word must mean and take the same."""
    again = runpy.run_path(ladder_words.__file__, run_name=ladder_words.__name__)["TRIGGERS"]
    assert vocabulary(again) == vocabulary(ladder_words.TRIGGERS)


def vocabulary(triggers: Mapping[type[Any], Keys]) -> list[object]:
    tried = [-1, 0, 1, 2, 99, 100, 1000, 1001, True, "workday", "it"]
    return [
        (kind, word, key.field, key.needed, [taken(key, value) for value in tried])
        for kind, keys in triggers.items()
        for word, key in keys.items()
    ]


def taken(key: Key, value: object) -> object:
    try:
        return key.read(value)
    except LadderProblem as problem:
        return str(problem)
