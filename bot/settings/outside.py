"""The network's side of us: the messenger's account, the door its posts come to, the web board, /healthz."""

import re
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, StringConstraints, field_validator, model_validator

from bot.settings.table import Section, Text

ADDRESS: Final = re.compile(r"(https?://[^\s/]+\S*)?")
TOKEN: Final = re.compile(r"(\d+:[A-Za-z0-9_-]+)?")
SECRET: Final = re.compile(r"([A-Za-z0-9_-]{16,256})?")
PUBLIC: Final = r"^(https://[^\s/]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[^\s{}?#]*)?$|^$"
Port = Annotated[int, Field(ge=0, le=65535)]


class Webhook(Section):
    """Where Telegram posts updates (an empty `url`: we ask for them), and the secret each post must show.

    We listen at `host` and `port`, behind whatever answers at `url`. Plain http is for a Bot API server of
    one's own, on this machine.
    """

    url: Annotated[str, StringConstraints(pattern=PUBLIC)]
    secret: SecretStr
    secret_file: str
    host: Text
    port: Annotated[int, Field(ge=1, le=65535)]
    connections: Annotated[int, Field(ge=1, le=100)]

    @field_validator("secret")
    @classmethod
    def _cannot_be_guessed(cls, secret: SecretStr) -> SecretStr:
        if SECRET.fullmatch(secret.get_secret_value()):
            return secret
        raise ValueError("a secret is 16 to 256 letters, digits, _ or -")

    @model_validator(mode="after")
    def _is_not_open_to_all(self) -> Self:
        if self.url and not self.secret.get_secret_value():
            raise ValueError("an address for posts needs a secret, or anybody could post")
        return self

    @property
    def path(self) -> str:
        """The path of `url`, which posts come to."""
        return urlsplit(self.url).path or "/"


class Telegram(Section):
    """The Telegram account. Rates are messages per second, per second in a chat, per minute in a group."""

    token: SecretStr
    token_file: str
    api: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+[^\s]*$")]
    poll_seconds: Annotated[int, Field(ge=0, le=50)]
    connections: Annotated[int, Field(ge=1, le=100)]
    per_second: Annotated[float, Field(ge=0)]
    per_chat_second: Annotated[float, Field(ge=0)]
    per_group_minute: Annotated[float, Field(ge=0)]
    webhook: Webhook

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr) -> SecretStr:
        if TOKEN.fullmatch(token.get_secret_value()):
            return token
        raise ValueError("a token is digits, a colon, then letters and digits, as BotFather gives it")


class Web(Section):
    """The web board: the public address personal links lead to, and where we listen behind it (port 0: off).

    Plain http is for this machine alone: whoever reads a link is let in.
    """

    address: Annotated[str, StringConstraints(pattern=PUBLIC)]
    host: Text
    port: Port
    link_minutes: Annotated[int, Field(ge=1, le=60)]
    session_hours: Annotated[int, Field(ge=1, le=24)]

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.port and not self.address:
            raise ValueError("links to the web board need the address people open it at")
        return self

    @property
    def base(self) -> str:
        """The address, as paths are added to it."""
        return self.address.rstrip("/")


class Health(Section):
    """Where /healthz answers (port 0 switches it off), and whom a sign of life is sent each minute."""

    host: Text
    port: Port
    heartbeat_url: SecretStr

    @field_validator("heartbeat_url")
    @classmethod
    def _looks_like_an_address(cls, url: SecretStr) -> SecretStr:
        if ADDRESS.fullmatch(url.get_secret_value()):
            return url
        raise ValueError("an address begins with http:// or https://")
