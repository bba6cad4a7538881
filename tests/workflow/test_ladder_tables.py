"""The reading machine on its own: each reader at its bounds, and what it says of anything else."""

from datetime import time

import pytest

from workflow.ladder_tables import Key, LadderProblem, Problem, Read, hour, several, table, whole


def refused(read: Read, value: object) -> dict[str, str]:
    with pytest.raises(LadderProblem) as caught:
        read(value)
    return {problem.path: problem.code for problem in caught.value.problems}


def test_a_whole_number_lies_within_its_bounds() -> None:
    read = whole(2, 5)
    assert [read(value) for value in (2, 3, 5)] == [2, 3, 5]
    assert refused(read, 1) == refused(read, 6) == {"": "out_of_range"}
    assert refused(read, True) == refused(read, "3") == refused(read, 2.5) == {"": "wrong_type"}


def test_without_a_bound_it_is_at_most_a_thousand() -> None:
    assert whole(1)(1000) == 1000
    assert refused(whole(1), 1001) == {"": "out_of_range"}


def test_a_list_holds_at_least_one_and_every_mistake_has_its_place() -> None:
    read = several(whole(1))
    assert read([1, 2]) == read((1, 2)) == (1, 2)
    assert refused(read, []) == {"": "empty"}
    assert refused(read, "12") == {"": "wrong_type"}
    assert refused(read, [0, 1, "x"]) == {"[0]": "out_of_range", "[2]": "wrong_type"}


def test_a_table_has_its_keys_and_no_others() -> None:
    read = table({"n": Key("number", whole(1), needed=True)}, dict)
    assert read({"n": 3}) == {"number": 3}
    assert refused(read, {"m": 3}) == {"m": "unknown_key", "n": "missing"}
    assert refused(read, [3]) == {"": "wrong_type"}


def test_an_hour_is_toml_s_own_or_written() -> None:
    assert hour(time(9, 30)) == hour("09:30") == time(9, 30)


def test_all_problems_stand_in_the_message() -> None:
    problem = LadderProblem(Problem("at", "wrong_type"), Problem("step", "missing"))
    assert str(problem) == "at: wrong_type; step: missing"
