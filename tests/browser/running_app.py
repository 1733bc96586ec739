"""A running dashboard on a store of its own, which a test may kill and start again on the same port."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from core.store import acknowledged, files
from deploy.first_visit import HOST, open_once
from deploy.run import healthy

ROOT = Path(__file__).resolve().parents[2]
WITHIN = 60.0
"""Seconds that a start may take."""

BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
"""How the tests start Chromium: nothing but this machine can be reached, and it phones nobody by itself."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


class RunningApp:
    """The server as `make run` starts it, on `store_path`; `url` and `port` stay the same over kill() and start()."""

    def __init__(
        self,
        store_path: Path,
        log_path: Path,
        script: Path = ROOT / "deploy" / "asgi.py",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.store_path = store_path
        self._environment = {"RENEWAL_OPENING": secrets.token_hex(16), **(environment or {})}
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._log_path = log_path
        self._script = script
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The server's process id; fails when it does not run."""
        assert self._process is not None
        return self._process.pid

    def start(self, *, opened: bool = True) -> None:
        """Start (again), wait until it is healthy and, unless told not to, open `/` once as `make run` does."""
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", str(self._script), "--server.port", str(self.port)],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        pause = threading.Event()
        end = time.monotonic() + WITHIN
        while not healthy(self.port):
            if self._process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the server did not start:\n{self.log()}")
            pause.wait(0.05)
        if opened:
            open_once(self.port, key=self._environment["RENEWAL_OPENING"])

    def environment(self) -> dict[str, str]:
        """What the server is told. Not measured for coverage: it would slow it and end up in the times."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS")}
        return kept | {"RENEWAL_STORE": str(self.store_path), **self._environment}

    def set(self, name: str, value: str) -> None:
        """Tell it one thing more at its next start."""
        self._environment[name] = value

    def command(self, *words: str, typed: str = "") -> str:
        """What a command says that is typed beside the server; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "core", *words],
            cwd=ROOT, env=self.environment(), input=f"{typed}\n", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def renew(self, built: Path) -> None:
        """Put a fresh copy of a store where its own was, while it runs: it notices, and nobody need start it again.

        Nobody may have a page open meanwhile.
        """
        new = self.store_path.with_name("new.duckdb")
        shutil.copy(built, new)
        acknowledged.path_of(self.store_path).unlink(missing_ok=True)
        os.replace(new, self.store_path)

    def stored(self) -> Path:
        """A copy of its store as a power cut would leave it now: the file and its log. It goes on running."""
        copied = self.store_path.with_name("copied.duckdb")
        acknowledged.path_of(copied).unlink(missing_ok=True)
        shutil.copy(self.store_path, copied)
        files.log_of(copied).unlink(missing_ok=True)
        if (log := files.log_of(self.store_path)).exists():
            shutil.copy(log, files.log_of(copied))
        return copied

    def kill(self) -> None:
        """As a power cut ends it: SIGKILL, no goodbye."""
        self._end(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

    def stop(self) -> None:
        """As Ctrl+C ends it; harmless when it does not run."""
        if self._process is not None and self._process.poll() is None:
            self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=10)

    def log(self) -> str:
        """What the server has printed so far, over all its starts."""
        return self._log_path.read_text(encoding="utf-8", errors="replace") if self._log_path.exists() else ""
