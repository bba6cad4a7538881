"""What stands beside topics and has a rights test of its own: names the matrix of topics need not explain.

Each name is told with the test that proves who may; the second table has a test that tries every line.
"""

from typing import Final

BUTTONS_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "web.end",  # test_web
        "affair.open",  # test_affair_frame
        # test_recheck: only who verifies decides
        "rechecks",
        "recheck.firm",
        "recheck.relapse",
        "recheck.relapse_now",
        "recheck.later",
        "recheck.later_to",
    }
)
COMMANDS_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "recheck",  # test_recheck
    }
)
DIALOGUES_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "recheck_later",  # test_recheck
        "recheck_relapse",
    }
)
        "web",  # test_web
        "meeting",  # test_meetings_rights
        "propose_item",
        "agenda",
        "minutes",
