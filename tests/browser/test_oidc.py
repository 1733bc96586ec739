"""Mode `oidc` against a real OpenID Connect provider, started by the test: in with a role, turned away without one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pages import WITHIN, menu, settle
from tests.browser.running_app import HOST, RunningApp, free_port

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that lets anybody in as whom they say."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)], stdout=subprocess.DEVNULL
    )
    end, pause = time.monotonic() + 30, threading.Event()
    while True:
        connection = HTTPConnection(HOST, port, timeout=2)
        try:
            connection.request("GET", "/.well-known/openid-configuration")
            if connection.getresponse().status == 200:
                break
        except (OSError, HTTPException):
            assert time.monotonic() < end, "the provider did not start"
            assert process.poll() is None, "the provider ended"
            pause.wait(0.1)
        finally:
            connection.close()
    yield f"http://{HOST}:{port}"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def house(built_store: Path, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    folder = tmp_path_factory.mktemp("oidc")
    settings = {
        "RENEWAL_MODE": "oidc",
        "RENEWAL_OIDC_SERVER_METADATA_URL": f"{provider}/.well-known/openid-configuration",
        "RENEWAL_OIDC_CLIENT_ID": "renewal",
        "RENEWAL_OIDC_CLIENT_SECRET": "a-secret-of-the-test",
        "RENEWAL_OIDC_COOKIE_SECRET": "another-secret-of-the-test-0123456789",
    }
    app = RunningApp(Path(shutil.copy(built_store, folder)), folder / "log.txt", environment=settings)
    app.set("RENEWAL_OIDC_REDIRECT_URI", f"{app.url}/oauth2callback")
    app.start()
    app.command("users", "add", "wu@example.org", "--name", "吴主任", "--role", "leader")
    yield app
    app.stop()


def log_in(page: Page, house: RunningApp, provider: str, subject: str) -> None:
    page.goto(house.url)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{provider}/**", timeout=WITHIN)
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{house.url}/**", timeout=WITHIN)
    settle(page)


def test_who_has_a_role_gets_in_and_out_again(
    house: RunningApp, provider: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    log_in(page, house, provider, "wu@example.org")
    expect(page.get_by_text("吴主任")).to_be_visible()
    assert list(menu(page)) == ["总览", "资金使用", "受益情况", "绩效评分", "数据疑点", "简报"]
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="End session").click()  # the provider asks, and leads back
    page.wait_for_url(f"{house.url}/**", timeout=WITHIN)
    expect(page.get_by_text("您还没有登录")).to_be_visible(timeout=WITHIN)


def test_whom_the_provider_knows_and_we_do_not_sees_nothing(
    house: RunningApp, provider: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    log_in(page, house, provider, "stranger")
    expect(page.get_by_text("您已登录为stranger")).to_be_visible()
    expect(page.get_by_text("您还没有任何角色")).to_be_visible()
    assert menu(page) == {}
