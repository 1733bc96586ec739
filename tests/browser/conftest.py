"""One Chromium a worker that can reach nothing but this machine; servers on copies of a freshly built store."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from core.service.home import build_at
from tests.browser.find_browser import HELP, find
from tests.browser.running_app import BROWSER_ARGUMENTS, RunningApp

WINDOW = {"width": 1600, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    assert path is not None, HELP
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(path), args=list(BROWSER_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped project's store, built once; tests run on copies of it."""
    path = tmp_path_factory.mktemp("store") / "renewal.duckdb"
    build_at(path)
    return path


@pytest.fixture(scope="session")
def shared_server(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One server for all tests that only look. A test that writes or kills takes `server`."""
    folder = tmp_path_factory.mktemp("shared-server")
    app = RunningApp(Path(shutil.copy(built_store, folder)), folder / "log.txt")
    app.start()
    yield app
    app.stop()


@pytest.fixture
def server(built_store: Path, tmp_path: Path) -> Iterator[RunningApp]:
    """A server of the test's own, on a fresh store, to write on, to kill() and to start() again."""
    app = RunningApp(Path(shutil.copy(built_store, tmp_path)), tmp_path / "server.log")
    app.start()
    yield app
    app.stop()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (a person each); options as of Browser.new_context. Closed after the test."""
    made: list[BrowserContext] = []

    def new(**options: object) -> BrowserContext:
        context = browser.new_context(**({"viewport": WINDOW, "locale": "zh-CN"} | options))  # type: ignore[arg-type]
        made.append(context)
        return context

    yield new
    for context in made:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """A person's page at 1600 x 900, not yet at any address."""
    return new_context().new_page()
