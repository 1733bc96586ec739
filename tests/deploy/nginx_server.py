"""A real nginx for tests, in front of running dashboards, in a folder that goes with it, with its own certificate.

`find()` looks for the program, `obtain()` also installs it where packages may be installed. Run as a script it says
where it is, or what to do and exits with 1 (`make test-full`).
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
from collections.abc import Sequence
from pathlib import Path

from deploy.nginx import SignOn, configuration
from tests.browser.find_browser import install, may_install_packages

HELP = (
    "没有找到nginx或openssl，也没能自动安装。请安装它们（Debian/Ubuntu:apt-get install nginx openssl）。\n"
    "nginx or openssl was not found and could not be installed. Please install them"
    " (Debian/Ubuntu: apt-get install nginx openssl)."
)
_PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
_MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{}}
http {{
    include /etc/nginx/mime.types;
    log_format replica '$cookie_renewal_replica|$upstream_addr|$status|$request_uri';
    access_log {folder}/access.log replica;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def find() -> Path | None:
    """nginx, when openssl is there, too."""
    found = shutil.which("nginx", path=_PLACES)
    return Path(found) if found and shutil.which("openssl") else None


def obtain() -> Path | None:
    """The same, after an attempt to install them."""
    if find() is None and may_install_packages():
        print("正在安装nginx / installing nginx ...", flush=True)
        _install_without_starting()
    return find()


def _install_without_starting() -> None:
    """Debian starts what it installs; a policy of the administrator, where there is none, says no to that."""
    policy = Path("/usr/sbin/policy-rc.d")
    own = not policy.exists()
    if own:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        policy.chmod(0o755)
    try:
        install("nginx-light", "openssl")
    finally:
        if own:
            policy.unlink()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody vouches for, and its key."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    return made, key


class Nginx:
    """Runs from its making until `stop`, in front of the processes that listen on `ports`."""

    def __init__(self, program: Path, ports: Sequence[int], sign_on: SignOn | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="renewal-nginx-"))
        self.folder.chmod(0o755)  # its workers are nobody where the tests run as root
        port, plain_port = _free_port(), _free_port()
        self.url, self.plain_url = f"https://127.0.0.1:{port}", f"http://127.0.0.1:{plain_port}"
        made, key = certificate(self.folder)
        site = configuration(
            "127.0.0.1", made, key, [f"127.0.0.1:{number}" for number in ports],
            port=port, plain_port=plain_port, cache=self.folder / "cache", sign_on=sign_on,
        )  # fmt: skip
        (self.folder / "site.conf").write_text(site, encoding="utf-8")
        main = self.folder / "nginx.conf"
        main.write_text(_MAIN.format(folder=self.folder), encoding="utf-8")
        self._process = subprocess.Popen(
            [program, "-c", main, "-e", self.folder / "error.log", "-g", "daemon off;"], cwd=self.folder
        )
        end = time.monotonic() + 30
        while not _listening(port):
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise RuntimeError("nginx did not start")
            time.sleep(0.02)

    def answered(self) -> list[tuple[str, str, int, str]]:
        """What was asked so far: the replica that the browser named, the address that answered, status, path."""
        lines = (self.folder / "access.log").read_text(encoding="utf-8").splitlines()
        parts = (line.split("|", 3) for line in lines)
        return [(cookie, address, int(status), path) for cookie, address, status, path in parts]

    def who_answered(self, path: str, times: int) -> list[str]:
        """Which replicas answered, "-" for nginx itself; waits until so many answers are written down."""
        end = time.monotonic() + 10
        while len(found := [each[1] for each in self.answered() if each[3] == path]) < times:
            if time.monotonic() > end:
                break
            time.sleep(0.02)
        return found

    def stop(self) -> None:
        """Stop at once and clear up."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _listening(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    path = obtain()
    if path is None:
        sys.exit(HELP)
    print(path)
