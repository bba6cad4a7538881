"""The format as Prometheus' own parser reads it, and as its documentation wants it."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Family, Histogram, Sample, each, exposition, gauge


def read(*families: Family) -> dict[str, float]:
    """What a scrape finds: each sample as it is written, with its value."""
    found = {}
    for family in text_string_to_metric_families(exposition(families)):
        for sample in family.samples:
            labels = ",".join(f"{key}={value}" for key, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_a_figure_has_its_name_and_nothing_is_said_of_what_is_not_known() -> None:
    assert read(gauge("depth", "How deep.", 3), gauge("height", "How high.", None)) == {"depth": 3}


def test_yes_is_one() -> None:
    assert exposition([gauge("ready", "Whether.", True)]).endswith("\nready 1.0\n")


@pytest.mark.parametrize("odd", ['a "quoted" word', "back\\slash", "two\nlines", "汉字"])
def test_whatever_a_label_says_is_read_back(odd: str) -> None:
    assert read(Family("odd", "gauge", "Odd.", each("word", {odd: 1}))) == {f"odd{{word={odd}}}": 1}


def test_a_bucket_holds_the_smaller_ones_too() -> None:
    observed = Histogram(0.1, 1.0)
    for seconds in (0.05, 0.1, 0.5, 7):
        observed.observe(seconds)

    assert read(Family("took", "histogram", "How long.", tuple(observed.samples()))) == {
        "took_bucket{le=0.1}": 2,
        "took_bucket{le=1.0}": 3,
        "took_bucket{le=+Inf}": 4,
        "took_sum": 7.65,
        "took_count": 4,
    }


def test_each_family_is_told_once_with_its_meaning_and_kind() -> None:
    both = Family("sends_total", "counter", "Sends.", (Sample(1, {"to": "a"}), Sample(2, {"to": "b"})))
    assert exposition([both]) == (
        "# HELP sends_total Sends.\n"
        "# TYPE sends_total counter\n"
        'sends_total{to="a"} 1.0\n'
        'sends_total{to="b"} 2.0\n'
    )
