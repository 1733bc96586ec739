"""A page that another program on the machine serves, at another port, cannot read or write (No wrong number, D22, 3b).

In mode `local` it would be whoever sits there, in mode `accounts` whoever is logged in: cookies know no port.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import BrowserContext

from core.service.base import identity
from core.store.opening import open_store
from core.store.read import scores
from tests.browser.accounts import log_in
from tests.browser.running_app import HOST, RunningApp
from tests.browser.test_score_grid import PROJECT, SHEET

ATTACK = """
async (target) => {
  const done = { heard: 0, opened: false, read: "", posted: "", left: "" };
  const ask = async (path, options) => {
    try { const r = await fetch(target + path, { credentials: "include", ...options }); return String(r.status); }
    catch { return "blocked"; }
  };
  done.read = await ask("/_stcore/host-config");
  done.posted = await ask("/_stcore/upload_file/a/b", { method: "PUT", body: "x" });
  done.left = await ask("/logout", { method: "POST" });
  await new Promise((ended) => {
    const socket = new WebSocket(target.replace("http", "ws") + "/_stcore/stream", ["streamlit"]);
    socket.onopen = () => { done.opened = true; socket.send(new Uint8Array([42, 0])); };
    socket.onmessage = () => { done.heard += 1; };
    socket.onerror = socket.onclose = ended;
    setTimeout(ended, 4000);
  });
  return done;
}
"""


class Foreign(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>another program</title>")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def elsewhere() -> Iterator[int]:
    """The port of another program's page on this machine."""
    server = ThreadingHTTPServer((HOST, 0), Foreign)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


ATTACKED = Callable[[BrowserContext, str], dict[str, object]]


@pytest.fixture
def attacked(elsewhere: int) -> ATTACKED:
    def attack(context: BrowserContext, target: str) -> dict[str, object]:
        page = context.new_page()
        page.goto(f"http://{HOST}:{elsewhere}/")
        found: dict[str, object] = page.evaluate(ATTACK, target)
        return found

    return attack


def test_in_mode_local_nothing_is_read_or_written(
    shared_server: RunningApp, new_context: Callable[..., BrowserContext], attacked: ATTACKED
) -> None:
    found = attacked(new_context(), shared_server.url)
    assert found == {"heard": 0, "opened": False, "read": "blocked", "posted": "blocked", "left": "blocked"}
    stored = scores(open_store(shared_server.stored(), read_only=True), PROJECT, SHEET)
    assert {event.actor_name for event in stored.values()} == {"系统"}


def test_in_mode_accounts_nothing_is_done_in_the_name_of_who_is_logged_in(
    house: RunningApp,
    new_context: Callable[..., BrowserContext],
    attacked: ATTACKED,
) -> None:
    context = new_context()
    page = context.new_page()
    log_in(page, house, "zhang", "scorecard")
    found = attacked(context, house.url)
    assert found == {"heard": 0, "opened": False, "read": "blocked", "posted": "blocked", "left": "blocked"}
    cookie = {each["name"]: each["value"] for each in context.cookies()}[identity.COOKIE]
    # Still logged in: neither another page's POST nor a HEAD ends the session.
    for method, headers in (("HEAD", {}), ("POST", {"Origin": f"http://{HOST}:1"}), ("POST", {})):
        connection = HTTPConnection(HOST, house.port, timeout=20)
        connection.request(method, "/logout", headers={"Cookie": f"{identity.COOKIE}={cookie}"} | headers)
        connection.getresponse()
        connection.close()
    page.reload()
    page.goto(f"{house.url}/scorecard")
    assert "/login" not in page.url
