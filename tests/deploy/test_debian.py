"""A fresh Debian, from nothing to HTTPS: deploy/debian.sh run in it, the machine started, and looked at in a browser.

The machine is a container of its own (systemd-nspawn) whose systemd is a real one, and so are its units with all their
sandboxing; it has a network of its own, in which there is nothing else. Two things are not as on a machine: the script
runs before systemd does (as in an installer), and pip takes the packages from a folder.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.bundle import make
from tests.browser.find_browser import install, may_install_packages

ROOT = Path(__file__).resolve().parents[2]
SUITE = "bookworm"
PROGRAMS = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container", "nsenter": "util-linux"}
HELP = "debootstrap and systemd-nspawn are needed, and root; on Debian they are installed by themselves"
QUIET = ("systemd-nspawn", "--quiet", "--register=no", "--keep-unit")


@pytest.fixture
def debian(tmp_path: Path) -> Iterator[Path]:
    """The root folder of a Debian as it comes: no Python, no nginx."""
    if may_install_packages():
        install(*(package for program, package in PROGRAMS.items() if not shutil.which(program)))
    if os.geteuid() != 0 or not all(map(shutil.which, PROGRAMS)):
        pytest.skip(HELP)
    root = tmp_path / "debian"
    _run("debootstrap", "--variant=minbase", "--include=systemd,systemd-sysv,dbus", SUITE, str(root))
    yield root
    shutil.rmtree(root)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_a_fresh_debian_becomes_a_server(debian: Path) -> None:
    wheels = debian / "root" / "wheels"
    wheels.mkdir()
    make.fetch(wheels, make.TARGETS[0], "3.11")
    for path in make.product():
        target = debian / "root" / "renewal-scorecard" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, target)
    told = _run(
        *QUIET, "-D", str(debian), "--pipe", "--setenv=PIP_NO_INDEX=1", "--setenv=PIP_FIND_LINKS=/root/wheels",
        "--setenv=PIP_CONFIG_FILE=/dev/null", "--chdir=/root/renewal-scorecard",
        "sh", "deploy/debian.sh", "board.example", "--admin", "sun",
    )  # fmt: skip
    password = re.search(r"login: sun  password: (\S+)", told)
    assert password is not None, told
    assert oct((debian / "etc/renewal/secrets.env").stat().st_mode)[-3:] == "600"
    assert oct((debian / "etc/renewal/key.pem").stat().st_mode)[-3:] == "600"

    machine = subprocess.Popen(
        [*QUIET, "-D", str(debian), "--private-network", "--boot"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        assert machine.stdout is not None
        assert any("Multi-User System" in line for line in machine.stdout), "the machine did not start"
        (leader,) = Path(f"/proc/{machine.pid}/task/{machine.pid}/children").read_text(encoding="ascii").split()
        inside = ("nsenter", "--target", leader, "--all")
        picture = debian.parent / "first-page.png"
        print(
            _run(
                "nsenter", "--target", leader, "--net", sys.executable, "-m", "tests.deploy.visit",
                "https://127.0.0.1", "sun", password[1], str(picture),
            )
        )  # fmt: skip
        assert picture.exists()
        assert _run(*inside, "systemctl", "is-active", "renewal@8501", "nginx", "renewal-backup.timer").split() == (
            ["active"] * 3
        )
        # The dashboard writes the backup itself, from within its sandbox.
        _run(*inside, "systemctl", "start", "renewal-backup.service")
        assert len(list((debian / "var/backups/renewal").glob("*.duckdb"))) == 1
        assert "摘要链完整" in _run(*inside, "sh", "/opt/renewal-scorecard/deploy/command.sh", "verify")
        # Run again (an upgrade; here without a network, too) it changes the program and nothing else.
        again = _run(
            *inside, "sh", "/root/renewal-scorecard/deploy/debian.sh", "board.example", "--wheels", "/root/wheels"
        )
        assert "The dashboard is at https://board.example" in again
        assert "password" not in again
        # Killed, it comes back by itself.
        _run(*inside, "systemctl", "kill", "--signal=KILL", "renewal@8501")
        _run(
            "nsenter", "--target", leader, "--net", sys.executable, "-m", "tests.deploy.visit",
            "https://127.0.0.1", "sun", password[1], str(picture),
        )  # fmt: skip
    finally:
        machine.send_signal(signal.SIGTERM)
        machine.communicate(timeout=60)


def _run(*words: str) -> str:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout
