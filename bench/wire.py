"""A wire that goes nowhere: python-telegram-bot needs a bot that knows its own name."""

from typing import Any

from telegram.request import BaseRequest

_ME = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"b","username":"bench_bot"}}'


class Canned(BaseRequest):
    """Answers every call as getMe would be answered."""

    @property
    def read_timeout(self) -> float:
        """Never waited for; in seconds."""
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """The one answer."""
        return 200, _ME
