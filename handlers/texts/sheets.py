"""The vocabulary of imported sheets, in both languages at once: an office's file is in whichever it uses."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.texts import LANGUAGES
from services.sheets_words import Vocabulary


@cache
def vocabulary() -> Vocabulary:
    """Headings and words of every language we speak."""
    tables = [_table(language) for language in LANGUAGES]
    return Vocabulary.of((table["headings"] for table in tables), (table["words"] for table in tables))


def _table(language: str) -> dict[str, Any]:
    return tomllib.loads(files("handlers.texts").joinpath(language, "sheets.toml").read_text("utf-8"))
