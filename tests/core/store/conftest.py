"""A store of the shipped seed, fresh for each test, in a file and in PostgreSQL, and other processes that hold it."""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.service import home
from core.store.database import Store, open_store
from tests.core.store import postgres_server
from tests.core.store.postgres_server import PASSWORD, Server

ROOT = Path(__file__).resolve().parents[3]
PROJECT = "lingang-2023"
WORKING = "r1/working"


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.full)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An open store of the seed, in a file and (in the full run) in PostgreSQL."""
    opened = open_store(request.getfixturevalue("store_path" if request.param == "file" else "database"))
    yield opened
    opened.close()


@pytest.fixture
def file_store(store_path: Path) -> Iterator[Store]:
    opened = open_store(store_path)
    yield opened
    opened.close()


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
        assert home.init()
    return "built"


@pytest.fixture
def database(server: Server, built_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address, without its password, of a fresh copy of that one; RENEWAL_STORE names it."""
    name = f"t{secrets.token_hex(6)}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE {built_database}")
    address = server.url(name).replace(f":{PASSWORD}@", "@")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("RENEWAL_STORE", address)
    home.close()
    yield address
    home.close()
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database without any table."""
    name = f"t{secrets.token_hex(6)}"
    server.sql(f"CREATE DATABASE {name}")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    home.close()
    yield server.url(name).replace(f":{PASSWORD}@", "@")
    home.close()
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run() -> Iterator[Run]:
    """Start Python code in another process and wait for its first line, which says that it is ready."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *args: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, args)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
