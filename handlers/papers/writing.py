"""Writing a paper in Word for its reader: in the reader's language, from the office's template if fit."""

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from handlers.cards import Card
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports.papers import word
from reports.papers.scribe import Scribe
from workflow.dates_period import Period
from workflow.errors import WorkflowError
from workflow.topic import Topic

Drawing = Callable[[Reader, Sequence[str], Path], Paper]


def still(draw: Drawing) -> Drawing:
    """Ask again, when it is drawn, whether its reader may have it: rights may have gone since the order."""

    @wraps(draw)
    def drawn(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
        try:
            return draw(reader, args, folder)
        except WorkflowError:
            return Paper(Card(lines=(reader.say("papers.gone"),)), {})

    return drawn


def scribe(reader: Reader) -> Scribe:
    """Who writes, from the snapshot the reader has."""
    return Scribe(reader.tx, reader.policy, reader.say)


def called(reader: Reader, name: str, topic: Topic | None) -> str:
    """What a college's own paper is called: its template's name, and the topic's number."""
    return reader.say("papers.name.blank", name=name, number=topic.number) if topic else name


def circular_name(reader: Reader, period: Period) -> str:
    """What the circular of a period is called, when it is ordered and when it is drawn."""
    day = scribe(reader).day
    return reader.say("papers.name.circular", first=day(period.first), last=day(period.last))


def written(reader: Reader, template: str, facts: Any, path: Path) -> str:
    """Write a paper to a file; a line about the office's own template where it could not be used, or ""."""
    own, language = reader.policy.templates, reader.say.language
    fault = word.write(template, facts, path, language=language, own=own)
    if fault is None:
        return ""
    why = reader.say(f"papers.why.{fault.code}", detail=fault.detail)
    return reader.say("papers.fault", file=fault.file, why=why)


def paper(reader: Reader, template: str, facts: Any, folder: Path, name: str, *lines: str) -> Paper:
    """One paper as a card with its file."""
    path = folder / f"{template}{word.SUFFIX}"
    fault = written(reader, template, facts, path)
    card = Card(name, tuple(line for line in (*lines, reader.say("papers.done"), fault) if line))
    return handed_over(card, path, reader.say("papers.file.paper", name=name), word.MIME)
