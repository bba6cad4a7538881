"""A scrape of the running process, read by Prometheus' own parser."""

import json
from collections.abc import Mapping

from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot import web
from bot.bootstrap import App
from bot.gauges import STATUSES
from bot.metrics import CONTENT_TYPE
from bot.sending.outcomes import OUTCOMES
from storage.outbox import UNSETTLED
from tests.fakes import Unplugged
from tests.faults.scripted import message
from tests.house import House, until
from tests.posted import posted


async def scraped(house: House, app: App) -> dict[str, Metric]:
    """The families by name, each told once."""
    runner = await web.serve(app.vitals, app.counts, "127.0.0.1", 0)
    try:
        async with house.http.get(f"http://127.0.0.1:{runner.addresses[0][1]}/metrics") as answer:
            assert (answer.status, answer.headers["Content-Type"]) == (200, CONTENT_TYPE)
            families = list(text_string_to_metric_families(await answer.text()))
    finally:
        await runner.cleanup()
    assert len({family.name for family in families}) == len(families)
    return {family.name: family for family in families}


def figures(family: Metric, label: str) -> Mapping[str, float]:
    return {sample.labels[label]: sample.value for sample in family.samples}


def figure(family: Metric) -> float:
    (sample,) = family.samples
    return float(sample.value)


async def test_a_life_in_figures(house: House) -> None:
    async with house.running() as app:
        await house.say("one")
        await house.say("two")
        await until(lambda: len(house.parrot.heard) == 2)
        await app.quiet()
        found = await scraped(house, app)

    assert figure(found["lingti_ready"]) == figure(found["lingti_leader"]) == 1
    assert figure(found["lingti_store_writable"]) == 1
    assert figure(found["lingti_inbox_waiting"]) == figure(found["lingti_inbox_quarantined"]) == 0
    assert set(figures(found["lingti_intake_age_seconds"], "way")) == {"polled"}
    assert figure(found["lingti_sweep_lag_seconds"]) >= 0
    assert figures(found["lingti_outbox_messages"], "state") == dict.fromkeys(UNSETTLED, 0)
    assert figures(found["lingti_sends"], "outcome") == {**dict.fromkeys(OUTCOMES, 0), "sent": 2}
    assert figures(found["lingti_webhook_posts"], "status") == dict.fromkeys(map(str, STATUSES), 0)
    took = {sample.name: sample.value for sample in found["lingti_turn_latency_seconds"].samples}
    assert took["lingti_turn_latency_seconds_count"] == 2


async def test_names_are_as_prometheus_wants_them(house: House) -> None:
    async with house.running() as app:
        found = await scraped(house, app)

    for name, family in found.items():
        assert name.startswith("lingti_")
        assert family.documentation.endswith(".")
        assert family.type in {"gauge", "counter", "histogram"}
        assert any(sample.name.endswith("_total") for sample in family.samples) is (family.type == "counter")
        assert name.endswith("_seconds") is any(word in name for word in ("_age", "_lag", "_latency"))


async def test_what_went_wrong_is_counted_by_what_it_was(house: House) -> None:
    app = house.app(Unplugged(house.messenger(), times=2))
    async with house.running(app):
        await house.say("hello")
        await until(lambda: app.delivery.outcomes["sent"])
        found = await scraped(house, app)

    sends = figures(found["lingti_sends"], "outcome")
    assert (sends["not_sent"], sends["sent"]) == (2, 1)


async def test_posts_are_counted_by_what_was_answered(house: House) -> None:
    hook = posted(house)
    async with house.running(hook.app()) as app:
        await hook.knock(b"{}", "guess")
        await hook.knock(b"hello")
        await hook.knock(json.dumps(message(1, "x")).encode())
        found = await scraped(house, app)

    posts = figures(found["lingti_webhook_posts"], "status")
    assert (posts["200"], posts["400"], posts["403"]) == (1, 1, 1)
    assert set(figures(found["lingti_intake_age_seconds"], "way")) == {"posted"}


async def test_before_the_start_and_without_a_store_there_is_still_an_answer(house: House) -> None:
    app = house.app()
    house.store.close()
    found = await scraped(house, app)

    assert figure(found["lingti_ready"]) == figure(found["lingti_store_writable"]) == 0
    assert "lingti_inbox_waiting" not in found
    assert found["lingti_sweep_lag_seconds"].samples == []
