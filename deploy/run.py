"""`make run`: build the store if it is not there, start the dashboard, open it once and say where it is.

PORT=... picks another port than 8501; RENEWAL_MODE says how people are known (core.service.base.identity) and
STREAMLIT_SERVER_ADDRESS, where the mode allows it, on which address it listens. Ends with the server's exit code;
Ctrl+C and SIGTERM stop the server in order.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
if not __package__:  # an installed service starts it by its path: python deploy/run.py
    sys.path.insert(0, str(ROOT))

from deploy import streamlit_addresses as addresses  # noqa: E402
from deploy.first_visit import HOST, KEY, open_once  # noqa: E402

START_WITHIN = 90.0
"""Seconds: a cold disk and a first import of everything."""


def say(chinese: str, english: str, *, error: bool = False) -> None:
    """Print a sentence in both languages: nobody has chosen one yet."""
    print(f"{chinese}\n{english}", file=sys.stderr if error else sys.stdout, flush=True)


def asked_port(text: str) -> int | None:
    """The port as a number, or None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text) < 65536 else None


def is_free(port: int) -> bool:
    """Whether nobody listens on the port (a socket of a server that has just stopped does not count)."""
    with socket.socket() as trial:
        if os.name == "posix":  # on Windows the option would let two servers share the port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError:
            return False
    return True


def healthy(port: int) -> bool:
    """Whether the server answers that it is ready."""
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("GET", addresses.HEALTH)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def start(port: int, key: str) -> subprocess.Popen[bytes]:
    """Start the server in a process of its own; `key` lets `open_once` in where people log in."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "deploy/asgi.py"),
            *("--server.address", os.environ.get("STREAMLIT_SERVER_ADDRESS", HOST), "--server.port", str(port)),
        ],
        cwd=ROOT,
        env=os.environ | {KEY: key},
        stdout=subprocess.DEVNULL,  # Streamlit's own greeting; ours follows
    )


def main() -> int:
    """Build, start, open, announce, and stay until the server ends. Returns the exit code."""
    wanted = os.environ.get("PORT", "8501")
    port = asked_port(wanted)
    if port is None:
        say(
            f"端口应为1到65535的整数，PORT现为“{wanted}”。",
            f"PORT must be a number from 1 to 65535, not {wanted!r}.",
            error=True,
        )
        return 1
    if not is_free(port):
        say(
            f"端口{port}已被占用。看板可能已经打开：http://{HOST}:{port}；"
            f"否则请关闭占用它的程序，或换一个：make run PORT={port + 1}",
            f"Port {port} is taken. The dashboard may already run at http://{HOST}:{port}; otherwise close the program"
            f" that holds it, or pick another port: make run PORT={port + 1}",
            error=True,
        )
        return 1
    built = subprocess.run([sys.executable, "-m", "core", "build"], cwd=ROOT, check=False)
    if built.returncode != 0:
        return built.returncode  # the command has said what is wrong

    key = secrets.token_hex(16)
    server = start(port, key)

    def pass_on(number: int, _frame: FrameType | None) -> None:
        # Ctrl+C has already reached the server: it is in the same group of processes.
        if server.poll() is None and number != signal.SIGINT:
            server.send_signal(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), pass_on)

    end = time.monotonic() + START_WITHIN
    while not healthy(port):
        if server.poll() is not None:
            say("看板没有启动，原因见上。", "The dashboard did not start; the reason stands above.", error=True)
            return server.returncode or 1
        if time.monotonic() > end:
            server.kill()
            say("看板在90秒内没有启动。", "The dashboard did not start within 90 seconds.", error=True)
            return 1
        time.sleep(0.1)
    try:
        open_once(port, key=key)
    except Exception as problem:
        # Whatever went wrong, the server runs and people can open it; only the warm-up is missing.
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
    address = f"http://{HOST}:{port}"
    say(f"看板已打开：{address}（按Ctrl+C停止）", f"The dashboard is at {address}  (Ctrl+C stops it)")
    code = server.wait()
    return 0 if code in (-signal.SIGINT, -signal.SIGTERM) else code


if __name__ == "__main__":
    sys.exit(main())
