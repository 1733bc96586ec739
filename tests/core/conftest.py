"""A PostgreSQL server for all tests that want one, and fresh databases on it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import pytest

from core.service.base import open_store
from tests.core.store import postgres_server
from tests.core.store.postgres_server import PASSWORD, Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = postgres_server.obtain()
    if programs is None:
        pytest.skip(postgres_server.HELP)
    running = Server(programs)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def built_database(server: Server) -> str:
    """The name of a database with the seed in it."""
    server.sql("CREATE DATABASE built")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", server.url("built"))
        assert open_store.init()
    return "built"


@pytest.fixture
def database(server: Server, built_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address, without its password, of a fresh copy of that one; RENEWAL_STORE names it."""
    name = f"t{secrets.token_hex(6)}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE {built_database}")
    address = server.url(name).replace(f":{PASSWORD}@", "@")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("RENEWAL_STORE", address)
    open_store.close()
    yield address
    open_store.close()
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database without any table."""
    name = f"t{secrets.token_hex(6)}"
    server.sql(f"CREATE DATABASE {name}")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    open_store.close()
    yield server.url(name).replace(f":{PASSWORD}@", "@")
    open_store.close()
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")
