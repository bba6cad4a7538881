"""Refusals in Telegram's own words, so that a client cannot tell the sandbox from the real thing.

Source of the wordings: https://core.telegram.org/bots/api#making-requests and what the public server answers.
"""

from typing import Final

TITLES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class ApiError(Exception):
    """A refused Bot API call: its code, its description, and Telegram's `parameters` if any."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, object]:
        """The JSON Telegram answers with."""
        answer: dict[str, object] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def refused(code: int, reason: str = "") -> ApiError:
    """A refusal with the code's usual title in front, as in `Bad Request: chat not found`."""
    return ApiError(code, f"{TITLES[code]}: {reason}" if reason else TITLES[code])


def bad(reason: str) -> ApiError:
    """A 400."""
    return refused(400, reason)


def too_many(retry_after: int) -> ApiError:
    """A 429 that says after how many seconds of real time to come back."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(to: int) -> ApiError:
    """The 400 a group answers with once it has become the supergroup `to`."""
    reason = "group chat was upgraded to a supergroup chat"
    return ApiError(400, f"Bad Request: {reason}", migrate_to_chat_id=to)


class SandboxError(Exception):
    """A refused call of the control surface: HTTP status, a code, a plain sentence, and what may help."""

    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.more = more

    def body(self) -> dict[str, object]:
        """The JSON the control surface answers with."""
        return {"error": self.code, "message": str(self), **self.more}
