"""Documents that are drawn from the code say what the code says."""

from pathlib import Path

import pytest

from handlers.table_page import page

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.parametrize(("language", "name"), [("en", "transitions.md"), ("zh", "transitions.zh-CN.md")])
def test_the_page_of_rules_is_drawn_from_the_table(language: str, name: str) -> None:
    written = (DOCS / name).read_text("utf-8")
    assert written == page(language), "run: lingti table --language " + language + " > docs/" + name
