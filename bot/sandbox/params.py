"""A call's parameters, wherever they came: query, form, multipart or JSON. Lenient where Telegram is."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from bot.sandbox.errors import bad


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: a name and bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Every value is text until somebody asks for more; files are apart."""

    values: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The value, or an empty text."""
        return self.values.get(name, "")

    def number(self, name: str, default: int = 0) -> int:
        """The value as a whole number; what is none counts as 0, as with Telegram."""
        return numeric(self.text(name)) if self.text(name).strip() else default

    def flag(self, name: str) -> bool:
        """Whether the value says yes."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, what: str) -> Any:
        """The value as JSON, None if absent; `what` names it in the refusal."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None

    def upload(self, name: str) -> Upload | None:
        """The file sent under that name, or attached by `attach://`."""
        value = self.text(name)
        return self.files.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


def numeric(value: object) -> int:
    """A whole number written in whatever way; 0 for what is none."""
    text = str(value).strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,19}", text) else 0


async def read(request: web.Request) -> Params:
    """All parameters of a request, the body's winning over the query's."""
    values: dict[str, str] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        values |= from_json(await request.read())
    elif request.method == "POST" and request.can_read_body:
        for name, value in (await request.post()).items():
            if isinstance(value, FileField):
                files[name] = Upload(value.filename or "file", value.file.read())
            else:
                values[name] = value if isinstance(value, str) else bytes(value).decode()
    return Params({name: _sound(value) for name, value in values.items()}, files)


def from_json(body: bytes) -> dict[str, str]:
    """The parameters a JSON body holds, structures flattened to text as a form would carry them."""
    try:
        found = json.loads(body or b"{}")
    except ValueError:
        raise bad("can't parse request body as JSON object") from None
    if not isinstance(found, dict):
        raise bad("can't parse request body as JSON object")
    return {name: _flat(value) for name, value in found.items() if value is not None}


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sound(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    return value
