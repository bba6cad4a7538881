"""A sign of life to somebody outside, who calls when it goes missing: for who watches the watchman."""

import logging
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout
from pydantic import SecretStr

log = logging.getLogger(__name__)

PATIENCE: Final = ClientTimeout(total=10)  # seconds


async def beat(url: SecretStr) -> None:
    """Ask for the address, which is a secret. What is answered does not matter; nothing here may raise."""
    if not url.get_secret_value():
        return
    try:
        async with ClientSession(timeout=PATIENCE) as http, http.get(url.get_secret_value()) as answer:
            answer.raise_for_status()
    except (ClientError, TimeoutError) as problem:
        log.warning("the heartbeat was not heard", extra={"reason": type(problem).__name__})
