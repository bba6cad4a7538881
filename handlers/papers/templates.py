"""文书模板: the templates that come with the house, for an office that wants to edit them in Word."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from handlers.cards import Card
from handlers.papers.year_end import MIME
from handlers.printing import Paper, handed_over
from handlers.reader import Reader
from reports.papers import word


def draw(reader: Reader, args: Sequence[str], folder: Path) -> Paper:
    """Those of the reader's language, as one archive."""
    path = folder / "templates.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted((word.BUILT_IN / reader.say.language).glob(f"*{word.SUFFIX}")):
            archive.write(file, file.name)
    name = reader.say("papers.name.templates")
    card = Card(name, (reader.say("papers.templates.done"),))
    return handed_over(card, path, reader.say("papers.file.pack", name=name), MIME)
