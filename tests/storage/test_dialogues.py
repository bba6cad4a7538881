"""One dialogue is open per person, chat and thread; small facts are kept by name."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from storage import dialogues, facts
from storage.dialogues import Dialogue
from storage.store import Store
from tests.fakes import HandClock
from workflow.roles import PersonId


def test_a_dialogue_moves_on_in_its_own_thread(store: Store, dean: PersonId, clock: HandClock) -> None:
    asked = Dialogue(dean, "dean", "", "new", "goal", 1, {"title": "境外管理", "units": [1, 2]}, clock.now())
    aside = replace(asked, thread="5", name="claim")
    answered = replace(asked, step="deadline", draft={"goal": "清"})

    for each in (asked, aside, answered):
        store.run_now(partial(dialogues.put, dialogue=each))

    assert store.read_now(lambda tx: dialogues.get(tx, dean, "dean")) == answered
    assert store.read_now(lambda tx: dialogues.get(tx, dean, "dean", "5")) == aside
    assert store.run_now(lambda tx: dialogues.drop(tx, dean, "dean"))
    assert not store.run_now(lambda tx: dialogues.drop(tx, dean, "dean"))
    assert store.read_now(lambda tx: dialogues.get(tx, dean, "dean")) is None


def test_what_waits_in_a_draft_is_known(store: Store, dean: PersonId, clock: HandClock) -> None:
    waiting = Dialogue(dean, "dean", "", "unplaced", "which", 1, {"said": {"files": [["ab12"]]}}, clock.now())
    store.run_now(partial(dialogues.put, dialogue=waiting))

    assert store.read_now(lambda tx: dialogues.mentioned(tx, ["ab12", "cd34"])) == {"ab12"}


def test_a_fact_is_as_of_when_it_was_last_set(store: Store, clock: HandClock) -> None:
    assert store.read_now(lambda tx: facts.get(tx, "pulse")) is None

    store.run_now(lambda tx: facts.put(tx, "pulse", "1"))
    later = clock.advance(timedelta(minutes=1))
    store.run_now(lambda tx: facts.put(tx, "pulse", "2"))

    assert store.read_now(lambda tx: facts.get(tx, "pulse")) == facts.Fact("2", later)
