"""What nginx in front of the dashboard does, asked of a real one; the replicas have a test of their own."""

from __future__ import annotations

import base64
import gzip
import http.client
import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from deploy import nginx
from tests.browser.running_app import RunningApp
from tests.deploy.nginx_server import Nginx

START = Callable[..., Nginx]


def test_each_replica_leads_to_itself_and_then_to_the_others() -> None:
    text = nginx.configuration("board.example", Path("c"), Path("k"), ["127.0.0.1:8501", "10.0.0.2:8501"])
    second = re.search(r"upstream renewal_r2 \{(.*?)\}", text, re.DOTALL)
    assert second is not None
    servers = re.findall(r"server (\S+) .*?(backup)?;", second[1])
    assert servers == [("10.0.0.2:8501", ""), ("127.0.0.1:8501", "backup")]
    assert '"~(^|[ ,])10\\.0\\.0\\.2:8501$" r2;' in text
    assert "Strict-Transport-Security" not in text
    assert text.count("{") == text.count("}")


def test_a_replica_that_is_no_address_is_refused() -> None:
    words = ["--name", "board.example", "--certificate", "c", "--key", "k", "--replica", "elsewhere:8501"]
    done = CliRunner().invoke(nginx.main, words)
    assert done.exit_code == 1
    assert "127.0.0.1:8501" in done.output


@pytest.mark.full
def test_what_is_let_through_kept_and_closed(server: RunningApp, start_nginx: START) -> None:
    front = start_nginx([server.port])
    page = _ask(front.url, "/")
    assert page.status == 200
    assert page.getheader("Set-Cookie") == "renewal_replica=r1; Path=/; Secure; HttpOnly; SameSite=Lax"
    again = _ask(front.url, "/", Cookie="renewal_replica=r1")
    assert (again.status, again.getheader("Set-Cookie")) == (200, None)
    assert _ask(front.url, "/_stcore/health").status == 200

    for path in ("/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/anything", "/_stcore//metrics"):
        assert _ask(front.url, path).status == 404

    script = re.search(r'src="\.?/?(static/js/[^"]+\.js)"', _text(page))
    assert script is not None
    for _ in range(2):
        found = _ask(front.url, f"/{script[1]}", **{"Accept-Encoding": "gzip, deflate, br"})
        assert found.status == 200
        assert found.getheader("Content-Encoding") == "gzip"
        assert found.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        assert len(gzip.decompress(found.body)) > len(found.body)
    # the second time the dashboard was not asked
    assert front.who_answered(f"/{script[1]}", 2) == [f"127.0.0.1:{server.port}", "-"]
    plain = _ask(front.url, f"/{script[1]}")
    assert plain.getheader("Content-Encoding") is None
    assert plain.body == gzip.decompress(found.body)
    missing = _ask(front.url, "/static/js/none.js")
    # Streamlit answers with its page, which must not stay in anybody's cache under that name.
    assert missing.getheader("Content-Type", "").startswith("text/html")
    assert missing.getheader("Cache-Control") == "no-cache"
    _ask(front.url, "/static/js/none.js")
    assert front.who_answered("/static/js/none.js", 2) == [f"127.0.0.1:{server.port}"] * 2

    led = _ask(front.plain_url, "/budget?lang=en")
    assert (led.status, led.getheader("Location")) == (301, f"{front.url}/budget?lang=en")
    large = _ask(front.url, "/_stcore/upload_file/x/y", method="PUT", **{"Content-Length": str(22 * 1024 * 1024)})
    assert large.status == 413


# No wrong number, D23: whose word counts for who somebody is.


class _SignOn(BaseHTTPRequestHandler):
    """A single sign-on that knows people by a cookie and, as some do, would also believe a Basic header."""

    def do_GET(self) -> None:
        said = self.headers.get("Authorization") or self.headers.get("X-Remote-User") or self.headers.get(NAMED)
        known = re.search(r"sso=(\w+)", self.headers.get("Cookie", ""))
        if not (said or known):
            self.send_response(401)
        else:
            self.send_response(200)
            name = f"believed {said}" if said else known[1] if known else ""
            if name != "nameless":
                self.send_header(NAMED, name)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


class _Heard(_SignOn):
    """In the dashboard's place: says back what reached it."""

    def do_GET(self) -> None:
        said = [[name.lower(), value] for name, value in self.headers.items()]
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


NAMED = "X-Auth-Request-User"
FORGED = (
    {"X-Remote-User": "admin"},
    {"x-remote-user": "admin", NAMED: "admin"},
    {"X_Remote_User": "admin"},
    {"Authorization": "Basic " + base64.b64encode(b"admin:x").decode()},
    {"Authorization": "Bearer admin", "X-Forwarded-User": "admin"},
)


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.full
def test_behind_a_sign_on_nobody_is_who_they_say(start_nginx: START) -> None:
    with _serving(_Heard) as dashboard, _serving(_SignOn) as sso:
        check = nginx.SignOn(f"http://127.0.0.1:{sso}/check", NAMED, "https://sso.intra/start?rd=")
        front = start_nginx([dashboard], check)
        for forged in ({}, *FORGED):
            # Not logged in: led to the login, whatever the headers say.
            out = _ask(front.url, "/budget?lang=en", **forged)
            assert (out.status, out.getheader("Location")) == (
                302, f"https://sso.intra/start?rd={front.url}/budget?lang=en",
            )  # fmt: skip
            # Logged in as zhang: zhang, and nothing of what was claimed.
            heard = json.loads(_text(_ask(front.url, "/", Cookie="sso=zhang", **forged)))
            assert [value for name, value in heard if name.replace("_", "-") == "x-remote-user"] == ["zhang"]
            assert "admin" not in [value for name, value in heard if name != "x-forwarded-user"]
            assert not [name for name, _ in heard if name == "authorization"]
            # A sign-on that gives no name: nobody.
            heard = json.loads(_text(_ask(front.url, "/", Cookie="sso=nameless", **forged)))
            assert [value for name, value in heard if name.replace("_", "-") == "x-remote-user"] == []


@pytest.mark.full
def test_without_a_sign_on_no_name_is_passed_on(start_nginx: START) -> None:
    with _serving(_Heard) as dashboard:
        front = start_nginx([dashboard])
        for forged in FORGED:
            heard = json.loads(_text(_ask(front.url, "/", **forged)))
            assert [name for name, _ in heard if name.replace("_", "-") == "x-remote-user"] == []


@pytest.mark.parametrize("wrong", [("ftp://x", NAMED), ("http://x;evil", NAMED), ("http://x", "X User;")])
def test_a_sign_on_that_nginx_would_misread_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"[xX]"):
        nginx.SignOn(*wrong)
    words = ["--name", "b", "--certificate", "c", "--key", "k", "--sign-on", wrong[0], "--sign-on-header", wrong[1]]
    done = CliRunner().invoke(nginx.main, words)
    assert done.exit_code == 1
    assert "--sign-on" in done.output


class _Answer:
    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.getheader, self.body = answer.status, answer.getheader, answer.read()


def _ask(url: str, path: str, method: str = "GET", **headers: str) -> _Answer:
    parts = urlsplit(url)
    assert parts.hostname is not None
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        known = ssl._create_unverified_context()  # nobody vouches for the test's certificate
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=30, context=known)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    try:
        connection.request(method, path, headers=headers)
        return _Answer(connection.getresponse())
    finally:
        connection.close()


def _text(answer: _Answer) -> str:
    return answer.body.decode("utf-8")
