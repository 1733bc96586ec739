"""A store of the shipped seed, fresh for each test, in a file and in PostgreSQL, and other processes that hold it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from core.model.scorecard import ScoreEvent
from core.store import digest, event_log, read
from core.store.database import Store
from core.store.digest import Link
from core.store.opening import open_store

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


def first_altered(start_of_sheet: str, chain: Iterable[Link[Any]]) -> Any:
    """The first event, in the order in which they were made, that does not follow from the one before it; or None."""
    last = start_of_sheet
    for event, previous, stored in chain:
        if previous != last or stored != digest.digest(previous, event):
            return event
        last = stored
    return None


def altered(store: Store, project: str, sheet: str) -> ScoreEvent | None:
    """The first score of a sheet whose content or place does not fit the chain of digests; None: all do."""
    with store.reading() as session:
        links = event_log.links(session, read.SCORES, project, sheet)
    return cast("ScoreEvent | None", first_altered(digest.start(project, sheet), links))
