"""`make run` on a machine that has never run it: a clean copy without .venv; reported, without a bound.

    .venv/bin/python tests/bench/bench_fresh.py

Packages come as pip gets them here: from its cache, a mirror or the internet. Not part of `make bench-quick`.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run as a script, the repository's root is not on the path

from deploy.run import healthy  # noqa: E402
from tests.browser.running_app import free_port  # noqa: E402

WITHIN = 900.0
"""Seconds that all of it may take."""


def copied(folder: Path) -> None:
    """What a clone has: the files that git knows, as they are now."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    for name in filter(None, names.decode().split("\0")):
        if (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)


def first_page(folder: Path) -> float:
    """Seconds from `make run` until it says where the dashboard is: by then `/` was opened once. Stops it again."""
    start = time.monotonic()
    port = free_port()
    server = subprocess.Popen(
        ["make", "-s", "run"],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "RENEWAL_STORE"} | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    late = threading.Timer(WITHIN, os.killpg, (server.pid, signal.SIGKILL))
    late.start()
    try:
        assert server.stdout is not None
        if not any(f":{port}" in line for line in server.stdout) or not healthy(port):
            sys.exit("make run did not come up")
        return time.monotonic() - start
    finally:
        late.cancel()
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)
        server.communicate()


def main() -> None:
    """Print three lines."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copied(folder)
        start = time.monotonic()
        # As `make run` begins: its stamp says that it is done.
        subprocess.run(["make", "-s", ".venv/.run"], cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=WITHIN)
        installed = time.monotonic() - start
        print(f"{'make run on a fresh machine':<64}{'seconds':>9}")
        print(f"{'installation':<64}{installed:>9.1f}")
        print(f"{'start, building the store, to the first page':<64}{first_page(folder):>9.1f}")
        print(f"{'a later start, to the first page':<64}{first_page(folder):>9.1f}")


if __name__ == "__main__":
    main()
