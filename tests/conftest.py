"""For all tests: in CI a skipped test is a failure, so that nothing is left out unseen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import is_hypothesis_test, settings

from core.ingest.shipped.seed import load_seed
from core.model.seed import Seed
from core.service.base import open_store
from core.store.build import build_default

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A deadline measures the machine, and two cores are shared by browsers and servers here.
settings.register_profile("here", deadline=None)
settings.register_profile("full", settings.get_profile("here"))
settings.load_profile("here")
QUICK = 4
"""How many times fewer examples `make test` tries than `make test-full`, which says --hypothesis-profile=full."""
FEWEST = 15


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if settings.get_current_profile_name() != "here":  # the full run, or tests/mutants.py
        return
    # A test has as many items as parameters, and one set of settings, which hypothesis keeps on the function.
    tests = {
        getattr(test, "__func__", test) for item in items if is_hypothesis_test(test := getattr(item, "obj", None))
    }
    for test in tests:
        asked = vars(test)["_hypothesis_internal_use_settings"]
        fewer = max(min(FEWEST, asked.max_examples), asked.max_examples // QUICK)
        vars(test)["_hypothesis_internal_use_settings"] = settings(asked, max_examples=fewer)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None]:
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, which CI does not allow: {report.longrepr}"


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "renewal.duckdb"
    open_store.build_at(path)
    return path


@pytest.fixture(scope="session")
def without_findings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped project before anything was found: for tests that put down their own."""
    path = tmp_path_factory.mktemp("bare") / "renewal.duckdb"
    build_default(path, Seed({**load_seed(open_store.SEED).tables, "finding": ()}))
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a worker: Playwright runs once in a process, whichever folders its tests come from."""
    from playwright.sync_api import sync_playwright

    from tests.browser.find_browser import HELP, find
    from tests.browser.running_app import BROWSER_ARGUMENTS

    path = find()
    assert path is not None, HELP
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(path), args=list(BROWSER_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def store_path(built_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "renewal.duckdb"
    shutil.copy(built_store, path)
    monkeypatch.setenv("RENEWAL_STORE", str(path))
    open_store.close()
    yield path
    open_store.close()


StartFrom = Callable[[Callable[[], object]], None]


@pytest.fixture(scope="session")
def done_once(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], object]], Path]:
    """The file of a store on which something has been done; it is done once, however many tests begin there."""
    made: dict[Callable[[], object], Path] = {}

    def after(act: Callable[[], object]) -> Path:
        if act not in made:
            path = tmp_path_factory.mktemp("done") / "renewal.duckdb"
            shutil.copy(built_store, path)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("RENEWAL_STORE", str(path))
                open_store.close()
                act()
                open_store.close()
            made[act] = path
        return made[act]

    return after


@pytest.fixture
def start_from(done_once: Callable[[Callable[[], object]], Path], store_path: Path) -> StartFrom:
    """Let the test's store be as it is after something was done on it (a function, the same one each time)."""

    def start(act: Callable[[], object]) -> None:
        open_store.close()
        shutil.copy(done_once(act), store_path)

    return start
