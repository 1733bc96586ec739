"""A store with a reporting period in it, and the page with nothing but its form, for the tests of a module."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.service.base import open_store
from tests.browser.running_app import ROOT, RunningApp

SERVE = ROOT / "tests" / "browser" / "report_page" / "serve.py"


@contextmanager
def filled(built_store: Path, folder: Path) -> Iterator[Path]:
    """A copy of the built store in that folder, which is the process's own while the block fills it."""
    path = Path(shutil.copy(built_store, folder / "renewal.duckdb"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RENEWAL_STORE", str(path))
        open_store.close()
        yield path
        open_store.close()


@contextmanager
def served(store: Path, folder: Path) -> Iterator[RunningApp]:
    """The page on a copy of that store."""
    app = RunningApp(Path(shutil.copy(store, folder)), folder / "log.txt", SERVE)
    app.start(opened=False)
    yield app
    app.stop()
