"""What stands in front of every page: strict headers without a violation, a notice for old browsers, and no harm done
by garbage, by clients that vanish, or by addresses of others."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from core.store.opening import open_store
from core.store.read import scores
from deploy.index_page import OLDEST_CHROMIUM
from deploy.run import healthy
from tests.browser.pages import WITHIN, navigation, settle, visit
from tests.browser.running_app import HOST, RunningApp
from tests.browser.test_score_grid import PROJECT, SECOND, SHEET, Sheet

CONTEXTS = Callable[..., BrowserContext]
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
"""
STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


def answer(server: RunningApp, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection(HOST, server.port, timeout=20)
    connection.request(method, path, headers=headers)
    try:
        got = connection.getresponse()
        return (
            got.status,
            {name.lower(): value for name, value in got.getheaders()},
            got.read().decode("utf-8", "replace"),
        )
    finally:
        connection.close()


def socket(server: RunningApp, **headers: str) -> ClientConnection:
    return connect(
        f"ws://{HOST}:{server.port}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        additional_headers={"Origin": server.url} | headers,
        proxy=None,
        max_size=None,
    )


@pytest.mark.full
def test_no_page_breaks_its_own_policy(browser: Browser, server: RunningApp, new_context: CONTEXTS) -> None:
    paths = navigation(browser, server.url)
    context = new_context()
    context.add_init_script(LISTEN)
    found: list[str] = []
    for path in paths:
        page = context.new_page()
        visit(page, server.url, path)
        there = page.locator('[data-testid="stPopoverButton"]').all()
        for button in [each for each in there if each.is_visible()][:3]:
            button.click()
            inside = page.get_by_test_id("stPopoverBody")
            # Some are filled when they are opened: closed before that, they would open once more.
            expect(inside.get_by_test_id("stElementContainer").first).to_be_visible(timeout=WITHIN)
            settle(page)
            page.keyboard.press("Escape")
            expect(inside).to_have_count(0, timeout=WITHIN)
        found += [f"/{path}: {each}" for each in page.evaluate("window.violations")]
        page.close()
    assert found == []
    # The listener hears what is forbidden.
    page = context.new_page()
    visit(page, server.url)
    page.evaluate("() => { const s = document.createElement('script'); s.text = '1'; document.body.append(s); }")
    assert page.evaluate("window.violations")


def test_every_answer_is_strict_and_foreign_names_get_none(shared_server: RunningApp) -> None:
    for path in ("/", "/budget", "/_stcore/health", "/_stcore/host-config", "/favicon.png"):
        _, headers, _ = answer(shared_server, path)
        assert STRICT.items() <= headers.items(), path
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'self'" in policy
        assert "'unsafe-eval'" not in policy
        assert "script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-" in policy
    # What people have sent in runs nothing, wherever it is opened.
    _, headers, _ = answer(shared_server, "/media/none.png")
    assert STRICT.items() <= headers.items()
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none';")
    status, _, text = answer(shared_server, "/", Host="evil.example")
    assert (status, "Streamlit" in text) == (403, False)
    for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
        with pytest.raises(InvalidStatus), socket(shared_server, **headers):
            pass
    # Streamlit's own look at where an upload comes from is on.
    assert answer(shared_server, "/_stcore/upload_file/a/b", "PUT")[0] == 403


def test_the_page_is_ours_whichever_copy_a_browser_has(shared_server: RunningApp) -> None:
    status, headers, text = answer(shared_server, "/budget", **{"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert status == 200
    assert '<html lang="zh-CN">' in text
    assert "<title>旧改绩效看板</title>" in text
    assert "agent" not in text
    assert ("etag" in headers, "last-modified" in headers, headers["cache-control"]) == (False, False, "no-cache")


def test_an_old_browser_reads_two_sentences_and_no_white_page(shared_server: RunningApp, page: Page) -> None:
    page.add_init_script("delete Promise.any")
    page.goto(shared_server.url)
    expect(page.locator("#old-browser")).to_contain_text(f"请用Chromium内核{OLDEST_CHROMIUM}或更新的浏览器")
    expect(page.locator("#old-browser")).to_contain_text("数据不受影响")


@pytest.mark.full
def test_garbage_over_the_web_socket_harms_nobody(server: RunningApp, new_context: CONTEXTS) -> None:
    wang = Sheet(new_context, server.url)
    wang.enter("A11", "1.5")
    expect(wang.saving).to_contain_text("已保存", timeout=20 * SECOND)
    garbage = random.Random(4).randbytes(25_000_000)
    state = BackMsg()
    state.rerun_script.query_string = ""
    widget = state.rerun_script.widget_states.widgets.add()
    widget.id = "$$ID-forged-grid_r1_working"
    widget.json_value = '{"outbox": "' + "x" * 25_000_000 + '"}'
    for sent in (garbage, state.SerializeToString(), b"\x00", "text instead"):
        with socket(server) as forger:
            forger.send(sent)
            try:
                for _ in range(50):
                    forger.recv(timeout=2)
            except (TimeoutError, ConnectionClosed):
                pass  # answered with an error, or cut off: either is an answer
        assert healthy(server.port)
    wang.enter("A12", "1.5")
    expect(wang.saving).to_contain_text("已保存", timeout=20 * SECOND)
    server.stop()
    stored = scores(open_store(server.store_path, read_only=True), PROJECT, SHEET)
    assert {code: str(stored[code].points) for code in ("A11", "A12")} == {"A11": "1.50", "A12": "1.50"}
    assert {event.actor_name for event in stored.values()} == {"系统", "王工"}


def crashed(page: Page) -> None:
    """End the page's process on the spot."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=2 * SECOND)


@pytest.mark.full
def test_a_client_that_is_gone_while_typing_leaves_what_was_acknowledged(
    server: RunningApp, new_context: CONTEXTS
) -> None:
    wang = Sheet(new_context, server.url)
    wang.enter("A11", "1.5")
    expect(wang.saving).to_contain_text("已保存", timeout=20 * SECOND)
    wang.cell("A12").click()
    wang.page.keyboard.type("0.")
    crashed(wang.page)  # as when the machine is switched off: a page that is closed would still send what is typed
    li = Sheet(new_context, server.url, "李工")
    expect(li.cell("A11")).to_have_value("1.50")
    expect(li.cell("A12")).to_have_value("2.00")
    li.enter("A12", "1.5")
    expect(li.saving).to_contain_text("已保存", timeout=20 * SECOND)
    assert "Traceback" not in server.log()
