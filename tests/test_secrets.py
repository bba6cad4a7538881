"""No secret is in the house: tokens, keys and passwords have shapes; no tracked file holds one of them.

Machine paths and registry hosts are looked for in `test_house.py`.
"""

import re
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
SHAPES = {
    "a Telegram token": r"\b\d{8,10}:[A-Za-z0-9_-]{35}(?![\w-])",
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "an AWS key": r"\bA(?:KIA|SIA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,})",
    "a GitLab token": r"\bglpat-[\w-]{20}",
    "a Slack token": r"\bxox[abprs]-[\w-]{10,}",
    "a Google key": r"\bAIza[\w-]{35}\b",
    "a model provider's key": r"\bsk-[A-Za-z0-9_-]{32,}",
    "a package registry's token": r"\b(?:pypi-AgE[\w-]{50,}|npm_[A-Za-z0-9]{36})",
    "a JSON web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "a password in an address": r"\b(?:postgres(?:ql)?|mysql|amqp|redis|https?)(?:\+\w+)?://[\w.-]+:(?!invented@)[^\s/@:'\"{}<$]{8,}@",
}
PATTERN = re.compile("|".join(f"(?P<s{no}>{shape})" for no, shape in enumerate(SHAPES.values())))
FILES = re.compile(
    r"(?:^|/)(?:config\.toml|\.env|\.netrc|\.pypirc|id_(?:rsa|ed25519)|[^/]+\.(?:pem|key|p12|pfx))$"
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout: only what is tracked is looked at")
    return [path for name in listed.stdout.split("\0") if name and (path := HOUSE / name).is_file()]


def secrets(text: str) -> list[str]:
    """Which shapes a text holds; never the secret itself."""
    kinds = list(SHAPES)
    return [kinds[int(found.lastgroup[1:])] for found in PATTERN.finditer(text) if found.lastgroup]


def test_no_tracked_file_holds_a_secret() -> None:
    found = [
        f"{path.relative_to(HOUSE)}: {kind}"
        for path in tracked()
        for kind in secrets(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert found == []


def test_no_tracked_file_is_one_that_holds_secrets_by_trade() -> None:
    assert [str(path.relative_to(HOUSE)) for path in tracked() if FILES.search(path.as_posix())] == []


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("a Telegram token", ("123456789", ":", "A" * 35)),
        ("a private key", ("-----BEGIN OPENSSH ", "PRIVATE KEY-----")),
        ("an AWS key", ("AKIA", "A1" * 8)),
        ("a GitHub token", ("ghp_", "a1" * 18)),
        ("a model provider's key", ("sk-", "a1" * 20)),
        ("a password in an address", ("postgresql+psycopg://lingti:", "correct-horse", "@db/lingti")),
    ],
)
def test_the_scan_knows_a_secret_when_it_sees_one(kind: str, parts: tuple[str, ...]) -> None:
    assert secrets(f"token = '{''.join(parts)}'") == [kind]
