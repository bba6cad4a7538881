"""What the documents say is so: pages drawn from the code, links, commands, buttons, settings, ladders."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.app import program
from bot.settings import DEFAULTS, load
from handlers import rooms, verbs
from handlers.registry import COMMANDS
from handlers.table_page import page
from workflow.ladder import Audience
from workflow.ladder_text import dump
from workflow.ladder_words import TRIGGERS

HOUSE = Path(__file__).parents[1]
DOCS = HOUSE / "docs"
PAGES = sorted((*HOUSE.glob("*.md"), *DOCS.rglob("*.md")))
GUIDE = DOCS / "guide.zh-CN.md"
GUIDES = (GUIDE, DOCS / "guide-more.zh-CN.md")
LADDER = DOCS / "ladder.md"
MECHANISM = DOCS / "mechanism.md"

LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
SPAN = re.compile(r"`([^`\n]+)`")
COMMAND_LINE = re.compile(r"\blingti ([a-z][a-z-]+)((?: [^`\n#]*)?)")
rooms.open_all()


def spans(path: Path, *, tables_only: bool = False) -> list[str]:
    """What a page sets as code within its lines."""
    lines = path.read_text("utf-8").splitlines()
    return [span for line in lines if not tables_only or line.startswith("|") for span in SPAN.findall(line)]


def anchors(path: Path) -> set[str]:
    """The headings of a page as links name them."""
    found = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def tables(value: Any, *above: str) -> Iterator[str]:
    for row in value if isinstance(value, list) else [value]:
        for key, below in row.items() if isinstance(row, dict) else ():
            yield ".".join((*above, key))
            yield from tables(below, *above, key)


@pytest.mark.parametrize(("language", "name"), [("en", "transitions.md"), ("zh", "transitions.zh-CN.md")])
def test_the_page_of_rules_is_drawn_from_the_table(language: str, name: str) -> None:
    written = (DOCS / name).read_text("utf-8")
    assert written == page(language), f"draw it anew: see CONTRIBUTING.md, docs/{name}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_every_link_leads_somewhere(path: Path) -> None:
    for named in (link or image for link, image in LINK.findall(path.read_text("utf-8"))):
        if named.startswith("http"):
            continue
        file, _, heading = named.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), named
        assert not heading or heading in anchors(target), named


def test_the_index_names_every_document() -> None:
    index = (DOCS / "README.md").read_text("utf-8")
    missing = [path.name for path in DOCS.glob("*.md") if f"({path.name})" not in index]
    assert missing == ["README.md"]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_whatever_the_guide_says_to_send_is_understood(guide: Path) -> None:
    for said in spans(guide, tables_only=True):
        named = verbs.read(said)
        assert named is not None, said
        assert named.name in COMMANDS, said


def test_every_slash_command_in_the_documents_is_one() -> None:
    for path in (*GUIDES, DOCS / "operator.md"):
        for said in (span for span in spans(path) if re.fullmatch(r"/[a-z_]+", span)):
            assert said[1:] in COMMANDS, f"{path.name}: {said}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_every_button_the_guide_names_is_one(guide: Path) -> None:
    labels = tomllib.loads((HOUSE / "handlers/texts/zh/buttons.toml").read_text("utf-8")).values()
    for line in guide.read_text("utf-8").splitlines():
        for label in re.findall(r"\*\*([^*]+)\*\*", line) if line.startswith("|") else ():
            assert label in labels, label


def test_every_setting_the_documents_name_exists() -> None:
    defaults = tomllib.loads(DEFAULTS.read_text("utf-8"))
    sections = "|".join(key for key, value in defaults.items() if isinstance(value, dict))
    known = set(tables(defaults))
    for path in PAGES:
        for section, key in re.findall(rf"`(?:\[)?({sections})(?:\] |\.)([a-z_]+)`", path.read_text("utf-8")):
            assert f"{section}.{key}" in known, f"{path.name}: {section}.{key}"


def options(command: Any, words: list[str]) -> set[str]:
    """What a command takes, or the one of its group that the next word names."""
    below = getattr(command, "commands", {})
    if below and words and words[0] in below:
        return options(below[words[0]], words[1:])
    return {option for param in command.params for option in (*param.opts, *param.secondary_opts)}


def test_every_command_line_in_the_documents_can_be_typed() -> None:
    group = typer.main.get_command(program())
    commands = getattr(group, "commands")  # noqa: B009
    for path in PAGES:
        for name, rest in COMMAND_LINE.findall(path.read_text("utf-8")):
            assert name in commands, f"{path.name}: lingti {name}"
            known = options(commands[name], rest.split())
            assert set(re.findall(r"(?<=\s)--[a-z-]+", rest)) <= known | {"--help"}, (
                f"{path.name}: {name}{rest}"
            )


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/ladder.md"])
def test_every_ladder_in_the_documents_can_be_used(name: str, tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", (HOUSE / name).read_text("utf-8"), re.DOTALL)
    assert blocks
    for number, block in enumerate(blocks):
        written = tmp_path / f"{number}.toml"
        written.write_text(block, "utf-8")
        assert load(written, {}).new_ladder().steps


def test_the_ladders_page_knows_every_trigger_and_audience() -> None:
    text = LADDER.read_text("utf-8")
    for keys in TRIGGERS.values():
        for key in keys:
            assert re.search(rf"\b{key}\b", text), key
    for audience in Audience:
        assert f"`{audience}`" in text, audience


def test_the_ladders_page_lists_the_defaults() -> None:
    listed = re.findall(r"^\| `([\w-]+)` \| (\d+) \|", LADDER.read_text("utf-8"), re.MULTILINE)
    steps = dump(load(None, {}).new_ladder())["step"]
    assert listed == [(step["key"], str(step["level"])) for step in steps]


def test_every_fault_has_its_line_and_its_test() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\| (.+) \|$", (DOCS / "faults.md").read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 51))
    for number, cell in rows:
        named = re.fullmatch(r"\[`(test_\w+)`\]\(\.\./(tests/faults/\w+\.py)\)", cell)
        if named is None:
            assert cell == "—", number
            continue
        assert f"def {named[1]}(" in (HOUSE / named[2]).read_text("utf-8"), number
        first, *last = (int(found) for found in re.findall(r"_f(\d\d)", named[2]))
        assert first <= int(number) <= max(last, default=first), number


ARTICLES = (
    *("S2 6–9", "S2 10¶1", "S2 10¶2", "S2 16, S1", "S2 16, 25", "S2 11, 23", "S2 26", "S2 27", "S2 12–14"),
    *("S2 15, 22", "S2 15, 17, 18", "S2 19", "S2 20", "S2 21", "S2 24", "S2 28", "S1 联席会议", "S1 六环节"),
    "S1 四书四会三报告, 三书两会三报告, 七必谈, 2+4+4",
)
"""The rows of the two source texts, in their order."""


def articles() -> list[list[str]]:
    """The rows of the page that goes through the mechanism: source, what we do, people, say, story."""
    lines = MECHANISM.read_text("utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| S")]


def test_every_article_has_its_row_once() -> None:
    assert tuple(row[0] for row in articles()) == ARTICLES
    assert all(len(row) == 5 and all(row) for row in articles())


@pytest.mark.parametrize("row", articles(), ids=lambda row: row[0])
def test_what_an_article_says_to_send_is_understood_and_told_as_a_story(row: list[str]) -> None:
    for said in SPAN.findall(row[3]):
        named = verbs.read(said)
        assert named is not None, said
        assert named.name in COMMANDS, said
    stories = re.findall(r"\[`(test_\w+)`\]\(\.\./(\S+?)\)", row[4])
    assert SPAN.findall(row[3])
    assert stories
    for test, file in stories:
        assert f"def {test}(" in (HOUSE / file).read_text("utf-8"), test


def test_a_fault_without_a_test_is_said_to_be_open() -> None:
    for line in (DOCS / "faults.md").read_text("utf-8").splitlines():
        assert ("| — |" in line) is ("*open*" in line and line.startswith("| ")), line


def test_every_test_that_security_rests_on_is_there() -> None:
    named = re.findall(r"\[`(test_\w+)`\]\((\S+)\)", (HOUSE / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 15
    for test, file in named:
        assert f"def {test}(" in (HOUSE / file).read_text("utf-8"), test
