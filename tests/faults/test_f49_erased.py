"""Fault 49: a person asks to be erased. Identity and words go; the trail verifies and replays."""

from pathlib import Path

import pytest

from services import leaving
from storage import people
from tests.keeping import Folder, folder

pytestmark = pytest.mark.sqlite("the bytes of the file are looked through")

WORDS = "已完成制度初稿"
TITLE = "外事副院长"


@pytest.fixture
def college(tmp_path: Path) -> Folder:
    """The vice president for foreign affairs has an account, reported, and left."""
    made = folder(tmp_path / "data")
    with made.world() as world:
        world.bound("foreign")
        world.bound("deputy")
        foreign, deputy = world.id("foreign"), world.id("deputy")
        world.do("clerk", lambda w: leaving.leave(w, foreign, deputy))
    return made


def test_nothing_of_the_person_is_left_in_the_file(college: Folder) -> None:
    with college.world() as world:
        person = world.id("foreign")
    traces = [word.encode() for word in (WORDS, TITLE, "u-foreign", "c-foreign")]
    before = college.file.read_bytes()
    assert all(trace in before for trace in traces)

    ended = college.lingti("person", "erase", "foreign", "--yes")
    assert ended.code == 0, ended.said
    assert f"erased person {person}" in ended.said

    left = b"".join(file.read_bytes() for file in college.data.glob("lingti.db*"))
    assert [trace for trace in traces if trace in left] == []
    with college.world() as world:
        erased = world.ask(lambda tx: people.get(tx, person))
        assert (erased.title, erased.name, erased.state) == (f"erased person {person}", "", "erased")
        assert world.trail()[-1] == "erased"

    ended = college.here("verify")
    assert ended.code == 0, ended.said
    assert "agrees in everything" in ended.said


def test_whoever_still_holds_something_is_not_erased(tmp_path: Path) -> None:
    college = folder(tmp_path / "data")
    ended = college.here("person", "erase", "foreign", "--yes")
    assert ended.code == 2
    assert "Hand over first" in ended.said
    with college.world() as world:
        assert world.person("foreign").title == TITLE


def test_it_is_asked_before_it_is_done(college: Folder) -> None:
    ended = college.here("person", "erase", "foreign")
    assert "Erase 外事副院长?" in ended.said
    with college.world() as world:
        assert world.person("foreign").state == "left"


def test_an_unknown_or_erased_person_is_refused(college: Folder) -> None:
    assert college.here("person", "erase", "nobody", "--yes").code == 2
    assert college.here("person", "erase", "foreign", "--yes").code == 0
    assert college.here("person", "erase", "foreign", "--yes").code == 2
