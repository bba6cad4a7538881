"""What stands beside topics and has a rights test of its own: names the matrix of topics need not explain.

Each name is told with the test that proves who may; the second table has a test that tries every line.
"""

from typing import Final

BUTTONS_BESIDE: Final[frozenset[str]] = frozenset(
    {
        "affair.open",  # test_affair_frame
    }
)
COMMANDS_BESIDE: Final[frozenset[str]] = frozenset()
DIALOGUES_BESIDE: Final[frozenset[str]] = frozenset()
