"""A store of the shipped seed, fresh for each test, in a file and in PostgreSQL, and other processes that hold it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.store.database import Store, open_store

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
