"""The wire to the Bot API: python-telegram-bot's requests over one aiohttp session.

It measured several times the throughput of the stock transport under concurrency. It also tells whether a
failed request can have reached the server, and it alone holds the token: the bot above it works with
token-free paths (`/sendMessage`), so that no log line and no exception of the library can show it.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from typing import Any, Final, NamedTuple, cast

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    ServerFingerprintMismatch,
    TCPConnector,
)
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS: Final = 32
CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 20.0
UPLOAD_SECONDS: Final = 300.0
CHUNK: Final = 64 * 1024

_JSON: Final = {"Content-Type": "application/json"}
_BEFORE_WRITING: Final = (
    ClientConnectorError,
    ClientHttpProxyError,
    ConnectionTimeoutError,  # no connection in time, or no room in the pool
    InvalidURL,
    ServerFingerprintMismatch,
)


class NotWritten(NetworkError):
    """The request never left this machine, so it can be repeated."""


class NoSuchFile(TelegramError):
    """The file server does not know the path."""


class _Said(NamedTuple):
    """A body already written: the library hands it on to the wire unread."""

    body: bytes


class Wire(BaseRequest):
    """One session for every call. `base` and `files` end just before the token; all times in seconds."""

    def __init__(
        self,
        token: str,
        base: str,
        files: str,
        *,
        connect: float = CONNECT_SECONDS,
        read: float = READ_SECONDS,
        connections: int = CONNECTIONS,
        proxy: str = "",
    ) -> None:
        self._api = f"{base}{token}"
        self._files = f"{files}{token}"
        self._connect = connect
        self._read = read
        self._connections = connections
        self._proxy = proxy or None
        self._usual = self._patience(read)
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may stay silent, in seconds."""
        return self._read

    async def initialize(self) -> None:
        """Open the session; a second time does nothing."""
        if self._session is None:
            connector = TCPConnector(limit=self._connections)
            self._session = ClientSession(connector=connector, cookie_jar=DummyCookieJar(), proxy=self._proxy)

    async def shutdown(self) -> None:
        """Close the session and its connections; a second time does nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """What a method gives, asked with a JSON body; a parameter that is None is left out.

        Raises python-telegram-bot's errors, as its own calls do.
        """
        said = {name: value for name, value in parameters.items() if value is not None}
        return await self.post(f"/{method}", cast("RequestData", _Said(json.dumps(said).encode())))

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | _Said | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and body of one call; `url` is what follows the token. Only `read_timeout` is heeded."""
        usual = read_timeout is BaseRequest.DEFAULT_NONE
        body, headers = _body(request_data)
        with _told_apart():
            async with self._open().request(
                method,
                self._api + url,
                data=body,
                headers=headers,
                timeout=self._usual if usual else self._patience(read_timeout),
                allow_redirects=False,
            ) as answer:
                return answer.status, await answer.read()

    @asynccontextmanager
    async def download(self, path: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """The chunks of a file. Raises NoSuchFile, InvalidToken and NetworkError."""
        url = f"{self._files}/{path.lstrip('/')}"
        with _told_apart():
            async with self._open().get(url, timeout=self._usual, allow_redirects=False) as answer:
                _expect_file(answer.status)
                yield answer.content.iter_chunked(CHUNK)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object. The stock reading logs what it cannot read: people's words."""
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            raise NetworkError("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise NetworkError("the answer is not an object")
        return answer

    def _patience(self, read: float) -> ClientTimeout:
        total = self._connect + UPLOAD_SECONDS + read
        return ClientTimeout(total=total, connect=self._connect, sock_read=read)

    def _open(self) -> ClientSession:
        if self._session is None:
            raise NotWritten("not open")
        return self._session


@contextmanager
def _told_apart() -> Iterator[None]:
    """aiohttp's failures by what they mean. Their own texts may show the URL, so they are cut off."""
    try:
        yield
    except _BEFORE_WRITING as problem:
        raise NotWritten(type(problem).__name__) from None
    except TimeoutError as problem:
        raise TimedOut(type(problem).__name__) from None
    except ClientError as problem:
        raise NetworkError(type(problem).__name__) from None


def _body(request: RequestData | _Said | None) -> tuple[bytes | FormData | None, Mapping[str, str] | None]:
    if isinstance(request, _Said):
        return request.body, _JSON
    return (_form(request) if request else None), None


def _form(request: RequestData) -> FormData:
    """The body. Names of files stay as they are: Telegram takes UTF-8 and no RFC 2231."""
    form = FormData(quote_fields=False)
    for name, value in request.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _expect_file(status: int) -> None:
    if status == HTTPStatus.UNAUTHORIZED:
        raise InvalidToken
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST):
        raise NoSuchFile("no such file")
    if status != HTTPStatus.OK:
        raise NetworkError(f"the file server answered {status}")
