"""One Chromium a worker that can reach nothing but this machine; servers on copies of a freshly built store.

A window that opens costs as much as three pages that a tab goes on to: who needs no window of their own takes a tab.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.accounts import start_house
from tests.browser.running_app import RunningApp

WINDOW = {"width": 1600, "height": 900}


@pytest.fixture(scope="session")
def shared_server(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One server for all tests that only look. A test that writes takes `fresh_server`, one that kills `server`."""
    folder = tmp_path_factory.mktemp("shared-server")
    app = RunningApp(Path(shutil.copy(built_store, folder)), folder / "log.txt")
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="session")
def written_on(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The server behind `fresh_server`."""
    folder = tmp_path_factory.mktemp("written-on")
    app = RunningApp(Path(shutil.copy(built_store, folder)), folder / "log.txt")
    app.start()
    yield app
    app.stop()


@pytest.fixture
def fresh_server(written_on: RunningApp, built_store: Path) -> RunningApp:
    """A server to write on: one for many tests, that finds a fresh store in place of the last test's."""
    written_on.renew(built_store)
    return written_on


@pytest.fixture
def server(built_store: Path, tmp_path: Path) -> Iterator[RunningApp]:
    """A server of the test's own, on a fresh store, to kill(), stop() and start() again."""
    app = RunningApp(Path(shutil.copy(built_store, tmp_path)), tmp_path / "server.log")
    app.start()
    yield app
    app.stop()


@pytest.fixture(scope="module")
def house(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """A server in mode `accounts`, where 张工 may score and 吴主任 may look."""
    app = start_house(built_store, tmp_path_factory.mktemp("accounts"))
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


NAME = "王工"


def who(name: str) -> str:
    """The script that makes a browser know whose it is, before any page of ours runs in it."""
    said = json.dumps({"id": f"browser-of-{name.encode().hex()}", "name": name})
    return f"localStorage.setItem('renewal-scorecard-who', {json.dumps(said)})"


ALIVE = "/health/alive"


def leave(tab: Page) -> None:
    """Forget what a page has kept in the browser, and go where no page runs, on the same server."""
    parts = urlsplit(tab.url)
    if parts.scheme == "http" and parts.path != ALIVE:  # else the test has left by itself, and its server is gone
        tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        tab.goto(f"http://{parts.netloc}{ALIVE}")


def tab_of(browser: Browser, script: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport=WINDOW, locale="zh-CN", permissions=["clipboard-read", "clipboard-write"])  # type: ignore[arg-type]
    if script:
        context.add_init_script(script)
    tab = context.new_page()
    tab.on("dialog", lambda dialog: dialog.accept())
    yield tab
    context.close()


@pytest.fixture(scope="session")
def one_tab(browser: Browser) -> Iterator[Page]:
    """The tab behind `tab`."""
    yield from tab_of(browser)


@pytest.fixture(scope="session")
def one_tab_of_wang(browser: Browser) -> Iterator[Page]:
    """The tab behind `tab_of_wang`."""
    yield from tab_of(browser, who(NAME))


@pytest.fixture
def tab(one_tab: Page) -> Iterator[Page]:
    """A tab at 1600 x 900 that goes from address to address; nothing of the last test is kept in it."""
    one_tab.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    yield one_tab
    leave(one_tab)


@pytest.fixture
def tab_of_wang(one_tab_of_wang: Page) -> Iterator[Page]:
    """The same in the browser of 王工, who has given that name in it."""
    one_tab_of_wang.set_viewport_size(WINDOW)  # type: ignore[arg-type]
    yield one_tab_of_wang
    leave(one_tab_of_wang)
