"""What a library loads and we never use is not loaded.

python-telegram-bot brings its own transport, and with it an HTTP client: a twentieth of a start and of the
memory. Ours (`bot.messengers.telegram_request`) is the only one there is. This is the program's own choice,
made as it begins; whoever else uses the library in another process has all of it.
"""

import sys
from types import ModuleType
from typing import Final

TRANSPORT: Final = "telegram.request._httpxrequest"


class _Spared(ModuleType):
    """In the transport's place: all the library asks of it is a class that our wire is no instance of."""

    class HTTPXRequest:
        """Nobody's transport."""


def spare() -> None:
    """Leave the transport out. Comes before the library is loaded; afterwards it changes nothing."""
    sys.modules.setdefault(TRANSPORT, _Spared(TRANSPORT))
