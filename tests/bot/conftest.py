"""A house per test: the process around a real store and a local Telegram."""

from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import URL

from tests.house import House, door, open_house


@pytest.fixture
async def house(tmp_path: Path, database: URL) -> AsyncIterator[House]:
    async with open_house(tmp_path, database) as house:
        yield house


@pytest.fixture
def busy_port() -> Iterator[int]:
    """A port somebody else listens on."""
    with door() as (listener, _):
        yield listener.getsockname()[1]


class _Refusing(BaseHTTPRequestHandler):
    """A Bot API that knows no token."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is said."""


@pytest.fixture
def unauthorised() -> Iterator[str]:
    """The address of a Bot API that refuses every token."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Refusing) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()
