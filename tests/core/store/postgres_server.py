"""A PostgreSQL server for tests: a real one of their own, on a free port, in a folder that goes with it.

`find()` looks for the programs, `obtain()` also installs them where packages may be installed. Run as a script it says
where they are, or what to do and exits with 1 (`make test-full`).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HELP = (
    "没有找到PostgreSQL(initdb、postgres),也没能自动安装。请安装它(Debian/Ubuntu:apt-get install postgresql)。\n"
    "PostgreSQL (initdb, postgres) was not found and could not be installed. Please install it"
    " (Debian/Ubuntu: apt-get install postgresql)."
)
PASSWORD = "geheim"
USER = "renewal"
_NOBODY = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root: initdb refuses root."""


def find() -> Path | None:
    """The folder with PostgreSQL's programs, the newest version first; None when there is none."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return places[-1].parent if places else None


def obtain() -> Path | None:
    """The same, after an attempt to install it."""
    found = find()
    if found is None and sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("正在安装PostgreSQL / installing PostgreSQL ...", flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "postgresql"]):
            if subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
                break
        found = find()
    return found


class Server:
    """Runs from `start` until `stop`; may be killed and started again in between."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = next((name for name in _NOBODY if _known(name)), None) if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="renewal-postgres-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        password = self.folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        if self._user:
            shutil.chown(self.folder, self._user)
            shutil.chown(password, self._user)
        self._run(
            "initdb", "-D", str(self.folder / "data"), "-U", USER, "--auth=scram-sha-256", f"--pwfile={password}",
            "-E", "UTF8", "--locale=C", "--no-sync",
        )  # fmt: skip
        self.start()

    def url(self, database: str, *, password: str = PASSWORD, user: str = USER) -> str:
        """A database's address."""
        return f"postgres://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start and wait until it answers, also after a kill: a crash is recovered from first."""
        options = [
            "-D", str(self.folder / "data"), "-p", str(self.port), "-c", "listen_addresses=127.0.0.1",
            "-c", f"unix_socket_directories={self.folder}",
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._program("postgres"), *options], user=self._user, cwd=self.folder, stdout=log, stderr=log
            )
        end = time.monotonic() + 60
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((self.folder / "log").read_text(encoding="utf-8"))
            time.sleep(0.05)

    def kill(self) -> None:
        """As when the machine loses its power: nothing is written any more. What it had synced stays."""
        assert self._process is not None
        children = _children(self._process.pid)
        for pid in (self._process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in children):
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop in order and clear up."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, text: str, database: str = "postgres") -> str:
        """What psql prints."""
        return self._run("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text, self.url(database))

    def _answers(self) -> bool:
        with suppress(subprocess.CalledProcessError):
            return self.sql("SELECT 1") == "1\n"
        return False

    def _program(self, name: str) -> str:
        beside = self._programs.resolve() / name
        return str(beside) if beside.exists() else str(shutil.which(name))

    def _run(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            [self._program(program), *arguments], user=self._user, cwd=self.folder, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        return done.stdout


def _known(user: str) -> bool:
    import pwd

    with suppress(KeyError):
        return bool(pwd.getpwnam(user))
    return False


def _children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in listed.stdout.split()]


if __name__ == "__main__":
    path = obtain()
    if path is None:
        sys.exit(HELP)
    print(path)
