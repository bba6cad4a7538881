"""The house keeps its figures: what is cheap to hold every day and dear to win back."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "reports", "services", "storage", "workflow")
MODULES = [path for room in ROOMS for path in sorted((HOUSE / room).rglob("*.py"))]
TEXTS = re.compile(
    r"LICENSE|Makefile|.*\.(py|toml|txt|md|yml|js|css|html|mako|ini)|\.ci/run|\.editorconfig|\.gitignore"
)

LONGEST_FILE = 300
LONGEST_FUNCTION = 45
SPEAKS_CHINESE = re.compile(r"handlers/texts/|bot/sandbox/|workflow/dates")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MACHINE = re.compile(
    r"/(?:roo[t]|wor[k]|hom[e]/\w+|User[s]/\w+)/|py[p]i\.org|pythonhoste[d]|registry\.npmj[s]"
)


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in MODULES:
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text("utf-8"))


def spoken(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """String constants, but for docstrings and strings that stand under a name to explain it."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def broken_by(faults: Iterable[str]) -> None:
    if found := list(faults):
        pytest.fail("this breaks the house:\n" + "\n".join(found), pytrace=False)


def test_no_file_is_longer_than_a_sitting() -> None:
    tests = sorted((HOUSE / "tests").rglob("*.py"))
    broken_by(f"{name(path)}: {n} lines" for path in [*MODULES, *tests] if (n := lines(path)) > LONGEST_FILE)


def test_no_function_is_longer_than_a_page() -> None:
    functions = (
        (path, node, (node.end_lineno or 0) - node.lineno + 1)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    broken_by(
        f"{name(path)}:{node.lineno} {node.name}: {n} lines"
        for path, node, n in functions
        if n > LONGEST_FUNCTION
    )


def test_every_module_says_why_it_exists() -> None:
    broken_by(name(path) for path, tree in trees() if lines(path) > 5 and not ast.get_docstring(tree))


def test_wording_has_one_address() -> None:
    broken_by(
        f"{name(path)}:{line} {said[:30]!r}"
        for path, tree in trees()
        if not SPEAKS_CHINESE.match(name(path))
        for line, said in spoken(tree)
        if CHINESE.search(said)
    )


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    skipped = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", "__pycache__", ".hypothesis"}
    faults = []
    for folder, folders, files in os.walk(HOUSE):
        folders[:] = sorted(set(folders) - skipped)
        for path in (Path(folder) / file for file in files if TEXTS.fullmatch(file)):
            text = path.read_text("utf-8")
            faults += [f"{name(path)}: {hit.group()}" for hit in MACHINE.finditer(text)]
    broken_by(faults)


def test_the_locks_name_packages_and_nothing_else() -> None:
    line = re.compile(r"[a-z0-9-]+==[\w.+-]+( ; .*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in (HOUSE / "requirements").glob("*.txt"):
        broken_by(f"{name(lock)}: {row}" for row in lock.read_text().splitlines() if not line.fullmatch(row))


def test_where_everything_is_required_a_skipped_test_fails(tmp_path: Path) -> None:
    story = tmp_path / "test_story.py"
    story.write_text('import pytest\n\ndef test_that_needs_more():\n    pytest.skip("no browser here")\n')
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", str(story)]
    plain = {key: value for key, value in os.environ.items() if key != "LINGTI_REQUIRE_ALL"}

    def outcome(env: dict[str, str]) -> tuple[int, str]:
        ran = subprocess.run(command, cwd=HOUSE, env=env, capture_output=True, text=True, check=False)
        return ran.returncode, ran.stdout

    code, _ = outcome(plain)
    assert code == 0
    code, said = outcome(plain | {"LINGTI_REQUIRE_ALL": "1"})
    assert code == 1
    assert "no browser here" in said
