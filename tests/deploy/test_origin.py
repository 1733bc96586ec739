"""Which requests come from the dashboard's own page: host and port (No wrong number, D22)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from streamlit import config

from deploy.origin import is_foreign, leaves_from_page

PORTS = st.integers(1, 65535)
NAMES = st.sampled_from(["127.0.0.1", "localhost", "board.intra", "board.example"])
METHODS = st.sampled_from(["POST", "PUT", "DELETE", "PATCH"])


def headers(**values: str) -> Headers:
    return Headers({name.replace("_", "-"): value for name, value in values.items()})


@given(NAMES, PORTS, NAMES, PORTS, METHODS)
def test_only_the_same_host_and_port_may_write(host: str, port: int, other: str, far: int, method: str) -> None:
    own = headers(host=f"{host}:{port}", origin=f"http://{host}:{port}")
    assert not is_foreign("websocket", "", own)
    assert not is_foreign("http", method, own)
    strange = headers(host=f"{host}:{port}", origin=f"http://{other}:{far}")
    assert is_foreign("websocket", "", strange) == is_foreign("http", method, strange) == ((other, far) != (host, port))


@pytest.mark.parametrize(
    ("host", "origin", "foreign"),
    [
        ("board.intra", "https://board.intra", False),
        ("board.intra:443", "https://board.intra", False),
        ("board.intra", "https://BOARD.intra:443", False),
        ("board.intra", "https://board.intra:444", True),
        ("board.intra", "http://board.intra:443", True),
        ("board.intra", "https://board.intra.evil.example", True),
        ("board.intra", "https://board.intra@evil.example", True),
        ("board.intra", "null", True),
        ("board.intra", "", True),
        ("board.intra", "file://", True),
        ("board.intra", "https://board.intra:x", True),
    ],
)
def test_origins(host: str, origin: str, foreign: bool) -> None:
    for kind, method in (("websocket", ""), ("http", "POST"), ("http", "GET")):
        assert is_foreign(kind, method, headers(host=host, origin=origin)) == foreign


def test_what_says_nothing_of_where_it_comes_from_may_only_read() -> None:
    silent = headers(host="127.0.0.1:8501")
    assert is_foreign("websocket", "", silent)
    assert is_foreign("http", "POST", silent)
    assert not is_foreign("http", "GET", silent)
    twice = Headers(raw=[(b"host", b"h:1"), (b"origin", b"http://h:1"), (b"origin", b"http://h:2")])
    assert is_foreign("http", "POST", twice)


def test_an_origin_that_the_administrator_has_named_is_let_in_whole() -> None:
    before = config.get_option("server.corsAllowedOrigins")
    config.set_option("server.corsAllowedOrigins", ["https://portal.intra:8443"])
    try:
        assert not is_foreign("websocket", "", headers(host="board.intra", origin="https://portal.intra:8443"))
        assert is_foreign("websocket", "", headers(host="board.intra", origin="https://portal.intra"))
    finally:
        config.set_option("server.corsAllowedOrigins", before)


def test_a_link_that_logs_out_counts_only_on_the_own_page() -> None:
    own = headers(host="board.intra", referer="https://board.intra/scorecard")
    assert leaves_from_page("GET", own)
    assert not leaves_from_page("HEAD", own)
    assert not leaves_from_page("GET", headers(host="board.intra"))
    assert not leaves_from_page("GET", headers(host="board.intra", referer="https://evil.example/"))
    assert leaves_from_page("GET", headers(host="board.intra", sec_fetch_site="same-origin"))
    for site in ("cross-site", "same-site", "none"):
        assert not leaves_from_page(
            "GET", headers(host="board.intra", sec_fetch_site=site, referer="https://board.intra/")
        )
