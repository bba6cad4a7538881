"""Where nothing may be skipped (CI sets LINGTI_REQUIRE_ALL), a skipped test is a failed one."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _required((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _required((yield))


def _required(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("LINGTI_REQUIRE_ALL"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but LINGTI_REQUIRE_ALL is set: {report.longrepr}"
    return report
