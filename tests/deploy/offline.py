"""Install the bundle and open the dashboard where there is no network at all; run inside `unshare -n`.

python -m tests.deploy.offline ARCHIVE EMPTY_FOLDER     prints what the browser saw; fails with a traceback
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.find_browser import find
from tests.browser.pages import Listener, settle
from tests.browser.running_app import BROWSER_ARGUMENTS

PYTHON = str(getattr(sys, "_base_executable", sys.executable))
"""An interpreter without this one's packages."""
_READ_FLAGS, _WRITE_FLAGS, _UP = 0x8913, 0x8914, 0x1


def raise_loopback() -> None:
    """A new network namespace has nothing but a loopback that is down."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as any_socket:
        asked = struct.pack("16sH14s", b"lo", 0, b"")
        (flags,) = struct.unpack_from("H", fcntl.ioctl(any_socket, _READ_FLAGS, asked), 16)
        fcntl.ioctl(any_socket, _WRITE_FLAGS, struct.pack("16sH14s", b"lo", flags | _UP, b""))


def main(archive: Path, folder: Path) -> None:
    """Install, start, look."""
    raise_loopback()
    assert [name for _, name in socket.if_nameindex()] == ["lo"], "this is no place without a network"
    started = time.monotonic()
    subprocess.run([PYTHON, "-m", "zipfile", "-e", archive, folder], check=True)
    (bundle,) = folder.iterdir()
    home = folder / "a home"  # with a space in it
    subprocess.run(["sh", bundle / "install.sh", home], check=True, env=os.environ | {"PYTHON": PYTHON})
    print(f"installed in {time.monotonic() - started:.0f} s", flush=True)
    # Its own settings decide, not the test run's.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RENEWAL_", "COVERAGE_"))}
    server = subprocess.Popen(
        [home / ".venv/bin/python", "deploy/run.py"], cwd=home, env=environment | {"PORT": "8501"},
        stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        assert any("http://127.0.0.1:8501" in line for line in server.stdout), "it did not start"
        look("http://127.0.0.1:8501", home / "first-page.png")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def look(url: str, picture: Path) -> None:
    """See the first page in Chromium: whole, with nothing that went wrong."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find()), args=list(BROWSER_ARGUMENTS))
        page = browser.new_page(locale="zh-CN", ignore_https_errors=True, viewport={"width": 1600, "height": 900})
        heard = Listener().listen(page)
        page.goto(url)
        settle(page)
        expect(page.get_by_test_id("stMetric").first).to_be_visible()
        # 累计支付: FACTS, 1 (8,000 of 15,000)
        expect(page.get_by_text(re.compile(r"53\.33")).first).to_be_visible()
        page.screenshot(path=picture)
        assert heard.problems == []
        print("seen:", page.title(), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
