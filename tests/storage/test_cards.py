"""A card is found by its key or by its message, and is retired when it is redrawn."""

from datetime import timedelta

from storage import cards
from storage.cards import Posted
from storage.store import Store, Tx
from tests.fakes import HandClock
from workflow.roles import PersonId


def post(store: Store, dean: PersonId, key: str, topic: int | None = 17, chat: str = "dean") -> Posted:
    def turn(tx: Tx) -> Posted:
        card = Posted(key, "telegram", chat, dean, "[]", tx.now, "topic" if topic else "", topic)
        cards.add(tx, card)
        return card

    return store.run_now(turn)


def test_keys_fit_on_a_button_and_differ() -> None:
    keys = {cards.new_key() for _ in range(1_000)}

    assert len(keys) == 1_000
    assert {len(key) for key in keys} == {12}


def test_a_press_finds_its_card_and_a_reply_its_message(store: Store, dean: PersonId) -> None:
    card = post(store, dean, "k1")
    assert store.read_now(lambda tx: cards.by_key(tx, "k1")) == card
    assert store.read_now(lambda tx: cards.by_key(tx, "k2")) is None

    store.run_now(lambda tx: cards.learn_message(tx, "k1", "77"))
    found = store.read_now(lambda tx: cards.by_message(tx, "telegram", "dean", "77"))
    assert found is not None
    assert found.key == "k1"
    assert store.read_now(lambda tx: cards.by_message(tx, "telegram", "office", "77")) is None


def test_a_redrawn_card_is_retired_once(store: Store, dean: PersonId, clock: HandClock) -> None:
    post(store, dean, "drawn")
    retired = clock.advance(timedelta(hours=1))

    store.run_now(lambda tx: cards.retire(tx, "drawn"))
    clock.advance(timedelta(hours=1))
    store.run_now(lambda tx: cards.retire(tx, "drawn"))

    card = store.read_now(lambda tx: cards.by_key(tx, "drawn"))
    assert card is not None
    assert card.superseded_at == retired


def test_retired_cards_and_those_of_no_item_are_forgotten_in_the_end(
    store: Store, dean: PersonId, clock: HandClock
) -> None:
    for key in ("old", "new"):
        post(store, dean, key)
    post(store, dean, "menu", topic=None)
    store.run_now(lambda tx: cards.retire(tx, "old"))

    clock.advance(timedelta(days=30))
    assert store.run_now(lambda tx: cards.prune(tx, tx.now - timedelta(days=31))) == 0
    assert store.run_now(lambda tx: cards.prune(tx, tx.now - timedelta(days=29))) == 2
    assert store.read_now(lambda tx: cards.by_key(tx, "new")) is not None
