"""A batch that is being handed in: what is known of it so far, kept in the dialogue until it is agreed to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from handlers.reader import Reader
from handlers.texts.sheets import vocabulary
from services.affairs.batches import Came, Tag, import_batch, tag_of
from services.affairs.batches_reading import BatchSheet, pasted_batch, read_batch
from workflow.errors import NotFound
from workflow.roles import PersonId

BATCH: Final = "batch"
SOURCE, ROWS, REASON = "source", "rows", "reason"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file by its hash or rows as text, in whose name, why the gate lets it pass, and the batch's tag."""

    source: str = ""
    title: str = ""
    on: str = ""
    sha256: str = ""
    name: str = ""
    text: str = ""
    issuer: int = 0
    reason: str = ""

    @classmethod
    def of(cls, draft: Mapping[str, Any]) -> "Handed":
        """From a dialogue's draft."""
        return cls(**{name: draft[name] for name in cls.__dataclass_fields__ if name in draft})

    @property
    def draft(self) -> dict[str, Any]:
        """As a dialogue's draft."""
        return asdict(self)


def sheet_of(reader: Reader, one: Handed) -> BatchSheet:
    """What was handed in, read. Raises NotFound for a file that is gone, and what reading raises."""
    if not one.sha256:
        return pasted_batch(one.text, reader.say("batches.pasted"), vocabulary())
    path = reader.policy.kept(one.sha256)
    if not path.is_file():
        raise NotFound("file_gone", name=one.name)
    return read_batch(path, one.name, vocabulary())


def tagged(reader: Reader, one: Handed) -> Tag:
    """What the batch is; its topics name the source, and the batch where that says more."""
    word = source_word(reader, one.source)
    named = one.title if word in one.title else f"{word} {one.title}"
    return tag_of(one.source, one.title, named, date.fromisoformat(one.on))


def run(reader: Reader, one: Handed, sheet: BatchSheet, *, dry_run: bool) -> Came:
    """Look at it, or write it."""
    tag = tagged(reader, one)
    return import_batch(reader.work, tag, sheet, PersonId(one.issuer), let_pass=one.reason, dry_run=dry_run)


def source_word(reader: Reader, source: str) -> str:
    """A source in words."""
    return reader.say(f"batches.source.{source}")
