"""The bundle has what each kind of machine needs, and installs and starts where there is no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from deploy.bundle import make

ROOT = Path(__file__).resolve().parents[2]


def _wheel(folder: Path, name: str, *needs: str) -> None:
    lines = [f"Name: {name}", "Version: 1", *(f"Requires-Dist: {need}" for need in needs)]
    with zipfile.ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as content:
        content.writestr(f"{name}-1.dist-info/METADATA", "\n".join(lines) + "\n")


def test_what_only_another_system_needs_is_missed(tmp_path: Path) -> None:
    _wheel(tmp_path, "a", 'b>=2; platform_system == "Windows"', 'c; extra == "more"', 'd; python_version < "3.9"')
    linux, arm, windows = make.TARGETS
    assert make.missing(tmp_path, linux, "3.11") == set()
    assert make.missing(tmp_path, arm, "3.11") == set()
    assert make.missing(tmp_path, windows, "3.11") == {"b>=2"}


def test_the_product_is_what_git_knows_without_the_tests() -> None:
    names = {path.as_posix() for path in make.product()}
    for_people = {"README.md", "README.zh-CN.md", "docs/deploy.md", "docs/deploy.en.md"}
    assert for_people | {"app.py", "deploy/run.py", "data/seed/spend.csv", ".streamlit/config.toml"} <= names
    assert not [name for name in names if name.startswith(("tests/", "data/renewal", ".venv"))]


@pytest.mark.full
@pytest.mark.timeout(900)
def test_it_installs_without_a_network_and_shows_the_first_page(tmp_path: Path) -> None:
    if sys.platform != "linux" or not shutil.which("unshare"):
        pytest.skip("unshare was not found: it comes with Linux (util-linux)")
    archive = tmp_path / "bundle.zip"
    made = subprocess.run(
        [sys.executable, "-m", "deploy.bundle.make", "--out", str(archive)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    for kind in ("Linux x86_64", "Linux aarch64", "Windows amd64"):
        assert f"{kind}, Python 3.11: " in made.stdout
    names = zipfile.ZipFile(archive).namelist()
    for system in ("manylinux_2_28_x86_64", "manylinux_2_28_aarch64", "win_amd64"):
        assert any(f"/wheels/pyarrow-26.0.1-cp311-cp311-{system}" in name for name in names)

    folder = tmp_path / "empty"
    folder.mkdir()
    own = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    done = subprocess.run(
        [*own, sys.executable, "-m", "tests.deploy.offline", str(archive), str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "seen: " in done.stdout
