"""What can be set, section by section.

No default stands here: every value comes from `defaults.toml`, which a person can read, so a key that has no
default there is an error on the first start and not a surprise on the hundredth.
"""

import re
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, field_validator, model_validator

from bot.settings.outside import Health, Telegram, Web
from bot.settings.supervision import Admonition, Cover
from bot.settings.table import Section, Text
from workflow import ladder_text
from workflow.ladder import Ladder
from workflow.transitions import Event

Items = TypeVar("Items", bound=tuple[Any, ...])
Chief = Literal["secretary", "president"]
Verifier = Annotated[
    str,
    StringConstraints(
        pattern=r"^(discipline_secretary|discipline_staff|committee_member|chief|office|unit:\S+)$"
    ),
]
NOWHERE: Final = Path()
Extension = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+$")]


def _some(items: Items) -> Items:
    if not items:
        raise ValueError("name at least one")
    return items


class College(Section):
    """Whose mechanism it is. `issuers` may 点题 (S1: the secretary; S2: both chiefs)."""

    name: Text
    short: Text
    issuers: Annotated[tuple[Chief, ...], AfterValidator(_some)]


class Calendar(Section):
    """Working hours (local time), days off and worked beyond the known calendar, dates with a name."""

    work_start: time
    work_end: time
    extra_off: tuple[date, ...]
    extra_work: tuple[date, ...]
    named: dict[Text, date]

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.work_start >= self.work_end:
            raise ValueError("work_start must be before work_end")
        if both := sorted(set(self.extra_off) & set(self.extra_work)):
            raise ValueError(f"both off and worked: {', '.join(map(str, both))}")
        return self


class Reminders(Section):
    """When reminders speak. `freeze_days`, `near_days`, `rest_days`: workdays."""

    at: time
    digest: time
    cap: Annotated[int, Field(ge=1)]
    freeze_days: Annotated[int, Field(ge=0)]
    near_days: Annotated[int, Field(ge=0)]
    rest_days: Annotated[int, Field(ge=0)]
    outage_minutes: Annotated[int, Field(ge=1)]


class Steps(Section):
    """The ladder's steps as written; `workflow.ladder_text` reads them."""

    step: Any


