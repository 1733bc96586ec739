"""What stands in front of and below the dashboard on a server: a real nginx, a real PostgreSQL that may be killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from core.service.base import open_store
from deploy.nginx import SignOn
from tests.browser.conftest import new_context, server  # noqa: F401 - fixtures
from tests.core.store import postgres_server
from tests.core.store.postgres_server import PASSWORD, Server
from tests.deploy import nginx_server
from tests.deploy.nginx_server import Nginx


@pytest.fixture
def start_nginx() -> Iterator[Callable[..., Nginx]]:
    """Start one in front of the dashboards on some ports, with a single sign-on or without."""
    program = nginx_server.obtain()
    if program is None:
        pytest.skip(nginx_server.HELP)
    started: list[Nginx] = []

    def start(ports: Sequence[int], sign_on: SignOn | None = None) -> Nginx:
        started.append(Nginx(program, ports, sign_on))
        return started[-1]

    yield start
    for each in started:
        each.stop()


@pytest.fixture
def postgres(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server of the test's own with the seed in it; RENEWAL_STORE names it, PGPASSWORD opens it."""
    programs = postgres_server.obtain()
    if programs is None:
        pytest.skip(postgres_server.HELP)
    running = Server(programs)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("RENEWAL_STORE", address(running))
    open_store.close()
    try:
        assert open_store.init()
        yield running
    finally:
        open_store.close()
        running.stop()


def address(running: Server) -> str:
    """Without its password."""
    return running.url("postgres").replace(f":{PASSWORD}@", "@")
