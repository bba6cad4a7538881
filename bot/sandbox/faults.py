"""Faults on demand: the next calls of a method go wrong the way the real server's calls go wrong."""

from dataclasses import asdict, dataclass, field, replace

from bot.sandbox.errors import TITLES, ApiError, SandboxError, refused, too_many
from bot.sandbox.shapes import Json

TROUBLE = frozenset({"hang", "drop", "late"})
KINDS = TROUBLE | {str(code) for code in TITLES}


@dataclass(frozen=True, slots=True)
class Fault:
    """The next `times` calls of `method` (`*` for any) go wrong.

    `hang`: not accepted, never answered. `drop`: accepted, then the connection is cut.
    `late`: accepted, never answered. A number: refused with that status.
    `bot` limits it to one bot, `description` replaces the words.
    """

    id: int
    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    description: str = ""
    bot: int | None = None

    def error(self) -> ApiError:
        """The refusal of a numbered kind."""
        if self.kind == "429":
            return too_many(self.retry_after)
        code = int(self.kind)
        return ApiError(code, self.description) if self.description else refused(code)


@dataclass(slots=True)
class Faults:
    """What is to go wrong; kept in memory only, so a restart heals everything."""

    _open: list[Fault] = field(default_factory=list)
    _count: int = 0

    def add(self, wish: Json) -> Fault:
        """Plan a fault from the control surface's JSON."""
        if "method" not in wish or str(wish.get("kind")) not in KINDS:
            raise SandboxError(400, "bad_fault", "A fault needs a method and a kind.", kinds=sorted(KINDS))
        times, retry_after = wish.get("times", 1), wish.get("retry_after", 1)
        if not all(isinstance(number, int) and number > 0 for number in (times, retry_after)):
            raise SandboxError(400, "bad_fault", "times and retry_after are whole numbers above 0.")
        self._count += 1
        more = {"times": times, "retry_after": retry_after, "bot": wish.get("bot")}
        words = str(wish.get("description", ""))
        fault = Fault(self._count, str(wish["method"]).lower(), str(wish["kind"]), description=words, **more)
        self._open.append(fault)
        return fault

    def take(self, bot: int, method: str) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        for place, fault in enumerate(self._open):
            if fault.method in {"*", method.lower()} and fault.bot in {None, bot}:
                left = replace(fault, times=fault.times - 1)
                self._open[place : place + 1] = [left] if left.times else []
                return fault
        return None

    def listed(self) -> list[Json]:
        """What is still to come."""
        return [asdict(fault) for fault in self._open]

    def clear(self) -> None:
        """Nothing more goes wrong."""
        self._open.clear()