class Category(Section):
    """A kind of topic, and who verifies it: a role, or `unit:` and the unit's name."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    verifier: Verifier


class Topics(Section):
    """Topics and what people write about them. `max_text` is in characters."""

    claim_workdays: Annotated[int, Field(ge=0)]
    undo_minutes: Annotated[int, Field(ge=0)]
    vanish_minutes: Annotated[int, Field(ge=1)]
    max_text: Annotated[int, Field(ge=100, le=4000)]
    category: Annotated[tuple[Category, ...], AfterValidator(_some)]

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [category.code for category in self.category]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(f"category code given twice: {', '.join(twice)}")
        return self


class Evidence(Section):
    """What may be handed in; types are file name extensions, and the content must agree with them."""

    max_bytes: Annotated[int, Field(ge=1)]
    max_files: Annotated[int, Field(ge=1, le=100)]
    types: Annotated[tuple[Extension, ...], AfterValidator(_some)]


class Gate(Section):
    """Words that never enter the bot unasked, and phrases that contain them innocently."""

    words: tuple[Text, ...]
    exceptions: tuple[Text, ...]


class Invitations(Section):
    """How long an invitation holds, and how often a person may guess a code."""

    hours: Annotated[int, Field(ge=1)]
    guesses_per_hour: Annotated[int, Field(ge=1)]


class Recheck(Section):
    """回头看: so many months after a topic closed, and for which share (0 to 1) of the topics."""

    months: Annotated[int, Field(ge=1, le=24)]
    share: Annotated[float, Field(ge=0, le=1)]


class Reports(Section):
    """A Chinese font for pictures (file or folder; empty: the machine's); the folder of own templates."""

    font: Path
    templates: Path


class Roles(Section):
    """What an aide may not do in a leader's place: events of the table (workflow/transitions.py)."""

    aide_may_not: tuple[Event, ...]


PublicKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Trail(Section):
    """Where the trail's heads go, and what signs them. Empty paths are files in the data folder."""

    key_file: Path
    heads_file: Path
    publish_at: time
    former_keys: tuple[PublicKey, ...]


class Backup(Section):
    """When the house is copied, whereto, and how many copies are kept; `keep` 0 switches it off."""

    at: time
    keep: Annotated[int, Field(ge=0)]
    folder: Path
    key_file: Path


class Retention(Section):
    """How long texts are kept: of settled topics in years (0: for good), of undelivered messages in days."""

    texts_years: Annotated[int, Field(ge=0)]
    messages_days: Annotated[int, Field(ge=1)]


DATABASES: Final = re.compile(r"(?:(?:sqlite(?:\+\w+)?:///|postgresql(?:\+\w+)?://).*)?", re.DOTALL)
"""The address of a database we speak to, or none."""


class Settings(Section):
    """Everything that can be set, checked and frozen."""

    language: Literal["zh", "en"]
    timezone: ZoneInfo
    data: Path
    database: SecretStr
    database_file: str
    log: Literal["debug", "info", "warning", "error"]
    college: College
    telegram: Telegram
    calendar: Calendar
    reminders: Reminders
    ladder: Steps
    topics: Topics
    evidence: Evidence
    gate: Gate
    recheck: Recheck
    cover: Cover
    admonition: Admonition
    invitations: Invitations
    reports: Reports
    roles: Roles
    web: Web
    health: Health
    trail: Trail
    backup: Backup
    retention: Retention

    @field_validator("database")
    @classmethod
    def _is_one_we_speak(cls, database: SecretStr) -> SecretStr:
        if DATABASES.fullmatch(database.get_secret_value()):
            return database
        raise ValueError("a database is postgresql+psycopg://... or sqlite:///...; empty: in the data folder")

    def secrets(self) -> tuple[SecretStr, ...]:
        """What must not be seen anywhere."""
        telegram = self.telegram
        return telegram.token, telegram.webhook.secret, self.database, self.health.heartbeat_url

    def database_url(self) -> str:
        """Where the store is: the URL that was set, or a SQLite file in the data folder."""
        return self.database.get_secret_value() or f"sqlite:///{self.data / 'lingti.db'}"

    def database_file_used(self) -> Path | None:
        """The SQLite file the store is in; None: it is somewhere else."""
        backend, _, path = self.database_url().partition(":///")
        return Path(path) if backend.startswith("sqlite") else None

    def new_ladder(self) -> Ladder:
        """The ladder frozen onto every topic that is issued from now on."""
        hours = {"at": self.reminders.at, "freeze_days": self.reminders.freeze_days}
        return ladder_text.parse({"step": self.ladder.step} | hours)

    def trail_key(self) -> Path:
        """The file of the key that signs the trail's heads."""
        return _or(self.trail.key_file, self.data / "trail.key")

    def trail_heads(self) -> Path:
        """The file the heads are written to, outside the database."""
        return _or(self.trail.heads_file, self.data / "trail-heads.txt")

    def backups(self) -> Path:
        """The folder of the copies."""
        return _or(self.backup.folder, self.data / "backups")

    def backup_key(self) -> Path | None:
        """The file of the key the copies are sealed with; None: they are not."""
        return None if self.backup.key_file == NOWHERE else self.backup.key_file

    def font(self) -> Path | None:
        """Where the font for pictures lies; None: wherever this machine keeps one."""
        return None if self.reports.font == NOWHERE else self.reports.font

    def templates(self) -> Path | None:
        """The folder of the office's own templates of papers; None: it has none."""
        return None if self.reports.templates == NOWHERE else self.reports.templates

    def placed(self, folder: Path) -> Self:
        """The same with every relative path counted from a folder."""
        trail, backup = self.trail, self.backup
        return self.model_copy(
            update={
                "data": folder / self.data.expanduser(),
                "reports": self.reports.model_copy(update=_placed(folder, self.reports, "font", "templates")),
                "trail": trail.model_copy(update=_placed(folder, trail, "key_file", "heads_file")),
                "backup": backup.model_copy(update=_placed(folder, backup, "folder", "key_file")),
            }
        )


def _or(path: Path, default: Path) -> Path:
    return default if path == NOWHERE else path


def _placed(folder: Path, section: Section, *names: str) -> dict[str, Path]:
    given = {name: getattr(section, name) for name in names}
    return {name: folder / path.expanduser() for name, path in given.items() if path != NOWHERE}
