"""The papers of an affair: agenda and minutes, the record of an admonition, self-check, appraisal."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from handlers.papers.writing import paper, scribe, still
from handlers.printing import Paper
from handlers.reader import Reader
from reports.papers.admonition import admonition
from reports.papers.appraisal import appraisal
from reports.papers.meeting import agenda, minutes
from reports.papers.scribe import Scribe
from reports.papers.self_check import self_check
from services.affairs.papers import require
from storage import affairs
from workflow.affair import Affair

GATHERED: Final[Mapping[str, Callable[[Scribe, Affair], Any]]] = {
    "agenda": agenda,
    "minutes": minutes,
    "admonition": admonition,
    "self_check": self_check,
    "appraisal": appraisal,
}


@still
def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """The file. Raises NoRight for who may not have it by now."""
    affair_id, kind = args
    affair = affairs.get(reader.tx, int(affair_id))
    require(reader.work, affair, kind)
    told = GATHERED[kind](scribe(reader), affair)
    name = reader.say(f"papers.name.{kind}", number=affair.number)
    return paper(reader, kind, told, folder, name, reader.say("papers.confidential"))
