"""Whether a commit waits for a second server is asked of the server itself."""

from storage import standby
from storage.store import Store


def test_without_a_standby_nobody_is_waited_for(store: Store) -> None:
    expected = None if store.url.get_backend_name() == "sqlite" else False
    assert store.read_now(standby.synchronous) is expected
