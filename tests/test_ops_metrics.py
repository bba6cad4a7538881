"""The dashboard and the alerts ask for what is told, and for all of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.gauges import families, latencies
from bot.metrics import exposition
from bot.vitals import Counts, Doing, Holding, Vitals

OPS = Path(__file__).parents[1] / "ops"
BOARD: dict[str, Any] = json.loads((OPS / "grafana.json").read_text("utf-8"))
RULES: list[dict[str, Any]] = yaml.safe_load((OPS / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
SHOWN = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]


def told() -> str:
    """Everything a process says, polling or posted to."""
    held, counts = Holding(1, 1, 1.0, {}), Counts(latencies(), {}, {})
    ways = (Doing(posted=posted, heard_ago=1.0, swept_ago=1.0) for posted in (False, True))
    return "".join(exposition(families(Vitals(way, held, writer=True), counts)) for way in ways)


TOLD = told()
NAMES = set(re.findall(r"^(\w+)[ {]", TOLD, re.MULTILINE))
LABELS = set(re.findall(r'(\w+="[^"]*")', TOLD))


def asked(expression: str) -> Iterator[str]:
    yield from re.findall(r"\blingti_\w+", expression)


@pytest.mark.parametrize("expression", [*SHOWN, *(rule["expr"] for rule in RULES)])
def test_whatever_is_asked_for_is_told(expression: str) -> None:
    assert set(asked(expression)) <= NAMES
    assert set(re.findall(r'(\w+="[^"]*")', expression)) <= LABELS | {'job="lingti"'}


def test_whatever_is_told_is_shown() -> None:
    shown = {name for expression in SHOWN for name in asked(expression)}
    families = set(re.findall(r"^# TYPE (\w+)", TOLD, re.MULTILINE))
    assert {name for name in families if not any(each.startswith(name) for each in shown)} == set()


def test_each_alert_says_what_is_wrong_and_how_bad_it_is() -> None:
    for rule in RULES:
        assert rule["annotations"]["summary"].endswith("."), rule["alert"]
        assert rule["labels"]["severity"] in {"warning", "critical"}, rule["alert"]
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


def test_no_panel_lies_on_another() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + dx, at["y"] + dy) for dx in range(at["w"]) for dy in range(at["h"])}
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in BOARD["panels"]}) == len(BOARD["panels"])
